"""Scanners, broken clients and slow clients get plain answers from `serve`, and no traceback."""

import contextlib
import resource
import socket
import time
from collections.abc import Iterator
from subprocess import Popen
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest

from onthisday.adapters.web.cached_answers import SECURE
from onthisday.adapters.web.connections import Connection
from tests.website.fixtures import entry_of, serving, serving_app, write_almanac

pytestmark = pytest.mark.program

SLOW = 1_000
MARK = "<script>alert('echoed')</script>"


class Scanned(NamedTuple):
    """A running server, and at the end what it wrote to stderr."""

    port: int
    process: "Popen[str]"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scanned]:
    """Yield a server. At the end, fail if it wrote a traceback."""
    folder = tmp_path_factory.mktemp("scanned")
    (folder / "secret.txt").write_text("the secret")
    config = write_almanac(folder, [entry_of("first", "1956-02-25", tags=["café"])])
    with serving(config) as (home, process):
        yield Scanned(urlsplit(home).port or 0, process)
        process.terminate()
        said = process.communicate(timeout=40)[1]
    assert process.returncode == 0
    assert "Traceback" not in said
    assert "Exception" not in said


def connect(server: Scanned) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=10)


def send(server: Scanned, request: bytes) -> bytes:
    """Send bytes unchanged. Return everything that comes back until the server closes."""
    with connect(server) as stream:
        with contextlib.suppress(OSError):  # the server may close before everything is sent
            stream.sendall(request)
        reply = b""
        with contextlib.suppress(ConnectionResetError):
            while part := stream.recv(65536):
                reply += part
        return reply


def status_of(reply: bytes) -> int:
    assert reply.startswith(b"HTTP/1.1 "), reply[:100]
    return int(reply.split(b" ", 2)[1])


def request(target: str, method: str = "GET", headers: str = "") -> bytes:
    head = f"{method} {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n"
    return head.encode("latin-1")


def harmless(reply: bytes) -> None:
    """Check that a refusal is plain text, repeats nothing of the request and shows no file."""
    _, _, body = reply.partition(b"\r\n\r\n")
    lowered = body.lower()
    for betrayal in (b"traceback", b"echoed", b"root:", b"the secret", b'file "/', b"<script"):
        assert betrayal not in lowered, body[:300]
    assert b"x-content-type-options: nosniff" in reply.lower()
    assert b"content-security-policy: default-src 'none'" in reply.lower()


PATHS = [
    "/.env", "/.git/config", "/wp-login.php", "/config.yaml", "/secret.txt", "/almanac/all.jsonl",
    "/var/onthisday.db", "/../secret.txt", "/..%2fsecret.txt", "/%2e%2e/%2e%2e/secret.txt",
    "/....//....//etc/passwd", "/..%5c..%5csecret.txt", "//etc/passwd", "/%00", "/days/02-25/%00",
    "/days/%D9%A0%D9%A2-25/", "/days/99-99/", "/days/00-00/", "/days/-1-01/", "/entries/%2e%2e/",
    "/entries/first%0d%0aSet-Cookie:x/", "/tags/%ff%fe/", "/tags/caf%C3%A9%00/", "/tags/%2e%2e/",
    "/tags/../../secret.txt", "/images/../config.yaml", "/year/0/", "/year/99999999999999999999/",
    "/documents/book/1/", f"/{MARK}", f"/tags/{MARK}/", "/%", "/%zz", "/%c0%ae%c0%ae/", "/~root/",
    "/cgi-bin/.%2e/.%2e/bin/sh", "/index.html", "/feed.atom/", "/feed.atom%20", "/FEED.ATOM",
    "/api/rest_v1/feed/onthisday/all/13/45", "/{{7*7}}", "/$%7Bjndi:ldap://x%7D", "/healthz/../x",
    "/style.css/x", "/;x", "/a" * 500,
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_scanners_try_is_not_there(server: Scanned, path: str) -> None:
    reply = send(server, request(path.replace(" ", "%20")))
    assert status_of(reply) in {400, 404}
    harmless(reply)


@pytest.mark.parametrize(
    "query",
    ["?", "?x=1", f"?q={MARK}", "?q='%20OR%201=1--", "?" + "a=b&" * 2000, "?%00", "?../../x"],
)
def test_a_query_changes_nothing_and_is_not_echoed(server: Scanned, query: str) -> None:
    plain = send(server, request("/days/02-25/"))
    reply = send(server, request(f"/days/02-25/{query.replace(' ', '%20')}"))
    assert status_of(reply) == 200
    assert reply.partition(b"\r\n\r\n")[2] == plain.partition(b"\r\n\r\n")[2]


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "MKCOL", "PURGE"]
)
@pytest.mark.parametrize("path", ["/", "/feed.atom", "/nothing", "/healthz"])
def test_what_only_reads_allows_only_reading(server: Scanned, method: str, path: str) -> None:
    reply = send(server, request(path, method))
    assert status_of(reply) == 405
    assert b"allow: get, head" in reply.lower() or b"allow: head, get" in reply.lower()
    harmless(reply)


