"""Kill the process at every step of a delivery (kill -9).

No notice may be lost. A message may be sent twice only if its outcome was unknown.
"""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.delivery.almanacs import run, write_config, write_picture
from tests.delivery.channels import KEYS
from tests.delivery.servers import SERVERS
from tests.delivery.services import serving
from tests.delivery.sink import Answer, Received, running_sink
from tests.delivery.test_uploads import pictures_of, text_of

pytestmark = [pytest.mark.program, pytest.mark.kills]

DIES = """
import asyncio, os, signal, sys
from datetime import UTC, datetime
from onthisday.app.workspace import Workspace
from onthisday.app.sending import open_sending
from onthisday.app.clocks import ClockFrom
from onthisday.service.sending.delivering import Delivery
from onthisday.service.sending.pace import Pace

step, config = sys.argv[1:]
die = lambda: os.kill(os.getpid(), signal.SIGKILL)

class Ledger:
    def __init__(self, inner): self.inner = inner
    def __getattr__(self, name): return getattr(self.inner, name)
    async def sending(self, notice, now, *, hold):
        if step == "leased": die()
        return await self.inner.sending(notice, now, hold=hold)

class Sender:
    def __init__(self, inner): self.inner = inner
    async def send(self, request):
        if step == "sending": die()
        await self.inner.send(request)
        die()

async def main():
    workspace = Workspace(config)
    settings, _ = workspace.config(sending=True)
    clock = ClockFrom(datetime(2026, 2, 25, 9, tzinfo=UTC))
    async with open_sending(workspace, settings, clock) as sending:
        sending._delivery = Delivery(
            Ledger(sending.ledger), Sender(sending._sender), clock, clock, Pace(jitter=lambda: 0.0)
        )
        await sending.tick(workspace.almanac())

asyncio.run(main())
"""


@pytest.mark.parametrize(
    ("step", "messages", "attempts"), [("leased", 1, 1), ("sending", 1, 2), ("replied", 2, 2)]
)
def test_a_process_killed_at_any_step_loses_nothing_and_repeats_only_the_unknown(
    tmp_path: Path, step: str, messages: int, attempts: int
) -> None:
    with running_sink() as sink:
        config = write_config(tmp_path, sink.url)
        died = subprocess.run([sys.executable, "-c", DIES, step, config], check=False)
        assert died.returncode == -signal.SIGKILL
        assert list((tmp_path / "var").glob("*.owner"))
        assert run(tmp_path, "tick", "--now", "2026-02-25T09:01:00Z").returncode == 0
        assert len(sink.received) == messages
        assert len({received.headers["webhook-id"] for received in sink.received}) == 1
        shown = run(tmp_path, "notices", "show", "room/2026-02-25", "--format", "json")
        notice = json.loads(shown.stdout)
        assert notice["state"] == "sent"
        outcomes = [attempt["outcome"] for attempt in notice["attempts"]]
        assert outcomes == ["unknown"] * (attempts - 1) + ["sent"]
        assert not list((tmp_path / "var").glob("*.owner"))


def test_a_killed_send_that_holds_unknown_outcomes_waits_for_a_person(tmp_path: Path) -> None:
    with running_sink() as sink:
        config = write_config(tmp_path, sink.url, on_unknown="hold")
        subprocess.run([sys.executable, "-c", DIES, "replied", config], check=False)
        assert run(tmp_path, "tick", "--now", "2026-02-25T09:01:00Z").returncode == 0
        assert len(sink.received) == 1
        listed = run(tmp_path, "notices", "list", "--state", "unknown").stdout
        assert "room/2026-02-25" in listed
        assert run(tmp_path, "notices", "replay", "room/2026-02-25").returncode == 0
        assert run(tmp_path, "tick", "--now", "2026-02-25T09:02:00Z").returncode == 0
        assert len(sink.received) == 2


def test_a_tick_killed_by_whom_it_sends_to_leaves_the_rest_to_the_next(tmp_path: Path) -> None:
    with running_sink() as sink:
        write_config(tmp_path, sink.url, count=100)
        first = run_in_background(tmp_path)

        def kill(_: Received) -> Answer:
            if len(sink.received) >= 30:
                first.kill()
            return Answer()

        sink.answer = kill
        assert first.wait() == -signal.SIGKILL
        sink.answer = lambda _: Answer()
        assert run(tmp_path, "tick", "--now", "2026-02-25T09:01:00Z").returncode == 0
        assert set(sink.paths()) == {f"/room{n}" for n in range(100)}
        notices = json.loads(run(tmp_path, "notices", "list", "--format", "json").stdout)["notices"]
        assert {notice["state"] for notice in notices} == {"sent"}
        repeated = {path for path in sink.paths() if sink.paths().count(path) > 1}
        unknown = {f"/{notice['channel']}" for notice in notices if notice["tries"] > 1}
        assert repeated <= unknown


def run_in_background(folder: Path) -> "subprocess.Popen[bytes]":
    words = [sys.executable, "-m", "onthisday", "tick", "--now", "2026-02-25T09:00:00Z"]
    return subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL)


@pytest.mark.parametrize("kind", ["mastodon", "bluesky", "matrix"])
@pytest.mark.parametrize("at", ["upload", "picture", "message"])
def test_a_tick_killed_between_a_picture_and_its_message_posts_nothing_twice(
    tmp_path: Path, kind: str, at: str
) -> None:
    server = SERVERS[kind]()
    with serving(server) as service:
        write_picture(tmp_path, {"name": "room", "type": kind, **KEYS[kind], "url": service.url})
        first = run_in_background(tmp_path)

        def killing(received: Received) -> Answer:
            answer: Answer = server(received)
            if at == step_of(received.path):
                first.kill()
                first.wait()
            return answer

        service.answer = killing
        is_reached = at != "picture" or kind == "matrix"
        assert first.wait() == (-signal.SIGKILL if is_reached else 0)
        service.answer = server
        assert run(tmp_path, "tick", "--now", "2026-02-25T09:01:00Z").returncode == 0
    assert text_of(server)
    assert len(pictures_of(server)) == 1
    shown = run(tmp_path, "notices", "show", "room/2026-02-25", "--format", "json")
    outcomes = [attempt["outcome"] for attempt in json.loads(shown.stdout)["attempts"]]
    assert outcomes == (["unknown", "sent"] if at == "message" else ["sent"])


def step_of(path: str) -> str:
    """Return what a request does on the way of a message with a picture."""
    if path.endswith("-picture"):
        return "picture"
    if "/media" in path or path.endswith("uploadBlob"):
        return "upload"
    return "other" if path.endswith(("instance", "createSession")) else "message"
