"""A real server on loopback that takes what is sent, and answers as it is told to."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple


class Received(NamedTuple):
    """A request as it came in; header names in lower case."""

    path: str
    headers: dict[str, str]
    body: bytes


class Answer(NamedTuple):
    """What to say to it."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b"ok"


class _Server(ThreadingHTTPServer):
    request_queue_size = 256  # of five, 64 at once would wait for TCP to try again
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Say nothing of connections that break: here they are meant to."""


class Sink:
    """A server; ``answer`` may be replaced at any time, and may act on the open connection."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.answer: Callable[[Received], Answer | None] = lambda _: Answer()
        self.connection: Any = None
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"

    def paths(self) -> list[str]:
        """Return where requests went, in order."""
        return [each.path for each in self.received]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        sink = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # a reply is two writes; the second would wait 40 ms

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                names = {name.lower(): value for name, value in self.headers.items()}
                sink.received.append(Received(self.path, names, body))
                sink.connection = self.connection
                answer = sink.answer(sink.received[-1])
                if answer is None:
                    self.close_connection = True
                    return
                with suppress(OSError):  # whoever asked may have been killed
                    self._say(answer)

            do_GET = do_POST  # noqa: N815 - http.server's name

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
        """Serve in a thread."""
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def stop(self) -> None:
        """End the thread and close the port."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@contextmanager
def running_sink() -> Iterator[Sink]:
    """Run a sink for as long as the block does."""
    sink = Sink()
    sink.start()
    try:
        yield sink
    finally:
        sink.stop()
