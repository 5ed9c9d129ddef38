"""Views: an occasion with its documents, and a day with its occasions, as readers see them.

They hold values, not words. A date stays a HistoricalDate or a date until JSON (as_json.py), a page
or a message writes it. Feeds, pages, messages, commands and `onthisday.load(…).on(…)` all use these
values.

presenter.py makes them. words.py and date_words.py make words from them.
"""

from datetime import date
from typing import NamedTuple

from onthisday.almanac.entry import Correction, Span, withdrawn_by
from onthisday.almanac.translations import Languages
from onthisday.dates.calendars import Calendar
from onthisday.dates.historical_date import HistoricalDate

Day = date
"""A day. An occasion has a field of the name ``date``, which is a HistoricalDate."""


class SourceView(NamedTuple):
    """A document that an occasion rests on, and the place in it.

    - ``as_``: how sure the document itself is.
    - ``archived``: an address where a copy of the document is kept.
    """

    document: str
    title: str
    author: str | None
    publisher: str | None
    published: HistoricalDate | None
    url: str | None
    archived: str | None
    page: str | None
    as_: str
    locator: tuple[Span, ...]


class AnswerView(NamedTuple):
    """One document's answer to a question.

    ``name`` is how to call the document. ``page`` is the page, as the document numbers its pages.
    ``date`` is the date that this answer gives. ``language`` is that of ``says``.
    """

    says: str
    as_: str
    date: HistoricalDate | None
    document: str
    name: str
    page: str | None
    locator: tuple[Span, ...]
    language: str = ""


class AccountView(NamedTuple):
    """A question on which documents differ. ``language``: that of the question."""

    question: str
    answers: tuple[AnswerView, ...]
    language: str = ""


class ImageView(NamedTuple):
    """A picture, with its description, its maker and its licence.

    ``file``: its name, if it is a file in the almanac's folder. JSON does not have it.
    """

    url: str
    alt: str | None
    credit: str | None
    license: str | None
    file: str | None = None


class OccasionView(NamedTuple):
    """An occasion with everything that readers see of it.

    An entry can also be shown without a day, as on its own page. Then ``occasion`` (the id of the
    occasion) and ``years`` are None, and ``milestone`` is False. ``observed`` is the entry's own
    date, if the entry falls on another day than its own. ``rule`` is how its day moves. ``chosen``
    is why it was chosen among more (choosing.py). ``languages`` are those of its texts.
    ``corrections``: the known ones, the oldest
    first.
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
    brief: str | None = None
    corrections: tuple[Correction, ...] = ()
    rule: str | None = None
    chosen: str | None = None
    languages: Languages = Languages()

    @property
    def language(self) -> str | None:
        """The language of the title, as BCP 47; None if nobody knows it."""
        return self.languages.title or None

    @property
    def calendar(self) -> Calendar:
        """The calendar of ``date``."""
        return self.date.calendar

    @property
    def uncertain(self) -> bool:
        """Whether the documents are not sure of ``date``."""
        return self.date.in_doubt

    @property
    def withdrawn(self) -> Day | None:
        """The day from which on the entry is withdrawn; None if it stands."""
        return withdrawn_by(self.corrections)


class NextView(NamedTuple):
    """The first occasion of a later day. ``language``: that of the title; JSON does not have it."""

    id: str
    day: date
    title: str
    language: str = ""


class DayView(NamedTuple):
    """A day and what happened on it."""

    day: date
    zone: str
    occasions: tuple[OccasionView, ...]
    next: NextView | None
