"""A connection with limits: how many bytes a request may have, and how long it may take to come.

Why our own class: uvicorn's protocol (httptools) limits neither the bytes of the headers nor the
time that they take. The only way to change this is to give uvicorn another class.

Why not uvicorn's other protocol, h11: it limits only the bytes, and is four times slower.

A request to this server needs no body, so one limit for the whole request is enough. app/serving.py
gives this class to uvicorn.
"""

from asyncio import TimerHandle, Transport
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from onthisday.adapters.web.cached_answers import SECURE

MOST = 64 * 1024
"""The most bytes of one request: its first line, its headers, and a body, which nobody reads."""

_REASONS = {400: "Bad Request", 431: "Request Header Fields Too Large"}


class Connection(HttpToolsProtocol):
    """uvicorn's HTTP/1.1 connection, with limits. uvicorn gets it as ``http=Connection``.

    ``patience`` is how many seconds a whole request may take. For the first request they count from
    the opening of the connection; for a later one, from the beginning of that request.
    """

    patience = 30.0
    _patience: TimerHandle | None = None
    _received = 0
    _reading = True
    _in_head = True
    _too_large = False

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Start the time limit for the first request."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the time limit."""
        self._rest()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take the next bytes of a request. If the request is then too long, refuse it."""
        self._received += len(data)
        super().data_received(data)
        if not self._reading:
            self._rest()
        elif self._received > MOST:
            self._refuse()
        elif self._patience is None:
            self._wait()

    def on_message_begin(self) -> None:
        """Note that a request begins."""
        self._reading = self._in_head = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Let the request be answered.

        If its headers are too long, raise ValueError: the answer is 431.
        """
        if self._received > MOST and self._head_size() > MOST:
            self._too_large = True
            raise ValueError("the head is too long")
        self._in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Note that a whole request has come."""
        self._reading, self._received = False, 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Answer that the request is not valid (400) or too long (431).

        The answer repeats nothing from the request.
        """
        status = 431 if self._too_large else 400
        self.transport.write(_answer(status, "The request is too long." if status == 431 else msg))
        self.transport.close()

    def _head_size(self) -> int:
        return len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)

    def _refuse(self) -> None:
        """End a request that is too long. If it has no answer yet, answer 431 first."""
        if self._in_head and not self.transport.is_closing():
            self._too_large = True
            self.send_400_response("")
        self.transport.close()

    def _wait(self) -> None:
        self._patience = self.loop.call_later(self.patience, self.transport.close)

    def _rest(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None


def _answer(status: int, said: str) -> bytes:
    headers: dict[str, Any] = {
        "content-type": "text/plain; charset=utf-8",
        "content-length": len(said),
        "connection": "close",
        **SECURE,
    }
    lines = (f"{name}: {value}" for name, value in headers.items())
    return "\r\n".join((f"HTTP/1.1 {status} {_REASONS[status]}", *lines, "", said)).encode()
