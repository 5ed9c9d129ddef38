"""Back up, restore, upgrade and go back to an older version, as an operator does, in processes."""

import json
import re
import signal
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from onthisday.adapters.sqlite.ledger_file import SCHEMA
from tests.delivery.almanacs import run
from tests.delivery.sink import Answer, Sink, running_sink
from tests.operation.running import write_service
from tests.website.fixtures import health, serving, wait_for

pytestmark = pytest.mark.program


def ticked(folder: Path) -> None:
    done = run(folder, "tick")
    assert done.returncode == 0, done.stderr


def backed_up(folder: Path, name: str = "copy.db") -> None:
    done = run(folder, "notices", "backup", name)
    assert done.returncode == 0, done.stderr


def states(folder: Path) -> list[str]:
    listed = json.loads(run(folder, "notices", "list", "--format", "json").stdout)
    return [notice["state"] for notice in listed["notices"]]


def sent_once(folder: Path, sink: Sink) -> None:
    """Write a service, send its only notice, and then make a copy of the ledger."""
    write_service(folder, sink.url, "room")
    ticked(folder)
    assert len(sink.received) == 1
    backed_up(folder)


def test_a_ledger_that_is_lost_is_restored_and_nothing_is_sent_again(tmp_path: Path) -> None:
    with running_sink() as sink:
        sent_once(tmp_path, sink)
        for path in (tmp_path / "var").glob("onthisday.db*"):
            path.unlink()
        done = run(tmp_path, "notices", "restore", "copy.db")
        assert (done.returncode, done.stdout) == (0, "copy.db is the ledger now\n")
        ticked(tmp_path)
        assert len(sink.received) == 1
    assert states(tmp_path) == ["sent"]


def test_a_ledger_that_is_damaged_is_replaced_and_kept(tmp_path: Path) -> None:
    with running_sink() as sink:
        sent_once(tmp_path, sink)
        ledger = tmp_path / "var" / "onthisday.db"
        ledger.write_bytes(b"no database at all, " * 1000)
        assert run(tmp_path, "tick").returncode == 1
        done = run(tmp_path, "notices", "restore", "copy.db", "--format", "json")
        kept = json.loads(done.stdout)["kept"]
        assert re.fullmatch(r"var/onthisday\.db\.\d{8}T\d{6}Z", kept)
        assert (tmp_path / kept).read_bytes().startswith(b"no database")
        ticked(tmp_path)
        assert len(sink.received) == 1


def test_under_a_running_service_it_is_refused_and_after_it_works(tmp_path: Path) -> None:
    with running_sink() as sink:
        sent_once(tmp_path, sink)
        with serving(tmp_path / "config.yaml") as (home, process):
            wait_for(lambda: health(home)["ticked"] is not None)
            refused = run(tmp_path, "notices", "restore", "copy.db")
            assert refused.returncode == 1
            assert "is in use; stop `serve`" in refused.stderr
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=40)
        assert run(tmp_path, "notices", "restore", "copy.db").returncode == 0
        with serving(tmp_path / "config.yaml") as (home, _):
            wait_for(lambda: health(home)["ticked"] is not None)
        assert len(sink.received) == 1
    assert states(tmp_path) == ["sent"]


def test_an_older_copy_sends_nothing_twice_if_its_days_are_closed_with_the_channels_off(
    tmp_path: Path,
) -> None:
    """These are the steps of deploy/README.md, "To send nothing twice"."""
    today = datetime.now(UTC).date()
    before = today - timedelta(days=1)
    noon = ("tick", "--force", "--now", f"{today}T13:00:00Z")
    with running_sink() as sink:
        write_service(tmp_path, sink.url, "room")
        sink.answer = lambda _: Answer(503)
        assert run(tmp_path, "tick", "--now", f"{before}T12:00:00Z").returncode == 3
        backed_up(tmp_path)
        sink.answer = lambda _: Answer()
        run(tmp_path, "notices", "replay", f"room/{before}")
        assert run(tmp_path, *noon).stdout == "2 sent\n"
        assert run(tmp_path, "notices", "restore", "copy.db").returncode == 0
        write_service(tmp_path, sink.url, "room", enabled=False)
        config = json.loads((tmp_path / "config.yaml").read_text())
        (tmp_path / "config.yaml").write_text(json.dumps(config | {"catch_up_days": 0}))
        assert run(tmp_path, *noon).returncode == 0
        assert states(tmp_path) == ["expired"]
        write_service(tmp_path, sink.url, "room")
        assert run(tmp_path, *noon).stdout == "nothing was due\n"
    assert states(tmp_path) == ["expired"]


