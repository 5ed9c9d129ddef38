"""A connection with limits: how long a request may be, how long it may take, how much may wait.

Why our own class: uvicorn's protocol (httptools) limits neither the bytes of the headers, nor the
time that they take, nor the requests that wait on one connection. The only way to change this is
to give uvicorn another class.

Why not uvicorn's other protocol, h11: it limits only the bytes, and is four times slower.

A request to this server needs no body, so one limit for the whole request is enough. Whoever makes
the web server gives this class to uvicorn (app/listening.py). accepting.py limits how many
connections there are.
"""

from asyncio import TimerHandle, Transport
from math import inf
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from onthisday.adapters.web.accepting import PLACES
from onthisday.adapters.web.refusing import names_one_host, refusal

MOST = 64 * 1024
"""The most bytes of one request: its first line, its headers, and a body, which nobody reads."""

PART = 1024
"""So many bytes are read at a time, and only if no request waits.

Why so few: 1,024 bytes hold at most 40 requests.
"""

SMALL = 32 * 1024
"""An answer of so many bytes does not wait until the reader has taken a part of it.

With 0, uvloop would stop and go on twice for each answer, which halves the answers in a second.
"""

OFTEN = 0.01
"""Seconds. A connection is not looked at more often."""


class Connection(HttpToolsProtocol):
    """uvicorn's HTTP/1.1 connection, with limits. uvicorn gets it as ``http=Connection``.

    ``patience`` is how many seconds a whole request may take. For the first request they count from
    the opening of the connection; for a later one, from the beginning of that request. The reader
    has as many seconds to take each part of an answer. A connection that nobody uses is closed
    after uvicorn's ``timeout_keep_alive``.

    One timer looks whether the time is over. Why not a timer for each wait, as uvicorn has it:
    each request would start one and stop one, and that takes longer than all our limits together.
    """

    patience = 30.0
    _timer: TimerHandle | None = None
    _asked_until = inf
    """The time of the loop until which a whole request must come."""
    _taken_until = inf
    """The time of the loop until which the reader must take a part of an answer."""
    _received = 0
    _is_whole = False
    """Whether a request ended with the bytes that came last."""
    _too_large = False
    _unread = b""
    """Bytes that came and wait, because requests before them are not answered yet."""
    _is_ended = False
    """Whether the reader has closed its side: nothing comes any more."""
    _refusal: bytes | None = None
    """The answer to what is no request. It is the last one on this connection."""
    _answered: RequestResponseCycle | None = None
    """The request that is being answered, or was last. Others may wait behind it.

    If the connection is lost, uvicorn tells only the request that came last. The answer to another
    one would be written on, into the log of errors too: a stranger could fill the disk.
    """

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Start the time limit for the first request."""
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=SMALL)
        if hasattr(transport, "max_size"):  # asyncio's own transport reads four times as much
            transport.max_size = MOST
        PLACES.take(self)
        self._asked_until = self.loop.time() + self.patience
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the time limits, and forget what waits."""
        if self._timer is not None:
            self._timer.cancel()
        PLACES.leave(self)
        self._unread = b""
        self.pipeline.clear()
        if self._answered is not None:
            self._answered.disconnected = True
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read what came. If requests wait already, keep it for later, and take no more."""
        if len(data) <= PART and not self._unread and not self.pipeline:
            self._read(data)  # nearly always: one request
        else:
            self._unread += data
            self._read_on()

    def eof_received(self) -> bool:  # type: ignore[override]
        """Answer what was asked before the reader closed its side (RFC 9112, section 9.6).

        Return True if the connection is still needed for that.
        """
        self._is_ended = True
        return self._is_wanted()

    def _read_on(self) -> None:
        """Read bytes, part by part, until a request waits."""
        while self._unread and not self.pipeline and not self.transport.is_closing():
            part, self._unread = self._unread[:PART], self._unread[PART:]
            self._read(part)
        if self._unread or self.pipeline:
            self.flow.pause_reading()
            self._asked_until = inf

    def _read(self, data: bytes) -> None:
        """Read the next bytes of a request. If the request is then too long, refuse it."""
        self._received += len(data)
        begins, self._is_whole = self._is_whole, False
        super().data_received(data)
        if self._is_whole and self.scope is self.cycle.scope:  # no other one has begun
            if not self.cycle.response_complete:
                self._asked_until = inf
        elif self._received > MOST:
            self._refuse()
        elif begins or self._asked_until == inf:
            self._asked_until = self.loop.time() + self.patience

    def on_headers_complete(self) -> None:
        """Let the request be answered.

        If its headers are too long, raise ValueError: the answer is 431. If it does not name one
        host, raise ValueError: the answer is 400.
        """
        if self._received > MOST and self._head_size() > MOST:
            self._too_large = True
            raise ValueError("the head is too long")
        if not names_one_host(self.headers, self.parser.get_http_version()):
            raise ValueError("a request names one host")
        super().on_headers_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._answered = cycle
        super()._start_asgi_task(cycle, app)

    def on_message_complete(self) -> None:
        """Note that a whole request has come."""
        self._is_whole, self._received = True, 0
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Go on with the next request that waits, or with what came after it.

        It does what uvicorn's method does, without starting a timer.
        """
        self.server_state.total_requests += 1
        if self.transport.is_closing():
            self._await_taking()
            return
        PLACES.take(self)
        if not self._is_ended:
            self.flow.resume_reading()
        if self.pipeline:
            self._start_asgi_task(*self.pipeline.pop())
        elif self._asked_until == inf:
            self._asked_until = self.loop.time() + self.timeout_keep_alive
        if self._refusal is not None:
            self._end_with_refusal()
        elif self._unread or self.pipeline:
            self._read_on()
        if self._is_ended and not self._is_wanted():
            self.transport.close()
            self._await_taking()

    def _is_wanted(self) -> bool:
        """Return True if something that was asked is not answered yet."""
        return self._is_answering() or bool(self.pipeline or self._unread)

    def _is_answering(self) -> bool:
        return self._answered is not None and not self._answered.response_complete

    def pause_writing(self) -> None:
        """Start the time limit for the reader: a part of an answer is still to be taken."""
        super().pause_writing()
        self._await_taking()

    def resume_writing(self) -> None:
        """Stop the time limit for the reader, who has taken nearly everything.

        For the rest of a last answer it begins anew.
        """
        super().resume_writing()
        PLACES.take(self)
        self._taken_until = inf
        if self.transport.is_closing():
            self._await_taking()

    def _await_taking(self) -> None:
        self._taken_until = self.loop.time() + self.patience

    def _look(self) -> None:
        """Close the connection if the time is over, and look again when it may be.

        If a request has begun beside an answer that is still being given, the answer goes on: only
        its own time limit ends it. Then the request has its time anew.

        A small answer may still be there to be taken. No wait that begins until the next look ends
        before that look, because none is shorter.
        """
        now = self.loop.time()
        if now >= self._taken_until:
            self._taken_until = inf
            self.transport.abort()
        elif now >= self._asked_until and self._is_answering():
            self._asked_until = now + self.patience
        elif now >= self._asked_until:
            self._asked_until = inf
            self._taken_until = min(self._taken_until, now + self.patience)
            self.transport.close()
        shortest = max(min(self.patience, self.timeout_keep_alive), OFTEN)
        again = min(self._asked_until, self._taken_until, now + shortest)
        self._timer = self.loop.call_at(again, self._look)

    def send_400_response(self, msg: str) -> None:
        """Answer that the request is not valid (400) or too long (431), and close the connection.

        Requests before it are answered first. The answer repeats nothing from the request.
        """
        status = 431 if self._too_large else 400
        self._refusal = refusal(status, "The request is too long." if status == 431 else msg)
        self._unread = b""
        self.flow.pause_reading()
        self._end_with_refusal()

    def _end_with_refusal(self) -> None:
        if self._refusal is not None and not self._is_answering() and not self.pipeline:
            self.transport.write(self._refusal)
            self.transport.close()

    def _is_in_head(self) -> bool:
        """Return True if a request has begun whose headers are not all there.

        uvicorn makes the scope when a request begins, and the cycle with it after the headers.
        """
        return self.scope is not getattr(self.cycle, "scope", None)

    def _head_size(self) -> int:
        return len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)

    def _refuse(self) -> None:
        """End a request that is too long. If it has no answer yet, answer 431 first."""
        if self._is_in_head():
            self._too_large = True
            self.send_400_response("")
        else:
            self.transport.close()

    def _unsupported_upgrade_warning(self) -> None:
        """Say nothing. uvicorn writes two lines into the log: a stranger could fill the disk."""
