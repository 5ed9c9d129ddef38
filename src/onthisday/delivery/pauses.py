"""Whom to leave alone: a channel or service that asked for it, a host that answers nobody.

A pause is no try: what is put off is not counted against a notice. Used by delivering.py.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from onthisday.delivery.buckets import Bucket
from onthisday.delivery.request_reply import Verdict

ENOUGH = 5
"""Requests in a row without a reply, after which a host is left alone."""

PAUSE = timedelta(seconds=5)
"""How long a host is left alone before one request tries it again."""


class Rest(NamedTuple):
    """Until when to wait, and why."""

    until: datetime
    reason: str


class Resting:
    """The pauses of one process, over all of its passes."""

    def __init__(self) -> None:
        self._until: dict[str, datetime] = {}
        self._silent: dict[str, int] = {}

    def rest(self, channel: str, bucket: Bucket, now: datetime) -> Rest | None:
        """Return a pause that a channel is in, by itself, with its bucket or with its host."""
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
        self._until[host] = now + PAUSE  # whoever asked tries it, the others wait
        return None

    def note(self, channel: str, bucket: Bucket, verdict: Verdict, now: datetime) -> None:
        """Learn from how an attempt ended."""
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
    """Return a bucket as one who asks for a pause, and its name for people."""
    return f"bucket {bucket.name}", bucket.name.partition(" ")[0]


def _later(now: datetime, after: timedelta) -> datetime:
    try:
        return now + after
    except OverflowError:
        return datetime.max.replace(tzinfo=now.tzinfo)
