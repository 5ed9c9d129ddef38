"""Say which days are due to a channel, so that no day is skipped and no day is sent twice.

A channel's days are the dates in its own zone. A day is due as soon as the channel's hour comes.
Once a day was looked at, it is closed for good, and the ledger keeps the last closed day. So it
does not matter if a timer fires late, twice or never, if clocks jump, if a zone changes, or if the
program restarts.

No input or output here; the time is an argument. Called by service/sending/plans.py.
"""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from onthisday.config import Post
from onthisday.dates.zones import exists, instant_of, local_day


class DaysDue(NamedTuple):
    """What to do with a channel's days now.

    - ``days``: the days to send messages for.
    - ``expired``: the days that are too long ago to send.
    - ``considered``: the last day to close.
    """

    days: tuple[date, ...]
    expired: tuple[date, ...]
    considered: date


Span = tuple[date, date]
"""The first and the last of some days."""


def first_considered(now: datetime, zone: ZoneInfo, starts: Literal["today", "tomorrow"]) -> date:
    """Return the last closed day for a channel that is seen for the first time.

    If it ``starts`` today, this is yesterday.
    """
    today = local_day(now, zone)
    return today - timedelta(days=1) if starts == "today" else today


def is_ahead(considered: date, now: datetime, zone: ZoneInfo) -> bool:
    """Return True if the last closed day lies further ahead than tomorrow.

    A clock that was once ahead does this.
    """
    return considered > local_day(now, zone) + timedelta(days=1)


def days_due(
    considered: date, now: datetime, zone: ZoneInfo, at: time, catch_up_days: int
) -> DaysDue:
    """Return which days after ``considered`` are due: their hour ``at`` has come by ``now``.

    A date that the zone skipped is closed, but not due. Days that are more than ``catch_up_days``
    ago are expired.
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


def day_of_sending(day: date, post: Post, ahead: int) -> date:
    """Return the day on which a channel is told of a day.

    A week's digest comes on its Monday, a month's on its 1st. ``ahead``: all comes so many days
    before.
    """
    first = {"week": day - timedelta(days=day.weekday()), "month": day.replace(day=1)}
    return first.get(post, day) - timedelta(days=ahead)


@lru_cache(1000)
def span_of(day: date, post: Post, ahead: int) -> Span | None:
    """Return the first and the last day that a channel is told of on a day; None if of none.

    Many channels ask the same, so the answers are remembered.
    """
    first = day + timedelta(days=ahead)
    if day_of_sending(first, post, ahead) != day:
        return None
    in_month = monthrange(first.year, first.month)[1]
    return first, first + timedelta(days={"week": 6, "month": in_month - 1}.get(post, 0))


def days_between(span: Span) -> tuple[date, ...]:
    """Return each day of a span."""
    first, last = span
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
