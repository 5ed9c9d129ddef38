"""A reply that keeps badly to HTTP is still a reply: its status counts, and the body as it came."""

import asyncio
import gzip
import time
import zlib
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.adapters.http.http_sender import MOST, HttpSender
from onthisday.delivery.raw_reply import is_whole, read_reply
from onthisday.delivery.request_reply import Failure, Reply, Request
from onthisday.messages.chat_services import SERVICES
from tests.delivery.channels import NOW
from tests.delivery.fakes import instant
from tests.delivery.sink import Received, running_sink

OK = b'{"ok":true}'
POLICY = b"content-security-policy: " + b"default-src 'self' https://a.example; " * 400


def reply(*lines: bytes, status: bytes = b"HTTP/1.1 200 OK", body: bytes = OK) -> bytes:
    return b"\r\n".join((status, *lines, b"", body))


LENGTH = b"content-length: 11"
CHUNKED = b"transfer-encoding: chunked"
PARTS = b'4\r\n{"ok\r\n7\r\n":true}\r\n'

UGLY: dict[str, bytes] = {
    "a header over 8,190 bytes": reply(POLICY, LENGTH),
    "a header over 64 KB": reply(b"x-long: " + b"y" * 70_000, LENGTH),
    "300 headers": reply(*(b"x-%d: y" % n for n in range(300)), LENGTH),
    "two equal lengths": reply(LENGTH, LENGTH),
    "two other lengths": reply(LENGTH, b"content-length: 4"),
    "two lengths in one": reply(b"content-length: 11, 11"),
    "a length in parts": reply(LENGTH, CHUNKED, body=PARTS + b"0\r\n\r\n"),
    "parts that are none": reply(LENGTH, CHUNKED),
    "a length that is no number": reply(b"content-length: many"),
    "a length below zero": reply(b"content-length: -11"),
    "a space in a name": reply(b"x odd: 1", LENGTH),
    "a space before a colon": reply(b"x-odd : 1", LENGTH),
    "a name that is none": reply(b": 1", b"(x): 2", b"\xff\xfe: 3", LENGTH),
    "a line without a colon": reply(b"no colon here", LENGTH),
    "bare line feeds": reply(b"x: 1", LENGTH).replace(b"\r\n", b"\n"),
    "two returns a line": reply(b"x: 1", LENGTH).replace(b"\r\n", b"\r\r\n"),
    "a folded line": reply(b"x: 1", b" 2", b"\t3", LENGTH),
    "a NUL in a value": reply(b"x: a\x00b", LENGTH),
    "no reason": reply(LENGTH, status=b"HTTP/1.1 200"),
    "a reason of many words": reply(LENGTH, status=b"HTTP/1.1 200 All is well, thanks: \xe9\xff"),
    "HTTP/1.0": reply(status=b"HTTP/1.0 200 OK"),
    "HTTP/2": reply(LENGTH, status=b"HTTP/2 200"),
    "HTTP/1": reply(LENGTH, status=b"HTTP/1 200 OK"),
    "small letters": reply(LENGTH, status=b"http/1.1 200 ok"),
    "two spaces": reply(LENGTH, status=b"HTTP/1.1  200 OK"),
    "an empty line before": b"\r\n" + reply(LENGTH),
    "100 before": b"HTTP/1.1 100 Continue\r\n\r\n" + reply(LENGTH, LENGTH),
    "103 before": b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n" + reply(LENGTH, LENGTH),
    "a part's size that is none": reply(CHUNKED, body=PARTS + b"zz\r\n"),
    "parts without an end": reply(CHUNKED, body=PARTS),
    "a part's size with words": reply(CHUNKED, body=b'b ; a="b\r\n' + OK + b"\r\n0\r\n\r\n"),
    "parts with bare line feeds": reply(CHUNKED, body=(PARTS + b"0\r\n\r\n").replace(b"\r", b"")),
    "a length that is too short": reply(b"content-length: 11", body=OK + b"more"),
    "a length that is too long": reply(b"content-length: 99"),
    "packed": reply(b"content-encoding: gzip", body=gzip.compress(OK)),
    "deflated": reply(b"content-encoding: deflate", b"x y: 1", body=zlib.compress(OK)),
}  # fmt: skip
"""Replies that say `{"ok":true}` with status 200."""


