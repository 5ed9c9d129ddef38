"""A protocol for writing the compiled almanac.

The compiled almanac is a cache. It holds all entries in a form that is fast to read.

Why a protocol, though only SQLite implements it: the use case that compiles
(service/reading/compiling.py) must not know SQL.

Not here: reading the compiled almanac (library.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, NamedTuple, NewType, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from onthisday.almanac.document import Document
    from onthisday.almanac.entry import Entry
    from onthisday.almanac.file_signatures import ReadFile


class Row(NamedTuple):
    """An entry, and its place in its file: in YAML its index, in JSON Lines its line number."""

    place: int
    entry: Entry


Packed = NewType("Packed", object)
"""Entries of a file in the form in which the compiled almanac takes them, without being asked more.

Another process may have made it. Only who implements `Compiled` knows what is in it.
"""


class Faulty(NamedTuple):
    """What can be understood of an entry with a mistake. It is not part of the almanac.

    - ``place``: as in `Row`.
    - ``id``: None if nobody can tell it.
    - ``documents``: the ids of the documents that it cites.
    """

    place: int
    id: str | None
    documents: frozenset[str]


class Twice(NamedTuple):
    """Two entries have the same id.

    - ``file``, ``place``: where the later entry is.
    - ``first_file``, ``first_place``: where the first entry is.
    """

    id: str
    file: str
    place: int
    first_file: str
    first_place: int


class Unknown(NamedTuple):
    """An entry cites a document that does not exist. ``file`` and ``place`` are the entry's.

    ``entry``: its id; None if nobody can tell it.
    """

    document: str
    entry: str | None
    file: str
    place: int


class Compiled(Protocol):
    """Writes the compiled almanac. If the program crashes, the almanac is as it was before."""

    def files(self) -> dict[str, ReadFile]:
        """Return the files from which the compiled almanac was made, by name."""

    def modified(self) -> int:
        """Return when the content changed last, as `finish` was told; 0 before the first time."""

    def transaction(self) -> AbstractContextManager[None]:
        """Make all changes of a ``with`` block at once. If it raises an error, make none."""

    def forget(self, names: Collection[str]) -> None:
        """Remove files, and all entries from them. Called once, before anything is added."""

    def keep(self, name: str, kept: ReadFile) -> None:
        """Remember how a file was when it was read, to see later whether it changed."""

    def add(self, name: str, rows: Iterable[Row]) -> None:
        """Add entries of the file ``name``."""

    def add_packed(self, packed: Packed) -> None:
        """Add entries that are packed already."""

    def add_faulty(self, name: str, faulty: Iterable[Faulty]) -> None:
        """Note the entries of the file ``name`` that have a mistake.

        They count only for `entries_there_twice`, `unknown_documents` and which documents are
        cited.
        """

    def set_documents(self, documents: Iterable[Document]) -> None:
        """Replace all documents by these."""

    def sort(self) -> None:
        """Sort what was added, so that it is found fast. Called after the last entry was added."""

    def entries_there_twice(self) -> list[Twice]:
        """Return each entry that has the same id as an earlier one, sorted by file and place."""

    def leave_out_twice(self) -> None:
        """Remove each entry that has the same id as an earlier entry without a mistake."""

    def unknown_documents(self) -> list[Unknown]:
        """Return each citation of a document that does not exist, sorted by file and place."""

    def finish(self, modified: int, version: str) -> None:
        """End a change: count the entries of each day, and set the version.

        - ``modified``: when the content changed, in nanoseconds since 1970.
        - ``version``: a text that no earlier content of the almanac had.
        """
