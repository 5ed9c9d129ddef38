"""Keep the bytes that a server answers, so that a reply which aiohttp refuses is read all the same.

aiohttp closes the connection as soon as something in a reply is against the rules of HTTP, and the
status is lost with it. Then nobody would know whether the service took the message, and it would be
sent again. Here the bytes of each reply are kept, and the connection stays open until the reply has
come as far as it will. http_sender.py then reads them with delivery/raw_reply.py.

Why not a parser of our own for all replies: aiohttp's is written in C and is right nearly always.
"""

import asyncio
from contextvars import ContextVar
from functools import partial
from typing import Any

import aiohttp
from aiohttp.client_proto import ResponseHandler

from onthisday.delivery.raw_reply import is_whole

KEPT = 512 * 1024
"""The most bytes of a reply that are kept, with its head."""

heard: ContextVar["Heard"] = ContextVar("heard")
"""What the request of this task hears."""


LOOKS = 64
"""How often we look whether a refused reply is whole. A server that trickles costs no more."""


class Heard:
    """The first bytes that came as an answer to one request."""

    def __init__(self) -> None:
        self.raw = bytearray()
        self._looks = 0

    def keep(self, data: bytes) -> None:
        """Keep bytes, as long as there is room."""
        if len(self.raw) < KEPT:
            self.raw += data

    def is_enough(self) -> bool:
        """Return True if the reply is whole, or there is no room for more of it."""
        self._looks += 1
        return len(self.raw) >= KEPT or (self._looks <= LOOKS and is_whole(bytes(self.raw)))


class HearingConnector(aiohttp.TCPConnector):
    """aiohttp's connections, which keep what they hear."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        loop = asyncio.get_running_loop()
        self._factory = partial(_Hearing, loop=loop)  # type: ignore[assignment]


class _Hearing(ResponseHandler):
    """aiohttp's side of a connection. With each request it gets a new parser."""

    def set_response_params(self, **options: Any) -> None:
        """Put a parser that keeps what it reads before aiohttp's own."""
        super().set_response_params(**options)
        if self._parser is not None:
            self._parser = _Patient(self._parser, heard.get(Heard()))  # type: ignore[assignment]


class _Patient:
    """Stands for aiohttp's parser. If that one refuses a reply, wait until the reply has come."""

    def __init__(self, parser: Any, keeper: Heard) -> None:
        self._parser, self._heard = parser, keeper
        self._refused: Exception | None = None

    def feed_data(self, data: bytes) -> Any:
        """Read bytes, as aiohttp's parser does.

        Raise that parser's error, but not before all of the reply is there.
        """
        self._heard.keep(data)
        if self._refused is None:
            try:
                messages, upgraded, rest = self._parser.feed_data(data)
                return [(_with_reason(head), body) for head, body in messages], upgraded, rest
            except Exception as error:  # noqa: BLE001 - told as soon as the reply has come
                self._refused = error
        if self._heard.is_enough():
            raise self._refused
        return (), False, b""

    def __getattr__(self, name: str) -> Any:
        """Give all other methods, such as that for the end of a connection."""
        return getattr(self._parser, name)


def _with_reason(head: Any) -> Any:
    """Return a reply's head as httpx can take it: words of ASCII after the status, or none."""
    return head if (head.reason or "").isascii() else head._replace(reason=None)
