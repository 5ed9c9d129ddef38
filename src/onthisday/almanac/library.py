"""Reading the compiled almanac: a protocol.

Feeds, pages, messages, checks and commands ask it. adapters/sqlite/compiled_library.py answers.

Not here: writing the compiled almanac (compiled.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from onthisday.almanac.document import Document
    from onthisday.almanac.entry import Entry, Selection
    from onthisday.dates.calendars import MonthDay


class Library(Protocol):
    """The compiled almanac for readers. It never changes while a reader has it.

    Entries come oldest first and without a year last. Entries of one year come by id. An iterator
    reads entry by entry, so the first of a million entries costs no more than the first of ten.
    ``first`` is how many entries to skip.
    """

    @property
    def version(self) -> str:
        """A text that changes whenever the almanac's content changes."""

    @property
    def modified(self) -> datetime:
        """When the newest file of the almanac was written, in UTC."""

    def on(self, day: MonthDay, selection: Selection = ..., first: int = 0) -> Iterator[Entry]:
        """Yield the entries that have this day of the year as their key (`Entry.key`)."""

    def days(self, selection: Selection = ...) -> frozenset[MonthDay]:
        """Return the days of the year that are the key of at least one entry."""

    def movable(self, selection: Selection = ...) -> Sequence[Entry]:
        """Return the entries that have a rule, such as ``easter-2``."""

    def counts(self) -> dict[MonthDay, int]:
        """Return how many entries belong to each day of the year, in the order of days.

        Only days that have an entry are in the result.
        """

    def tags(self) -> dict[str, int]:
        """Return for each tag, in order, how many entries have it."""

    def selected(self, selection: Selection, first: int = 0) -> Iterator[Entry]:
        """Yield the entries of a selection, also those that fall on no day."""

    def undated(self, month: int | None = None, first: int = 0) -> Iterator[Entry]:
        """Yield the entries that fall on no day: their date is a month, a year or approximate.

        With ``month``, yield only those of this month, of any year.
        """

    def size(self) -> tuple[int, int]:
        """Return how many entries and how many documents there are."""

    def entry(self, entry_id: str) -> Entry | None:
        """Return an entry, or None."""

    def entries(self) -> Iterator[Entry]:
        """Yield every entry, by id."""

    def places(self, entry_ids: Iterable[str]) -> list[tuple[str, int]]:
        """Return for each of these entries its file and its place there. All must exist."""

    def document(self, document_id: str) -> Document | None:
        """Return a document, or None."""

    def documents(self) -> Iterator[Document]:
        """Yield every document, by id."""

    def citing(self, document_id: str, first: int = 0) -> Iterator[Entry]:
        """Yield the entries that cite a document, in a source or in an answer."""

    def cited(self) -> dict[str, int]:
        """Return for each document how many entries cite it. Uncited ones are left out."""
