"""What readers ask of an almanac: the compiled one, whatever holds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from onthisday.almanac.document import Document
    from onthisday.almanac.entry import Entry, Selection
    from onthisday.dates.calendars import MonthDay


class Library(Protocol):
    """The compiled almanac, as readers ask it: one immutable state of it.

    Entries come oldest first, those without a year last, then by id. Iterators read as they are
    consumed, so that the first of a million costs what the first of ten does; ``first`` says how
    many to pass over.
    """

    @property
    def version(self) -> str:
        """A text that is another whenever the almanac's content is."""

    @property
    def modified(self) -> datetime:
        """When the newest of the almanac's files was written."""

    def on(self, day: MonthDay, selection: Selection = ..., first: int = 0) -> Iterator[Entry]:
        """Yield the entries whose key is that day of the year."""

    def days(self, selection: Selection = ...) -> frozenset[MonthDay]:
        """Return the days of the year that are the key of an entry."""

    def movable(self, selection: Selection = ...) -> Sequence[Entry]:
        """Return the entries that fall by a rule."""

    def counts(self) -> dict[MonthDay, int]:
        """Return how many entries each day of the year is the key of, in order."""

    def tags(self) -> dict[str, int]:
        """Return how many entries have each tag, by tag."""

    def selected(self, selection: Selection, first: int = 0) -> Iterator[Entry]:
        """Yield the entries of a selection, dated to a day or not."""

    def undated(self, month: int | None = None, first: int = 0) -> Iterator[Entry]:
        """Yield the entries that fall on no day: months, years, what is approximate.

        With ``month``, those of that month of any year.
        """

    def size(self) -> tuple[int, int]:
        """Return how many entries and how many documents there are."""

    def entry(self, entry_id: str) -> Entry | None:
        """Return an entry, or None."""

    def entries(self) -> Iterator[Entry]:
        """Yield every entry, by id."""

    def places(self, entry_ids: Iterable[str]) -> list[tuple[str, int]]:
        """Return of each of some entries, which exist, its file and its place there."""

    def document(self, document_id: str) -> Document | None:
        """Return a document, or None."""

    def documents(self) -> Iterator[Document]:
        """Yield every document, by id."""

    def citing(self, document_id: str, first: int = 0) -> Iterator[Entry]:
        """Yield the entries that rest on a document, in a source or an answer."""

    def cited(self) -> dict[str, int]:
        """Return how many entries rest on each document that any rests on."""