@pytest.mark.parametrize("path", ["/", "/feed.atom", "/nothing", "/healthz"])
def test_a_program_in_a_browser_is_told_that_it_may_read(server: Scanned, path: str) -> None:
    asked = "Origin: https://reader.example\r\nAccess-Control-Request-Headers: if-none-match\r\n"
    reply = send(server, request(path, "OPTIONS", asked)).lower()
    assert status_of(reply.upper()) == 204
    for told in (b"origin: *", b"headers: *", b"methods: get, head"):
        assert b"access-control-allow-" + told in reply


@pytest.mark.parametrize(
    ("path", "method"),
    [("/", "GET"), ("/feed.atom", "HEAD"), ("/calendar.ics", "GET"), ("/nothing", "GET"),
     ("/days/02-25", "GET"), ("/healthz", "GET"), ("/healthz", "POST"), ("/metrics", "GET"),
     ("/", "OPTIONS"), ("/", "PUT"), ("/a\r\nb", "GET")],
)  # fmt: skip
@pytest.mark.parametrize("condition", ["", "If-None-Match: *\r\n"])
def test_every_answer_says_what_a_browser_may_do_with_it(
    server: Scanned, path: str, method: str, condition: str
) -> None:
    for _ in range(2):  # the second one may be a kept one
        head = send(server, request(path, method, condition)).partition(b"\r\n\r\n")[0]
        for name, value in SECURE.items():
            assert f"\r\n{name}: {value}".encode() in head


def test_only_the_page_that_is_made_for_it_may_be_shown_in_a_frame(server: Scanned) -> None:
    for method in ("GET", "HEAD"):
        reply = send(server, request("/embed/", method)).lower()
        assert b"nosniff" in reply
        assert b"frame" not in reply.partition(b"\r\n\r\n")[0]


@pytest.mark.parametrize(
    "hosts",
    ["", "Host: a\r\nHost: a\r\n", "Host: a\r\nhost: b\r\n", "Host: a b\r\n", "Host: a/b\r\n",
     "Host: a@b\r\n", "Host: a,b:80:90\r\n", "Host: [::1\r\n", "Host: \xe4\r\n", "Host: a:x\r\n"],
)  # fmt: skip
def test_who_names_no_host_or_several_is_refused(server: Scanned, hosts: str) -> None:
    reply = send(server, f"GET / HTTP/1.1\r\n{hosts}\r\n".encode("latin-1"))
    assert status_of(reply) == 400
    harmless(reply)


@pytest.mark.parametrize("host", ["x", "x:80", "[::1]:80", "127.0.0.1:8080", "xn--d1a.example", ""])
def test_who_names_one_host_is_answered(server: Scanned, host: str) -> None:
    head = f"GET / HTTP/1.1\r\nConnection: close\r\nHost: {host}\r\n\r\n"
    assert status_of(send(server, head.encode())) == 200
    assert status_of(send(server, b"GET / HTTP/1.0\r\n\r\n")) == 200


BROKEN = [
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 100,
    b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"get / http/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n",
    b"GET / HTTP/1.1\r\n: empty\r\n\r\n",
    b"GET / HTTP/1.1\r\nX: a\0b\r\n\r\n",
    b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET http:// HTTP/1.1\r\nHost: x\r\n\r\n",
    b"CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    b"POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
]


@pytest.mark.parametrize("junk", BROKEN)
def test_what_is_no_request_is_refused_and_the_connection_closed(
    server: Scanned, junk: bytes
) -> None:
    reply = send(server, junk)
    assert status_of(reply) in {400, 404, 405}
    assert b"Traceback" not in reply


@pytest.mark.parametrize(
    "chunks",
    [b"zz\r\nhello\r\n", b"-1\r\n\r\n", b"ffffffffffffffffffff\r\n", b"5\r\nhel\r\n0\r\n\r\n",
     b"5;" + b"x" * 5000 + b"\r\nhello\r\n0\r\n\r\n"],
)  # fmt: skip
def test_junk_in_chunks_is_refused(server: Scanned, chunks: bytes) -> None:
    head = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert status_of(send(server, head + chunks)) in {400, 405}


