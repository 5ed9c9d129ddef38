"""Say which days are due to a channel, from the last day that the ledger has closed and the time.

A timer may fire late, twice or never, so it does not matter how often this is called. A channel's
days are the dates in its own zone. A day is due from the channel's hour on. Once a day was looked
at, it is closed. So no day is skipped or sent twice, even if clocks jump, a zone changes or the
program restarts.

Pure. Called by service/sending/planning.py.
"""

from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from onthisday.dates.zones import exists, instant_of, local_day


class DaysDue(NamedTuple):
    """The days to send for, the days that are too long ago for that, and the last day to close."""

    days: tuple[date, ...]
    expired: tuple[date, ...]
    considered: date


def first_considered(now: datetime, zone: ZoneInfo, starts: Literal["today", "tomorrow"]) -> date:
    """Return the last closed day of a channel that is seen for the first time."""
    today = local_day(now, zone)
    return today - timedelta(days=1) if starts == "today" else today


def days_due(
    considered: date, now: datetime, zone: ZoneInfo, at: time, catch_up_days: int
) -> DaysDue:
    """Return the days after ``considered`` whose hour ``at`` has come by ``now``.

    A date that the zone never had is closed, but not due. Days more than ``catch_up_days`` ago are
    expired.
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
