"""Say what becomes of a notice after an attempt: when to try again, and when to stop.

The rules are in docs/behaviour.md, "Messages". The waits between attempts are those of Standard
Webhooks ("Retry schedule"). Another kind of wait is in pauses.py: a service or a host is paused,
and nothing is tried.

No input or output here; the time and the random number (``jitter``) are arguments. Used by
service/sending/attempting.py.
"""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from onthisday.dates.zones import end_of_day, local_day
from onthisday.delivery.notice import Notice, State
from onthisday.delivery.pauses import LONGEST, SHORT, Pause
from onthisday.delivery.reply_words import answer_words
from onthisday.delivery.request_reply import Verdict

DELAYS = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
)
"""How long to wait after each failed attempt.

After the last wait there is one more attempt, then none.
"""


REPEATS = 3
"""How often a message is sent again after an unknown outcome. Then only a person sends it again."""


JITTER = 0.2
"""A wait is made longer by a random part of itself. This is the largest part.

Why: messages that failed at the same time are then not all tried again at the same time. A wait is
never made shorter.
"""


FURTHEST = LONGEST * (1 + JITTER)
"""No notice waits longer than this for its next attempt."""


ENDED = "the process ended before it recorded what the service answered"
"""Why an attempt is `unknown` if its process ended."""


class Settlement(NamedTuple):
    """What becomes of a notice after an attempt.

    - ``at``: when the attempt ended.
    - ``state``: the notice's new state.
    - ``due``: when to try again; None for never.
    - ``off``: if set, the channel is switched off, and this says why.
    - ``pause``: a pause that the service asked for.
    """

    notice: Notice
    at: datetime
    verdict: Verdict
    state: State
    due: datetime | None
    off: str | None = None
    pause: Pause | None = None

    @property
    def named(self) -> str | None:
        """The names that the service has for the notice's messages, with the newest at the end.

        If a person has a message sent again, there may be two, and both can be deleted later.
        """
        given = self.verdict.named if self.state == "sent" else None
        known = (self.notice.named or "").split()
        new = [name for name in (given or "").split() if name not in known]
        return " ".join([*known, *new][-NAMES:]) or None


NAMES = 20
"""So many names are kept of one notice."""


def settle(
    notice: Notice,
    verdict: Verdict,
    now: datetime,
    jitter: float,
    *,
    hold: bool,
    pause: Pause | None = None,
) -> Settlement:
    """Say what becomes of a notice after an attempt.

    - ``jitter``: a random number between 0 and 1.
    - ``hold``: a notice with an unknown outcome is not tried again until a person asks for it.
    - ``pause``: the pause that the reply asks for (pauses.py).

    After an unknown outcome, a later failure does not mean that the message never arrived. So the
    notice ends as `unknown` then.
    """
    state, due = _next(notice, verdict, now, jitter, hold=hold)
    if verdict.outcome == "throttled" and pause is not None and pause.until - now <= SHORT:
        state = "leased"  # this process waits, and tries again
    off = answer_words(verdict.status, verdict.detail) if verdict.outcome == "gone" else None
    return Settlement(notice, now, verdict, state, due, off, pause)


def _next(
    notice: Notice, verdict: Verdict, now: datetime, jitter: float, *, hold: bool
) -> tuple[State, datetime | None]:
    """Return the next state of a notice, and when it is due."""
    if verdict.outcome == "sent":
        return "sent", None
    if verdict.outcome == "throttled":  # its place in the queue stays
        return ("unknown" if notice.doubts else "waiting"), notice.due
    due = _next_try(notice.tries, verdict.after, now, jitter)
    if verdict.outcome == "unknown":
        return "unknown", None if hold or notice.doubts >= REPEATS else due
    if due is None or verdict.outcome in {"refused", "gone"}:
        return ("unknown" if notice.doubts else "failed"), None
    return "waiting", due


def _next_try(tries: int, after: timedelta | None, now: datetime, jitter: float) -> datetime | None:
    if tries > len(DELAYS):
        return None
    delay = DELAYS[tries - 1] * (1 + JITTER * jitter)
    return now + max(delay, min(after or delay, LONGEST))


_end_of_day = lru_cache(1000)(end_of_day)


def is_late(notice: Notice, now: datetime) -> bool:
    """Return True if the notice's day is over in its zone.

    Then the message says that it is late.
    """
    return now >= _end_of_day(notice.day, ZoneInfo(notice.zone))


def sent_on(notice: Notice, now: datetime) -> date:
    """Return the day on which a notice is sent now: its own day, or a later one."""
    return max(notice.day, local_day(now, ZoneInfo(notice.zone)))


def is_expired(notice: Notice, now: datetime, catch_up_days: int) -> bool:
    """Return True if the notice's day is too long ago to send it.

    A notice that a person asked for again (`replayed`) is never too old.
    """
    age = local_day(now, ZoneInfo(notice.zone)) - notice.day
    return age.days > catch_up_days and not notice.replayed
