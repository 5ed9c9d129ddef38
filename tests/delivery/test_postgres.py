"""The ledger on PostgreSQL, as the commands use it: with a real server, and without."""

import asyncio
import subprocess
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path

import psycopg
import pytest

from onthisday.adapters.postgres.connections import Connections
from onthisday.adapters.postgres.ledger_tables import make_tables, step_up
from onthisday.adapters.postgres.postgres_ledger import PostgresLedger
from onthisday.delivery.request_reply import Verdict
from onthisday.delivery.retries import settle
from onthisday.errors import OnThisDayError, Unreadable, Unwritable
from tests.delivery.almanacs import run, write_config
from tests.delivery.postgres_server import PASSWORD, new_database
from tests.delivery.sink import running_sink
from tests.delivery.test_ledger import NOW, notice, plan

pytestmark = pytest.mark.program

TICK = ("--now", "2026-02-25T09:00:00Z")


def stored_in(folder: Path, store: str) -> None:
    """Add a store to the config in a folder."""
    config = folder / "config.yaml"
    config.write_text(config.read_text("utf-8").rstrip().rstrip("}") + f', "store": "{store}"}}')


def test_a_tick_sends_what_is_due_once_and_lists_it(tmp_path: Path) -> None:
    with running_sink() as sink:
        write_config(tmp_path, sink.url)
        stored_in(tmp_path, new_database())
        assert run(tmp_path, "notices", "list").stdout == "no notices\n"
        rehearsed = run(tmp_path, "tick", *TICK, "--dry-run")
        assert rehearsed.stdout == "would send room/2026-02-25 to 127.0.0.1 (webhook): 1 occasion\n"
        assert sink.received == []
        first, second = run(tmp_path, "tick", *TICK), run(tmp_path, "tick", *TICK)
        assert (first.returncode, first.stdout, first.stderr) == (0, "1 sent\n", first.stderr)
        assert (second.returncode, second.stdout) == (0, "nothing was due\n")
        assert sink.paths() == ["/room"]
        assert run(tmp_path, "notices", "list").stdout == "room/2026-02-25  sent      1 attempt\n"
        shown = run(tmp_path, "notices", "show", "room/2026-02-25").stdout
        assert "1. 2026-02-25T09:00" in shown
        replayed = run(tmp_path, "notices", "replay", "room/2026-02-25")
        assert replayed.stdout == "1 notice will be sent again with the next tick\n"
        assert run(tmp_path, "tick", *TICK).stdout == "1 sent\n"
        assert run(tmp_path, "channels", "list").returncode == 0
        assert not (tmp_path / "var" / "onthisday.db").exists()


@pytest.mark.parametrize(
    ("spoilt", "words"),
    [
        (lambda a: a.replace(PASSWORD, "wrong-horse"), "put the right user and password"),
        (lambda a: a.replace("onthisday:", "nobody:"), "put the right user and password"),
        (lambda a: a.replace("onthisday_test", "missing"), "has no such database"),
        (lambda a: f"postgresql://joe:{PASSWORD}@127.0.0.1:9/x", "cannot be reached"),
        (lambda a: f"postgresql://joe:{PASSWORD}@127.0.0.1:no/x", "is no address that PostgreSQL"),
        (lambda a: f"postgresql://joe:{PASSWORD}@db.invalid/x", "cannot be reached"),
        (lambda a: f"{a}?options=-cdefault_transaction_read_only%3Don", "can only be read"),
    ],
)
def test_a_database_that_cannot_be_used_is_told_in_one_line_without_the_password(
    tmp_path: Path, spoilt: object, words: str
) -> None:
    assert callable(spoilt)
    write_config(tmp_path, "http://127.0.0.1:9/")
    stored_in(tmp_path, spoilt(new_database()))
    tick = run(tmp_path, "tick")
    assert tick.returncode == 1
    assert len(tick.stderr.splitlines()) == 1
    assert words in tick.stderr
    assert "horse" not in tick.stderr + tick.stdout


def test_backup_and_restore_name_the_tools_of_postgresql(tmp_path: Path) -> None:
    write_config(tmp_path, "http://127.0.0.1:9/")
    stored_in(tmp_path, new_database())
    assert "pg_dump" in run(tmp_path, "notices", "backup", "copy").stderr
    assert "pg_restore" in run(tmp_path, "notices", "restore", "copy").stderr


def test_without_the_variable_of_the_store_only_what_needs_it_fails(tmp_path: Path) -> None:
    write_config(tmp_path, "http://127.0.0.1:9/")
    stored_in(tmp_path, "${NO_DATABASE}")
    assert run(tmp_path, "today").returncode == 0
    listed = run(tmp_path, "notices", "list")
    assert (listed.returncode, listed.stdout) == (1, "")
    assert "a variable in `store` in the config is not set" in listed.stderr
    assert "the environment variable NO_DATABASE is not set" in run(tmp_path, "tick").stderr


def test_a_ledger_of_a_newer_program_is_refused_in_one_line() -> None:
    address = new_database()

    async def story() -> None:
        await (await PostgresLedger.open(address)).close()
        with psycopg.connect(address) as connection:
            connection.execute("UPDATE onthisday.ledger SET version = version + 1")
        with pytest.raises(Unwritable, match="written by a newer onthisday"):
            await PostgresLedger.open(address)
        with pytest.raises(Unreadable, match="written by a newer onthisday"):
            await PostgresLedger.look_at(address)

    asyncio.run(story())


