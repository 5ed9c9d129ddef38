"""A real server on loopback. It keeps what it receives, and answers as a test tells it."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple


class Received(NamedTuple):
    """A request that was received. The names of its headers are in lower case."""

    path: str
    headers: dict[str, str]
    body: bytes
    method: str = "POST"


class Answer(NamedTuple):
    """What the server answers to a request."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b"ok"


class _Server(ThreadingHTTPServer):
    request_queue_size = 256  # with Python's own 5, most of 64 at once must connect again
    daemon_threads = True

    accepted = 0

    def get_request(self) -> Any:
        """Accept a connection, and count it."""
        taken = super().get_request()
        self.accepted += 1
        return taken

    def handle_error(self, *_: Any) -> None:
        """Print nothing when a connection breaks, because tests break some on purpose."""


class Sink:
    """The server. A test may replace ``answer`` at any time; it may also use ``connection``."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.received: list[Received] = []
        self.answer: Callable[[Received], Answer | None] = lambda _: Answer()
        self.connection: Any = None
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self.port: int = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/"
        if tls:
            self._server.socket = tls.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )

    @property
    def connections(self) -> int:
        """How many connections were accepted, also those on which no request came."""
        return self._server.accepted

    def paths(self) -> list[str]:
        """Return the path of each request, in order."""
        return [each.path for each in self.received]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        sink = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # else a reply's second part waits 40 ms

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                names = {name.lower(): value for name, value in self.headers.items()}
                sink.received.append(Received(self.path, names, body, self.command))
                sink.connection = self.connection
                answer = sink.answer(sink.received[-1])
                if answer is None:
                    self.close_connection = True
                    return
                with suppress(OSError):  # the process that asked may have been killed
                    self._say(answer)

            do_GET = do_DELETE = do_POST  # noqa: N815 - http.server's names

            def _say(self, answer: Answer) -> None:
                self.send_response(answer.status)
                for name, value in answer.headers:
                    self.send_header(name, value)
                self.send_header("content-length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, *_: Any) -> None:
                pass

        return Handler

    def start(self) -> None:
        """Start a thread that serves."""
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def stop(self) -> None:
        """End the thread and close the port."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@contextmanager
def running_sink(tls: ssl.SSLContext | None = None) -> Iterator[Sink]:
    """Run a sink while the block runs. With ``tls`` it speaks TLS."""
    sink = Sink(tls)
    sink.start()
    try:
        yield sink
    finally:
        sink.stop()
