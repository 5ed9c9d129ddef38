"""Several processes make the pages of a site, with the same bytes as one makes."""

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onthisday.adapters.files.output_folder import OutputFolder
from onthisday.adapters.files.site_writer import SiteWriter
from onthisday.adapters.sqlite.build_file import BuildFile
from onthisday.app.making_pages import Task, make_with_all_cores
from onthisday.app.publishing import state_of, website_at, write_site
from onthisday.app.workspace import Workspace
from onthisday.service.building import Made, build, make_pages
from onthisday.site.built import Built
from tests.website.fixtures import entry_of, write_almanac

pytestmark = pytest.mark.program

NOW = datetime(2026, 2, 25, 12, tzinfo=UTC)


def built(config: Path, folder: Path, state: str | None = None) -> tuple[Built, int]:
    """Build with two processes. Return what was done, and how many pages this process made.

    ``state``: what the processes are told that they must find; None for what they find.
    """
    almanac = Workspace(str(config)).almanac()
    website, here = website_at(almanac, NOW), 0

    def counted(paths: list[str]) -> Iterator[Made]:
        nonlocal here
        here += len(paths)
        return make_pages(website, SiteWriter(str(folder)), paths)

    task = Task(str(config), str(folder), NOW.isoformat(), state or state_of(almanac))
    make = make_with_all_cores(task, counted, website.is_of_words, enough=1, processes=2)
    done = build(
        website, OutputFolder(str(folder)), BuildFile([]), make, lambda _: None, website.is_as
    )
    return done, here


def files(folder: Path) -> dict[str, bytes]:
    """Return the files of a site, but not the list of them, which has their times."""
    found = {str(each.relative_to(folder)): each for each in folder.rglob("*") if each.is_file()}
    return {name: each.read_bytes() for name, each in found.items() if name != ".onthisday"}


def test_two_processes_make_the_files_that_one_makes(tmp_path: Path) -> None:
    config = write_almanac(tmp_path, [entry_of(f"e{n}", f"19{n + 10}-02-25") for n in range(40)])
    done, here = built(config, tmp_path / "two")
    write_site(Workspace(str(config)).almanac(), str(tmp_path / "one"), NOW, lambda _: None)
    assert here == 2  # those of the words of all entries
    assert done.files == done.written
    assert files(tmp_path / "two") == files(tmp_path / "one")


def test_what_processes_cannot_make_this_process_makes(tmp_path: Path) -> None:
    config = write_almanac(tmp_path)
    done, here = built(config, tmp_path / "site", state="of another almanac")
    assert here == done.files == done.written


def kill_makers(folder: Path) -> None:
    """Kill the processes that make pages, as soon as they have written some."""
    end = time.monotonic() + 60
    while not (folder / "entries").is_dir() and time.monotonic() < end:
        time.sleep(0.001)
    command = ("pgrep", "-P", str(os.getpid()), "-f", "making_process")
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    for process in found.stdout.split():
        os.kill(int(process), signal.SIGKILL)


@pytest.mark.kills
@pytest.mark.skipif(shutil.which("pgrep") is None, reason="there is no pgrep: apt install procps")
def test_the_pages_of_processes_that_are_killed_are_made_here(tmp_path: Path) -> None:
    config = write_almanac(tmp_path, [entry_of(f"e{n}", f"19{n + 10}-02-25") for n in range(80)])
    killing = threading.Thread(target=kill_makers, args=(tmp_path / "site",))
    killing.start()
    done, here = built(config, tmp_path / "site")
    killing.join()
    assert done.files == done.made
    assert here > 0
    write_site(Workspace(str(config)).almanac(), str(tmp_path / "one"), NOW, lambda _: None)
    assert files(tmp_path / "site") == files(tmp_path / "one")
