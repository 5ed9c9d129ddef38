"""The ledger when SQLite fails, or the process ends, before or after any statement."""

import asyncio
import sqlite3
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from onthisday.adapters.sqlite.sqlite_ledger import SqliteLedger
from onthisday.delivery.request_reply import Verdict
from onthisday.delivery.retries import settle
from onthisday.errors import Unwritable
from tests.delivery.inline_writer import Fault, InlineWriter, Killed, Moment, broken, failing
from tests.delivery.test_ledger import NOW, notice, plan

STATES = ("waiting", "leased", "sending", "sent")
"""The state of the story's notice after each of its calls."""


def once(raised: BaseException, place: int, moment: Moment) -> tuple[Fault, list[str]]:
    """Raise an error at the statement with this number. Return also the statements so far."""
    seen: list[str] = []

    def fault(now: Moment, sql: str) -> None:
        seen.extend([sql] if now == "before" else [])
        if (now, len(seen)) == (moment, place + 1):
            raise raised

    return fault, seen


async def story(ledger: SqliteLedger, done: list[str]) -> None:
    """Send one notice. Note each call that returned."""
    await ledger.open_days([plan(notice())], NOW)
    done.append("waiting")
    (leased,) = await ledger.lease(NOW, 1)
    done.append("leased")
    begun = await ledger.sending(leased, NOW, hold=False)
    done.append("sending")
    await ledger.settle(settle(begun, Verdict("sent", "ok", 200), NOW, 0, hold=False))
    done.append("sent")


def places(folder: Path) -> Iterator[Path]:
    """Yield a new path for each statement of the story."""
    return (folder / f"{n}" / "ledger.db" for n in count())


def state_in(path: Path) -> str | None:
    """Open the ledger again as the next process does. Return the state of the story's notice."""
    ledger = SqliteLedger.open(str(path), InlineWriter)

    async def asked() -> str | None:
        found = await ledger.notice(notice().id)
        return found and found.state

    try:
        return asyncio.run(asked())
    finally:
        ledger.close()
        with sqlite3.connect(path) as rows:
            assert rows.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows.close()


def told(path: Path, fault: Fault) -> tuple[list[str], BaseException | None]:
    """Run the story with a fault. Return which calls returned, and the error that ended it."""
    done: list[str] = []
    try:
        ledger = SqliteLedger.open(str(path), InlineWriter, failing(fault))
    except (Unwritable, Killed) as error:
        return done, error
    try:
        asyncio.run(story(ledger, done))
    except (Unwritable, Killed) as error:
        return done, error
    finally:
        ledger.close()
    return done, None


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_kill_at_any_statement_loses_nothing_that_was_answered(
    tmp_path: Path, moment: Moment
) -> None:
    for place, path in enumerate(places(tmp_path)):
        fault, seen = once(Killed(), place, moment)
        done, _ = told(path, fault)
        if len(seen) <= place:
            break
        is_made = moment == "after" and seen[-1] == "COMMIT" and "SAVEPOINT change" in seen
        reached = len(done) + is_made
        expected = STATES[reached - 1] if reached else None
        assert state_in(path) == expected, (seen, done)
    assert place > 20


NAMES = ("SQLITE_IOERR_WRITE", "SQLITE_FULL", "SQLITE_BUSY")


@pytest.mark.parametrize("name", NAMES)
def test_an_error_at_any_statement_is_told_and_the_next_call_goes_on(
    tmp_path: Path, name: str
) -> None:
    for place, path in enumerate(places(tmp_path)):
        fault, seen = once(broken(name), place, "before")
        done, error = told(path, fault)
        if len(seen) <= place:
            break
        assert isinstance(error, Unwritable | None)
        assert state_in(path) == (STATES[len(done) - 1] if done else None), (seen, done)
    assert place > 20


def test_a_rollback_that_fails_too_stops_no_later_call(tmp_path: Path) -> None:
    def fault(moment: Moment, sql: str) -> None:
        if moment == "before" and broken_now and (sql == "ROLLBACK" or "INSERT" in sql):
            raise broken("SQLITE_IOERR")

    broken_now: list[bool] = []
    ledger = SqliteLedger.open(str(tmp_path / "ledger.db"), connection=failing(fault))

    async def whole() -> None:
        broken_now.append(True)
        for _ in range(2):
            with pytest.raises(Unwritable, match="cannot be used"):
                await ledger.open_days([plan(notice())], NOW)
        broken_now.clear()
        assert await ledger.open_days([plan(notice())], NOW) == 1

    asyncio.run(whole())
    ledger.close()
