"""What is sent and what comes back: requests, replies, and whoever exchanges them."""

from datetime import datetime, timedelta
from typing import Literal, NamedTuple, Protocol

Outcome = Literal["sent", "retry", "refused", "gone", "unknown"]
"""``retry``: not taken, may be taken later. ``refused``: never will be. ``gone``: nor will
anything else sent there. ``unknown``: it may have been taken."""


class Request(NamedTuple):
    """An HTTP request, ready to send. ``private_addresses`` allows loopback and private ranges."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    private_addresses: bool = False


class Reply(NamedTuple):
    """What came back: header names in lower case, the body's first bytes."""

    status: int
    headers: dict[str, str]
    body: bytes


class Failure(NamedTuple):
    """No reply. ``sent`` says whether the request may have reached the other side."""

    sent: bool
    detail: str


class Verdict(NamedTuple):
    """What a reply means; ``after`` is how long the other side asks to be left alone: by that
    channel or, where the answer is ``shared``, by all that have its bucket."""

    outcome: Outcome
    detail: str
    status: int | None = None
    after: timedelta | None = None
    shared: bool = False


class Sender(Protocol):
    """Posts a request to where it goes."""

    async def send(self, request: Request) -> Reply | Failure:
        """Return what came back, or how it failed: before or after the request was out.

        Never raises, never follows a redirect, and names at most a host.
        """


class Clock(Protocol):
    """The only source of the present."""

    def now(self) -> datetime:
        """Return this instant, aware, in UTC."""
