"""Buckets and budgets: which notices wait in one queue, and how fast they may be sent.

A bucket is a queue of notices for one service or one host. A budget is a service's speed limit. If
too many messages come, they wait; none is dropped. Only one process at a time sends the notices of
a bucket that has budgets. Otherwise two processes together would be too fast.

Each service declares the bucket and the budgets of its channels (messages/chat_service.py).
service/sending/attempting.py uses them. No input or output here; the time is an argument.
"""

import re
from typing import NamedTuple
from zlib import crc32


class Budget(NamedTuple):
    """A speed limit: one message in ``every`` seconds.

    After a pause, ``burst`` messages may go at once. Channels that have a budget with the same
    ``name`` share this limit.
    """

    name: str
    every: float
    burst: int = 1


class Bucket(NamedTuple):
    """The queue that a channel's notices wait in. Nothing in it is secret.

    - ``name``: channels whose buckets have the same name share the queue. They share the speed
      limit of a service, or only a host.
    - ``host``: what answers or fails together. It is paused if it stops answering (pauses.py).
    - ``budgets``: the channel's speed limits, the narrowest first. Each of them must allow a
      message.
    """

    name: str
    host: str
    budgets: tuple[Budget, ...] = ()


class Queue(NamedTuple):
    """What one process sends at a time, if several machines share the work.

    ``channels``: the names of the channels whose notices wait in it.
    """

    name: str
    channels: frozenset[str]


SHARDS = 64
"""The buckets without a speed limit are put into so many queues."""


def queue_name(bucket: Bucket) -> str:
    """Return the name of the queue that a bucket belongs to.

    A bucket with budgets is a queue of its own, because only one process at a time may send its
    notices. The other buckets share SHARDS queues. Why not one queue for each: there may be as many
    hosts as channels, and each queue that has work costs the engine some rows.
    """
    return bucket.name if bucket.budgets else f"hosts {crc32(bucket.name.encode()) % SHARDS:02}"


def host_of(url: str) -> str:
    """Return the host and port of a URL, without a login.

    If one URL of a host does not answer, the other URLs mostly do not answer either. So they are
    paused together.
    """
    found = _HOST.match(url)
    return found[1] if found else ""


_HOST = re.compile(r"(?:[^:/?#]+:)?//(?:[^/?#]*@)?([^/?#]*)")
"""A URL up to the end of its host and port (RFC 3986, appendix B).

Why not urlsplit: a plan for 100,000 channels spent half of its time in it.
"""


class Budgets:
    """Remembers how much of each budget is used up, and says how long a message must wait.

    It works by the generic cell rate algorithm (ITU-T I.371). This needs one number for each
    budget, and no timer.
    """

    def __init__(self) -> None:
        self._full_at: dict[str, float] = {}

    def take(self, budget: Budget, now: float) -> float:
        """Reserve the next moment when a message may go. Return the seconds until then.

        ``now`` is in seconds of any clock that only goes forward.
        """
        full_at = max(self._full_at.get(budget.name, now), now)
        self._full_at[budget.name] = full_at + budget.every
        return max(0.0, full_at - (budget.burst - 1) * budget.every - now)
