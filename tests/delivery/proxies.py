"""A real proxy on loopback: tunnels (CONNECT), and requests that it passes on.

It keeps what it is asked, knows names that nobody else knows, and can be told to refuse or to fail.
"""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import NamedTuple

CERTIFICATE = Path(__file__).with_name("invalid.pem")
"""A certificate of the tests' own for `service.invalid` and `proxy.invalid`, with its key."""


def server_side() -> ssl.SSLContext:
    """Return what a server with the certificate needs."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def client_side() -> ssl.SSLContext:
    """Return what a client needs that trusts the certificate, and no other."""
    return ssl.create_default_context(cafile=str(CERTIFICATE))


class Asked(NamedTuple):
    """What the proxy was asked. The names of headers are in lower case."""

    method: str
    target: str
    headers: dict[str, str]


class _Server(ThreadingTCPServer):
    request_queue_size = 256
    daemon_threads = True

    def __init__(self, address: tuple[str, int], proxy: "FakeProxy") -> None:
        super().__init__(address, _Connection)
        self.proxy = proxy

    def handle_error(self, *_: object) -> None:
        """Print nothing when a connection breaks, because tests break some on purpose."""


class FakeProxy:
    """The proxy.

    - ``knows``: the ports on loopback of the names that it knows.
    - ``refusal``: if set, it answers this, and makes no connection.
    - ``silent``: it answers nothing.
    - ``cut``: at the byte with this number to the service, it breaks off everything.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.asked: list[Asked] = []
        self.knows: dict[str, int] = {}
        self.refusal: bytes | None = None
        self.silent = False
        self.cut: int | None = None
        self.open: list[socket.socket] = []
        self._server = _Server(("127.0.0.1", 0), self)
        self.port: int = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        if tls:
            self._server.socket = tls.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )

    def targets(self) -> list[str]:
        """Return what was asked for, in order."""
        return [each.target for each in self.asked]

    def break_off(self) -> None:
        """Break off all tunnels, as if the proxy were killed."""
        for each in self.open:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def start(self) -> None:
        """Start a thread that serves."""
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def stop(self) -> None:
        """End the thread and close the port."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Connection(StreamRequestHandler):
    """A connection to the self.server.proxy."""

    server: "_Server"

    def handle(self) -> None:
        with suppress(OSError, ValueError):
            self._answer()

    def _answer(self) -> None:
        line, headers = self._head()
        method, target, _ = line.split(" ")
        self.server.proxy.asked.append(Asked(method, target, headers))
        if self.server.proxy.silent:
            self.rfile.read(1)
        elif self.server.proxy.refusal is not None:
            self.wfile.write(self.server.proxy.refusal)
        elif method == "CONNECT":
            self._tunnel(target)
        else:
            self._pass_on(method, target, headers)

    def _head(self) -> tuple[str, dict[str, str]]:
        line, headers = self.rfile.readline().decode().strip(), {}
        while (each := self.rfile.readline().decode().strip()) != "":
            name, _, value = each.partition(":")
            headers[name.lower()] = value.strip()
        return line, headers

    def _tunnel(self, target: str) -> None:
        with self._connected(target) as service:
            self.server.proxy.open += [self.connection, service]
            self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=self._back, args=(service,), daemon=True)
            back.start()
            passed = 0
            while data := self.connection.recv(65536):
                passed += len(data)
                if self.server.proxy.cut is not None and passed >= self.server.proxy.cut:
                    break  # before these bytes go on: the service may answer them at once
                service.sendall(data)
            service.shutdown(socket.SHUT_RDWR)
        self.connection.shutdown(socket.SHUT_RDWR)

    def _back(self, service: socket.socket) -> None:
        with suppress(OSError):
            while data := service.recv(65536):
                self.connection.sendall(data)
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def _pass_on(self, method: str, target: str, headers: dict[str, str]) -> None:
        place, _, path = target.partition("://")[2].partition("/")
        body = self.rfile.read(int(headers.get("content-length", "0")))
        kept = {name: value for name, value in headers.items() if name != "connection"}
        lines = [f"{method} /{path} HTTP/1.1", *(f"{n}: {v}" for n, v in kept.items())]
        with self._connected(place) as service:
            service.sendall("\r\n".join([*lines, "connection: close", "", ""]).encode())
            service.sendall(body)
            while data := service.recv(65536):
                self.wfile.write(data)

    def _connected(self, place: str) -> socket.socket:
        host, _, port = place.rpartition(":") if ":" in place else (place, "", "80")
        return socket.create_connection(
            ("127.0.0.1", self.server.proxy.knows.get(host, int(port))), 5
        )


@contextmanager
def running_proxy(tls: ssl.SSLContext | None = None) -> Iterator[FakeProxy]:
    """Run a proxy while the block runs. With ``tls`` its address is `https://`."""
    proxy = FakeProxy(tls)
    proxy.start()
    try:
        yield proxy
    finally:
        proxy.stop()
