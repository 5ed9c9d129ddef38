"""Replies: whatever a server answers, the message is settled, and what it answered is kept.

A server on loopback answers bytes that are nearly HTTP. If they begin with a status line, the reply
has this status. Each service then reads a reply that is nearly one of its own.
"""

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from typing import Any, get_args

from onthisday.adapters.http.http_sender import MOST, HttpSender
from onthisday.delivery.request_reply import Failure, Outcome, Reply, Request
from onthisday.messages.chat_services import SERVICES
from tests.delivery.channels import NOW
from tests.delivery.fakes import TAKEN, instant
from tests.delivery.sink import Received, Sink, running_sink


@contextmanager
def trying() -> Iterator[Callable[[Random], None]]:
    """Give a function that tries one reply."""
    with running_sink() as sink, asyncio.Runner() as runner:
        yield lambda random: _attempt(runner, sink, random)


def _attempt(runner: asyncio.Runner, sink: Sink, random: Random) -> None:
    for _ in range(20):
        _read(random)
    raw = _raw(random)

    def answer(_: Received) -> None:
        place = random.randrange(len(raw) + 1)
        for piece in (raw[:place], raw[place:]):
            sink.connection.sendall(piece)

    sink.answer = answer
    got = runner.run(_sent(sink.url))
    status = re.match(rb"HTTP/1\.1 ([2-9]\d\d)(?=[ \r\n])[^\n]*\r?\n", raw)
    if status is not None:
        assert isinstance(got, Reply), (raw, got)
        assert got.status == int(status[1]), raw
        assert len(got.body) <= MOST, raw
    elif isinstance(got, Failure):
        assert got.sent, raw


async def _sent(url: str) -> Reply | Failure:
    """Send a request on a connection of its own, so that no trial hears the one before."""
    async with HttpSender(total=2) as sender:
        return await sender.send(Request("POST", f"{url}hook", (), b"x", private_addresses=True))


_LINES = [
    b"content-length: 2", b"content-length: 0", b"content-length: 99", b"content-length: -1",
    b"content-length: 2, 2", b"transfer-encoding: chunked", b"connection: close", b": x",
    b"retry-after: 7", b"retry-after: Fri, 31 Dec 9999 23:59:59 GMT", b"content-encoding: gzip",
    b"x y: 1", b"x-long: " + b"y" * 9000, b"no colon", b"\xff\xfe: \x00", b"upgrade: websocket",
    b"trailer: x", b"set-cookie: a=b", b" folded",
]  # fmt: skip
_BODIES = [b"ok", b"", b"2\r\nok\r\n0\r\n\r\n", b"zz\r\nok", b"\x1f\x8b\x08\x00broken", b"o" * 5000]
_FIRST = [
    b"HTTP/1.1 %d OK", b"HTTP/1.1 %d OK", b"HTTP/1.1 %d", b"HTTP/1.1 %d \xe9\xff", b"HTTP/1.0 %d x",
    b"HTTP/2 %d", b"http/1.1 %d x", b"HTTP/1.1  %d", b"HTTX/1.1 %d", b"\r\nHTTP/1.1 %d OK",
    b"HTTP/1.1 100 x\r\n\r\nHTTP/1.1 %d OK",
]  # fmt: skip


def _raw(random: Random) -> bytes:
    first = random.choice(_FIRST) % random.choice([200, 204, 304, 302, 404, 410, 429, 500, 999, 0])
    lines = [first, *random.choices(_LINES, k=random.randint(0, 5)), b"", random.choice(_BODIES)]
    raw = random.choice([b"\r\n", b"\r\n", b"\r\n", b"\n"]).join(lines)
    if random.random() < 0.3:
        place = random.randrange(len(raw) + 1)
        raw = raw[:place] + random.randbytes(random.randint(0, 3)) + raw[place + 1 :]
    return raw


def _read(random: Random) -> None:
    """Let a service read a reply that is nearly one of its own."""
    name = random.choice(list(SERVICES))
    taken = TAKEN[name]
    body = _changed(random, taken.body)
    status = random.choice([taken.status, 200, 202, 400, 401, 403, 404, 410, 422, 429, 500, 503])
    headers = {random.choice(_NAMES): random.choice(_VALUES) for _ in range(random.randint(0, 3))}
    verdict = SERVICES[name].read(Reply(status, headers, body), instant(NOW))
    told = (name, status, headers, body[:300], verdict)
    assert verdict.outcome in get_args(Outcome), told
    assert verdict.outcome != "sent" or 200 <= status < 300, told
    assert verdict.after is None or verdict.after >= timedelta(), told
    assert len(verdict.detail) < 2000, told


_NAMES = [
    "retry-after", "x-ratelimit-remaining", "x-ratelimit-reset", "x-ratelimit-reset-after",
    "ratelimit-remaining", "ratelimit-reset", "x-ratelimit-scope", "content-type",
]  # fmt: skip
_VALUES = [
    "0", "-1", "7", "1e400", "nan", "inf", "9" * 400, "global", "", "٣", "1.5", "\x00",
    "Fri, 31 Dec 9999 23:59:59 GMT", "2026-02-25T09:00:00Z", "2026-02-25T09:00:00", "+1 day",
]  # fmt: skip
_ODD: list[Any] = [
    None, True, False, 0, -1, 1e308, 10**400, "", "x", "ok", [], {}, [[]], {"a": {}}, "\ud800",
    float("nan"), float("inf"), "9" * 400,
]  # fmt: skip


def _changed(random: Random, body: bytes) -> bytes:
    try:
        tree = json.loads(body)
    except ValueError:
        tree = random.choice(_ODD)
    keys = ["ok", "id", "event_id", "uri", "error", "errcode", "error_code", "retry_after", "code",
            "retry_after_ms", "parameters", "description", "message", "global"]  # fmt: skip
    if isinstance(tree, dict):
        tree = {**tree, **{random.choice(keys): random.choice(_ODD) for _ in range(3)}}
    raw = random.choice([body, json.dumps(tree).encode(), json.dumps([tree]).encode(), b"[" * 5000])
    place = random.randrange(len(raw) + 1)
    return raw if random.random() < 0.7 else raw[:place] + random.randbytes(2) + raw[place + 1 :]
