"""`onthisday work` sends what others have planned, plans nothing, and ends in order."""

import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.delivery.almanacs import entry_tree, run, write_almanac, write_channels
from tests.delivery.sink import Answer, Sink, running_sink


def working(folder: Path) -> "subprocess.Popen[str]":
    words = [sys.executable, "-m", "onthisday", "work"]
    return subprocess.Popen(words, cwd=folder, stdout=subprocess.PIPE, text=True)


def waited_for(sink: Sink, count: int) -> None:
    until = time.monotonic() + 30
    while len(sink.received) < count and time.monotonic() < until:
        time.sleep(0.05)


@pytest.mark.program
@pytest.mark.kills
def test_work_sends_what_waits_plans_nothing_and_ends_in_order(tmp_path: Path) -> None:
    today = datetime.now(UTC)
    with running_sink() as sink:
        room = {"name": "room", "type": "webhook", "url": sink.url, "at": "00:00",
                "private_addresses": True}  # fmt: skip
        write_almanac(tmp_path, entry_tree("speech", f"1956-{today:%m-%d}"))
        write_channels(tmp_path, room, metrics="127.0.0.1:0")
        sink.answer = lambda _: Answer(503)
        assert run(tmp_path, "tick").returncode == 3
        run(tmp_path, "notices", "replay", f"room/{today:%Y-%m-%d}")
        write_channels(tmp_path, room, room | {"name": "new"}, metrics="127.0.0.1:0")
        sink.answer = lambda _: Answer()
        with working(tmp_path) as process:
            waited_for(sink, 2)
            process.terminate()
            said, _ = process.communicate(timeout=30)
        assert process.returncode == 0
        assert said.startswith("Sending to room, new\n  metrics  http://127.0.0.1:")
        assert len(sink.received) == 2
        listed = run(tmp_path, "notices", "list").stdout
        assert [line.split()[1] for line in listed.splitlines()] == ["sent"]
