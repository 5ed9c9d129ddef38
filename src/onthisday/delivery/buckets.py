"""Buckets say which notices are sent together. Budgets say how often messages may be sent.

A bucket is a queue of notices for one service or one host. Only one process at a time sends the
notices of a bucket that has budgets. A budget is the rate that a service allows. If too many
messages come, they wait; none is dropped.

Each service declares the bucket and the budgets of its channels (messages/chat_service.py). Used by
service/sending/delivering.py. Pure: the instant is an argument.
"""

from typing import NamedTuple
from urllib.parse import urlsplit


class Budget(NamedTuple):
    """A rate: one message in ``every`` seconds. After a pause, ``burst`` messages may go at once.

    Channels with a budget of the same ``name`` share it.
    """

    name: str
    every: float
    burst: int = 1


class Bucket(NamedTuple):
    """The queue that a channel's notices go into. Channels with the same ``name`` share it.

    They share a service's rate, or, if the service has none in common, a host. ``host`` is what
    answers or fails together. ``budgets`` are those of the channel, the narrowest first; each of
    them must allow a message. The names contain no secret.
    """

    name: str
    host: str
    budgets: tuple[Budget, ...] = ()


def host_of(url: str) -> str:
    """Return a URL's host with its port, and without a login.

    If one URL of a host does not answer, mostly the others do not answer either.
    """
    return urlsplit(url).netloc.rpartition("@")[2]


class Budgets:
    """How much of each budget is used. It works by the generic cell rate algorithm (ITU-T I.371).

    For each budget it keeps one instant, and needs no timer.
    """

    def __init__(self) -> None:
        self._full_at: dict[str, float] = {}

    def take(self, budget: Budget, now: float) -> float:
        """Take the next free place for a message; return how many seconds to wait until then.

        ``now`` is in seconds of any clock that only goes forward.
        """
        full_at = max(self._full_at.get(budget.name, now), now)
        self._full_at[budget.name] = full_at + budget.every
        return max(0.0, full_at - (budget.burst - 1) * budget.every - now)
