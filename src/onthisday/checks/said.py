"""What a passage says, and whether a claim is among it.

Claims are compared by value: "1.5 million" is said by "one and a half million", "Second World War"
by "World War II", "Stalin's" by "Stalinist". Called by not_in_passage.py.
"""

import re
from collections.abc import Iterator
from functools import cached_property

from onthisday.checks.claims import Claim, Kind
from onthisday.checks.name_forms import PEOPLES, SHORT
from onthisday.checks.named import folded, initials_in, is_form_of
from onthisday.checks.statements import Statements, statements_of
from onthisday.dates.calendars import MonthDay
from onthisday.dates.edtf import HistoricalDate
from onthisday.drafts.mentions import find_mentions
from onthisday.drafts.numbers import Number

_WORD = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*")


_YEARS = range(1000, 2101)
"""Numbers that may be years, if nothing else tells."""


class Said:
    """What a text says. It is read only as far as a claim needs it."""

    def __init__(self, text: str, language: str, dates: tuple[HistoricalDate, ...] = ()) -> None:
        self.text, self.language = text, language
        self._dates = dates

    def has(self, claim: Claim) -> bool:
        """Return True if the text says what is claimed."""
        if claim.kind == "name":
            return self._has_word(folded(claim.words))
        if claim.kind == "day":
            return claim.month_day in self.days or claim.month_day in self.days_read
        if claim.kind == "month":
            return claim.month in self._months
        assert claim.number is not None
        return self._counts(claim.number)

    def has_kind(self, kind: Kind) -> bool:
        """Return True if the text says anything of that kind, to show the nearest passage."""
        if kind == "figure":
            return bool(self._statements.numbers)
        return kind in {"day", "month"} and bool(self._statements.dates)

    def _has_word(self, word: str) -> bool:
        if word in self._words:
            return True
        if word in PEOPLES or word in SHORT:
            whole = (PEOPLES[word],) if word in PEOPLES else SHORT[word]
            return any(map(self._has_form, whole))
        return self._has_form(word) or word in self._whole_names or word in self._initials

    def _has_form(self, word: str) -> bool:
        near = self._starting.get(word[:3], ())
        return any(is_form_of(word, each) for each in near)

    @cached_property
    def _words(self) -> frozenset[str]:
        found = set(map(folded, _WORD.findall(self.text)))
        return frozenset(found | {word.removesuffix("s") for word in found if len(word) > 4})

    @cached_property
    def _starting(self) -> dict[str, list[str]]:
        starting: dict[str, list[str]] = {}
        for word in self._words:
            starting.setdefault(word[:3], []).append(word)
        return starting

    @cached_property
    def _whole_names(self) -> frozenset[str]:
        """The names of which the text has a short one, or that of a people."""
        peoples = {PEOPLES[word] for word in self._words if word in PEOPLES}
        return frozenset(peoples.union(*(SHORT[word] for word in self._words if word in SHORT)))

    @cached_property
    def _initials(self) -> frozenset[str]:
        return frozenset(initials_in(self.text))

    @cached_property
    def _statements(self) -> Statements:
        return statements_of(self.text, self.language)

    @cached_property
    def days(self) -> frozenset[MonthDay]:
        """The days of the year that the text and the dates name."""
        said = {MonthDay(date.month, day) for date in self._statements.dates for day in date.days}
        return frozenset(said | {end for date in self._dates for end in _days_of(date)})

    @cached_property
    def days_read(self) -> frozenset[MonthDay]:
        """The days that the text names only together with other words: "the 25th"."""
        found = find_mentions(self.text, self.language)
        values = (mention.day for mention in found if mention.precision == "day")
        return frozenset(
            MonthDay(int(v[-5:-3]), int(v[-2:]))
            for v in values
            if v[-5:-3].isdigit() and v[-2:].isdigit()
        )

    @cached_property
    def _months(self) -> frozenset[int]:
        return frozenset(
            {date.month for date in self._statements.dates}
            | {day.month for day in self.days}
            | {month for date in self._dates for month in _months_of(date)}
        )

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that the text and the dates name."""
        numbers = self._statements.numbers
        said = {value for number in numbers if not number.decade for value in number.values}
        years = {value for value in said if isinstance(value, int) and value in _YEARS}
        return frozenset(years | {year for date in self._dates for year in _years_of(date)})

    def _counts(self, claimed: Number) -> bool:
        if claimed.decade and any(year // 10 * 10 in claimed.values for year in self.years):
            return True
        if claimed.values & self.years:
            return True
        if claimed.orders and any(day.day in claimed.values for day in self.days):
            return True
        return any(_is_said_by(claimed, number) for number in self._statements.numbers)


def _is_said_by(claimed: Number, said: Number) -> bool:
    """Return True if a number says another one. "The 20th" does not say that there were 20."""
    if claimed.decade != said.decade or not (said.counts or claimed.orders):
        return False
    return not claimed.values.isdisjoint(said.values | said.parts)


def _parts_of(date: HistoricalDate) -> Iterator[HistoricalDate]:
    if not date.parts:
        yield date
    for part in date.parts:
        if part is not None:
            yield from _parts_of(part)


def _days_of(date: HistoricalDate) -> Iterator[MonthDay]:
    """Yield the days of the year of a date. A Julian date gives its own day and the Gregorian."""
    for part in _parts_of(date):
        if part.month_day is not None and part.month and part.day:
            yield from (part.month_day, MonthDay(part.month, part.day))


def _months_of(date: HistoricalDate) -> Iterator[int]:
    return (part.month for part in _parts_of(date) if part.month and part.month <= 12)


def _years_of(date: HistoricalDate) -> Iterator[int]:
    """Yield the years of a date. A year before our era is written without its sign: 44 BC."""
    for part in _parts_of(date):
        for year in {part.year, part.civil_year}:
            if year is not None:
                yield year if year > 0 else 1 - year
