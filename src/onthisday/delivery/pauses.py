"""Pauses: for some time, nothing is sent to a channel, a service or a host.

A channel or a service is paused if its reply asks for it, also if the reply says that it took the
message. These pauses are kept in the ledger, so that other processes keep them too. A host is
paused if it does not answer several requests in a row; only this process remembers that.

A notice that waits for the end of a pause is not tried, so the pause does not count as an attempt.
How long to wait after a failed attempt is in retries.py.

No input or output here; the time is an argument. Used by service/sending/attempting.py.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from onthisday.delivery.buckets import Bucket
from onthisday.delivery.request_reply import Verdict

ENOUGH = 5
"""The number of requests in a row without a reply after which a host is paused."""

PAUSE = timedelta(seconds=5)
"""How long a host is paused. Then one request is sent, to see whether the host answers again."""

LONGEST = timedelta(hours=24)
"""The longest pause. If a service asks for more, the pause is still no longer.

Why: some servers ask for a year, or name a date in 9999. The channel would then be silent, and
nobody would know why.
"""

CLOCKS = timedelta(hours=2)
"""How far the clocks of two machines may be apart. Each of them may be wrong by an hour."""

SHORT = timedelta(minutes=1)
"""A pause of up to this length is waited out. A longer one is left to a later tick."""

_FIRST, _FIRST_UNASKED = timedelta(seconds=1), timedelta(seconds=5)
"""The shortest pause of a service that gets too many messages.

The second is for a service that does not say how long to wait. Each time that the service refuses
again, the shortest pause is twice as long, up to _LONGEST_OWN.
"""

_LONGEST_OWN = timedelta(hours=1)


class Pause(NamedTuple):
    """Nothing is sent to ``whom`` before ``until``. ``reason`` is for people.

    ``whom`` is ``channel NAME`` or ``bucket NAME`` (`names_of`).
    """

    whom: str
    until: datetime
    reason: str

    def holds(self, now: datetime) -> bool:
        """Return True if the pause still lasts.

        If its end is further away than LONGEST and CLOCKS, a wrong clock made it, and it does not
        count.
        """
        return timedelta(0) < self.until - now <= LONGEST + CLOCKS


def names_of(channel: str, bucket: Bucket) -> tuple[str, str]:
    """Return the names for pauses of a channel and of its bucket."""
    return f"channel {channel}", f"bucket {bucket.name}"


class Pauses:
    """Remembers the pauses that hold."""

    def __init__(self) -> None:
        self._asked: dict[str, Pause] = {}
        self._hosts: dict[str, datetime] = {}
        self._silent: dict[str, int] = {}
        self._throttled: dict[str, int] = {}

    def know(self, asked: Iterable[Pause]) -> None:
        """Forget all pauses that services asked for, and remember these (from the ledger)."""
        self._asked = {pause.whom: pause for pause in asked}

    def over(self, pause: Pause) -> None:
        """Forget a pause, because it was waited out."""
        if self._asked.get(pause.whom) == pause:
            del self._asked[pause.whom]

    def any_asked(self, now: datetime) -> bool:
        """Return True if any service asked for a pause that still lasts."""
        return any(pause.holds(now) for pause in self._asked.values())

    def asked(self, channel: str, bucket: Bucket, now: datetime) -> Pause | None:
        """Return the pause that a channel or its service asked for; None if there is none."""
        found = (self._asked.get(name) for name in names_of(channel, bucket))
        return next((pause for pause in found if pause is not None and pause.holds(now)), None)

    def silent(self, bucket: Bucket, now: datetime) -> Pause | None:
        """Return the pause of a bucket's host; None if the caller may send something to it.

        After a host's pause, only the first call returns None. The others wait until that one
        request has an answer.
        """
        until = self._hosts.get(bucket.host)
        if until is None:
            return None
        if timedelta(0) < until - now <= PAUSE:
            return Pause(f"host {bucket.host}", until, f"{bucket.host} has answered nobody lately")
        self._hosts[bucket.host] = now + PAUSE  # this caller may try the host; all others wait
        return None

    def note(self, channel: str, bucket: Bucket, verdict: Verdict, now: datetime) -> Pause | None:
        """Note how an attempt ended. Return the pause that its reply asks for, if any."""
        self._note_host(bucket.host, now, answered=verdict.status is not None)
        its, shared = names_of(channel, bucket)
        whom = shared if verdict.shared else its
        if verdict.outcome == "sent":  # one message was taken, so nothing is over its limit
            self._throttled.pop(its, None)
            self._throttled.pop(shared, None)
        length = self._length(whom, verdict)
        if not length:
            return None
        who = bucket.name.partition(" ")[0] if verdict.shared else "the channel"
        pause = Pause(whom, now + min(length, LONGEST), f"{who} asked for a pause")
        self._asked[whom] = pause
        return pause

    def _length(self, whom: str, verdict: Verdict) -> timedelta | None:
        if verdict.outcome != "throttled":
            return verdict.after
        times = self._throttled[whom] = self._throttled.get(whom, 0) + 1
        first = _FIRST_UNASKED if verdict.after is None else _FIRST
        own = min(first * 2.0 ** min(times - 1, 20), _LONGEST_OWN)
        return max(own, verdict.after or own)

    def _note_host(self, host: str, now: datetime, *, answered: bool) -> None:
        if answered:
            self._silent.pop(host, None)
            self._hosts.pop(host, None)
            return
        self._silent[host] = self._silent.get(host, 0) + 1
        if self._silent[host] >= ENOUGH:
            self._hosts[host] = now + PAUSE
