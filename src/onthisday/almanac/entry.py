"""Entries: dated facts with their citations, and where documents differ.

Every value here is frozen and valid. schema/entry_schema.py makes it from what a curator wrote, and
refuses what is invalid. The compiled almanac keeps only values that came from there.

Not here: rules about more than one entry, such as duplicates (checks/).
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
    """A passage of a document's text: ``text[start:end]``, counted in code points.

    As in W3C Web Annotation, TextPositionSelector.
    """

    start: int
    end: int


class Citation(NamedTuple):
    """A document, and the place in it: passages, a quote or a page.

    A ``quote`` is words whose passage is not looked up yet. Without a place, the document is cited
    as a whole. ``as_`` says how sure the document itself is.
    """

    document: str
    as_: Hedge = "stated"
    locator: tuple[Span, ...] = ()
    quote: str | None = None
    page: str | None = None


class Answer(NamedTuple):
    """What one document answers to an account's question, in our words.

    ``date`` is the date that this document gives, if it is not the entry's.
    """

    says: str
    citation: Citation
    date: HistoricalDate | None = None


class Account(NamedTuple):
    """One question on which documents differ, with the answer of each document."""

    question: str
    answers: tuple[Answer, ...]


class Image(NamedTuple):
    """A picture: a ``file`` in the almanac's folder, or a ``url`` somewhere else."""

    file: str | None
    url: str | None
    alt: str | None
    credit: str | None
    license: str | None


class Silence(NamedTuple):
    """The curator switches a rule of `check` off for one entry or document, and says why."""

    rule: str
    reason: str


class Translation(NamedTuple):
    """The title and the summary in another language."""

    title: str | None
    summary: str | None


class Entry(NamedTuple):
    """A fact with a date that the curator accepted. docs/almanac.md explains each key."""

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
        """The Gregorian month and day on which this entry falls every year; None if there is none.

        It is the curator's ``observe``. Without that it is the day of the date, if the date is
        exact to the day and not approximate (docs/behaviour.md, "What falls on a day"). An entry
        with a rule has no key, because its day is another one each year.
        """
        if self.rule is not None:
            return None
        if self.observe is not None:
            return self.observe
        return None if self.date.approximate else self.date.month_day

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations of the entry: first its sources, then those of its answers."""
        answers = (answer.citation for account in self.accounts for answer in account.answers)
        return (*self.sources, *answers)


class Selection(NamedTuple):
    """A filter for entries. An entry must pass every part; an empty part lets all entries pass.

    ``tags``: it has one or more of them. ``kinds``: it is of one of them. ``milestones``: the years
    since are divisible by one of them (only an occasion has these years, so only occasions are
    filtered by it). ``disputed``: documents differ on it.
    """

    tags: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    milestones: tuple[int, ...] = ()
    disputed: bool = False


ALL = Selection()