def answer_to(pieces: list[bytes], *, stays: bool = False, total: float = 5) -> Reply | Failure:
    """Send a request to a server that answers these bytes. ``stays``: it does not hang up."""
    over = Event()

    def ugly(_: Received) -> None:
        for piece in pieces:
            sink.connection.sendall(piece)
            time.sleep(0.02 if len(pieces) > 1 else 0)
        if stays:
            over.wait(5)

    async def whole() -> Reply | Failure:
        async with HttpSender(total=total) as sender:
            return await sender.send(Request("POST", sink.url, (), b"hello", True))

    with running_sink() as sink:
        sink.answer = ugly
        try:
            return asyncio.run(whole())
        finally:
            over.set()


@pytest.mark.parametrize("raw", UGLY.values(), ids=list(UGLY))
def test_an_ugly_reply_is_a_reply(raw: bytes) -> None:
    for pieces in ([raw], [raw[:17], raw[17:-5], raw[-5:]]):
        found = answer_to(pieces)
        assert isinstance(found, Reply)
        assert (found.status, found.body) == (200, OK)
        assert SERVICES["telegram"].read(found, instant(NOW)).outcome == "sent"


@pytest.mark.parametrize("name", ["two equal lengths", "two other lengths", "a length in parts",
                                  "a space in a name", "300 headers", "100 before"])  # fmt: skip
def test_an_ugly_reply_that_is_whole_is_not_waited_for(name: str) -> None:
    raw = UGLY[name]
    begun = time.monotonic()
    for pieces in ([raw], [raw[:-3], raw[-3:]]):
        found = answer_to(pieces, stays=True)
        assert isinstance(found, Reply)
        assert (found.status, found.body) == (200, OK)
    assert time.monotonic() - begun < 4


def test_a_204_with_a_body_is_a_204() -> None:
    for raw in (reply(status=b"HTTP/1.1 204 No Content"), reply(LENGTH, status=b"HTTP/1.1 204 x")):
        for pieces in ([raw], [raw[:-11], raw[-11:]]):
            found = answer_to(pieces, stays=True)
            assert isinstance(found, Reply)
            assert found.status == 204


@pytest.mark.parametrize("status", [b"200 OK", b"403 Forbidden", b"429 Too Many", b"503 ", b"999 "])
@pytest.mark.parametrize("end", [b"\r\n", b"\r\nx", b"\r\nretry-after: 7\r\nx: ", b"\r\n\r\n", b""])
def test_a_connection_that_ends_after_the_status_line_has_answered(
    status: bytes, end: bytes
) -> None:
    found = answer_to([b"HTTP/1.1 " + status + end])
    assert isinstance(found, Reply)
    assert (found.status, found.body) == (int(status[:3]), b"")
    assert ("retry-after" in found.headers) == (b"retry-after" in end)


@pytest.mark.parametrize("raw", [
    b"", b"\r\n\r\n", b"HTTP/1.1", b"HTTP/1.1 20", b"HTTP/1.1 OK\r\n\r\n",
    b"HTTP/1.1 2000 x\r\n\r\n",
    b"SSH-2.0-OpenSSH\r\n", b"<html>HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n",
    b"200 OK\r\n\r\n", b"\x16\x03\x01",
])  # fmt: skip
def test_without_a_status_line_nobody_knows(raw: bytes) -> None:
    found = answer_to([raw])
    assert isinstance(found, Failure)
    assert found.sent


def test_an_ugly_reply_that_never_ends_is_read_when_the_time_is_over() -> None:
    raw = reply(b"x y: 1", body=b"o")
    found = answer_to([raw, b"k"], stays=True, total=0.3)
    assert found == Reply(200, {"x y": "1"}, b"ok")


def test_of_an_ugly_reply_that_is_too_long_the_beginning_is_read() -> None:
    found = answer_to([reply(b"x y: 1", body=b"x" * MOST * 3)], stays=True)
    assert isinstance(found, Reply)
    assert (found.status, len(found.body)) == (200, MOST)


def test_a_reply_that_unpacks_without_an_end_is_cut() -> None:
    bomb = gzip.compress(b"0" * 50_000_000)
    found = answer_to([reply(b"content-encoding: gzip", body=bomb)])
    assert isinstance(found, Reply)
    assert len(found.body) == MOST


def test_a_body_that_is_not_packed_as_it_says_is_read_as_it_is() -> None:
    found = answer_to([reply(b"content-encoding: gzip")])
    assert isinstance(found, Reply)
    assert found.body == OK


