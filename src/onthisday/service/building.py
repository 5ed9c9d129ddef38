"""Use case: write the whole site as static files, the same bytes that `serve` gives."""

from collections.abc import Callable
from typing import NamedTuple

from onthisday.ports.publishing import Output
from onthisday.site import Website


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
