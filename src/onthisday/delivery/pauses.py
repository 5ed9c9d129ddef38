"""Pauses: for some time, nothing is sent to a channel, a service or a host.

A channel or a service is paused if its reply asks for it. A host is paused if it does not answer
several requests in a row. A notice that waits for the end of a pause is not tried, so the pause
does not count as an attempt. How long to wait after a failed attempt is in retries.py.

No input or output here; the time is an argument. Used by service/sending/delivering.py.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from onthisday.delivery.buckets import Bucket
from onthisday.delivery.request_reply import Verdict

ENOUGH = 5
"""The number of requests in a row without a reply after which a host is paused."""

PAUSE = timedelta(seconds=5)
"""How long a host is paused. Then one request is sent, to see whether the host answers again."""


class Rest(NamedTuple):
    """A pause: when it ends, and why it was made."""

    until: datetime
    reason: str


class Resting:
    """Remembers all pauses of this process, as long as it runs."""

    def __init__(self) -> None:
        self._until: dict[str, datetime] = {}
        self._silent: dict[str, int] = {}

    def rest(self, channel: str, bucket: Bucket, now: datetime) -> Rest | None:
        """Return the pause that a channel, its service or its host has now; None if there is none.

        After a host's pause, only the first call returns None. The others wait until that one
        request has an answer.
        """
        for asker, who in ((f"channel {channel}", "the channel"), _asking(bucket)):
            asked = self._until.get(asker)
            if asked is not None and asked > now:
                return Rest(asked, f"{who} asked for a pause")
        host = f"host {bucket.host}"
        paused = self._until.get(host)
        if paused is None:
            return None
        if paused > now:
            return Rest(paused, f"{bucket.host} has answered nobody lately")
        self._until[host] = now + PAUSE  # this caller may try the host; all others wait
        return None

    def note(self, channel: str, bucket: Bucket, verdict: Verdict, now: datetime) -> None:
        """Note how an attempt ended. A pause may begin, or the host's pause may end."""
        if verdict.after:
            asker = _asking(bucket)[0] if verdict.shared else f"channel {channel}"
            self._until[asker] = _later(now, verdict.after)
        host = bucket.host
        if verdict.status is not None:
            self._silent.pop(host, None)
            self._until.pop(f"host {host}", None)
            return
        self._silent[host] = self._silent.get(host, 0) + 1
        if self._silent[host] >= ENOUGH:
            self._until[f"host {host}"] = now + PAUSE


def _asking(bucket: Bucket) -> tuple[str, str]:
    """Return the name under which a service's pause is kept, and the service's name for people."""
    return f"bucket {bucket.name}", bucket.name.partition(" ")[0]


def _later(now: datetime, after: timedelta) -> datetime:
    try:
        return now + after
    except OverflowError:
        return datetime.max.replace(tzinfo=now.tzinfo)
