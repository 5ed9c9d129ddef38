"""Entries: facts with a date and citations, and the questions on which documents differ.

Every value here is frozen and valid. schema/entry_schema.py reads what a curator wrote, makes these
values, and refuses what is invalid. The compiled almanac keeps only values that were made there.

Not here: rules about more than one entry, such as duplicates (checks/).
"""

import datetime
from itertools import zip_longest
from typing import Literal, NamedTuple

from onthisday.dates.calendars import LEAP_DAY, MonthDay, gregorian_day, is_leap
from onthisday.dates.historical_date import HistoricalDate

Kind = Literal["event", "birth", "death", "marriage", "holiday"]


Tone = Literal["solemn", "neutral", "festive"]


Hedge = Literal["stated", "reported", "rumoured"]


LeapDay = Literal["feb-28", "mar-1", "omit"]


Place = Literal["site", "posts"]


PLACES: tuple[Place, ...] = ("site", "posts")


KINDS = ("event", "birth", "death", "marriage", "holiday")


class Span(NamedTuple):
    """A passage of a document's text: ``text[start:end]``.

    Places are counted in code points, which are the characters of a Python text. (As in W3C Web
    Annotation, TextPositionSelector.)
    """

    start: int
    end: int


class Citation(NamedTuple):
    """A document, and the place in it: passages, a quote or a page.

    Without a place, the document is cited as a whole.

    - ``as_``: how sure the document is of the fact.
    - ``locator``: the passages.
    - ``quote``: words of the document, if nobody looked up yet where they are.
    - ``digests``: for each passage the first 16 hex digits of the SHA-256 of its UTF-8, or None if
      it was never proved. Empty if no passage was.
    - ``row``: the same of a row of a spreadsheet, which has no passage, as it was when it was
      imported. `import` sees by it whether the row changed.

    Why the digests are not in `Span`: a span is a place. Places are compared, looked up and shown
    to readers, whether or not somebody proved what stands there.
    """

    document: str
    as_: Hedge = "stated"
    locator: tuple[Span, ...] = ()
    quote: str | None = None
    page: str | None = None
    digests: tuple[str | None, ...] = ()
    row: str | None = None

    @property
    def passages(self) -> tuple[tuple[Span, str | None], ...]:
        """The place of each passage, with its digest."""
        return tuple(zip_longest(self.locator, self.digests))


def row_of(page: str) -> tuple[str, int] | None:
    """Return the sheet and the row that a page of a spreadsheet names; None if it names none.

    ``row 12`` is ("", 12): the first sheet has no name. ``Births, row 12`` is ("Births", 12).
    """
    sheet, row, number = page.rpartition("row ")
    is_number = number.isascii() and number.isdecimal() and len(number) <= 9
    if not row or not is_number or (sheet and not sheet.endswith(", ")):
        return None
    return sheet.removesuffix(", "), int(number)


class Answer(NamedTuple):
    """What one document answers to a question on which documents differ (`Account`), in our words.

    ``date``: the date that this document gives, if the entry has another date.
    """

    says: str
    citation: Citation
    date: HistoricalDate | None = None


class Account(NamedTuple):
    """A question that documents answer differently, with the answer of each document."""

    question: str
    answers: tuple[Answer, ...]


class Image(NamedTuple):
    """A picture: a ``file`` in the almanac's folder, or a ``url`` of another site.

    - ``alt``: what the picture shows, for people who cannot see it.
    - ``credit``: who made the picture.
    - ``places``: where it may be shown: on the own site, and in posts.
    """

    file: str | None
    url: str | None
    alt: str | None
    credit: str | None
    license: str | None
    places: tuple[Place, ...] = PLACES

    def may_go_to(self, place: Place) -> bool:
        """Return True if the picture may be shown there.

        A picture without a licence is shown on the own site alone: a message gives it to a service
        that keeps it and shows it to others.
        """
        return place in self.places and (place == "site" or self.license is not None)


class Silence(NamedTuple):
    """Switches off one rule of `check` for one entry or document. ``reason`` is the curator's.

    ``words``: the words of the entry for which the rule is switched off. None: for all words.
    """

    rule: str
    reason: str
    words: str | None = None


class TranslatedAccount(NamedTuple):
    """A question and its answers in another language, in the order of the entry's account.

    What is not translated is None.
    """

    question: str | None = None
    answers: tuple[str | None, ...] = ()


class Translation(NamedTuple):
    """The texts of an entry in another language. What is not translated is None.

    ``accounts``: in the order of the entry's; there may be fewer.
    """

    title: str | None = None
    summary: str | None = None
    brief: str | None = None
    place: str | None = None
    accounts: tuple[TranslatedAccount | None, ...] = ()