@pytest.mark.parametrize("status", [204, 304])
def test_a_reply_that_can_have_no_body_is_whole_without_a_length(status: int) -> None:
    raw = b"HTTP/1.1 %d x\r\n\r\n" % status
    assert is_whole(raw)
    assert is_whole(raw.replace(b"\r\n\r\n", b"\r\nx: 1\r\n\r\nbody"))
    assert not is_whole(raw.replace(b"%d" % status, b"205"))


def test_a_header_ends_its_name_at_the_first_colon() -> None:
    found = read_reply(reply(b"Location: http://a.example:8/", b": no name"), 99)
    assert found is not None
    assert found.headers["location"] == "http://a.example:8/"


def test_only_a_body_that_is_said_to_be_in_parts_is_joined() -> None:
    def body(*headers: bytes, sent: bytes = b"2\r\nok\r\n0\r\n\r\n") -> bytes | None:
        found = read_reply(reply(*headers, body=sent), 99)
        return found and found.body

    assert body(b"transfer-encoding: gzip, chunked") == b"ok"
    long = b"1A\r\n" + b"x" * 26 + b"\r\n0\r\n\r\n"  # a size has hexadecimal digits
    assert body(CHUNKED, sent=long) == b"x" * 26
    whole = b"2\r\nok\r\n0\r\n\r\n"
    assert body(b"transfer-encoding: identity") == body(b"x-note: chunked") == whole


def test_after_an_ugly_reply_the_next_message_is_sent() -> None:
    async def both(url: str) -> list[Reply | Failure]:
        async with HttpSender() as sender:
            request = Request("POST", url, (), b"hello", True)
            return [await sender.send(request) for _ in range(3)]

    with running_sink() as sink:
        sink.answer = lambda _: sink.connection.sendall(UGLY["two equal lengths"])
        assert [each.body for each in asyncio.run(both(sink.url)) if isinstance(each, Reply)] == [
            OK
        ] * 3


BYTES = st.binary(max_size=60) | st.sampled_from(
    [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 100 x\r\n\r\n", b"\r\n", b"\n", b"\r", b"\r\n\r\n", b" ",
     b"transfer-encoding: chunked", b"content-length: 3", b"content-length: 9999999999999999999",
     b"content-encoding: gzip", b"5\r\nabcde\r\n", b"0\r\n\r\n", b"ffffffffffffffffffff\r\n", b":"]
)  # fmt: skip


@given(st.lists(BYTES, max_size=12).map(b"".join), st.integers(0, 9))
def test_any_bytes_are_read_or_are_no_reply(raw: bytes, most: int) -> None:
    found = read_reply(raw, most)
    if is_whole(raw):
        assert found is not None
    if found is not None:
        assert not 100 <= found.status < 200
        assert len(found.body) <= most
        assert all(name == name.strip().lower() for name in found.headers)


@given(
    st.integers(200, 999),
    st.dictionaries(
        st.from_regex(r"x-[a-z]{1,9}", fullmatch=True),
        st.from_regex(r"[!-~]{0,9}", fullmatch=True),
    ),
    st.binary(max_size=80),
    st.lists(st.integers(1, 9), max_size=9),
)  # fmt: skip
def test_a_reply_by_the_rules_is_read_as_it_was_written(
    status: int, headers: dict[str, str], body: bytes, sizes: list[int]
) -> None:
    head = f"HTTP/1.1 {status} \r\n" + "".join(f"{n}: {v}\r\n" for n, v in headers.items())
    length = head.encode() + b"content-length: %d\r\n\r\n" % len(body) + body
    found = read_reply(length, 99)
    assert found is not None
    assert (found.status, found.body) == (status, body)
    assert headers.items() <= found.headers.items()
    assert is_whole(length)
    if status not in {204, 304}:
        assert not body or not is_whole(length[:-1])
    parts, left = b"", body
    for size in [*sizes, 80]:
        part, left = left[:size], left[size:]
        parts += b"%x\r\n%s\r\n" % (len(part), part) if part else b""
    chunked = head.encode() + b"transfer-encoding: Chunked\r\n\r\n".lower() + parts + b"0\r\n\r\n"
    assert (read_reply(chunked, 99) or found).body == body
    assert is_whole(chunked)
