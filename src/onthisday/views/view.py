"""What readers are shown: an occasion joined with its documents, and the day that it falls on.

Values, not words: a date is a HistoricalDate or a date until JSON (as_json.py), a page or a message
writes it. Feeds, pages, messages, the commands and `onthisday.load(…).on(…)` are all made from
these values. Made by presenter.py; words.py and date_words.py put them into words.
"""

from datetime import date
from typing import NamedTuple

from onthisday.almanac.entry import Span
from onthisday.dates.calendars import Calendar
from onthisday.dates.edtf import HistoricalDate


class SourceView(NamedTuple):
    """A document that an occasion rests on, and where in it. ``as_`` is its own hedge."""

    document: str
    title: str
    author: str | None
    publisher: str | None
    published: HistoricalDate | None
    url: str | None
    page: str | None
    as_: str
    locator: tuple[Span, ...]


class AnswerView(NamedTuple):
    """One document's answer to a question; ``name`` is what to call the document, ``page`` where
    in it, as the document numbers its pages; ``date`` is the date that this answer gives."""

    says: str
    as_: str
    date: HistoricalDate | None
    document: str
    name: str
    page: str | None
    locator: tuple[Span, ...]


class AccountView(NamedTuple):
    """A question on which documents differ."""

    question: str
    answers: tuple[AnswerView, ...]


class ImageView(NamedTuple):
    """A picture, with what must be said of it."""

    url: str
    alt: str | None
    credit: str | None
    license: str | None


class OccasionView(NamedTuple):
    """An occasion with all that is said of it.

    ``occasion`` (the id), ``years`` and ``milestone`` belong to a day of a year; where an entry is
    shown without one, as on its own page, they are None, None and False. ``observed`` is the
    entry's own date, where it falls on another day than that.
    """

    id: str
    occasion: str | None
    date: HistoricalDate
    as_written: str | None
    observed: HistoricalDate | None
    years: int | None
    milestone: bool
    kind: str
    title: str
    summary: str | None
    place: str | None
    tags: tuple[str, ...]
    tone: str
    image: ImageView | None
    url: str
    sources: tuple[SourceView, ...]
    accounts: tuple[AccountView, ...]

    @property
    def calendar(self) -> Calendar:
        """The calendar of ``date``."""
        return self.date.calendar

    @property
    def uncertain(self) -> bool:
        """Whether the documents are not sure of ``date``."""
        return self.date.uncertain


class NextView(NamedTuple):
    """The first occasion of a later day."""

    id: str
    day: date
    title: str


class DayView(NamedTuple):
    """A day and what happened on it."""

    day: date
    zone: str
    occasions: tuple[OccasionView, ...]
    next: NextView | None
