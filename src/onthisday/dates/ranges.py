"""The first and the last day that a historical date may mean, so that dates can be compared.

Called by code that compares dates, such as checks/. The code that finds what falls on a day does
not need it.
"""

from functools import lru_cache
from typing import NamedTuple

from onthisday.dates.historical_date import HistoricalDate

_FOREVER = 10**14
"""A number of days that is larger than any year in EDTF."""


class DayRange(NamedTuple):
    """The first and the last day that a date may mean, as Julian day numbers."""

    first: int
    last: int

    def overlaps(self, other: "DayRange") -> bool:
        """Return True if one day or more is in both ranges."""
        return self.first <= other.last and other.first <= self.last


@lru_cache(maxsize=1024)  # `check` asks for an entry's dates, and those of its documents, often
def range_of(found: HistoricalDate) -> DayRange:
    """Return the first and the last day that a date may mean.

    If a side is open or unknown, or if there is no year, the range has no end on that side.

    An approximate date is longer on both sides, by its own length: 1950~ is 1949 to 1951,
    195X~ is 1940 to 1969. If only a part of it is approximate, it is longer by the length of that
    part: 1950~-06-11 is 11 June 1949 to 11 June 1951. EDTF does not say how far; this is our
    choice.

    A season may be anywhere in its year if it does not say of which half of the earth it is
    (edtf_single.PARTS_OF_YEAR).
    """
    if found.precision == "interval":
        start, end = found.parts
        return DayRange(
            range_of(start).first if start else -_FOREVER, range_of(end).last if end else _FOREVER
        )
    if found.precision == "set":
        reaches = [range_of(part) for part in found.parts if part]
        return DayRange(min(each.first for each in reaches), max(each.last for each in reaches))
    if found.days is None:
        return DayRange(-_FOREVER, _FOREVER)
    first, last = found.days
    about = _about(found, last - first)
    return DayRange(first - about, last + about)


def _about(found: HistoricalDate, length: int) -> int:
    """Return how many days an approximate date reaches further. ``length``: from first to last."""
    if not found.approximate:
        return 0
    if not found.marks:
        return length + 1
    if found.is_about("year"):
        return 366 * (length // 365 + 1)
    return 31 if found.is_about("month") else 1


def may_overlap(one: HistoricalDate, other: HistoricalDate) -> bool:
    """Return True if two dates may mean the same day. Such dates do not contradict each other.

    For example, 1956-02 and 1956-02-25 may mean the same day. A date with several possible values,
    such as ``[1917,1918]``, may mean each of them. If the year of one date is not known, the months
    and the days must agree too: 156X-12-25 may be 1565-12-25, and cannot be 1565-06-01.
    """
    if one.precision == "set":
        return any(may_overlap(part, other) for part in one.parts if part)
    if other.precision == "set":
        return may_overlap(other, one)
    if (_has_any_year(one) or _has_any_year(other)) and not _agree(one, other):
        return False
    return range_of(one).overlaps(range_of(other))


def order_of(found: HistoricalDate) -> tuple[bool, int, int, str]:
    """Return the key that sorts dates: the earlier first day first, dates without a year last.

    If two dates have the same first day, the longer one comes first: 1956 before 1956-01-01.
    """
    reach = range_of(found)
    return (found.civil_year is None, reach.first, -reach.last, found.edtf)


def _has_any_year(found: HistoricalDate) -> bool:
    """Say whether the year is not exact, though the month and the day may be."""
    return found.year is None or (found.is_about("year") and found.falls_on is not None)


def _agree(one: HistoricalDate, other: HistoricalDate) -> bool:
    """Return True if the months and the days of two dates may be the same, whatever the years."""
    if one.month_day and other.month_day:
        return one.month_day == other.month_day
    if one.month is None or other.month is None or max(one.month, other.month) > 12:
        return True
    same_day = one.day is None or other.day is None or one.day == other.day
    return one.month == other.month and same_day
