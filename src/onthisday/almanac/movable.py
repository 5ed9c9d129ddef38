"""The feasts that fall on each day of the year: entries with a rule, such as ``easter-2``.

An entry with a rule has no day of its own (`Entry.key`), so what is sorted by the day of the year
lacks it. Pages of days and of the year take such entries from here.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from onthisday.almanac.entry import Entry
from onthisday.dates.calendars import MonthDay
from onthisday.dates.feasts import day_of

AROUND = 20
"""So many years before a year, and after it, are looked at."""


class Feast(NamedTuple):
    """An entry with a rule, and the years in which it falls on a day of the year."""

    entry: Entry
    years: tuple[int, ...]


class Feasts:
    """The entries with a rule, as they fall in a civil year and in the 20 years on each side."""

    def __init__(self, movable: Iterable[Entry], year: int) -> None:
        self.year = year
        self._days: dict[MonthDay, dict[str, tuple[Entry, list[int]]]] = {}
        for entry in movable:
            for day in days_around(entry, year):
                falling = self._days.setdefault(MonthDay(day.month, day.day), {})
                falling.setdefault(entry.id, (entry, []))[1].append(day.year)

    def on(self, day: MonthDay) -> tuple[Feast, ...]:
        """Return the feasts that fall on a day of the year in some of these years."""
        falling = self._days.get(day, {}).values()
        return tuple(Feast(entry, tuple(years)) for entry, years in falling)

    def this_year(self, day: MonthDay) -> tuple[Entry, ...]:
        """Return the entries with a rule that fall on a day in the civil year."""
        return tuple(feast.entry for feast in self.on(day) if self.year in feast.years)

    def counts(self) -> dict[MonthDay, int]:
        """Return how many entries with a rule fall on each day of the civil year, if any do."""
        counts = ((day, len(self.this_year(day))) for day in self._days)
        return {day: count for day, count in counts if count}


def days_around(entry: Entry, year: int, before: int = AROUND, after: int = AROUND) -> list[date]:
    """Return the days on which an entry with a rule falls in the years around a civil year.

    It falls in no year before its own.
    """
    first = max(year - before, entry.date.civil_year or year - before)
    days = (day_of(entry.rule or "", each) for each in range(first, year + after + 1))
    return [day for day in days if day is not None]
