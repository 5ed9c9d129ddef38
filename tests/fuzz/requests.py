"""Requests: whatever comes, each answer is a plain one with its headers, and the server goes on.

A real server on loopback gets bytes that are nearly requests: several in a row, in pieces, broken.
"""

import logging
import re
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

import uvicorn

from onthisday.adapters.web.accepting import Accepting
from onthisday.adapters.web.cached_answers import SECURE
from onthisday.adapters.web.connections import Connection
from onthisday.adapters.web.server import Server
from onthisday.app.serving import Service
from onthisday.app.workspace import Workspace
from tests.website.fixtures import entry_of, write_almanac

ECHO = b"ECH0ed"
PLAIN = b"GET /style.css HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


class _Impatient(Connection):
    patience = 0.03


@contextmanager
def trying() -> Iterator[Callable[[Random], None]]:
    """Give a function that tries a few requests on one connection."""
    with tempfile.TemporaryDirectory() as folder, _serving(Path(folder)) as (where, errors):
        yield lambda random: _attempt(where, errors, random)


@contextmanager
def _serving(folder: Path) -> Iterator[tuple[tuple[str, int], list[logging.LogRecord]]]:
    """Serve in a thread. Yield the address, and a list of the errors that are logged."""
    service = Service(
        Workspace(str(write_almanac(folder, [entry_of("a", "1956-02-25", tags=["é"])])))
    )
    app = Server(
        service.current,
        lambda ready: service.health(ready=ready),
        service.mend,
        service.searching.find,
        None,
    )
    listening = socket.create_server(("127.0.0.1", 0), backlog=128)
    config = uvicorn.Config(
        app, http=_Impatient, ws="none", lifespan="off", log_config=None, access_log=False
    )
    config.timeout_keep_alive = 0
    server, errors = Accepting(config), _Errors()
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    logging.getLogger().addHandler(errors)
    thread.start()
    try:
        yield listening.getsockname(), errors.found
    finally:
        server.should_exit = True
        thread.join()
        logging.getLogger().removeHandler(errors)


class _Errors(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record)


def _attempt(where: tuple[str, int], errors: list[logging.LogRecord], random: Random) -> None:
    sent = b"".join(_request(random) for _ in range(random.choice([1, 1, 1, 2, 5])))
    if random.random() < 0.4:
        sent = _broken(random, sent)
    got = _said(where, sent, random.choice([1, 1, 1, 3]))
    told = (sent[:2000], got[:2000])
    answers = re.findall(rb"HTTP/1\.1 (\d+) [^\r]*\r\n((?:[^\r\n]+\r\n)*)\r\n", got)
    for status, head in answers:
        assert int(status) in {200, 204, 304, 308, 400, 404, 405, 431}, told
        assert b"x-content-type-options: nosniff" in head, told
        assert SECURE["content-security-policy"].split(";")[0].encode() in head, told
        assert b"access-control-allow-origin: *" in head or status in {b"400", b"431"}, told
        assert ECHO not in head or status == b"308", told
    assert not got or answers, told
    for body in re.split(rb"HTTP/1\.1 \d+ ", got):
        assert ECHO not in body.partition(b"\r\n\r\n")[2], told
    assert not errors, (sent[:2000], errors[0].getMessage(), errors[0].exc_text)
    if random.random() < 0.1:
        assert _said(where, PLAIN, 1).startswith(b"HTTP/1.1 200 "), told


def _said(where: tuple[str, int], sent: bytes, pieces: int) -> bytes:
    """Send bytes in pieces on a connection of their own. Return everything that comes."""
    found = b""
    with socket.create_connection(where, timeout=5) as stream:
        stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        size = max(1, -(-len(sent) // pieces))
        with suppress(ConnectionError):
            for begin in range(0, len(sent), size):
                stream.sendall(sent[begin : begin + size])
                time.sleep(0.001 if pieces > 1 else 0)
            while part := stream.recv(65536):
                found += part
    return found


_METHODS = ["GET"] * 8 + ["HEAD", "OPTIONS", "POST", "PUT", "TRACE", "CONNECT", "PRI", "get", ""]
_PATHS = [
    "/", "/feed.atom", "/feed.json", "/style.css", "/days/02-25", "/days/02-25/", "/healthz",
"/metrics", "/entries/a/", "/tags/%C3%A9/", "/tags/%c3%a9/feed.rss", "/embed/",
    "/none", "//", "/%", "/%00", "/%ff", "/..", "/a%2fb", "/?q", "*", "http://h/",
    "http://", "h:80",
    "/" + "a" * 9000, "/é", "/\x7f", "/days/99-99/", "/year/9999999/", "/\\", "/#x", "/a:b", "",
    "/calendar.ics", "/feeds.opml", "/documents/book/", "/days/02-25/index.json", "/<ECH0ed>",
]  # fmt: skip
_VERSIONS = ["HTTP/1.1"] * 9 + ["HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/1.1 ", "http/1.1", ""]
_NAMES = [
    "Host", "Accept", "Accept-Encoding", "If-None-Match", "If-Modified-Since",
    "Connection", "Range",
    "Content-Length", "Transfer-Encoding", "Expect", "Upgrade", "Cookie",
    "X-Forwarded-For", "Origin",
    "Keep-Alive", "Te", "If-Match", "Sec-WebSocket-Key", "HTTP2-Settings", "X" * 300, "",
    "A B", "\xe9",
]  # fmt: skip
_VALUES = [
    "", "x", "*", "*/*;q=x", "gzip", "gzip;q=0", "identity", "gzip;q=1e9, *;q=nan", '"',
    'W/"', "close",
    "keep-alive", "upgrade", "websocket", "h2c", "chunked", "gzip, chunked",
    "100-continue", "0", "5",
    "-1", "+5", "5, 5", "9" * 400, "0x5", "bytes=0-0", "127.0.0.1", "a b", "[::1]:80",
    "é", "\xff", "\t",
    "Mon, 01 Jan 99999999999999999999 00:00:00 GMT", "1 Jan ,", "Thu, 01 Jan 1970 00:00:00 GMT",
    "Sun, 01 Jan 0001 00:00:00 +9999", "Mon, 01 Jan 2020 00:00:00 +99999999999999999999", "ECH0ed",
    "application/openmetrics-text;version=abc", ",;=,;", "a" * 70_000, "x\x00y", "x\r\n folded",
]  # fmt: skip
_BODIES = [b""] * 6 + [
    b"hello",
    b"5\r\nhello\r\n0\r\n\r\n",
    b"zz\r\n",
    b"0\r\nX: y\r\n\r\n",
    b"\0" * 70_000,
]


def _request(random: Random) -> bytes:
    first = " ".join(random.choice(words) for words in (_METHODS, _PATHS, _VERSIONS))
    lines = [first, *(["Host: x"] if random.random() < 0.9 else [])]
    more = range(random.choice([0, 0, 1, 2, 3]))
    lines += [f"{random.choice(_NAMES)}: {random.choice(_VALUES)}" for _ in more]
    head = random.choice(["\r\n"] * 6 + ["\n"]).join([*lines, "", ""])
    return head.encode("latin-1" if random.random() < 0.9 else "utf-8") + random.choice(_BODIES)


def _broken(random: Random, sent: bytes) -> bytes:
    place = random.randrange(len(sent) + 1)
    return random.choice(
        [
            sent[:place],
            sent[:place] + random.randbytes(2) + sent[place + 1 :],
            sent[place:] + sent[:place],
        ]
    )
