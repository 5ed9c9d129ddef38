"""The feasts that fall on each day of the year: entries with a rule, such as ``easter-2``.

An entry with a rule has no day of its own (`Entry.key`), so what is sorted by the day of the year
lacks it. Pages of days and of the year take such entries from here.

Many entries have the same few rules. So the days are looked for once a rule, and only the entries
of the rules of a day are read for its page (site/contents.py).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from onthisday.almanac.entry import Entry
from onthisday.dates.calendars import MonthDay
from onthisday.dates.feasts import day_of

AROUND = 20
"""So many years before a year, and after it, are looked at."""

Falling = Mapping[str, Collection[int]]
"""Rules, each with the years in which it falls on a day of the year."""


class Feast(NamedTuple):
    """An entry with a rule, and the years in which it falls on a day of the year."""

    entry: Entry
    years: tuple[int, ...]


class RuleDays:
    """The days on which rules fall in a civil year and in the 20 years on each side."""

    def __init__(self, rules: Iterable[str], year: int) -> None:
        self._year = year
        self._days: dict[MonthDay, dict[str, list[int]]] = {}
        for rule in rules:
            for day in _days_of(rule, year - AROUND, year + AROUND):
                falling = self._days.setdefault(MonthDay(day.month, day.day), {})
                falling.setdefault(rule, []).append(day.year)

    def on(self, day: MonthDay) -> Falling:
        """Return the rules that fall on a day of the year in some of these years."""
        return self._days.get(day, {})

    def this_year(self, day: MonthDay) -> Falling:
        """Return the rules that fall on a day in the civil year, with this year alone."""
        return {rule: (self._year,) for rule, years in self.on(day).items() if self._year in years}

    def counts(self, of_rules: Mapping[str, int]) -> dict[MonthDay, int]:
        """Return how many entries fall on each day of the civil year, if any do.

        ``of_rules``: how many entries of each rule there are until that year.
        """
        falling = ((day, self.this_year(day)) for day in self._days)
        counts = {day: sum(of_rules.get(rule, 0) for rule in rules) for day, rules in falling}
        return {day: count for day, count in counts.items() if count}


def feasts_of(entries: Iterable[Entry], falling: Falling) -> Iterator[Feast]:
    """Yield the entries of some rules that fall in some years: in none before their first."""
    for entry in entries:
        first = entry.first_year
        years = falling[entry.rule or ""]
        if own := tuple(each for each in years if first is None or each >= first):
            yield Feast(entry, own)


def days_around(entry: Entry, year: int, before: int = AROUND, after: int = AROUND) -> list[date]:
    """Return the days on which an entry with a rule falls in the years around a civil year.

    It falls in no year before its first one.
    """
    first = max(year - before, entry.first_year or year - before)
    return _days_of(entry.rule or "", first, year + after)


def _days_of(rule: str, first: int, last: int) -> list[date]:
    """Return the days on which a rule falls from one year to another, both included."""
    days = (day_of(rule, each) for each in range(first, last + 1))
    return [day for day in days if day is not None]
