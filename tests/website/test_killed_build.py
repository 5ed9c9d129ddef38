"""A build that is killed leaves nothing behind that the next build does not remove."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.core.almanacs import run
from tests.website.fixtures import entry_of, write_almanac

pytestmark = [pytest.mark.program, pytest.mark.kills]

NEW = [entry_of(f"new{n}", f"{1900 + n % 100}-02-25", tags=[f"new-{n}"]) for n in range(400)]
OLD = [entry_of(f"old{n}", f"{1900 + n}-03-27") for n in range(3)]


def names(site: Path) -> set[str]:
    """Return the paths of all files of a site."""
    return {str(path.relative_to(site)) for path in site.rglob("*") if path.is_file()}


def made(site: Path) -> set[str]:
    """Return the paths of the files that are in their places, and not still being written."""
    return {name for name in names(site) if not name.startswith(".onthisday.new/")}


@pytest.mark.parametrize("after", [1, 40, 400])
def test_what_a_killed_build_left_is_removed_by_the_next(tmp_path: Path, after: int) -> None:
    site = tmp_path / "site"
    write_almanac(tmp_path, OLD)
    assert run(tmp_path, "build", "site").returncode == 0
    whole = names(site)
    write_almanac(tmp_path, [*OLD, *NEW])
    build = subprocess.Popen([sys.executable, "-m", "onthisday", "build", "site"], cwd=tmp_path)
    end = time.monotonic() + 60
    while len(made(site) - whole) < after:
        assert build.poll() is None, "the build ended before it could be killed"
        assert time.monotonic() < end
    build.send_signal(signal.SIGKILL)
    build.wait()
    assert names(site) - whole
    write_almanac(tmp_path, OLD)
    assert run(tmp_path, "build", "site").returncode == 0
    assert names(site) == whole
    assert not (site / ".onthisday.new").exists()


def test_a_file_of_a_build_that_still_runs_stays(tmp_path: Path) -> None:
    write_almanac(tmp_path, OLD)
    assert run(tmp_path, "build", "site").returncode == 0
    staging = tmp_path / "site" / ".onthisday.new"
    staging.mkdir()
    (staging / "another-host.1").write_text("half")
    os.utime(staging / "another-host.1", (0, 0))  # the page is old, but it is being written now
    assert run(tmp_path, "build", "site").returncode == 0
    assert (staging / "another-host.1").exists()
