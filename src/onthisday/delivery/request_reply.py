"""Requests, replies and verdicts; and the protocols of the sender and of the clock.

A service's module makes a `Request` (messages/). A `Sender` sends it, and returns a `Reply` or a
`Failure` (adapters/http/). Then the service's module says what the reply means: a `Verdict`. No
input or output here.
"""

from datetime import datetime, timedelta
from typing import Literal, NamedTuple, Protocol

Outcome = Literal["sent", "throttled", "retry", "refused", "gone", "unknown", "deleted"]
"""How an attempt ended.

- ``sent``: the service took the message.
- ``throttled``: it gets too many messages, and did not take this one. This is no failed attempt.
- ``retry``: it did not take the message now, but it may later.
- ``refused``: it will never take this message.
- ``gone``: it will never take any message from this channel.
- ``unknown``: nobody knows whether it took the message.
- ``deleted``: it deleted a message that it had taken before, or it does not have it any more.
"""


class Request(NamedTuple):
    """An HTTP request that is ready to be sent.

    ``private_addresses``: it may go to loopback and to private networks.
    """

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    private_addresses: bool = False


class Reply(NamedTuple):
    """What a server answered.

    ``headers`` have their names in lower case. ``body`` has only the first bytes.
    """

    status: int
    headers: dict[str, str]
    body: bytes


class Failure(NamedTuple):
    """Says that no reply came.

    - ``sent``: the request may have reached the server.
    - ``no_such_name``: there is no server of this name, as the name server says.
    """

    sent: bool
    detail: str
    no_such_name: bool = False


class Verdict(NamedTuple):
    """What a reply means.

    - ``detail``: words for people.
    - ``status``: the HTTP status; None if no reply came.
    - ``after``: how long the service asks us to wait. It may ask this with every outcome, also if
      it took the message.
    - ``shared``: all channels of the bucket must wait, not only this channel.
    - ``named``: what the service calls the message that it took (messages/retracting.py).
    """

    outcome: Outcome
    detail: str
    status: int | None = None
    after: timedelta | None = None
    shared: bool = False
    named: str | None = None


class Sender(Protocol):
    """Sends requests."""

    async def send(self, request: Request) -> Reply | Failure:
        """Send a request. Return the reply; or, if none came, a failure.

        The failure says whether the request may have arrived. Its words never name more of the URL
        than the host. Never raises, and never follows a redirect.
        """


class Clock(Protocol):
    """Says what time it is. All of delivery asks this clock, so a test can use another one."""

    def now(self) -> datetime:
        """Return the time now, in UTC and with its zone."""
