"""What the use cases need of the world, as protocols; each adapter keeps its whole contract.

`Library` is synchronous, because it is a file on this machine; `Ledger` and `Sender` are
asynchronous, because they may be far away. There are no twins. What `today` runs through names
these types for the type checker alone: a protocol costs time to make.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from datetime import date, datetime

    from onthisday.almanac import Document, Entry, Selection, Span
    from onthisday.checks.moved import Remembered
    from onthisday.dates.calendars import MonthDay
    from onthisday.delivery import (
        Attempt,
        ChannelState,
        Failure,
        Notice,
        Plan,
        Reply,
        Request,
        Settlement,
        Totals,
    )
    from onthisday.freshness import Kept, Signature
    from onthisday.notation.shapes import Path


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


class Output(Protocol):
    """A folder that the site is written to, file by file, each atomically."""

    def write(self, name: str, content: bytes, modified: datetime) -> bool:
        """Write a file as of an instant; return False where it holds these bytes already."""

    def finish(self) -> int:
        """Remove what an earlier build wrote and this one did not; make all of it durable.

        Returns how many files were removed. What nobody here wrote is never touched.
        """


class Ledger(Protocol):
    """The record of channels, days, notices and attempts.

    What a call has returned from is on disk. Calls may overlap. A notice is unique by its id. What
    a process holds when it dies is free at once. Raises OnThisDayError where the store fails.
    """

    async def channels(self) -> dict[str, ChannelState]:
        """Return every channel that was ever seen, by name."""

    async def open_days(self, plans: Sequence[Plan], now: datetime) -> int:
        """Insert the plans' notices and close their days; return how many notices are new.

        A plan that was made from another state of its channel than the ledger's now is left out
        whole: another tick was faster. A closed day is never opened again.
        """

    async def expire(self, before: date) -> int:
        """Give up what waits for a day before that one; return how many."""

    async def prune(self, before: datetime) -> int:
        """Forget the attempts that were made before an instant; return how many."""

    async def due(self, now: datetime, limit: int) -> tuple[Notice, ...]:
        """Return what `lease` would give, and leave it where it is."""

    async def lease(self, now: datetime, limit: int) -> tuple[Notice, ...]:
        """Take up to ``limit`` notices that are due and that nobody alive holds, oldest first.

        Notices of a channel that is off are not given. A notice whose holder died before
        `sending` waits again; one whose holder died after it is unknown.
        """

    async def reserve(self, bucket: str) -> bool:
        """Take the right to drain a bucket until `release`; return False where another process
        that is alive has it."""

    async def sending(self, notice: Notice, now: datetime, *, hold: bool) -> Notice:
        """Record that a leased notice is about to be sent, as one more try; return it so.

        ``hold`` says what becomes of it where its holder dies now: it is left for a person.
        """

    async def settle(self, settlement: Settlement) -> None:
        """Record how an attempt ended, and what becomes of its notice."""

    async def postpone(self, notice: Notice, until: datetime, reason: str) -> None:
        """Give a leased notice back unsent, not to be leased before that instant."""

    async def give_up(self, notice: Notice, reason: str) -> None:
        """Close a leased notice unsent: it is expired or, after an unknown try, stays unknown."""

    async def release(self, now: datetime) -> None:
        """Give back all that this ledger holds, as if its process had died."""

    async def backup(self, path: str) -> None:
        """Copy the whole ledger, as it is at one instant, while it is in use.

        The copy is on disk under its name whole or not at all. Raises Unwritable, also where
        something stands there already.
        """

    async def next_due(self) -> datetime | None:
        """Return when the next notice is due; None where none waits."""

    async def totals(self) -> Totals:
        """Return how it stands; a million notices must be counted in an eye's blink."""

    async def left(self) -> dict[str, int]:
        """Return how many notices of each channel are to be tried (again) some time."""

    async def notices(
        self, channel: str | None = None, state: str | None = None, since: date | None = None
    ) -> tuple[Notice, ...]:
        """Return notices, newest day first."""

    async def notice(self, notice_id: str) -> Notice | None:
        """Return a notice, or None."""

    async def attempts(self, notice_id: str) -> tuple[Attempt, ...]:
        """Return a notice's attempts, in order."""

    async def replay(self, notice_id: str, now: datetime) -> bool:
        """Make a notice wait again, due at once, with all its tries before it.

        Returns False where it is held by a process that is alive.
        """

    async def switch_on(self, channel: str) -> bool:
        """Lift what switched a channel off; return whether it was off."""


class Sender(Protocol):
    """Posts a request to where it goes."""

    async def send(self, request: Request) -> Reply | Failure:
        """Return what came back, or how it failed: before or after the request was out.

        Never raises, never follows a redirect, and names at most a host.
        """


class Clock(Protocol):
    """The only source of the present."""

    def now(self) -> datetime:
        """Return this instant, aware, in UTC."""
