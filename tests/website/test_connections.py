"""What strangers may do to `serve` by connections alone: many, slow, greedy, never reading."""

import asyncio
import contextlib
import re
import socket
import struct
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest

from onthisday.adapters.web.connections import Connection
from tests.website.fixtures import program_serving, serving_app, write_almanac

pytestmark = pytest.mark.program

GET = b"GET /style.css HTTP/1.1\r\nHost: x\r\n\r\n"
LAST = b"GET /style.css HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


@contextmanager
def few_files(folder: Path, files: int) -> Iterator[tuple[tuple[str, int], "Popen[str]"]]:
    """Run `serve` where the system allows it so many open files. Yield its address."""
    config = write_almanac(folder)
    command = f"ulimit -n {files}; exec {sys.executable} -m onthisday --config {config} serve"
    with program_serving("sh", "-c", f"{command} --listen 127.0.0.1:0") as (home, process):
        yield ("127.0.0.1", int(home.rstrip("/").rpartition(":")[2])), process


def said_at_the_end(process: "Popen[str]") -> str:
    """End a server, and return what it wrote into its log."""
    process.terminate()
    return process.communicate(timeout=40)[1]


def megabytes(process: "Popen[str]", key: str = "VmHWM") -> int:
    """Return how much memory a process has, or had at most."""
    status = Path(f"/proc/{process.pid}/status").read_text("ascii")
    found = re.search(rf"{key}:\s+(\d+)", status)
    assert found is not None
    return int(found[1]) // 1024


def everything(stream: socket.socket) -> bytes:
    """Return what comes until the server closes."""
    found = b""
    with contextlib.suppress(ConnectionResetError):
        while part := stream.recv(65536):
            found += part
    return found


def ask(where: tuple[str, int]) -> bytes:
    with socket.create_connection(where, timeout=10) as stream:
        stream.sendall(LAST)
        return everything(stream)


def test_more_connections_than_the_system_allows_keep_nobody_out(tmp_path: Path) -> None:
    with few_files(tmp_path, 256) as (where, process), contextlib.ExitStack() as stack:
        for _ in range(400):
            stack.enter_context(socket.create_connection(where, timeout=10))
        begun = time.monotonic()
        assert ask(where).startswith(b"HTTP/1.1 200 OK")
        assert time.monotonic() - begun < 2
        assert len(list(Path(f"/proc/{process.pid}/fd").iterdir())) < 220
        assert "accept" not in said_at_the_end(process)


def test_if_there_are_too_many_the_one_that_waited_longest_is_closed(tmp_path: Path) -> None:
    with few_files(tmp_path, 256) as (where, _), contextlib.ExitStack() as stack:
        first = stack.enter_context(socket.create_connection(where, timeout=10))
        busy = stack.enter_context(socket.create_connection(where, timeout=10))
        for _ in range(200):
            stack.enter_context(socket.create_connection(where, timeout=10))
            busy.sendall(GET.replace(b"GET", b"HEAD"))
            assert busy.recv(65536).startswith(b"HTTP/1.1 200 OK")
        assert everything(first) == b""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="there is no /proc here")
