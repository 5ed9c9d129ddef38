"""Use case: write the whole site as static files, with the same bytes that `serve` sends.

What an earlier build made is not made again: a page whose trace (site/traces.py) has the same
answers now is the same page. The pages are made in site/. Called by app/publishing.py.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple, Protocol

from onthisday.site.built import Built, Frame, Kept, Listed, Written
from onthisday.site.traces import Trace
from onthisday.site.website import Website


class Writer(Protocol):
    """Writes the files of a site. Several processes may do this at once.

    Why a protocol, although only adapters/files/site_writer.py implements it: this use case must
    not know files.
    """

    def write(
        self, name: str, content: bytes, modified: datetime
    ) -> tuple[bool, tuple[Written, ...]]:
        """Write a file that was last changed at ``modified``, and its compressed copy.

        Each is written whole or not at all. Return whether the file changed, and the files that
        stand there now.
        """


class Output(Protocol):
    """The folder that the site is written to, and the list of what was written there."""

    def begin(self, names: Iterable[str]) -> None:
        """Note the names of all files that this build will write, and remove unfinished files.

        If this build is killed, the next one then knows what to remove.
        """

    def keep(self, name: str, digest: str) -> bool:
        """Keep a file of an earlier build, if it is still there with its compressed copy.

        ``digest``: of the bytes that it must have. Return False if it is not there, or is another.
        """

    def note(self, written: Iterable[Written]) -> None:
        """Note files that a writer has written."""

    def finish(self, *, changed: bool) -> int:
        """Remove the files that an earlier build wrote and this build did not. Return how many.

        The earlier build may have been killed.

        Files that no build has written stay. When it returns, all changes are on the disk.
        """


class Memory(Protocol):
    """What is remembered of the pages of an earlier build into the same folder."""

    def listed(self) -> Listed | None:
        """Return the paths of all pages; None if they are not remembered."""

    def of(self, path: str) -> Kept | None:
        """Return what is remembered of a page; None if nothing is."""

    def keep(self, path: str, kept: Kept) -> None:
        """Remember a page in place of what was remembered of it."""

    def begin(self, frame: Frame, goes_on: Callable[[Frame], bool]) -> None:
        """Note the frame of a build. Forget the pages of the last one, if its frame does not go on.

        ``goes_on``: returns True if a frame goes on.
        """

    def finish(self, listed: Listed) -> None:
        """Remember which paths there are, and forget the pages of all others."""


class Made(NamedTuple):
    """A page that was made and written. ``changed``: the folder did not have these bytes."""

    path: str
    trace: Trace
    written: tuple[Written, ...]
    changed: bool


Makers = Callable[[list[str]], Iterator[Made]]
"""A function: it makes and writes the pages of some paths, in any order."""


IsAs = Callable[[Trace], bool]
"""A function: it returns True if what was made from this is the same now."""


def build(
    website: Website,
    output: Output,
    memory: Memory,
    make: Makers,
    progress: Callable[[int], None],
    is_as: IsAs,
) -> Built:
    """Write a file for every path of a site.

    - ``progress`` is called after each file, with the number of files so far.
    - ``is_as``: `Website.is_as`, which asks everything again; or `Website.lasts`, if it is known
      that nothing changed since the last build but the day.
    """
    memory.begin(website.frame, website.goes_on)
    before = memory.listed()
    listed = before if before and is_as(before.trace) else website.listed()
    output.begin(map(file_name, listed.paths))
    # in order, because pages next to each other need the same things
    stale = sorted(path for path in listed.paths if not _is_there(path, is_as, output, memory))
    files, written = len(listed.paths) - len(stale), 0
    for page in make(stale):
        output.note(page.written)
        memory.keep(page.path, Kept(page.trace, page.written[0].digest))
        files, written = files + 1, written + page.changed
        progress(files)
    removed = output.finish(changed=bool(written))
    if stale or removed or listed != before:
        memory.finish(listed)
    return Built(files, written, removed, len(stale))


def _is_there(path: str, is_as: IsAs, output: Output, memory: Memory) -> bool:
    """Return True if an earlier build wrote the page of a path as it is now. Then keep it."""
    kept = memory.of(path)
    return kept is not None and is_as(kept.trace) and output.keep(file_name(path), kept.digest)


def make_pages(website: Website, writer: Writer, paths: Iterable[str]) -> Iterator[Made]:
    """Make the pages of some paths, and write them."""
    for path in paths:
        made = website.traced(path)
        if made is None:
            raise LookupError(f"the site lists {path} and has no such page")
        page = made.page
        changed, written = writer.write(file_name(path), page.body, page.modified)
        yield Made(path, made.trace, written, changed)


def file_name(path: str) -> str:
    """Return the name of a path's file: `days/02-25/index.html` for `/days/02-25/`."""
    name = path.removeprefix("/")
    return f"{name}index.html" if not name or name.endswith("/") else name