class Correction(NamedTuple):
    """What was wrong in an entry, and what it says instead.

    - ``on``: the day from which on readers are told. Before that day nobody knows the correction.
    - ``was``: what the entry said. ``why``: how the curator knows that it was wrong.
    - ``now``: what it says instead. None withdraws the entry: it turned out to be no fact.
    """

    on: datetime.date
    was: str
    now: str | None
    why: str


class Entry(NamedTuple):
    """A fact with a date that the curator accepted. docs/almanac.md explains each key.

    ``living`` and ``died`` are for a birth less than 110 years ago (living.py): why it may be
    published, and when the person died. ``died`` is True if the curator did not say when.

    ``language``: what it is written in, as BCP 47; None if that is the language of the site.
    ``languages``: its texts in others (translations.py).

    ``corrections``: as the curator wrote them, also those that are still to come. An entry of a
    published library has only the known ones (`known_on`).
    """

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
    living: str | None = None
    died: HistoricalDate | bool = False
    brief: str | None = None
    corrections: tuple[Correction, ...] = ()
    language: str | None = None

    @property
    def key(self) -> MonthDay | None:
        """The Gregorian month and day on which this entry falls every year, or None.

        If the curator set ``observe``, the key is ``observe``. Otherwise the key is the month and
        day of the date, if they are exact (`HistoricalDate.falls_on`). An entry with a rule (such
        as Easter) has no key, because its day changes each year.
        (docs/behaviour.md, "What falls on a day".)
        """
        if self.rule is not None:
            return None
        if self.observe is not None:
            return self.observe
        return self.date.falls_on

    @property
    def first_year(self) -> int | None:
        """The first civil year in which it may fall; None if nothing is known of its year.

        That is the year of its date. It is the next one if the day of that year, by ``observe`` or
        ``rule``, comes before the date: nothing is remembered before it happened. 29 February may
        be kept on 1 March. occasions.py also compares the day itself.
        """
        year, days = self.date.civil_year, self.date.days
        if self.observe is None and self.rule is None:
            return year
        if year is None or year < 1 or days is None:  # nobody asks for a day before the year 1
            return year
        day = self._day_in(year)
        is_early = day is not None and (year, *day) < gregorian_day(days[0])
        return year + 1 if is_early else year

    def _day_in(self, year: int) -> tuple[int, int] | None:
        if self.rule is None:
            is_moved = self.observe == LEAP_DAY and not is_leap(year)
            return (3, 1) if is_moved else self.observe
        from onthisday.dates.feasts import day_of  # loaded here: few almanacs have rules

        day = day_of(self.rule, year)
        return (day.month, day.day) if day else None

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations of the entry: first its sources, then those of its answers."""
        if not self.accounts:
            return self.sources
        answers = (answer.citation for account in self.accounts for answer in account.answers)
        return (*self.sources, *answers)

    @property
    def withdrawn(self) -> datetime.date | None:
        """The day from which on the entry is withdrawn: that of a last correction without ``now``.

        None if the entry stands. A withdrawn entry falls on no day.
        """
        return withdrawn_by(self.corrections)

    def known_on(self, day: datetime.date) -> "Entry":
        """Return the entry with the corrections that are known on a day, the oldest first."""
        known = (each for each in self.corrections if each.on <= day)
        return self._replace(corrections=tuple(sorted(known, key=_on)))

    def changed_by(self, day: datetime.date) -> datetime.date | None:
        """Return the last day, up to ``day``, on which the entry was changed: the feeds' `updated`.

        That is ``updated`` or the day of a correction. None if there was no change.
        """
        if self.updated is None and not self.corrections:
            return None
        changes = (self.updated, *(each.on for each in self.corrections))
        return max((each for each in changes if each and each <= day), default=None)


def withdrawn_by(corrections: tuple[Correction, ...]) -> datetime.date | None:
    """Return the day from which on these corrections withdraw their entry; None if it stands."""
    if not corrections:
        return None
    last = max(reversed(corrections), key=_on)
    return last.on if last.now is None else None


def _on(correction: Correction) -> datetime.date:
    return correction.on


class Selection(NamedTuple):
    """A filter for entries. An entry must pass every part; an empty part lets all entries pass.

    - ``tags``: the entry has at least one of these tags.
    - ``kinds``: the entry is of one of these kinds.
    - ``milestones``: the number of years since can be divided by one of these numbers. An entry
      alone has no number of years, so this part filters only occasions (occasions.py).
    - ``disputed``: documents differ on the entry.
    - ``without``: the entry has none of these tags.
    """

    tags: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    milestones: tuple[int, ...] = ()
    disputed: bool = False
    without: tuple[str, ...] = ()


ALL = Selection()
