"""A ledger whose file is deleted, emptied, replaced or overwritten under a running process."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from onthisday.adapters.sqlite.ledger_file import SCHEMA
from onthisday.adapters.sqlite.ledger_place import MARK_EVERY, Place
from onthisday.adapters.sqlite.sqlite_ledger import SqliteLedger
from onthisday.app.sending import Sending
from onthisday.app.serving import Service
from onthisday.app.workspace import Almanac, Workspace
from onthisday.errors import Unreadable, Unwritable
from tests.delivery.fakes import SITE, SetClock, ToldSender, almanac_of, channel, config, entry
from tests.delivery.test_ledger import NOW, notice, plan
from tests.website.fixtures import write_almanac


def delete(path: Path, copy: Path) -> None:
    path.unlink()


def move(path: Path, copy: Path) -> None:
    path.rename(path.with_name("elsewhere.db"))


def delete_all(path: Path, copy: Path) -> None:
    shutil.rmtree(path.parent)


def empty(path: Path, copy: Path) -> None:
    path.write_bytes(b"")


def replace(path: Path, copy: Path) -> None:
    shutil.copy(copy, f"{copy}.2")
    Path(f"{copy}.2").replace(path)


def overwrite(path: Path, copy: Path) -> None:
    path.write_bytes(copy.read_bytes())


def overwrite_with_something_else(path: Path, copy: Path) -> None:
    path.write_bytes(b"no database at all, " * 5000)


def delete_the_log(path: Path, copy: Path) -> None:
    Path(f"{path}-wal").unlink()


HARMS: dict[Callable[[Path, Path], None], str] = {
    delete: "deleted or moved",
    move: "deleted or moved",
    delete_all: "deleted or moved",
    empty: "emptied",
    replace: "replaced by another file",
    overwrite: "overwritten",
    overwrite_with_something_else: "overwritten",
    delete_the_log: "separated",
}


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__)
def test_a_ledger_that_is_lost_is_noticed_and_nothing_more_is_recorded_or_sent(
    tmp_path: Path, harm: Callable[[Path, Path], None]
) -> None:
    path, copy = tmp_path / "var" / "ledger.db", tmp_path / "copy.db"
    ledger = SqliteLedger.open(str(path))
    sender = ToldSender()
    sending = Sending(ledger, sender, SetClock("2026-02-25T09:00"), config(channel()))
    almanac = Almanac(SITE, almanac_of(entry("a")), lambda _: None, lambda _: None)

    async def story() -> None:
        await ledger.open_days([plan(notice("other"))], NOW)
        (leased,) = await ledger.lease(NOW, 1)
        await ledger.backup(str(copy))
        await ledger.check_place()
        harm(path, copy)
        for _ in range(2):
            with pytest.raises(Unwritable, match=f"was {HARMS[harm]} .*notices restore"):
                await sending.tick(almanac)
        with pytest.raises(Unwritable, match="nothing is sent"):
            await ledger.sending(leased, NOW, hold=False)
        await sending.stop()

    asyncio.run(story())
    ledger.close()
    assert sender.sent == []


def test_a_copy_that_cp_made_an_hour_ago_is_noticed(tmp_path: Path) -> None:
    path, copy = tmp_path / "ledger.db", tmp_path / "copy.db"
    ledger = SqliteLedger.open(str(path))
    place = Place(str(path))
    assert [place.lost(now) for now in (0, 1)] == [None, None]
    for now in (MARK_EVERY, 2 * MARK_EVERY, 3 * MARK_EVERY):
        shutil.copy(path, copy)
        assert place.lost(now + 1) is None
    overwrite(path, copy)
    assert "overwritten" in str(place.lost(now + 2))
    ledger.close()


def test_a_copy_from_before_the_process_began_is_noticed(tmp_path: Path) -> None:
    path, copy = tmp_path / "ledger.db", tmp_path / "copy.db"
    SqliteLedger.open(str(path)).close()
    shutil.copy(path, copy)
    ledger = SqliteLedger.open(str(path))
    for _ in range(2):
        asyncio.run(ledger.check_place())
    overwrite(path, copy)
    with pytest.raises(Unwritable, match="overwritten"):
        asyncio.run(ledger.check_place())
    ledger.close()


def test_a_ledger_that_is_back_in_its_place_is_used_again(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    ledger = SqliteLedger.open(str(path))
    path.rename(tmp_path / "elsewhere.db")

    async def story() -> None:
        with pytest.raises(Unwritable, match="deleted or moved"):
            await ledger.check_place()
        (tmp_path / "elsewhere.db").rename(path)
        await ledger.check_place()
        assert await ledger.open_days([plan(notice())], NOW) == 1

    asyncio.run(story())
    ledger.close()


def test_what_a_ledger_goes_through_in_use_raises_no_false_alarm(tmp_path: Path) -> None:
    path = str(tmp_path / "ledger.db")
    ledger = SqliteLedger.open(path)
    finished: list[str] = []

    def others(name: str) -> None:
        """Open, write, back up, clean up and close, as other processes do."""
        for n in range(4):
            other = SqliteLedger.open(path)
            for m in range(50):
                asyncio.run(other.open_days([plan(notice(f"{name}-{n}-{m}"))], NOW))
            asyncio.run(other.backup(str(tmp_path / f"{name}-{n}.db")))
            other.close()
            with closing(sqlite3.connect(path, isolation_level=None, timeout=60)) as rows:
                rows.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                rows.execute("VACUUM")
        finished.append(name)

    threads = [threading.Thread(target=others, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    checks = 0
    while any(thread.is_alive() for thread in threads):
        asyncio.run(ledger.check_place())
        checks += 1
    for thread in threads:
        thread.join()
    ledger.close()
    assert len(finished) == 2
    assert checks > 100


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux lists open files there")
def test_checks_leave_no_file_open(tmp_path: Path) -> None:
    ledger = SqliteLedger.open(str(tmp_path / "ledger.db"))
    for _ in range(2):
        asyncio.run(ledger.check_place())
    ledger._look.close()  # the look for damage has the file open for a moment
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(100):
        asyncio.run(ledger.check_place())
    assert len(os.listdir("/proc/self/fd")) == before
    ledger.close()


OTHER = """
import sqlite3, sys
rows = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=0)
try:
    rows.execute("PRAGMA journal_mode = DELETE")
