"""`notices retract`, as a person runs it, on both kinds of stores; and killed half-way."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.delivery.almanacs import entry_tree, run, write_almanac, write_channels, write_config
from tests.delivery.channels import KEYS
from tests.delivery.postgres_server import new_database
from tests.delivery.retracting import kept_by
from tests.delivery.servers import SERVERS
from tests.delivery.services import TOKEN, Telegram, serving
from tests.delivery.sink import Answer, Received, running_sink

pytestmark = pytest.mark.program

NOW = ("--now", "2026-02-25T09:00:00Z")
ID = "room/2026-02-25"
ASKED = ("notices", "retract", ID)
DEFAULT = "sqlite:///var/onthisday.db"
STORES: list[Callable[[], str]] = [lambda: DEFAULT, new_database]
EACH_STORE = pytest.mark.parametrize("store", STORES, ids=["sqlite", "postgres"])


def write(folder: Path, kind: str, url: str, store: str = DEFAULT) -> None:
    """Write an almanac, and a config with one channel of a service on loopback."""
    write_almanac(folder, entry_tree("speech"))
    where = {"discord": f"{url}api/webhooks/1/s3cret-t0ken"}.get(kind, url)
    keys = {**KEYS[kind], "url": where, "private_addresses": True}
    write_channels(folder, {"name": "room", "type": kind, **keys}, store=store)


@EACH_STORE
def test_a_message_is_deleted_and_shown_as_retracted(
    tmp_path: Path, store: Callable[[], str]
) -> None:
    with serving(server := Telegram()) as service:
        write(tmp_path, "telegram", service.url, store())
        assert run(tmp_path, "tick", *NOW).stdout == "1 sent\n"
        shown = run(tmp_path, "notices", "show", ID)
        assert "  the service calls it 1\n" in shown.stdout
        assert len(server.shown) == 1
        done = run(tmp_path, *ASKED)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == f"{ID}: retracted: the message is deleted\n"
        assert server.shown == {}
        shown = run(tmp_path, "notices", "show", ID)
        assert "  retracted  1 attempt  the message is deleted\n" in shown.stdout
        assert shown.stdout.endswith(
            "deleted: the service answered 200 OK: the message is deleted\n"
        )
        again = run(tmp_path, *ASKED, "--format", "json")
        assert json.loads(again.stdout) == {
            "id": ID, "how": "before", "reason": "the message is deleted", "note": None,
        }  # fmt: skip
        assert run(tmp_path, "tick", *NOW).stdout == "nothing was due\n"
        assert run(tmp_path, "notices", "replay", ID).returncode == 0
        assert run(tmp_path, "tick", *NOW).stdout == "1 sent\n"
        assert list(server.shown) == [2]


@EACH_STORE
def test_where_a_person_must_delete_one_line_says_so(
    tmp_path: Path, store: Callable[[], str]
) -> None:
    with running_sink() as sink:
        write_config(tmp_path, sink.url)
        config = json.loads((tmp_path / "config.yaml").read_text())
        (tmp_path / "config.yaml").write_text(json.dumps(config | {"store": store()}))
        assert run(tmp_path, "tick", *NOW).returncode == 0
        told = run(tmp_path, *ASKED)
        assert (told.returncode, told.stdout) == (1, "")
        assert told.stderr == (
            f"onthisday: {ID} is not deleted: webhook cannot delete messages; delete it at the "
            f"receiver, then run `onthisday notices retract {ID} --done`\n"
        )
        assert '"state": "sent"' in run(tmp_path, "notices", "list", "--format", "json").stdout
        done = run(tmp_path, *ASKED, "--done", "--format", "json")
        assert json.loads(done.stdout)["how"] == "by-hand"
        listed = run(tmp_path, "notices", "list", "--state", "retracted").stdout
        assert listed == f"{ID}  retracted  1 attempt  a person deleted it\n"
        assert len(sink.received) == 1


def test_no_secret_is_told_and_an_unknown_notice_is(tmp_path: Path) -> None:
    server = Telegram()

    def quoting(received: Received) -> Answer:
        if received.path.endswith("deleteMessage"):
            return Answer(503, (), received.path.encode())
        return server(received)

    with serving(quoting) as service:
        write(tmp_path, "telegram", service.url)
        run(tmp_path, "tick", *NOW)
        told = run(tmp_path, *ASKED)
        assert told.returncode == 1
        assert "503 Service Unavailable: /bot«secret»/deleteMessage; nothing has" in told.stderr
        assert TOKEN not in told.stderr
        lost = run(tmp_path, "notices", "retract", "room/1999-01-01")
        assert lost.stderr.startswith('onthisday: no notice is named "room/1999-01-01"')


def test_a_message_that_was_not_sent_yet_will_not_be(tmp_path: Path) -> None:
    with running_sink() as sink:
        write_config(tmp_path, sink.url)
        sink.answer = lambda _: Answer(503)
        run(tmp_path, "tick", *NOW)
        done = run(tmp_path, *ASKED)
        assert (done.returncode, done.stdout) == (0, f"{ID}: it was not sent, and will not be\n")
        assert run(tmp_path, "tick", "--now", "2026-02-25T12:00:00Z").returncode == 0
        assert len(sink.received) == 1


@pytest.mark.kills
@EACH_STORE
@pytest.mark.parametrize("kind", ["discord", "telegram", "matrix", "ntfy", "mastodon", "bluesky"])
def test_killed_after_the_service_has_deleted_the_next_retract_records_it(
    tmp_path: Path, kind: str, store: Callable[[], str]
) -> None:
    server = SERVERS[kind]()
    died: list[subprocess.Popen[bytes]] = []

    def killing(received: Received) -> Answer:
        answer: Answer = server(received)
        is_deletion = "delete" in received.path or "redact" in received.path
        if died and (is_deletion or received.method == "DELETE"):
            died.pop().kill()
        return answer

    with serving(killing) as service:
        write(tmp_path, kind, service.url, store())
        assert run(tmp_path, "tick", *NOW).stdout == "1 sent\n"
        words = [sys.executable, "-m", "onthisday", *ASKED]
        process = subprocess.Popen(words, cwd=tmp_path, stdout=subprocess.DEVNULL)
        died.append(process)
        assert process.wait() == -signal.SIGKILL
        assert kept_by(server) == 0
        assert '"state": "sent"' in run(tmp_path, "notices", "show", ID, "--format", "json").stdout
        done = run(tmp_path, *ASKED)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith(f"{ID}: retracted: the")
        shown = json.loads(run(tmp_path, "notices", "show", ID, "--format", "json").stdout)
        assert shown["state"] == "retracted"
        assert [each["outcome"] for each in shown["attempts"]] == ["sent", "deleted"]
