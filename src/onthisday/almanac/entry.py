"""Entries: dated facts with their citations, and where documents differ.

Values are frozen and valid: they come from schema/entry_schema.py, which reads what a curator
wrote, or from a compiled almanac, which was made of such values. What needs more than one entry to
be judged, such as a duplicate, is in checks/.
"""

import datetime
from typing import Literal, NamedTuple

from onthisday.dates.calendars import MonthDay
from onthisday.dates.edtf import HistoricalDate

Kind = Literal["event", "birth", "death", "holiday"]


Tone = Literal["solemn", "neutral", "festive"]


Hedge = Literal["stated", "reported", "rumoured"]


LeapDay = Literal["feb-28", "mar-1", "omit"]


KINDS = ("event", "birth", "death", "holiday")


class Span(NamedTuple):
    """A passage: ``text[start:end]``, in code points (W3C Web Annotation, TextPositionSelector)."""

    start: int
    end: int


class Citation(NamedTuple):
    """A document, and where in it: passages, or words still to be found, or a page; or nowhere,
    which cites the document as a whole. ``as_`` is the source's own hedge."""

    document: str
    as_: Hedge = "stated"
    locator: tuple[Span, ...] = ()
    quote: str | None = None
    page: str | None = None


class Answer(NamedTuple):
    """What one document answers to an account's question, in our words."""

    says: str
    citation: Citation
    date: HistoricalDate | None = None


class Account(NamedTuple):
    """One question on which documents differ, with each one's answer."""

    question: str
    answers: tuple[Answer, ...]


class Image(NamedTuple):
    """A picture, kept beside the almanac (``file``) or elsewhere (``url``)."""

    file: str | None
    url: str | None
    alt: str | None
    credit: str | None
    license: str | None


class Silence(NamedTuple):
    """A rule of `check` that has nothing to say of an entry or a document, and why."""

    rule: str
    reason: str


class Translation(NamedTuple):
    """Title and summary in another language."""

    title: str | None
    summary: str | None


class Entry(NamedTuple):
    """An accepted, dated fact."""

    id: str
    date: HistoricalDate
    kind: Kind
    title: str
    summary: str | None
    as_written: str | None
    place: str | None
    tags: tuple[str, ...]
    tone: Tone
    sources: tuple[Citation, ...]
    accounts: tuple[Account, ...]
    observe: MonthDay | None
    leap_day: LeapDay | None
    rule: str | None
    featured: bool
    updated: datetime.date | None
    image: Image | None
    languages: tuple[tuple[str, Translation], ...]
    silence: tuple[Silence, ...] = ()

    @property
    def key(self) -> MonthDay | None:
        """The month and day at which the almanac is opened for this entry, if there is one.

        Precise to the day, or set by the curator; an approximate day is none of its own
        (DESIGN, "What falls on a day"). A rule's day is another every year, so it has no key.
        """
        if self.rule is not None:
            return None
        if self.observe is not None:
            return self.observe
        return None if self.date.approximate else self.date.month_day

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation of the entry: of its sources, then of its answers."""
        answers = (answer.citation for account in self.accounts for answer in account.answers)
        return (*self.sources, *answers)


class Selection(NamedTuple):
    """Which entries are wanted: any of these tags, of these kinds, at one of these milestones.

    What is empty admits everything. ``milestones`` is about occasions: years since that are
    divisible by one of them. ``disputed`` wants only what documents differ on.
    """

    tags: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    milestones: tuple[int, ...] = ()
    disputed: bool = False


ALL = Selection()
