"""Several `serve` and `work` processes on one PostgreSQL: each notice is sent once."""

import json
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.delivery.almanacs import entry_tree, run, write_almanac, write_channels
from tests.delivery.postgres_server import new_database, started
from tests.delivery.sink import Sink, running_sink

pytestmark = [pytest.mark.program, pytest.mark.kills, pytest.mark.slow]


class Member:
    """One of the processes. Its log is in a file."""

    def __init__(self, folder: Path, command: str, *words: str) -> None:
        self.log = folder / f"{command}-{time.monotonic_ns()}.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "onthisday", command, *words],
                cwd=folder, stdout=subprocess.PIPE, stderr=log, text=True,
            )  # fmt: skip
        assert self.process.stdout is not None
        self.said = self.process.stdout.readline()

    @property
    def home(self) -> str:
        return self.said.removeprefix("Serving ").strip()

    def health(self) -> dict[str, object]:
        with urllib.request.urlopen(f"{self.home}healthz", timeout=10) as answer:
            found: dict[str, object] = json.load(answer)
        return found

    def end(self) -> int:
        self.process.terminate()
        self.process.communicate(timeout=60)
        return self.process.returncode


@contextmanager
def member(folder: Path, command: str) -> Iterator[Member]:
    words = ["--listen", "127.0.0.1:0"] if command == "serve" else []
    its = Member(folder, command, *words)
    try:
        yield its
    finally:
        its.process.kill()
        its.process.communicate(timeout=60)


def waits(condition: Callable[[], bool], seconds: float = 60) -> bool:
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.1)
    return condition()


def rooms(sink: Sink, count: int) -> list[dict[str, object]]:
    return [
        {"name": f"room{n:03}", "type": "webhook", "url": f"{sink.url}{n}", "at": "00:00",
         "private_addresses": True} for n in range(count)
    ]  # fmt: skip


def test_two_serve_and_one_work_send_each_notice_once_and_end_in_order(tmp_path: Path) -> None:
    today = datetime.now(UTC)
    with running_sink() as sink:
        write_almanac(tmp_path, entry_tree("speech", f"1956-{today:%m-%d}"))
        write_channels(tmp_path, *rooms(sink, 100), store=new_database())
        with (
            member(tmp_path, "work") as work,
            member(tmp_path, "serve") as one,
            member(tmp_path, "serve") as two,
        ):
            assert waits(lambda: len(sink.received) >= 100)
            time.sleep(1)
            assert [one.end(), two.end(), work.end()] == [0, 0, 0]
        ids = Counter(each.headers["webhook-id"] for each in sink.received)
        assert (len(ids), {*ids.values()}) == (100, {1})
        listed = json.loads(run(tmp_path, "notices", "list", "--format", "json").stdout)
        assert {notice["state"] for notice in listed["notices"]} == {"sent"}


def test_serve_gives_its_pages_while_the_database_is_away_and_then_sends(tmp_path: Path) -> None:
    today, server = datetime.now(UTC), started()
    with running_sink() as sink:
        write_almanac(tmp_path, entry_tree("speech", f"1956-{today:%m-%d}"))
        write_channels(tmp_path, *rooms(sink, 3), store=new_database(server.address))
        server.stop()
        with member(tmp_path, "serve") as serve:
            assert waits(lambda: "cannot be reached" in str(serve.health()["trouble"]))
            with urllib.request.urlopen(serve.home, timeout=10) as page:
                assert page.status == 200
            server.start()
            assert waits(lambda: len(sink.received) == 3, 90)
            assert waits(lambda: serve.health()["status"] == "ok", 60)
            server.stop("immediate")
            assert waits(lambda: serve.health()["status"] == "degraded", 60)
            assert serve.end() == 0
    server.end()
