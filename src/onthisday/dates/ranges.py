"""The first and the last day that a historical date may mean, so that dates can be compared.

Called by code that compares dates, such as checks/. The code that finds what falls on a day does
not need it.
"""

from typing import NamedTuple

from onthisday.dates.calendars import CivilDay, day_number, days_in_month
from onthisday.dates.edtf import HistoricalDate

_YEARS = {"decade": 10, "century": 100}

_FOREVER = 10**13
"""A number of days that is larger than any year in EDTF."""


class DayRange(NamedTuple):
    """The first and the last day that a date may mean, as Julian day numbers."""

    first: int
    last: int

    def overlaps(self, other: "DayRange") -> bool:
        """Return True if one day or more is in both ranges."""
        return self.first <= other.last and other.first <= self.last


def range_of(found: HistoricalDate) -> DayRange:
    """Return the first and the last day that a date may mean.

    If a side is open or unknown, or if there is no year, the range has no end on that side.

    An approximate date is longer on both sides, by its own length: 1950~ is 1949 to 1951,
    195X~ is 1940 to 1969. EDTF does not say how far; this is our choice.

    A season may be anywhere in its year, because EDTF's seasons 21 to 24 do not say whether they
    are of the northern or the southern half of the earth. A winter also reaches from December of
    the year before to March of the year after.
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
    """Return True if two dates may mean the same day. Such dates do not contradict each other.

    For example, 1956-02 and 1956-02-25 may mean the same day. A date with several possible values,
    such as ``[1917,1918]``, may mean each of them. If one date has no year, only the months and the
    days are compared.
    """
    if one.precision == "set":
        return any(may_overlap(part, other) for part in one.parts if part)
    if other.precision == "set":
        return may_overlap(other, one)
    if one.year is None or other.year is None:
        return _agree(one.month, other.month) and _agree(one.day, other.day)
    return range_of(one).overlaps(range_of(other))


def order_of(found: HistoricalDate) -> tuple[bool, int, int, str]:
    """Return the key that sorts dates: the earlier first day first, dates without a year last.

    If two dates have the same first day, the longer one comes first: 1956 before 1956-01-01.
    """
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
        year = min(last, -1) if year < 0 else last  # -000X is -9 to -1: there is no -0
    month = found.month or 12
    day = found.day or days_in_month(year, month, found.calendar)
    return day_number(CivilDay(year, month, day), found.calendar)
