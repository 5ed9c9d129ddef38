"""What compiling, checking and mending an almanac need: the folder of its files as a curator keeps
it, the compiled almanac as it is written, what is remembered of passages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from onthisday.almanac import Document, Entry, Span
    from onthisday.checks.moved import Remembered
    from onthisday.freshness import Kept, Signature
    from onthisday.notation.shapes import Path


class Piece(NamedTuple):
    """One item of an almanac file: its place (an index, or a line of JSON Lines) and its tree."""

    place: int
    tree: Any


class Edit(NamedTuple):
    """A key to replace with a text ``key: value``, or, with ``after``, to put that text after."""

    path: Path
    text: str
    after: bool = False


class Source(Protocol):
    """The almanac as a curator keeps it: a folder of files."""

    def files(self) -> dict[str, Signature]:
        """Return the files by name, in order; raise Unreadable."""

    def digest(self, name: str) -> str:
        """Return the SHA-256 of a file's content; raise Unreadable."""

    def pieces(self, name: str) -> Iterator[Piece]:
        """Yield what is in a file, in order; raise InvalidInput where it is not what it says."""

    def lines(self, name: str, paths: Sequence[Path]) -> list[int | None]:
        """Return the line of each path, whose first part is a place."""

    def picture(self, name: str) -> bytes | None:
        """Return a picture that is kept beside the entries; None where there is none."""

    def edit(self, name: str, edits: Sequence[Edit]) -> None:
        """Make edits in a file, at once or not at all; every other byte stays as it is."""

    def append(self, name: str, items: str) -> None:
        """Add items of YAML to the end of a file, which is made where it is missing."""

    def shown(self, name: str) -> str:
        """Return a file's name as a person would type it."""


class Row(NamedTuple):
    """An entry with its place in its file."""

    place: int
    entry: Entry


class Twice(NamedTuple):
    """An id that two entries have: where the later is, and where the first."""

    id: str
    file: str
    place: int
    first_file: str
    first_place: int


class Unknown(NamedTuple):
    """A document that an entry cites and that does not exist."""

    document: str
    entry: str
    file: str
    place: int


class Compiled(Protocol):
    """The compiled almanac as it is written: a cache that a crash leaves as it was."""

    def files(self) -> dict[str, Kept]:
        """Return what it was made of, by file name."""

    def transaction(self) -> AbstractContextManager[None]:
        """Change it all at once or, where something is raised, not at all."""

    def forget(self, name: str) -> None:
        """Take out a file's entries."""

    def keep(self, name: str, kept: Kept) -> None:
        """Remember what was read of a file."""

    def add(self, name: str, rows: Iterable[Row]) -> None:
        """Put in a file's entries."""

    def set_documents(self, documents: Iterable[Document]) -> None:
        """Put in all documents, in place of those before."""

    def entries_there_twice(self) -> list[Twice]:
        """Return each entry whose id an earlier one has."""

    def unknown_documents(self) -> list[Unknown]:
        """Return each citation of a document that does not exist."""

    def finish(self, modified: int, version: str) -> None:
        """Close a change: derive what is asked often, and give the content its version."""


class PassageMemory(Protocol):
    """What is remembered of passages that were proved: fingerprints, by document, text and place.

    It may be lost at any time; then a text that changed is read again.
    """

    def recall(self, document: str, sha256: str) -> dict[Span, Remembered]:
        """Return the passages of a document that are remembered of the text of that SHA-256."""

    def remember(self, document: str, sha256: str, passages: Mapping[Span, Remembered]) -> None:
        """Remember passages of a document's text, in place of all that was of the document."""
