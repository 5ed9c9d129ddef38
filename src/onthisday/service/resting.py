"""Whom to leave alone for now: a channel that asked for it, a host that answers nobody.

A pause is no try: what is put off is not counted against a notice. Used by delivering.py.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from onthisday.delivery import Verdict

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

    def rest(self, channel: str, host: str, now: datetime) -> Rest | None:
        """Return a pause that a channel is in, by itself or with its host."""
        asked = self._until.get(f"channel {channel}")
        if asked is not None and asked > now:
            return Rest(asked, "the channel asked for a pause")
        paused = self._until.get(f"host {host}")
        if paused is None:
            return None
        if paused > now:
            return Rest(paused, f"{host} has answered nobody lately")
        self._until[f"host {host}"] = now + PAUSE  # whoever asked tries it, the others wait
        return None

    def note(self, channel: str, host: str, verdict: Verdict, now: datetime) -> None:
        """Learn from how an attempt ended."""
        if verdict.after:
            self._until[f"channel {channel}"] = _later(now, verdict.after)
        if verdict.status is not None:
            self._silent.pop(host, None)
            self._until.pop(f"host {host}", None)
            return
        self._silent[host] = self._silent.get(host, 0) + 1
        if self._silent[host] >= ENOUGH:
            self._until[f"host {host}"] = now + PAUSE


def _later(now: datetime, after: timedelta) -> datetime:
    try:
        return now + after
    except OverflowError:
        return datetime.max.replace(tzinfo=now.tzinfo)
