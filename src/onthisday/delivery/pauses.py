"""Pauses: for a while, nothing is sent to a channel, a service or a host.

A channel or a service gets a pause if its reply asks for one. A host gets one if it does not answer
several requests in a row. A notice that waits for the end of a pause is not tried, so this does not
count as a try. Pure. Used by service/sending/delivering.py. Waits after a failed try are in
retries.py.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from onthisday.delivery.buckets import Bucket
from onthisday.delivery.request_reply import Verdict

ENOUGH = 5
"""After so many requests in a row without a reply, a host gets a pause."""

PAUSE = timedelta(seconds=5)
"""How long a host's pause is. Then one request tries whether it answers again."""


class Rest(NamedTuple):
    """A pause: until when to wait, and why."""

    until: datetime
    reason: str


class Resting:
    """All pauses of one process, as long as it runs."""

    def __init__(self) -> None:
        self._until: dict[str, datetime] = {}
        self._silent: dict[str, int] = {}

    def rest(self, channel: str, bucket: Bucket, now: datetime) -> Rest | None:
        """Return the pause that a channel, its bucket or its host has now; None if none has."""
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
        self._until[host] = now + PAUSE  # the caller may try the host; all others wait
        return None

    def note(self, channel: str, bucket: Bucket, verdict: Verdict, now: datetime) -> None:
        """Note how an attempt ended: it may begin a pause, or end the host's."""
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
    """Return the key of a bucket's own pause, and the name of its service for people."""
    return f"bucket {bucket.name}", bucket.name.partition(" ")[0]


def _later(now: datetime, after: timedelta) -> datetime:
    try:
        return now + after
    except OverflowError:
        return datetime.max.replace(tzinfo=now.tzinfo)
