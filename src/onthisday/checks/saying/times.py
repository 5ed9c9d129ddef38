"""Lengths of time: "seven years later" is said by a passage that gives the two dates.

Called by not_in_passage.py.
"""

from collections.abc import Iterable, Set
from datetime import date
from typing import NamedTuple

from onthisday.checks.saying.claims import Claim
from onthisday.checks.saying.given_dates import years_of
from onthisday.checks.saying.said import Said
from onthisday.checks.saying.statements import NamedDate
from onthisday.dates.historical_date import HistoricalDate


class Times(NamedTuple):
    """The numbers of years and of days between dates that were named."""

    years: frozenset[int]
    days: frozenset[int]

    def joined(self, other: "Times") -> "Times":
        """Return these lengths of time and others."""
        return Times(self.years | other.years, self.days | other.days)

    def have(self, claim: Claim) -> bool:
        """Return True if a claim is one of these lengths of time.

        If its words say that it is rounded, it may differ a little: "almost thirty years" is 27 to
        33.
        """
        if claim.number is None or not claim.length:
            return False
        return any(
            abs(length - float(value)) <= (length / _ROUND if claim.rounded else 0)
            for value in claim.number.values
            for length in (self.years if claim.length == "years" else self.days)
        )


NO_TIME = Times(frozenset(), frozenset())

_ROUND = 10
"""A rounded length may differ by one in this many."""


def times_between(own: Iterable[HistoricalDate], said: Iterable[Said]) -> Times:
    """Return the lengths of time between the dates of each passage, and from the entry's own.

    ``own``: the dates of the entry. The 16th and the 17th are one day apart, and are two days.

    Why not between dates of different passages: of many dates, two would give nearly any length.
    """
    times = NO_TIME
    own_years = {year for each in own for year in years_of(each)}
    own_days = _days({NamedDate(None, d.month, d.day) for each in own if (d := each.month_day)})
    for one in said:
        days = _days(one.dates | one.read.dates_read)
        years = _apart(one.years, one.years | own_years)
        apart = _apart(days, days | own_days)
        times = times.joined(Times(years, apart | {number + 1 for number in apart}))
    return times


def _apart(some: Set[int], others: Set[int]) -> frozenset[int]:
    return frozenset(abs(one - other) for one in some for other in others) - {0}


_LEAP_YEAR = 2000


def _days(dates: Iterable[NamedDate]) -> frozenset[int]:
    """Return the places of days in the year."""
    return frozenset(
        date(_LEAP_YEAR, each.month, each.day).timetuple().tm_yday for each in dates if each.day
    )
