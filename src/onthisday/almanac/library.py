"""A protocol for reading the compiled almanac.

Feeds, pages, messages, checks and commands use it. adapters/sqlite/compiled_library.py implements
it.

Not here: writing the compiled almanac (compiled.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from datetime import date, datetime

    from onthisday.almanac.document import Document
    from onthisday.almanac.entry import Entry, Selection
    from onthisday.dates.calendars import MonthDay


Told = tuple[str, "str | None", "str | None"]
"""What an entry tells in its own words: its title, its summary and its place."""


class Library(Protocol):
    """The compiled almanac for readers. It never changes while a reader has it.

    Entries are sorted by year: the oldest first, entries without a year last. `selected` and
    `citing` sort entries of the same year by month and day, those that have none first. Otherwise
    they are sorted by id. An iterator reads one entry at a time, so the first entry comes fast even
    if there are a million.

    ``first``: how many entries to skip.

    A curator's tools read all entries. What is published comes from `published`.

    In what is published, an entry that is withdrawn (`Entry.withdrawn`) falls on no day: `on`,
    `on_days`, `count_on`, `days`, `counts`, `movable`, `count_movable`, `undated`, `round_in`,
    `jubilees` and `roundest` leave it out. All other questions find it, so that its page stays.
    """

    def published(self, day: date, known: date | None = None) -> Published:
        """Return the library as it may be published on a day.

        It has no birth of a person who may be living on that day (living.py), and no document that
        only such births cite. Nobody can tell from it that they are there.

        Its entries have the corrections that are known on ``known``, which is that day if it is
        not given (`Entry.known_on`). Why another day: who asks today what happened on an earlier
        day must not get what was put right since.
        """

    @property
    def last_correction(self) -> date | None:
        """The day of the last correction, also if it is still to come; None if there is none."""

    @property
    def version(self) -> str:
        """A text that is different after each change of the almanac's content."""

    @property
    def modified(self) -> datetime:
        """When the almanac or the site's settings changed last, in UTC.

        It is a later second after each change. It is not in the future, unless there were several
        changes in this second.
        """

    def on(self, day: MonthDay, selection: Selection = ..., first: int = 0) -> Iterator[Entry]:
        """Yield the entries that fall on this day every year (`Entry.key`).

        Entries with a rule are not among them, though they too may fall on this day (`movable`).
        """

    def on_days(
        self,
        days: Collection[MonthDay],
        selection: Selection = ...,
        years: Collection[int] = (),
    ) -> Iterator[Entry]:
        """Yield the entries that fall on some days every year, sorted by day and then by year.

        ``years``: yield only those that have a round anniversary in one of these civil years.
        ``milestones`` of the selection say what is round.
        """

    def count_on(self, day: MonthDay, until: int) -> int:
        """Return the number of entries that `on` yields and that fall in some year to ``until``."""

    def days(self, selection: Selection = ...) -> frozenset[MonthDay]:
        """Return the days of the year on which at least one entry falls (`Entry.key`)."""

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that entries have for their day, such as ``easter-2``, each once.

        Also those of entries that are withdrawn, or not published.
        """

    def movable(
        self, selection: Selection = ..., rules: Sequence[str] | None = None
    ) -> Iterator[Entry]:
        """Yield the entries that have a rule for their day. ``rules``: only those with these."""

    def count_movable(self, until: int) -> dict[str, int]:
        """Return the number of entries of each rule that fall in some year to ``until``."""

    def counts(self, selection: Selection = ...) -> dict[MonthDay, int]:
        """Return the number of entries for each day of the year that has entries.

        The days are in order.
        """

    def years(self) -> dict[int | None, int]:
        """Return the number of entries for each year that has entries.

        The years are in order, as years of astronomers: 0 is 1 BC. The key None, which is the
        last, is for entries without a year.
        """

    def tags(self) -> dict[str, int]:
        """Return the number of entries for each tag. The tags are in order."""

    def selected(self, selection: Selection, first: int = 0) -> Iterator[Entry]:
        """Yield the entries that pass a filter, also entries that fall on no day."""

    def has(self, selection: Selection) -> bool:
        """Return True if an entry passes a filter, also one that falls on no day."""

    def undated(self, month: int | None = None, first: int = 0) -> Iterator[Entry]:
        """Yield the entries that fall on no day: their date is a month, a year or approximate.

        ``month``: yield only the entries of this month (1 to 12), of any year.
        """

    def round_in(self, year: int) -> Iterator[Entry]:
        """Yield the entries of a day whose year is a round number of years before a civil year.

        That is a number of years that can be divided by 10 or by 25. Entries that fall on no day
        are not among them (`jubilees`). Hundreds come first, then
        fifties, then twenty-fives, then tens; of the same the oldest first.
        """

    def jubilees(self, year: int, month: int | None, selection: Selection = ...) -> Iterator[Entry]:
        """Yield the entries without a day that have a round anniversary in a civil year.

        - ``month``: those that are dated to this month (1 to 12); None: those dated to a year.
        - ``selection``: what is round, if it has ``milestones``; otherwise what 10 or 25 divides.

        almanac/jubilees.py says which entries these are. Those of an approximate year are among
        them.
        """

    def roundest(self, year: int, month: int | None, most: int) -> list[str]:
        """Return the ids of the roundest `jubilees`, at most so many, sorted as in `round_in`.

        Those of an approximate date are left out. Few are shown, so only their ids are read.
        """

    def ids(self) -> Iterator[str]:
        """Yield the id of every entry, in no order. This is quick even with a million."""

    def ids_by_date(self) -> Iterator[str]:
        """Yield the id of every entry, in the order of `selected`."""

    def size(self) -> tuple[int, int]:
        """Return the number of entries and the number of documents."""

    def entry(self, entry_id: str) -> Entry | None:
        """Return an entry, or None."""

    def entries(self) -> Iterator[Entry]:
        """Yield every entry, sorted by id."""

    def told(self) -> Iterator[Told]:
        """Yield what every entry tells, sorted by the entries' ids.

        This is several times as fast as `entries`, which reads everything.
        """

    def pictures(self) -> Iterator[str]:
        """Yield the name of each file that is the picture of an entry, sorted. No name twice.

        This is as fast as `told`.
        """

    def corrected(self) -> tuple[Entry, ...]:
        """Return the entries that have corrections, also withdrawn ones, sorted by id."""

    def correction_days(self) -> Iterator[tuple[str, date]]:
        """Yield the id of each entry in `corrected` with each day on which it was corrected.

        They are sorted. No entry is read, because nearly always all days are known to who asks.
        """

    def places(self, entry_ids: Iterable[str]) -> list[tuple[str, int]]:
        """Return the file of each entry, and the entry's place in this file. All must exist."""

    def document(self, document_id: str) -> Document | None:
        """Return a document, or None."""

    def documents(self) -> Iterator[Document]:
        """Yield every document, sorted by id."""

    def citing(self, document_id: str, first: int = 0) -> Iterator[Entry]:
        """Yield the entries that cite a document, in a source or in an answer."""

    def ids_citing(self, document_id: str) -> Iterator[str]:
        """Yield the ids of the entries that cite a document, in the order of `citing`."""

    def cited(self) -> dict[str, int]:
        """Return the number of entries that cite a document, for each document that is cited."""


class Published(Library, Protocol):
    """A library as it may be published on a day. `Library.published` returns it.

    Everything that shows entries to readers asks for this type, so that nobody can forget it.
    """

    @property
    def asked(self) -> date:
        """The day from which the 110 years of a birth are counted back."""

    @property
    def known(self) -> date:
        """The day until which corrections are known."""

    @property
    def opened(self) -> date | None:
        """The last day, until now, on which a birth was 110 years ago or a correction began.

        None if there is none. What is published changed on that day, though the almanac may not
        have changed.
        """

    def with_withdrawn(self) -> Published:
        """Return the same library, in which withdrawn entries still fall on their days.

        For feeds and calendars alone: their readers keep what they were given, so it must be said
        there. (docs/behaviour.md, "Corrections".)
        """

    @property
    def limits(self) -> tuple[object, ...]:
        """What decides which entries are left out. As long as it is the same, the same ones are."""

    def noting(self) -> Published:
        """Return the same library, which notes each question and its answer (site/traces.py)."""

    def answer(self, question: tuple[Any, ...]) -> str:
        """Ask a noted question again. Return the digest of the answer as it is now."""

    def hides(self, picture: str) -> bool:
        """Return True if only entries that may not be published show the picture of this name."""
