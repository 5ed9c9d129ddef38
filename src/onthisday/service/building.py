"""Use case: write the whole site as static files, with the same bytes that `serve` sends.

The pages are made in site/. Called by app/publishing.py.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple, Protocol

from onthisday.site.website import Website


class Output(Protocol):
    """The folder that the site is written to. Each file is written whole or not at all.

    Why a protocol, although only adapters/files/output_folder.py implements it: this use case must
    not know files.
    """

    def begin(self, names: Iterable[str]) -> None:
        """Note the names of all files that this build will write, and remove unfinished files.

        If this build is killed, the next one then knows what to remove.
        """

    def write(self, name: str, content: bytes, modified: datetime) -> bool:
        """Write a file that was last changed at ``modified``.

        Return False if the folder has the file already, with these bytes.
        """

    def finish(self) -> int:
        """Remove the files that an earlier build wrote and this build did not. Return how many.

        The earlier build may have been killed.

        Files that no build has written stay. When it returns, all changes are on the disk.
        """


class Built(NamedTuple):
    """What a build did: how many files the site has, how many it wrote, how many it removed."""

    files: int
    written: int
    removed: int


def build(website: Website, output: Output, progress: Callable[[int], None]) -> Built:
    """Write a file for every path of a site.

    ``progress`` is called after each file, with the number of files so far.
    """
    files, written, paths = 0, 0, tuple(website.paths())
    output.begin(map(file_name, paths))
    for path in paths:
        page = website.render(path)
        if page is None:
            raise LookupError(f"the site lists {path} and has no such page")
        written += output.write(file_name(path), page.body, page.modified)
        files += 1
        progress(files)
    return Built(files, written, output.finish())


def file_name(path: str) -> str:
    """Return the name of a path's file: `days/02-25/index.html` for `/days/02-25/`."""
    name = path.removeprefix("/")
    return f"{name}index.html" if not name or name.endswith("/") else name
