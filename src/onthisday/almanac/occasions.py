"""Which entries of an almanac fall on a day, and why; what comes next; milestones.

The rules are DESIGN's "What falls on a day". The library is a protocol (library.py); the day is
an argument.
"""

from collections.abc import Iterator
from datetime import date
from heapq import merge
from typing import TYPE_CHECKING, NamedTuple

from onthisday.almanac.entry import ALL, Entry, LeapDay, Selection
from onthisday.dates.calendars import LEAP_DAY, MonthDay, is_leap
from onthisday.dates.edtf import HistoricalDate

if TYPE_CHECKING:
    from onthisday.almanac.library import Library

HORIZON = 366 * 9
"""How many days ahead the next occasion is looked for: 29 February can be eight years away."""

_LEAP_DAY_GOES_TO = {"feb-28": MonthDay(2, 28), "mar-1": MonthDay(3, 1), "omit": None}


class Occasion(NamedTuple):
    """An entry falling on a day.

    ``years`` counts from the entry's date and is None where its year is unknown. ``observed`` is
    the entry's own date where the day is another one.
    """

    entry: Entry
    day: date
    years: int | None
    observed: HistoricalDate | None = None

    @property
    def milestone(self) -> bool:
        """Whether the years since are a multiple of 10 or 25."""
        return bool(self.years) and (self.years % 10 == 0 or self.years % 25 == 0)  # type: ignore[operator]

    @property
    def id(self) -> str:
        """The occasion's name within an almanac: another every year, the same through edits."""
        return f"{self.entry.id}/{self.day.year}"


def occasions_on(
    library: "Library", day: date, leap_day: LeapDay, selection: Selection = ALL
) -> Iterator[Occasion]:
    """Yield what falls on a day, oldest first, what has no year last."""
    streams = [library.on(key, selection) for key in _keys_of(day)]
    for entry in merge(*streams, library.movable(selection), key=order_of):
        occasion = occasion_of(entry, day, leap_day)
        if occasion is not None and _admits(selection, occasion):
            yield occasion


def next_occasion(
    library: "Library", day: date, leap_day: LeapDay, selection: Selection = ALL
) -> Occasion | None:
    """Return the first occasion of the first later day that has one; None within nine years."""
    keys = library.days(selection)
    movable = bool(library.movable(selection))
    first = day.toordinal() + 1
    for ordinal in range(first, min(first + HORIZON, date.max.toordinal() + 1)):
        later = date.fromordinal(ordinal)
        if movable or may_fall(later, keys):
            found = next(occasions_on(library, later, leap_day, selection), None)
            if found is not None:
                return found
    return None


def may_fall(day: date, keys: frozenset[MonthDay]) -> bool:
    """Say whether an entry of one of these keys may fall on a day."""
    return any(key in keys for key in _keys_of(day))


def occasion_of(entry: Entry, day: date, leap_day: LeapDay) -> Occasion | None:
    """Return the occasion of an entry on a day, or None where it does not fall on it."""
    if not _falls(entry, day, leap_day):
        return None
    year = entry.date.civil_year
    years = None if year is None else day.year - year
    if years is not None and years < 0:
        return None
    own = entry.rule is not None or entry.date.month_day == MonthDay(day.month, day.day)
    return Occasion(entry, day, years, None if own else entry.date)


def order_of(entry: Entry) -> tuple[bool, int, str]:
    """Return the key that puts the oldest first and what has no year last."""
    year = entry.date.civil_year
    return (year is None, year or 0, entry.id)


def _keys_of(day: date) -> tuple[MonthDay, ...]:
    own = MonthDay(day.month, day.day)
    if own in {MonthDay(2, 28), MonthDay(3, 1)} and not is_leap(day.year):
        return (own, LEAP_DAY)
    return (own,)


def _falls(entry: Entry, day: date, leap_day: LeapDay) -> bool:
    if entry.rule is not None:
        from onthisday.dates.feasts import day_of  # few almanacs have rules

        return day_of(entry.rule, day.year) == day
    own = MonthDay(day.month, day.day)
    if entry.key == LEAP_DAY and not is_leap(day.year):
        return _LEAP_DAY_GOES_TO[entry.leap_day or leap_day] == own
    return entry.key == own


def _admits(selection: Selection, occasion: Occasion) -> bool:
    if not selection.milestones:
        return True
    years = occasion.years
    return bool(years) and any(years % step == 0 for step in selection.milestones)  # type: ignore[operator]
