import asyncio
import shutil
import sqlite3
import threading
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from onthisday.adapters.sqlite.ledger_file import SCHEMA
from onthisday.adapters.sqlite.sqlite_ledger import SqliteLedger
from onthisday.delivery.notice import Notice, Plan, Wanted
from onthisday.errors import Unreadable, Unwritable
from tests.delivery.fakes import instant

NOW = instant("2026-02-25T09:00")
DAY = date(2026, 2, 25)
PLAN = Plan("room", None, DAY, (Notice("room", DAY, "UTC", ("a",), due=NOW),))


def fill(path: Path) -> None:
    ledger = SqliteLedger.open(str(path))
    asyncio.run(ledger.open_days([PLAN], NOW))
    ledger.close()


def test_a_ledger_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    fill(path)
    with sqlite3.connect(path) as rows:
        rows.execute("PRAGMA user_version = 99")
    rows.close()
    for opening in (SqliteLedger.open, SqliteLedger.look_at):
        with pytest.raises(Unreadable, match="newer onthisday"):
            opening(str(path))


def test_a_look_that_fails_leaves_no_connection_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ledger.db"
    fill(path)
    with closing(sqlite3.connect(path)) as rows:
        rows.execute("PRAGMA user_version = 3")  # it says an older version than its tables have
    opened: list[sqlite3.Connection] = []
    real = sqlite3.connect

    def noted(*words: Any, **more: Any) -> sqlite3.Connection:
        opened.append(real(*words, **more))
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", noted)
    with pytest.raises(Unreadable, match="duplicate column"):
        SqliteLedger.look_at(str(path))
    assert len(opened) == 2
    for rows in opened:
        with pytest.raises(sqlite3.ProgrammingError, match="closed database"):
            rows.execute("SELECT 1")


def test_a_ledger_that_cannot_be_opened_says_where_to_look(tmp_path: Path) -> None:
    with pytest.raises(Unwritable, match="look at its rights"):
        SqliteLedger.open(str(tmp_path))


LEDGERS = sorted((Path(__file__).parent / "ledgers").glob("version-*.db"))
"""SQL that makes a ledger of each older version, as the program of that version made it."""


def test_there_is_a_ledger_of_every_version() -> None:
    assert [path.name for path in LEDGERS] == [f"version-{n + 1}.db" for n in range(SCHEMA)]


@pytest.mark.parametrize("kept", LEDGERS, ids=lambda path: path.stem)
def test_a_ledger_of_every_version_opens_and_keeps_all(tmp_path: Path, kept: Path) -> None:
    path = tmp_path / "ledger.db"
    shutil.copy(kept, path)
    before = contents(path)
    assert [len(before[table]) for table in ("channels", "notices", "attempts")] == [5, 10, 11]
    ledger = SqliteLedger.open(str(path))
    assert asyncio.run(ledger.reserve("discord"))
    found = asyncio.run(ledger.notices())
    assert {notice.state for notice in found} == {"sent", "failed", "waiting", "unknown"}
    ledger.close()
    after = contents(path)
    for table in ("channels", "notices", "attempts"):
        kept_columns = [row[: len(before[table][0])] for row in after[table]]
        assert kept_columns == before[table]
    fill(tmp_path / "new.db")
    assert tables_of(path) == tables_of(tmp_path / "new.db")


@pytest.mark.parametrize("kept", LEDGERS, ids=lambda path: path.stem)
def test_a_ledger_of_every_version_may_be_looked_at(tmp_path: Path, kept: Path) -> None:
    path = tmp_path / "ledger.db"
    shutil.copy(kept, path)
    ledger = SqliteLedger.look_at(str(path))
    assert len(asyncio.run(ledger.notices(Wanted("taken")))) == 2
    ledger.close()


def contents(path: Path) -> dict[str, list[Any]]:
    """Return the rows of each table of a ledger."""
    with closing(sqlite3.connect(path)) as rows:
        names = rows.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        return {name: rows.execute(f"SELECT * FROM {name}").fetchall() for (name,) in names}


def tables_of(path: Path) -> list[Any]:
    """Return the version, the tables and the indexes of a ledger."""
    with closing(sqlite3.connect(path)) as rows:
        sql = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"
        return [*rows.execute("PRAGMA user_version"), *rows.execute(sql)]


def test_a_file_that_is_no_ledger_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes(b"no database at all, " * 100)
    with pytest.raises(Unwritable, match="damaged"):
        SqliteLedger.open(str(path))
    assert path.read_bytes().startswith(b"no database")


def test_looking_at_a_ledger_that_is_not_there_makes_no_file(tmp_path: Path) -> None:
    ledger = SqliteLedger.look_at(str(tmp_path / "var" / "ledger.db"))
    assert asyncio.run(ledger.channels()) == {}
    ledger.close()
    assert list(tmp_path.iterdir()) == []


def test_a_ledger_that_is_looked_at_is_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    fill(path)
    ledger = SqliteLedger.look_at(str(path))
    assert len(asyncio.run(ledger.notices())) == 1
    with pytest.raises(Unwritable):
        asyncio.run(ledger.expire(date(2030, 1, 1)))
    with pytest.raises(TypeError, match="looked at"):
        asyncio.run(ledger.lease(NOW, 1))
    ledger.close()


def test_another_program_that_writes_meanwhile_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    fill(path)
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.5, lambda: other.execute("COMMIT"))
    timer.start()
    ledger = SqliteLedger.open(str(path))
    assert len(asyncio.run(ledger.lease(NOW, 1))) == 1
    ledger.close()
    timer.join()
    other.close()


def test_many_processes_may_make_the_ledger_at_once(tmp_path: Path) -> None:
    path = str(tmp_path / "var" / "ledger.db")
    made: list[SqliteLedger] = []
    threads = [
        threading.Thread(target=lambda: made.append(SqliteLedger.open(path))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8
    for ledger in made:
        ledger.close()
    assert [each.name for each in (tmp_path / "var").iterdir()] == ["ledger.db"]


def test_a_full_disk_is_told_in_words(tmp_path: Path) -> None:
    ledger = SqliteLedger.open(str(tmp_path / "ledger.db"))
    limit = "PRAGMA max_page_count = 1"

    async def story() -> None:
        await ledger._do(lambda rows: rows.execute(limit).fetchone())
        notices = tuple(
            Notice("room", DAY, "UTC", ("a" * 500,), f"e{n}", due=NOW) for n in range(500)
        )
        with pytest.raises(Unwritable, match="disk is full"):
            await ledger.open_days([PLAN._replace(notices=notices)], NOW)
        assert await ledger.channels() == {}

    asyncio.run(story())
    ledger.close()