HEADERS = {
    "an ETag of quotes": "If-None-Match: " + '"' * 3000,
    "a list of ETags": "If-None-Match: " + ", ".join(f'W/"{n}"' for n in range(2000)),
    "a date that is none": "If-Modified-Since: yesterday",
    "a date past all dates": "If-Modified-Since: Mon, 99 Foo 999999 99:99:99 GMT",
    "a date in a zone that is none": "If-Modified-Since: Sun, 01 Jan 0001 00:00:00 +9999",
    "codings that are none": "Accept-Encoding: banana, *;q=0, ;;;,,,",
    "a range": "Range: bytes=0-0,5-9999999999999999",
    "a year past all years": "If-Modified-Since: Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
    "a zone past all zones": "If-Modified-Since: Mon, 01 Jan 2020 00:00:00 +99999999999999999999",
    "a date that is cut": "If-Modified-Since: 1 Jan ,",
    "a type that is none": "Accept: application/openmetrics-text;version=abc, */*;q=x",
    "a proxy's word": "X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: javascript",
    "bytes above ASCII": "X-Odd: \xff\xfe\xfd",
    "an upgrade": "Upgrade: websocket\r\nSec-WebSocket-Key: eA==\r\nSec-WebSocket-Version: 13",
    "a cookie": f"Cookie: a={MARK}",
    "a method to use instead": "X-HTTP-Method-Override: DELETE",
}


@pytest.mark.parametrize("said", HEADERS.values(), ids=HEADERS.keys())
def test_odd_headers_get_the_page_as_ever(server: Scanned, said: str) -> None:
    plain = send(server, request("/days/02-25/"))
    reply = send(server, request("/days/02-25/", headers=f"{said}\r\n"))
    assert status_of(reply) == 200
    assert reply.partition(b"\r\n\r\n")[2] == plain.partition(b"\r\n\r\n")[2]
    assert b"evil.example" not in reply


def test_a_redirect_leads_nowhere_else_whatever_the_host(server: Scanned) -> None:
    for target in ("/days/02-25", "//days/02-25", "/\\days/02-25", "/tags/caf%C3%A9"):
        reply = send(server, request(target, headers="X-Forwarded-Host: evil.example\r\n"))
        if status_of(reply) == 308:
            assert b"location: ./" in reply.lower()
        assert b"evil.example" not in reply


def test_a_very_long_address_is_refused(server: Scanned) -> None:
    reply = send(server, request("/" + "a" * 100_000))
    assert status_of(reply) == 431
    harmless(reply)


def test_a_flood_of_headers_is_refused_before_it_ends(server: Scanned) -> None:
    flood = b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X-Flood: aaaaaaaaaaaaaaaaaaaa\r\n" * 20_000
    reply = send(server, flood)
    assert reply == b"" or status_of(reply) == 431  # or reset, if it was still sending


def test_one_endless_header_is_refused_before_it_ends(server: Scanned) -> None:
    with connect(server) as stream:
        stream.sendall(b"GET / HTTP/1.1\r\nX: ")
        sent = 0
        with contextlib.suppress(OSError):
            while sent < 50_000_000:
                sent += stream.send(b"a" * 10_000)
        assert sent < 50_000_000


class Impatient(Connection):
    patience = 0.3


async def answered(scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"x", b"y")]})
    await send({"type": "http.response.body", "body": b""})


@pytest.mark.parametrize(
    "begun",
    [b"", b"GET / HT", b"GET / HTTP/1.1\r\nX: ",
     b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab",
     b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HT"],
)  # fmt: skip
def test_who_does_not_end_a_request_is_hung_up_on(begun: bytes) -> None:
    with (
        serving_app(answered, Impatient) as where,
        socket.create_connection(where, timeout=10) as stream,
    ):
        stream.sendall(begun)
        asked = time.monotonic()
        while stream.recv(65536):
            pass
        assert 0.2 < time.monotonic() - asked < 4


def test_headers_that_are_merely_many_are_read(server: Scanned) -> None:
    many = "".join(f"X-{number}: {'v' * 50}\r\n" for number in range(300))
    assert status_of(send(server, request("/", headers=many))) == 200


def test_requests_in_a_row_on_one_connection_are_each_answered(server: Scanned) -> None:
    row = b"GET /style.css HTTP/1.1\r\nHost: x\r\n\r\n" * 50 + request("/style.css")
    assert send(server, row).count(b"HTTP/1.1 200 OK") == 51


def test_a_thousand_slow_connections_do_not_stop_the_others(server: Scanned) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < SLOW + 200:
        pytest.skip(f"only {hard} files may be open here")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, SLOW + 500)), hard))
    begun = time.monotonic()
    with contextlib.ExitStack() as stack:
        streams = [stack.enter_context(connect(server)) for _ in range(SLOW)]
        for number, stream in enumerate(streams):
            stream.sendall(b"GET /feed.atom HTTP/1.1\r\nHost: x\r\nX-Slow: "[: 10 + number % 30])
        waits = []
        for turn in range(20):
            streams[turn].sendall(b"X")
            asked = time.monotonic()
            assert status_of(send(server, request("/feed.atom"))) == 200
            waits.append(time.monotonic() - asked)
    assert sorted(waits)[10] < 0.5
    assert time.monotonic() - begun < 30
    assert status_of(send(server, request("/"))) == 200
