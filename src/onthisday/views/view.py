"""A day as it is told to the outside: values that are the keys of the occasions' JSON.

They are the one shape of `today --format json`, the pages' JSON, the signed webhook and
`onthisday.load(…).on(…)`; feeds, pages and messages are rendered from them too. Fields are the
JSON's keys, in their order (``as_`` is the key ``as``). Made by presenter.py; words.py
and date_words.py put them into words.
"""

from typing import NamedTuple

from onthisday.almanac.entry import Span


class SourceView(NamedTuple):
    """A document that an occasion rests on, and where in it."""

    document: str
    title: str
    author: str | None
    publisher: str | None
    published: str | None
    url: str | None
    page: str | None
    as_: str
    locator: tuple[Span, ...]


class AnswerView(NamedTuple):
    """One document's answer to a question; ``name`` is what to call the document, ``page`` where
    in it, as the document numbers its pages."""

    says: str
    as_: str
    date: str | None
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
    told without one, as on its own page, they are None, None and False.
    """

    id: str
    occasion: str | None
    date: str
    calendar: str
    as_written: str | None
    uncertain: bool
    observed: str | None
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


class NextView(NamedTuple):
    """The first occasion of a later day."""

    id: str
    day: str
    title: str


class DayView(NamedTuple):
    """A day and what happened on it. ``day`` is 2026-02-25, or 02-25 for a day of any year."""

    day: str | None
    zone: str
    occasions: tuple[OccasionView, ...]
    next: NextView | None
