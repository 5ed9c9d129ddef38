"""Say what becomes of a notice after an attempt: when to try again, and when to stop.

The rules are in docs/behaviour.md, "Messages". The waits between attempts are those of Standard
Webhooks ("Retry schedule"). Another kind of wait is in pauses.py: a service or a host is paused,
and nothing is tried.

No input or output here; the time and the random number (``jitter``) are arguments. Used by
service/sending/delivering.py.
"""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from onthisday.dates.zones import end_of_day, local_day
from onthisday.delivery.notice import Notice, State
from onthisday.delivery.reply_words import answer_words
from onthisday.delivery.request_reply import Verdict

DELAYS = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
)
"""How long to wait after each failed attempt.

After the last wait there is one more attempt, then none.
"""


JITTER = 0.2
"""A wait is made longer by a random part of itself. This is the largest part.

Why: messages that failed at the same time are then not all tried again at the same time. A wait is
never made shorter.
"""


class Settlement(NamedTuple):
    """What becomes of a notice after an attempt.

    - ``at``: when the attempt ended.
    - ``state``: the notice's new state.
    - ``due``: when to try again; None for never.
    - ``off``: if set, the channel is switched off, and this says why.
    """

    notice: Notice
    at: datetime
    verdict: Verdict
    state: State
    due: datetime | None
    off: str | None = None


def settle(
    notice: Notice, verdict: Verdict, now: datetime, jitter: float, *, hold: bool
) -> Settlement:
    """Say what becomes of a notice after an attempt.

    ``jitter`` is a random number between 0 and 1. With ``hold``, a notice with an unknown outcome
    is not tried again until a person asks for it.
    """
    if verdict.outcome == "sent":
        return Settlement(notice, now, verdict, "sent", None)
    if verdict.outcome in {"refused", "gone"}:
        gone = verdict.outcome == "gone"
        off = answer_words(verdict.status, verdict.detail) if gone else None
        return Settlement(notice, now, verdict, "failed", None, off)
    due = _next_try(notice.tries, verdict.after, now, jitter)
    if verdict.outcome == "unknown":
        return Settlement(notice, now, verdict, "unknown", None if hold else due)
    return Settlement(notice, now, verdict, "waiting" if due else "failed", due)


def _next_try(tries: int, after: timedelta | None, now: datetime, jitter: float) -> datetime | None:
    if tries > len(DELAYS):
        return None
    delay = DELAYS[tries - 1] * (1 + JITTER * jitter)
    try:
        return now + max(delay, after or delay)
    except OverflowError:  # asked to wait until after the year 9999
        return None


_end_of_day = lru_cache(1000)(end_of_day)


def is_late(notice: Notice, now: datetime) -> bool:
    """Return True if the notice's day is over in its zone.

    Then the message says that it is late.
    """
    return now >= _end_of_day(notice.day, ZoneInfo(notice.zone))


def is_expired(notice: Notice, now: datetime, catch_up_days: int) -> bool:
    """Return True if the notice's day is too long ago to send it.

    A notice that a person asked for again (`replayed`) is never too old.
    """
    age = local_day(now, ZoneInfo(notice.zone)) - notice.day
    return age.days > catch_up_days and not notice.replayed