def test_an_older_ledger_is_brought_up_to_date_and_until_then_only_told_of() -> None:
    address = new_database()

    async def story() -> None:
        connections = Connections(address)
        await connections.change(partial(step_up, to=1))
        await connections.close()
        with pytest.raises(OnThisDayError, match=r"older onthisday.*run `onthisday tick` once"):
            await PostgresLedger.look_at(address)
        ledger = await PostgresLedger.open(address)
        await ledger.open_days([plan(notice())], NOW)
        await ledger.close()
        looked = await PostgresLedger.look_at(address)
        assert looked is not None
        assert await looked.notices() == (notice(),)
        await looked.close()

    asyncio.run(story())


def test_many_processes_that_open_a_new_ledger_at_once_make_it_once() -> None:
    address = new_database()

    async def story() -> None:
        ledgers = await asyncio.gather(*(PostgresLedger.open(address) for _ in range(8)))
        await ledgers[0].open_days([plan(notice())], NOW)
        assert len(await ledgers[1].notices()) == 1
        for ledger in ledgers:
            await ledger.check_place()
            await ledger.close()

    asyncio.run(story())


def test_a_ledger_that_is_looked_at_cannot_be_changed() -> None:
    address = new_database()

    async def story() -> None:
        assert await PostgresLedger.look_at(address) is None
        await (await PostgresLedger.open(address)).close()
        ledger = await PostgresLedger.look_at(address)
        assert ledger is not None
        assert (await ledger.notices(), await ledger.channels()) == ((), {})
        assert (await ledger.totals()).due is None
        with pytest.raises(Unreadable, match="can only be read"):
            await ledger.switch_on("room")
        await ledger.close()

    asyncio.run(story())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE onthisday.ledger SET id = 'another'", "replaced by another ledger"),
        ("UPDATE onthisday.ledger SET marks = marks - 1", "set back to an earlier state"),
        ("TRUNCATE onthisday.ledger", "emptied"),
    ],
)
def test_a_ledger_that_was_replaced_or_set_back_is_noticed_and_nothing_is_sent(
    change: str, words: str
) -> None:
    address = new_database()

    async def story() -> None:
        ledger = await PostgresLedger.open(address)
        await ledger.open_days([plan(notice())], NOW)
        await ledger.check_place()
        with psycopg.connect(address) as connection:
            connection.execute(change.encode())
        with pytest.raises(Unwritable, match=words):
            await ledger.check_place()
        with pytest.raises(Unwritable, match=words):
            await ledger.lease(NOW, 1)
        with suppress(OnThisDayError):
            await ledger.close()

    asyncio.run(story())


def test_what_postgresql_cannot_keep_in_a_text_is_replaced() -> None:
    address = new_database()

    async def story() -> None:
        ledger = await PostgresLedger.open(address)
        await ledger.open_days([plan(notice(), notice(entry="b"))], NOW)
        leased = await ledger.lease(NOW, 2)
        begun = [await ledger.sending(each, NOW, hold=False) for each in leased]
        words = ("a\0b", "half \ud83d")
        ends = [
            settle(each, Verdict("refused", said, 400), NOW, 0, hold=False)
            for each, said in zip(begun, words, strict=True)
        ]
        await asyncio.gather(*map(ledger.settle, ends))
        assert [n.reason for n in await ledger.notices()] == ["a\ufffdb", "half ?"]
        await ledger.close()

    asyncio.run(story())


@pytest.mark.parametrize("missing", ["psycopg", "pgqueuer"])
def test_without_the_extra_one_line_says_what_to_install(tmp_path: Path, missing: str) -> None:
    write_config(tmp_path, "http://127.0.0.1:9/")
    stored_in(tmp_path, "postgresql://nobody@127.0.0.1:9/x")
    away = f"""
import sys, importlib.metadata
from onthisday.cli import run

class Away:
    def find_spec(self, name, *_):
        if name.partition(".")[0] == {missing!r}:
            raise ModuleNotFoundError(name)

found = importlib.metadata.distribution
def distribution(name):
    if name == {missing!r}:
        raise importlib.metadata.PackageNotFoundError(name)
    return found(name)

importlib.metadata.distribution = distribution
sys.meta_path.insert(0, Away())
sys.argv = ["onthisday", "tick"]
sys.exit(run())
"""
    tick = subprocess.run(
        [sys.executable, "-c", away], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert tick.returncode == 1
    assert "the extra postgres is not installed; install it: " in tick.stderr
    assert "psycopg[binary]" in tick.stderr
    assert len(tick.stderr.splitlines()) == 1


def test_a_copy_that_can_only_be_read_is_told_also_before_the_engine_has_its_tables() -> None:
    address = new_database()

    async def story() -> None:
        connections = Connections(address)
        await make_tables(connections)
        await connections.close()
        with pytest.raises(Unwritable, match="can only be read; name the server"):
            await PostgresLedger.open(f"{address}?options=-cdefault_transaction_read_only%3Don")

    asyncio.run(story())
