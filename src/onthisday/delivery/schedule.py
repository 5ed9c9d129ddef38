"""Which days are due to a channel, given what its ledger has closed and what time it is.

A timer may fire late, twice or never: nothing here counts firings. A channel's days are those of
its own calendar; each is due from its hour on, and is closed once it was considered, so that
clocks that jump, zones that move and restarts neither double nor skip a day.
"""

from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from onthisday.dates.zones import exists, instant_of, local_day


class DaysDue(NamedTuple):
    """Days to send for, days too long ago to be sent for, and the last day to close."""

    days: tuple[date, ...]
    expired: tuple[date, ...]
    considered: date


def first_considered(now: datetime, zone: ZoneInfo, starts: Literal["today", "tomorrow"]) -> date:
    """Return the day that counts as closed for a channel that is seen for the first time."""
    today = local_day(now, zone)
    return today - timedelta(days=1) if starts == "today" else today


def days_due(
    considered: date, now: datetime, zone: ZoneInfo, at: time, catch_up_days: int
) -> DaysDue:
    """Return the days after ``considered`` whose hour has come by ``now``.

    A date that the zone never had is closed and not due. Days further back than ``catch_up_days``
    are expired.
    """
    today = local_day(now, zone)
    passed = []
    for ahead in range(1, (today - considered).days + 1):
        day = considered + timedelta(days=ahead)
        if instant_of(day, at, zone) > now:
            break
        passed.append(day)
    had = [day for day in passed if exists(day, zone)]
    oldest = today - timedelta(days=catch_up_days)
    return DaysDue(
        days=tuple(day for day in had if day >= oldest),
        expired=tuple(day for day in had if day < oldest),
        considered=passed[-1] if passed else considered,
    )
