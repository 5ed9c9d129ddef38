"""Buckets: what is delivered together; budgets: how often may be sent.

Pure: the instant is an argument. A bucket is what a process (or, with an engine, a job) is given
to drain; a budget is what a service allows. A budget makes a message wait, and never drops it.
Which of them a channel has, its service declares (messages/chat_service.py); used by
service/sending/delivering.py.
"""

from typing import NamedTuple
from urllib.parse import urlsplit


class Budget(NamedTuple):
    """One message every so many seconds and, after a rest, ``burst`` of them at once."""

    name: str
    every: float
    burst: int = 1


class Bucket(NamedTuple):
    """Channels that are drained together: they share a budget or, where none is, a host.

    ``budgets`` are a channel's own, the narrowest first: each must allow a message. Names hold no
    secret.
    """

    name: str
    host: str
    budgets: tuple[Budget, ...] = ()


def host_of(url: str) -> str:
    """Return a URL's host with its port, without a login: what answers together, or not."""
    return urlsplit(url).netloc.rpartition("@")[2]


class Budgets:
    """What was taken of each budget: the generic cell rate algorithm (ITU-T I.371), which keeps
    one instant a budget and wakes nobody."""

    def __init__(self) -> None:
        self._full_at: dict[str, float] = {}

    def take(self, budget: Budget, now: float) -> float:
        """Take the next free place; return the seconds until it comes. ``now`` is in seconds."""
        full_at = max(self._full_at.get(budget.name, now), now)
        self._full_at[budget.name] = full_at + budget.every
        return max(0.0, full_at - (budget.burst - 1) * budget.every - now)
