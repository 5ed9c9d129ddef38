"""Use case: write the whole site as static files, the same bytes that `serve` gives."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, Protocol

from onthisday.site.website import Website


class Output(Protocol):
    """A folder that the site is written to, file by file, each atomically.

    Why a protocol, though one folder implements it: this use case must not know files.
    """

    def write(self, name: str, content: bytes, modified: datetime) -> bool:
        """Write a file as of an instant; return False where it holds these bytes already."""

    def finish(self) -> int:
        """Remove what an earlier build wrote and this one did not; make all of it durable.

        Returns how many files were removed. What nobody here wrote is never touched.
        """


class Built(NamedTuple):
    """How many files the site has, how many were written and how many removed."""

    files: int
    written: int
    removed: int


def build(website: Website, output: Output, progress: Callable[[int], None]) -> Built:
    """Write every path of a site; ``progress`` hears how many files there were so far."""
    files, written = 0, 0
    for path in website.paths():
        page = website.render(path)
        if page is None:
            raise LookupError(f"the site lists {path} and has no such page")
        written += output.write(file_name(path), page.body, page.modified)
        files += 1
        progress(files)
    return Built(files, written, output.finish())


def file_name(path: str) -> str:
    """Return the file of a path: `/days/02-25/` is `days/02-25/index.html`."""
    name = path.removeprefix("/")
    return f"{name}index.html" if not name or name.endswith("/") else name