except sqlite3.OperationalError as error:
    print(error)
"""


@pytest.mark.program
def test_a_check_keeps_the_locks_of_this_process(tmp_path: Path) -> None:
    ledger = SqliteLedger.open(str(tmp_path / "ledger.db"))
    asyncio.run(ledger.check_place())
    words = [sys.executable, "-c", OTHER, str(tmp_path / "ledger.db")]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout == "database is locked\n"
    ledger.close()


def test_a_process_that_makes_one_tick_writes_nothing_for_the_check(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    SqliteLedger.open(str(path)).close()
    before = path.read_bytes()
    ledger = SqliteLedger.open(str(path))
    asyncio.run(ledger.check_place())
    ledger.close()
    assert path.read_bytes() == before


@pytest.mark.parametrize("opening", [SqliteLedger.open, SqliteLedger.look_at])
def test_an_empty_file_is_no_new_ledger(
    tmp_path: Path, opening: Callable[[str], SqliteLedger]
) -> None:
    path = tmp_path / "ledger.db"
    path.touch()
    with pytest.raises(Unreadable, match=r"is empty \(0 bytes\).*notices restore.*delete the file"):
        opening(str(path))
    assert [each.name for each in tmp_path.iterdir()] == ["ledger.db"]


def test_a_database_of_another_program_is_no_ledger_and_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as rows:
        rows.execute("CREATE TABLE channels (id)")
        rows.commit()
    before = path.read_bytes()
    for opening in (SqliteLedger.open, SqliteLedger.look_at):
        with pytest.raises(Unreadable, match="is no ledger"):
            opening(str(path))
    assert path.read_bytes() == before


def test_a_new_ledger_gets_its_name_when_it_is_whole(tmp_path: Path) -> None:
    paths = [tmp_path / f"{n}.db" for n in range(20)]
    seen: list[object] = []

    def look() -> None:
        for path in paths:
            while not path.exists():
                pass
            with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as rows:
                seen.append(rows.execute("PRAGMA user_version").fetchone())

    watching = threading.Thread(target=look)
    watching.start()
    for path in paths:
        SqliteLedger.open(str(path)).close()
    watching.join()
    assert seen == [(SCHEMA,)] * 20


def test_a_new_ledger_behind_a_link_is_made_where_the_link_leads(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    path, real = tmp_path / "ledger.db", tmp_path / "disk" / "real.db"
    path.symlink_to(real)
    ledger = SqliteLedger.open(str(path))
    asyncio.run(ledger.check_place())
    ledger.close()
    assert path.is_symlink()
    assert [each.name for each in real.parent.iterdir()] == ["real.db"]


def test_serve_is_degraded_from_the_next_tick_on_and_still_ends_well(tmp_path: Path) -> None:
    service = Service(Workspace(str(write_almanac(tmp_path))), every=1)

    def status() -> object:
        return service.health(ready=False)[1]["status"]

    async def whole() -> None:
        async with service.lifespan(None), asyncio.timeout(30):
            while service.health(ready=True)[0] != 200:
                await asyncio.sleep(0.05)
            assert status() == "ok"
            (tmp_path / "var" / "onthisday.db").write_bytes(b"")
            while status() == "ok":
                await asyncio.sleep(0.05)

    asyncio.run(whole())
