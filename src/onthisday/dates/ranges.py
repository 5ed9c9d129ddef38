"""How far a historical date reaches, so that dates can be compared: ordered, and held together.

For whoever judges more than one date (checks/); what falls on a day needs none of this.
"""

from typing import NamedTuple

from onthisday.dates.calendars import CivilDay, day_number, days_in_month
from onthisday.dates.edtf import HistoricalDate

_YEARS = {"decade": 10, "century": 100}

_FOREVER = 10**13
"""Further than any year that EDTF names, in days."""


class DayRange(NamedTuple):
    """The first and the last day that a date may mean, as Julian day numbers."""

    first: int
    last: int

    def overlaps(self, other: "DayRange") -> bool:
        """Say whether a day is in both."""
        return self.first <= other.last and other.first <= self.last


def range_of(found: HistoricalDate) -> DayRange:
    """Return how far a date reaches; without end where it is open, unknown or has no year.

    What is approximate reaches as far again on both sides: 1950~ from 1949 to 1951, 195X~ from
    1940 to 1969. EDTF leaves that to who reads it. A season is somewhere in its year, a winter
    also in the months beside it: EDTF's 21 to 24 are of either hemisphere.
    """
    if found.precision == "interval":
        start, end = found.parts
        return DayRange(
            range_of(start).first if start else -_FOREVER, range_of(end).last if end else _FOREVER
        )
    if found.precision == "set":
        reaches = [range_of(part) for part in found.parts if part]
        return DayRange(min(each.first for each in reaches), max(each.last for each in reaches))
    if found.year is None:
        return DayRange(-_FOREVER, _FOREVER)
    exact = DayRange(_first(found, found.year), _last(found, found.year))
    length = exact.last - exact.first + 1 if found.approximate else 0
    return DayRange(exact.first - length, exact.last + length)


def may_overlap(one: HistoricalDate, other: HistoricalDate) -> bool:
    """Say whether two dates may mean the same day: whether one may be the other, put vaguer.

    A set may mean any of its members. Without a year, the month and the day decide.
    """
    if one.precision == "set":
        return any(may_overlap(part, other) for part in one.parts if part)
    if other.precision == "set":
        return may_overlap(other, one)
    if one.year is None or other.year is None:
        return _agree(one.month, other.month) and _agree(one.day, other.day)
    return range_of(one).overlaps(range_of(other))


def order_of(found: HistoricalDate) -> tuple[bool, int, int, str]:
    """Return the key that orders dates: by their first day, of those the one that ends last
    first, so that 1956 comes before 1956-01-01; what has no year comes last."""
    reach = range_of(found)
    return (found.year is None, reach.first, -reach.last, found.edtf)


def _agree(one: int | None, other: int | None) -> bool:
    return one is None or other is None or one == other


def _first(found: HistoricalDate, year: int) -> int:
    if found.precision == "season":
        return day_number(CivilDay(year - (found.month == 24), 12 if found.month == 24 else 1, 1))
    return day_number(CivilDay(year, found.month or 1, found.day or 1), found.calendar)


def _last(found: HistoricalDate, year: int) -> int:
    if found.precision == "season":
        return day_number(CivilDay(year + (found.month == 24), 3 if found.month == 24 else 12, 31))
    if found.precision in _YEARS:
        last = year + _YEARS[found.precision] - 1
        year = min(last, -1) if year < 0 else last  # -000X ends with -1: there is no -0
    month = found.month or 12
    day = found.day or days_in_month(year, month, found.calendar)
    return day_number(CivilDay(year, month, day), found.calendar)
