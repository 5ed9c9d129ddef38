"""Buckets: which channels are delivered together, and how often each service may be sent to.

Pure: the instant is an argument. A bucket is what a process (or, with an engine, a job) is given
to drain; a budget is what a service allows. A budget makes a message wait, and never drops it.
Used by service/sending/delivering.py. The rates are those of notes/delivery.md, "Chat targets".
"""

import hashlib
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit

from onthisday.config import Channel


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


class _Limit(NamedTuple):
    """What a type of channel allows: whose budget it is, and its size."""

    of: Callable[[Channel], str]
    every: float
    burst: int = 1


def bucket_of(channel: Channel) -> Bucket:
    """Return the bucket that a channel is in, with the budgets that its messages take from."""
    host = _host(channel)
    name = _SHARED[channel.type](channel) if channel.type in _SHARED else host
    budgets = (
        Budget(f"{channel.type} {limit.of(channel)}", limit.every, limit.burst)
        for limit in _LIMITS.get(channel.type, ())
    )
    return Bucket(name, host, tuple(budgets))


def _address(_: Channel) -> str:
    return "this address"


def _token(channel: Channel) -> str:
    return _digest(channel.token.reveal() if channel.token else "")


def _chat(channel: Channel) -> str:
    return f"{_token(channel)} {_digest(channel.to or '')}"


def _hook(channel: Channel) -> str:
    return _digest(channel.url.reveal() if channel.url else "")


def _host(channel: Channel) -> str:
    """Return a channel's host with its port: what answers together, or not.

    An Apprise address may hold a token where others have a host.
    """
    parts = urlsplit(channel.url.reveal() if channel.url else "")
    if channel.type == "apprise":
        return f"{parts.scheme} {_digest(parts.netloc)}"
    return parts.netloc.rpartition("@")[2]


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()[:12]


_LIMITS: dict[str, tuple[_Limit, ...]] = {
    "discord": (_Limit(_address, 1 / 50),),
    "telegram": (_Limit(_chat, 1), _Limit(_token, 1 / 30)),
    "slack": (_Limit(_hook, 1),),
    "teams": (_Limit(_hook, 1 / 4),),
    "ntfy": (_Limit(_host, 5, burst=60),),
}
"""The narrowest first: who waits for a chat must not hold a place among those of its token."""

_SHARED: dict[str, Callable[[Channel], str]] = {
    "discord": lambda _: "discord",
    "telegram": lambda channel: f"telegram {_token(channel)}",
}
"""Types whose widest budget is not a host's; all others are drained host by host."""


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
