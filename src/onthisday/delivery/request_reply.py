"""Requests and replies, and the protocols of the sender and of the clock. Pure.

A service makes a `Request` (messages/). A `Sender` sends it and returns a `Reply` or a `Failure`
(adapters/http/). The service says what the reply means, as a `Verdict`.
"""

from datetime import datetime, timedelta
from typing import Literal, NamedTuple, Protocol

Outcome = Literal["sent", "retry", "refused", "gone", "unknown"]
"""How an attempt ended.

``sent``: the service took the message. ``retry``: not now, but it may take it later. ``refused``:
it will never take this message. ``gone``: it will never take any message there. ``unknown``: nobody
knows whether it took the message.
"""


class Request(NamedTuple):
    """An HTTP request, ready to send. ``private_addresses`` allows loopback and private ranges."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    private_addresses: bool = False


class Reply(NamedTuple):
    """What came back. Names of headers are in lower case. ``body`` has the first bytes only."""

    status: int
    headers: dict[str, str]
    body: bytes


class Failure(NamedTuple):
    """No reply came. ``sent`` is true if the request may have reached the other side."""

    sent: bool
    detail: str


class Verdict(NamedTuple):
    """What a reply means.

    ``after`` is how long the service asks us to wait. The wait is for this channel; if ``shared``
    is true, it is for all channels of its bucket.
    """

    outcome: Outcome
    detail: str
    status: int | None = None
    after: timedelta | None = None
    shared: bool = False


class Sender(Protocol):
    """Sends requests."""

    async def send(self, request: Request) -> Reply | Failure:
        """Send a request. Return the reply, or a failure, which says whether it may have arrived.

        Never raises and never follows a redirect. The failure's words name at most the host.
        """


class Clock(Protocol):
    """Says what time it is. Nothing else in delivery asks the machine's clock."""

    def now(self) -> datetime:
        """Return this instant in UTC, with its zone."""
