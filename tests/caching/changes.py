"""Changes of an almanac that are easily missed, each with what it tells before and after.

Each change happens at once, so mostly within the same second as what was before.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.aging import aged

NAME = "one.jsonl"
"""The file that changes."""

State = tuple[Path, set[str]]
"""The folder to look at, and the titles that are told there."""

Change = Callable[[Path], Iterator[State]]
"""A function: it changes the almanac in a folder, and yields each state."""


def begin(folder: Path) -> Path:
    """Write a config and an almanac with two entries, "Old thing" and "Other thing"."""
    almanac = folder / "almanac"
    almanac.mkdir(parents=True)
    (almanac / "documents.yaml").write_text("- {id: book, title: A book}\n")
    put(folder, "Old")
    (almanac / "other.jsonl").write_text(line("other", "Other"))
    config = folder / "config.yaml"
    config.write_text("site: {url: https://almanac.example/, tag: 'almanac.example,2026'}\n")
    for path in (config, almanac / "documents.yaml", almanac / "other.jsonl"):
        aged(path)
    return config


def line(name: str, title: str) -> str:
    """Return an entry as a line of JSON Lines. It falls on 25 February."""
    tree = {"id": name, "date": "1956-02-25", "title": f"{title} thing"}
    return json.dumps({**tree, "sources": [{"document": "book"}]}) + "\n"


def put(folder: Path, title: str) -> Path:
    """Write the file that changes: a new one, as editors do."""
    path = folder / "almanac" / NAME
    new = path.with_name("new")
    new.write_text(line("one", title))
    new.replace(path)
    return path


def _written_over(folder: Path) -> Iterator[State]:
    """The same file in place, as long as before and with the same time."""
    path = folder / "almanac" / NAME
    before = path.stat()
    for title in ("Old", "New", "Odd"):
        with path.open("r+") as file:
            file.write(line("one", title))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        yield folder, {f"{title} thing", "Other thing"}


def _written_over_later(folder: Path) -> Iterator[State]:
    """The same, but the file was at rest for a while when it was looked at."""
    path = aged(folder / "almanac" / NAME)
    before = path.stat()
    yield folder, {"Old thing", "Other thing"}
    with path.open("r+") as file:
        file.write(line("one", "New"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    yield folder, {"New thing", "Other thing"}


def _renamed(folder: Path) -> Iterator[State]:
    """A file gets another name; another file gets its name, and keeps its own old time."""
    path = folder / "almanac" / NAME
    yield folder, {"Old thing", "Other thing"}
    path.rename(path.with_name("renamed.jsonl"))
    yield folder, {"Old thing", "Other thing"}
    spare = folder / "spare"
    spare.write_text(line("two", "New"))
    os.utime(spare, (1_000_000_000, 1_000_000_000))
    spare.rename(path)
    yield folder, {"Old thing", "Other thing", "New thing"}


def _removed(folder: Path) -> Iterator[State]:
    path = folder / "almanac" / NAME
    yield folder, {"Old thing", "Other thing"}
    path.unlink()
    yield folder, {"Other thing"}


def _restored(folder: Path) -> Iterator[State]:
    """A file is taken from a copy again, with its old time."""
    path, copy = folder / "almanac" / NAME, folder / "copy"
    shutil.copy2(path, copy)
    yield folder, {"Old thing", "Other thing"}
    put(folder, "New")
    yield folder, {"New thing", "Other thing"}
    path.unlink()
    yield folder, {"Other thing"}
    shutil.copy2(copy, path)
    yield folder, {"Old thing", "Other thing"}


def _copied(folder: Path) -> Iterator[State]:
    """The folder is copied with its cache, as by ``cp -a``, and both go their own ways."""
    yield folder, {"Old thing", "Other thing"}
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy)
    path = copy / "almanac" / NAME
    before = path.stat()
    path.write_text(line("one", "New"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    yield copy, {"New thing", "Other thing"}
    yield folder, {"Old thing", "Other thing"}


def _exchanged(folder: Path) -> Iterator[State]:
    """Another folder with its own cache is put in the place of this one, and back."""
    yield folder, {"Old thing", "Other thing"}
    copy, aside = folder.with_name("copy"), folder.with_name("aside")
    shutil.copytree(folder, copy)
    put(copy, "New")
    yield copy, {"New thing", "Other thing"}
    folder.rename(aside)
    copy.rename(folder)
    yield folder, {"New thing", "Other thing"}
    folder.rename(copy)
    aside.rename(folder)
    yield folder, {"Old thing", "Other thing"}


CHANGES: dict[str, Change] = {
    "written over in the same second": _written_over,
    "written over with the old time": _written_over_later,
    "renamed": _renamed,
    "removed": _removed,
    "restored with its old time": _restored,
    "copied with its cache": _copied,
    "exchanged with another folder": _exchanged,
}