def test_a_row_of_requests_without_end_takes_little_memory(tmp_path: Path) -> None:
    with few_files(tmp_path, 1024) as (where, process):
        ask(where)
        before = megabytes(process)
        with socket.create_connection(where, timeout=1) as stream:
            with contextlib.suppress(TimeoutError, OSError):
                stream.sendall(GET * (20_000_000 // len(GET)))
            assert megabytes(process) - before < 30


def test_a_long_row_of_requests_is_answered_whole_and_in_order(tmp_path: Path) -> None:
    row = b"".join(
        b"GET /%s HTTP/1.1\r\nHost: x\r\n\r\n" % (b"none" if turn % 3 else b"style.css")
        for turn in range(3000)
    )
    with (
        few_files(tmp_path, 1024) as (where, _),
        socket.create_connection(where, timeout=30) as stream,
    ):
        sending = threading.Thread(target=stream.sendall, args=(row + LAST,))
        sending.start()
        found = everything(stream)
        sending.join()
    codes = re.findall(rb"HTTP/1\.1 (\d+) ", found)
    assert codes == [b"404" if turn % 3 else b"200" for turn in range(3000)] + [b"200"]


def test_what_is_no_request_is_refused_after_the_requests_before_it(tmp_path: Path) -> None:
    with few_files(tmp_path, 1024) as (where, process):
        with socket.create_connection(where, timeout=10) as stream:
            stream.sendall(GET * 3 + b"rubbish\r\n\r\n" + GET)
            codes = re.findall(rb"HTTP/1\.1 (\d+) ", everything(stream))
        assert codes == [b"200", b"200", b"200", b"400"]
        assert "request" not in said_at_the_end(process), "a stranger could fill the disk"


class Impatient(Connection):
    patience = 0.3


BIG = b"x" * 50_000_000


async def big(scope: Any, _receive: Any, send: Any) -> None:
    headers = [(b"content-length", b"%d" % len(BIG))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": BIG})


@pytest.mark.parametrize("asked", [LAST, GET, GET * 3])
def test_who_does_not_take_an_answer_is_hung_up_on(asked: bytes) -> None:
    with serving_app(big, Impatient) as where, socket.create_connection(where) as stream:
        stream.sendall(asked)
        time.sleep(1.5)
        stream.settimeout(5)
        assert 0 < len(everything(stream)) < len(BIG)


class Patient(Connection):
    """Notes for how many seconds a connection was open."""

    patience = 1.0
    lasted = 0.0

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._began = self.loop.time()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        type(self).lasted = self.loop.time() - self._began


def test_who_begins_another_request_has_no_more_time_to_take_an_answer() -> None:
    with serving_app(big, Patient) as where, socket.create_connection(where) as stream:
        time.sleep(0.3)
        stream.sendall(GET + GET[:20])
        time.sleep(2.2)
    assert 1.2 < Patient.lasted < 1.8


async def in_parts(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(50):
        await send({"type": "http.response.body", "body": BIG[:500_000], "more_body": True})
    await send({"type": "http.response.body", "body": b""})


@pytest.mark.parametrize("asked", [GET, GET * 2, GET * 3])
def test_a_reader_who_goes_away_in_the_middle_of_an_answer_writes_nothing_into_the_log(
    caplog: pytest.LogCaptureFixture, asked: bytes
) -> None:
    with serving_app(in_parts, Connection) as where:
        for _ in range(5):
            with socket.create_connection(where) as stream:
                stream.sendall(asked)
                assert stream.recv(100)
                at_once = struct.pack("ii", 1, 0)
                stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, at_once)
        time.sleep(0.3)
        with socket.create_connection(where) as stream:  # the server goes on
            stream.sendall(GET)
            assert stream.recv(100)
    assert "exception" not in caplog.text.lower()


async def slowly(_scope: Any, _receive: Any, send: Any) -> None:
    """Give an answer in parts, for some three seconds."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(6):
        await asyncio.sleep(0.5)
        await send({"type": "http.response.body", "body": b"part,", "more_body": True})
    await send({"type": "http.response.body", "body": b"end"})


def test_an_answer_is_given_whole_while_another_request_never_ends() -> None:
    with serving_app(slowly, Patient) as where, socket.create_connection(where) as stream:
        stream.settimeout(20)
        stream.sendall(GET + GET[:20])
        found = everything(stream)  # until the server closes, because the other one never comes
    assert found.count(b"part,") == 6
    assert b"end" in found


@pytest.mark.parametrize("asked", [GET, LAST, GET * 3, GET * 2 + GET[:20]])
def test_who_closes_its_side_gets_the_answers_to_what_it_asked(asked: bytes) -> None:
    with serving_app(in_parts, Connection) as where, socket.create_connection(where) as stream:
        stream.settimeout(20)
        stream.sendall(asked)
        stream.shutdown(socket.SHUT_WR)
        found = everything(stream)
    answers = asked.count(b"\r\n\r\n")
    assert found.count(b"HTTP/1.1 200 OK") == answers
    assert found.count(b"x" * 1000) == answers * 50 * 500


def test_who_closes_its_side_and_asked_nothing_is_hung_up_on() -> None:
    for asked in (b"", GET[:20]):
        with serving_app(small, Connection) as where, socket.create_connection(where) as stream:
            stream.settimeout(3)
            stream.sendall(asked)
            stream.shutdown(socket.SHUT_WR)
            assert everything(stream) == b""


async def small(_scope: Any, _receive: Any, send: Any) -> None:
    headers = [(b"content-length", b"2")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"ok"})


class Brief(Connection):
    """Closes a connection that nobody uses soon. Counts how often it looks at the time."""

    patience = 3.0
    looks = 0

    def __init__(self, *about: Any, **more: Any) -> None:
        super().__init__(*about, **more)
        self.timeout_keep_alive = 1

    def _look(self) -> None:
        type(self).looks += 1
        super()._look()


def test_a_connection_that_nobody_uses_is_closed() -> None:
    with serving_app(small, Brief) as where, socket.create_connection(where) as stream:
        stream.sendall(GET)
        begun = time.monotonic()
        stream.settimeout(5)
        assert everything(stream).endswith(b"ok")
        assert 0.9 < time.monotonic() - begun < 2.5, "after its own time, not after its patience"


def test_a_later_request_has_the_time_of_a_whole_request_however_late_it_begins() -> None:
    with serving_app(small, Brief) as where, socket.create_connection(where) as stream:
        stream.settimeout(5)
        for _ in range(2):
            stream.sendall(GET)
            time.sleep(0.4)
        stream.sendall(LAST[:9])
        time.sleep(1.5)
        stream.sendall(LAST[9:])
        assert everything(stream).count(b"HTTP/1.1 200 OK") == 3


def test_a_request_that_begins_late_must_end_in_time() -> None:
    with serving_app(small, Brief) as where, socket.create_connection(where) as stream:
        stream.settimeout(8)
        stream.sendall(GET)
        time.sleep(0.4)
        begun = time.monotonic()
        with contextlib.suppress(ConnectionError):
            for byte in GET[:-2]:
                stream.sendall(bytes([byte]))
                time.sleep(0.2)
        assert 2.5 < time.monotonic() - begun < 6


def test_requests_start_no_timers() -> None:
    Brief.looks = 0
    with serving_app(small, Brief) as where, socket.create_connection(where) as stream:
        stream.settimeout(5)
        for _ in range(300):
            stream.sendall(GET)
            assert b"ok" in stream.recv(1000)
        stream.sendall(LAST)
        everything(stream)
    assert Brief.looks < 20


def test_a_slow_reader_gets_a_whole_answer(tmp_path: Path) -> None:
    with (
        few_files(tmp_path, 1024) as (where, _),
        socket.create_connection(where, timeout=10) as stream,
    ):
        stream.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        stream.sendall(LAST)
        found = b""
        while part := stream.recv(200):
            found += part
            time.sleep(0.001)
    head, _, body = found.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head)
    assert length is not None
    assert len(body) == int(length[1])
