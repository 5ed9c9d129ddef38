import asyncio
import json
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from onthisday.adapters.sqlite.sqlite_ledger import SqliteLedger
from onthisday.delivery.request_reply import Verdict
from onthisday.delivery.retries import settle
from onthisday.errors import Unreadable, Unwritable
from tests.delivery.almanacs import run, write_config
from tests.delivery.sink import running_sink
from tests.delivery.stories import opened
from tests.delivery.test_ledger import NOW, notice, plan


def test_a_copy_made_beside_a_running_writer_is_whole_and_of_one_instant(tmp_path: Path) -> None:
    async def write(ledger: SqliteLedger, done: asyncio.Event) -> None:
        """Send notices one after another. Each notice that is sent has one row of attempts."""
        while not done.is_set():
            (leased,) = await ledger.lease(NOW, 1)
            begun = await ledger.sending(leased, NOW, hold=False)
            await ledger.settle(settle(begun, Verdict("sent", "ok", 200), NOW, 0, hold=False))

    async def whole() -> None:
        async with opened(tmp_path) as ledger:
            await ledger.open_days([plan(*(notice(entry=f"e{n}") for n in range(5000)))], NOW)
            done = asyncio.Event()
            writing = asyncio.create_task(write(ledger, done))
            for n in range(5):
                await asyncio.sleep(0.05)
                await ledger.backup(str(tmp_path / f"copy{n}.db"))
            done.set()
            await writing

    asyncio.run(whole())
    counts = [counted(tmp_path / f"copy{n}.db") for n in range(5)]
    assert all(whole == 5000 and sent == attempts for whole, sent, attempts in counts)
    assert counts[0][1] < counts[-1][1]
    assert not list(tmp_path.glob("*.new*"))


def counted(path: Path) -> tuple[int, int, int]:
    """Count in a copy: all notices, those that are begun or sent, and the attempts."""
    rows = sqlite3.connect(path)
    assert rows.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    begun = "SELECT count(*) FROM notices WHERE state IN ('sending', 'sent')"
    found = [
        rows.execute(sql).fetchone()[0]
        for sql in ("SELECT count(*) FROM notices", begun, "SELECT count(*) FROM attempts")
    ]
    rows.close()
    return found[0], found[1], found[2]


def test_a_copy_overwrites_nothing_and_says_so(tmp_path: Path) -> None:
    async def whole() -> None:
        async with opened(tmp_path) as ledger:
            there = tmp_path / "there.db"
            there.write_text("mine")
            with pytest.raises(Unwritable, match="not overwritten"):
                await ledger.backup(str(there))
            assert there.read_text() == "mine"
            with pytest.raises(Unwritable, match="cannot be written"):
                await ledger.backup(str(tmp_path / "nowhere" / "copy.db"))

    asyncio.run(whole())
    assert not list(tmp_path.glob("*.new*"))


def test_where_there_is_no_ledger_there_is_no_copy(tmp_path: Path) -> None:
    ledger = SqliteLedger.look_at(str(tmp_path / "ledger.db"))
    with pytest.raises(Unreadable, match="no ledger yet"):
        asyncio.run(ledger.backup(str(tmp_path / "copy.db")))
    ledger.close()
    assert not list(tmp_path.iterdir())


@pytest.mark.program
def test_last_nights_ledger_loses_nothing_and_repeats_only_what_was_sent_since(
    tmp_path: Path,
) -> None:
    later = ("--now", "2027-02-25T09:00:00Z")  # further ahead than catch_up_days: --force
    with running_sink() as sink:
        write_config(tmp_path, sink.url)
        assert run(tmp_path, "tick", "--now", "2026-02-25T09:00:00Z").returncode == 0
        made = run(tmp_path, "notices", "backup", "night.db", "--format", "json")
        assert json.loads(made.stdout) == {"backup": "night.db"}
        again = run(tmp_path, "notices", "backup", "night.db")
        assert again.returncode == 1
        assert "night.db: is there already and is not overwritten" in again.stderr
        assert run(tmp_path, "tick", *later, "--force").returncode == 0
        shutil.rmtree(tmp_path / "var")
        (tmp_path / "var").mkdir()
        shutil.copy(tmp_path / "night.db", tmp_path / "var" / "onthisday.db")
        assert run(tmp_path, "tick", *later, "--force").returncode == 0
        ids = [received.headers["webhook-id"] for received in sink.received]
    assert len(ids) == 3
    assert ids[1] == ids[2] != ids[0]


def test_what_was_being_sent_when_a_copy_was_made_is_unknown_in_it(tmp_path: Path) -> None:
    async def whole() -> None:
        async with opened(tmp_path) as ledger:
            await ledger.open_days([plan(notice(), notice(entry="b"))], NOW)
            first, _ = await ledger.lease(NOW, 2)
            await ledger.sending(first, NOW, hold=False)
            (tmp_path / "restored").mkdir()
            await ledger.backup(str(tmp_path / "restored" / "ledger.db"))
        async with opened(tmp_path / "restored") as restored:
            leased = await restored.lease(NOW + timedelta(hours=1), 9)
            assert {n.id for n in leased} == {first.id, notice(entry="b").id}
            (attempt,) = await restored.attempts(first.id)
            assert attempt.outcome == "unknown"

    asyncio.run(whole())


@pytest.mark.program
def test_a_ledger_moves_to_another_store_and_sends_nothing_again(tmp_path: Path) -> None:
    with running_sink() as sink:
        config = Path(write_config(tmp_path, sink.url))
        assert run(tmp_path, "tick", "--now", "2026-02-25T10:00:00Z").returncode == 0
        moved = run(tmp_path, "notices", "migrate", "sqlite:///moved/ledger.db")
        assert moved.returncode == 0, moved.stderr
        assert "store: sqlite:///moved/ledger.db" in moved.stdout
        written = json.loads(config.read_text(encoding="utf-8"))
        config.write_text(
            json.dumps(written | {"store": "sqlite:///moved/ledger.db"}), encoding="utf-8"
        )
        shutil.rmtree(tmp_path / "var")
        assert run(tmp_path, "tick", "--now", "2026-02-25T10:05:00Z").returncode == 0
        assert len(sink.received) == 1
        again = run(tmp_path, "notices", "migrate", "sqlite:///moved/ledger.db")
        assert again.returncode == 1
        assert "is there already" in again.stderr


@pytest.mark.program
def test_a_ledger_in_use_is_not_moved(tmp_path: Path) -> None:
    write_config(tmp_path, "http://127.0.0.1:9/")
    (tmp_path / "var").mkdir(exist_ok=True)
    with closing(SqliteLedger.open(str(tmp_path / "var" / "onthisday.db"))):
        moved = run(tmp_path, "notices", "migrate", "sqlite:///moved.db")
    assert moved.returncode == 1
    assert "is in use by another process; stop that first" in moved.stderr
    assert not (tmp_path / "moved.db").exists()


@pytest.mark.program
def test_a_store_of_another_kind_is_refused_with_what_there_is(tmp_path: Path) -> None:
    write_config(tmp_path, "http://127.0.0.1:9/")
    moved = run(tmp_path, "notices", "migrate", "mysql://db/onthisday")
    assert moved.returncode == 2
    assert "is no store; write sqlite:///FILE" in moved.stderr