@pytest.mark.kills
def test_what_a_killed_service_left_in_its_log_is_kept_and_not_mixed_in(tmp_path: Path) -> None:
    with running_sink() as sink:
        write_service(tmp_path, sink.url, "room")
        with serving(tmp_path / "config.yaml") as (home, process):
            wait_for(lambda: len(sink.received) == 1 and health(home)["ticked"] is not None)
            wait_for(lambda: states(tmp_path) == ["sent"])
            process.kill()
            process.wait(timeout=20)
        assert (tmp_path / "var" / "onthisday.db-wal").stat().st_size > 0
        backed_up(tmp_path, "after.db")
        done = run(tmp_path, "notices", "restore", "after.db", "--format", "json")
        kept = tmp_path / json.loads(done.stdout)["kept"]
    for ledger in (kept, tmp_path / "var" / "onthisday.db"):
        rows = sqlite3.connect(ledger)
        assert rows.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert rows.execute("SELECT state FROM notices").fetchall() == [("sent",)]
        rows.close()


@pytest.mark.parametrize(
    ("content", "why"),
    [(None, "there is no such file"), (b"", "use another backup"), (b"x" * 5000, "is damaged")],
)
def test_what_is_no_ledger_is_refused_and_the_ledger_stays(
    tmp_path: Path, content: bytes | None, why: str
) -> None:
    with running_sink() as sink:
        sent_once(tmp_path, sink)
    if content is not None:
        (tmp_path / "bad.db").write_bytes(content)
    refused = run(tmp_path, "notices", "restore", "bad.db")
    assert refused.returncode == 1
    assert why in refused.stderr
    assert states(tmp_path) == ["sent"]


_STEP_BACK = """DROP TABLE holds; DROP TABLE corrections;
    DROP INDEX kept_notices; DROP INDEX correction_notices;
    ALTER TABLE notices DROP COLUMN first; ALTER TABLE notices DROP COLUMN last;
    ALTER TABLE notices DROP COLUMN correction; ALTER TABLE notices DROP COLUMN kept;
    ALTER TABLE notices DROP COLUMN named;"""
"""SQL that makes a ledger one version older."""


def test_an_older_ledger_is_brought_up_and_a_newer_one_refused(tmp_path: Path) -> None:
    with running_sink() as sink:
        sent_once(tmp_path, sink)
        rows = sqlite3.connect(tmp_path / "copy.db")
        rows.executescript(f"{_STEP_BACK} PRAGMA user_version = {SCHEMA - 1}")
        rows.close()
        assert run(tmp_path, "notices", "restore", "copy.db").returncode == 0
        ticked(tmp_path)
        assert len(sink.received) == 1
    rows = sqlite3.connect(tmp_path / "var" / "onthisday.db")
    assert rows.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
    rows.executescript(f"PRAGMA user_version = {SCHEMA + 1}")
    rows.close()
    for words in (("tick",), ("serve",), ("notices", "list")):
        refused = run(tmp_path, *words)
        assert refused.returncode == 1
        assert "was written by a newer onthisday" in refused.stderr
    backed_up_before = run(tmp_path, "notices", "restore", "copy.db")
    assert backed_up_before.returncode == 0, "going back is restoring what was copied before"
    assert states(tmp_path) == ["sent"]
