"""The compiled almanac as it is written, as a protocol.

Why a protocol, though only SQLite implements it: the use case that compiles must not know SQL.
Readers ask another one, library.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from onthisday.almanac.document import Document
    from onthisday.almanac.entry import Entry
    from onthisday.almanac.file_signatures import ReadFile


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

    def files(self) -> dict[str, ReadFile]:
        """Return what it was made of, by file name."""

    def transaction(self) -> AbstractContextManager[None]:
        """Change it all at once or, where something is raised, not at all."""

    def forget(self, name: str) -> None:
        """Take out a file's entries."""

    def keep(self, name: str, kept: ReadFile) -> None:
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
