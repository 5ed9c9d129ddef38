"""One bit of the ledger's file flips: it is told, or it changes nothing but free words.

ONTHISDAY_FLIPS=20000 tries more of them.
"""

import asyncio
import os
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from onthisday.adapters.sqlite.ledger_damage import EVERY, DailyLook, damage_in
from onthisday.adapters.sqlite.ledger_reading import read_ledger_file
from onthisday.adapters.sqlite.sqlite_ledger import SqliteLedger
from onthisday.cli import main
from onthisday.delivery.notice import Known, Notice, Plan
from onthisday.delivery.request_reply import Verdict
from onthisday.delivery.retries import settle
from onthisday.errors import OnThisDayError, Unreadable, Unwritable
from tests.delivery.almanacs import write_config
from tests.delivery.test_ledger import DAY, NOW, notice

FLIPS = int(os.environ.get("ONTHISDAY_FLIPS", "300"))

OUTCOMES = ("sent", "retry", "refused", "unknown", "gone", "sent", "sent")


async def fill(path: Path) -> None:
    """Make a ledger with notices in all states, attempts, pauses, and closed days."""
    ledger = SqliteLedger.open(str(path))
    await ledger.know(Known("v1", frozenset(f"entry-{n}" for n in range(200))))
    days = [DAY - timedelta(days=n) for n in range(40)]
    plans = [
        Plan(f"channel-{n}", None, DAY, tuple(notice(f"channel-{n}", day) for day in days))
        for n in range(7)
    ]
    fell = Plan("quiet", None, DAY, (), fell=("entry-1", "entry-2"))
    await ledger.open_days([*plans, fell], NOW)
    for leased in await ledger.lease(NOW, 230):
        begun = await ledger.sending(leased, NOW, hold=False)
        outcome: Any = OUTCOMES[int(leased.channel[-1])]
        verdict = Verdict(outcome, "the service said so", 200, timedelta(hours=1))
        await ledger.settle(settle(begun, verdict, NOW, 0, hold=False))
    ledger.close()


def answers(path: Path) -> dict[str, Any]:
    """Ask everything that readers ask. Raise OnThisDayError."""

    async def asked(ledger: SqliteLedger) -> dict[str, Any]:
        notices = await ledger.notices()
        return {
            "notices": notices,
            "attempts": [await ledger.attempts(each.id) for each in notices[::9]],
            "channels": await ledger.channels(),
            "closings": await ledger.closings(),
            "known": await ledger.known(),
            "due": await ledger.due(NOW, 1000),
            "totals": await ledger.totals(),
            "left": await ledger.left(NOW),
            "pauses": await ledger.pauses(),
        }

    ledger = SqliteLedger.look_at(str(path))
    try:
        return asyncio.run(asked(ledger))
    finally:
        ledger.close()


def flip(path: Path, bit: int) -> None:
    content = bytearray(path.read_bytes())
    content[bit // 8] ^= 1 << bit % 8
    path.write_bytes(content)


def test_a_flipped_bit_is_told_or_changes_only_what_nothing_contradicts(tmp_path: Path) -> None:
    whole, path = tmp_path / "whole.db", tmp_path / "ledger.db"
    asyncio.run(fill(whole))
    expected, chance, seen = answers(whole), Random(12), Counter[str]()
    for _ in range(FLIPS):
        shutil.copy(whole, path)
        bit = chance.randrange(whole.stat().st_size * 8)
        flip(path, bit)
        seen[what_is_told(path, expected, bit)] += 1
    print(dict(seen))
    assert seen["told to readers"] + seen["told by the daily look"] > FLIPS / 10
    assert seen["believed"] < FLIPS / 10


def what_is_told(path: Path, expected: dict[str, Any], bit: int) -> str:
    try:
        found = answers(path)
    except OnThisDayError as error:
        told = str(error)
    else:
        told = ""
    if told:
        assert "\n" not in told, bit
        assert any(word in told for word in ("damaged", "no ledger", "newer")), (bit, told)
        return "told to readers"
    if found == expected:
        return "harmless"
    with closing(read_ledger_file(str(path))) as rows:
        if damage_in(rows) is not None:
            return "told by the daily look"
    assert without_words(found) == without_words(expected), bit
    return "believed"


def without_words(found: dict[str, Any]) -> dict[str, Any]:
    """Leave out what stands in one place of the file only, and what follows from it."""
    plain: list[Notice] = [
        each._replace(zone="", entries=(), reason=None, tries=0, doubts=0, replayed=False, due=None)
        for each in found["notices"]
    ]
    return {"notices": plain, "names": [*found["channels"]], "totals": found["totals"].states}


@pytest.mark.parametrize(
    "words",
    [
        ("notices", "list"),
        ("notices", "show", "room/2026-02-25"),
        ("channels", "list"),
        ("tick", "--dry-run"),
        ("tick",),
    ],
)
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE notices SET entries = '[1]'",
        "UPDATE notices SET entries = '[\"a'",
        "UPDATE notices SET day = '2026-02-65'",
        "UPDATE notices SET channel = 'other'",
        "UPDATE notices SET due = '2026-02-25T09:00:00.000000+01:00'",
        "UPDATE notices SET tries = 'x'",
        "UPDATE notices SET zone = x'ff'",
        "UPDATE notices SET reason = CAST(x'ff' AS TEXT)",
        "UPDATE channels SET considered = '2026-02-3'",
        "UPDATE attempts SET outcome = 'rent'",
        "UPDATE attempts SET at = 'then'",
        "DROP TABLE attempts",
    ],
)
def test_what_cannot_be_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], sql: str
) -> None:
    config = write_config(tmp_path, "https://hooks.invalid/")
    path = tmp_path / "var" / "onthisday.db"

    async def sent() -> None:
        ledger = SqliteLedger.open(str(path))
        await ledger.open_days([Plan("room", None, DAY, (notice("room"),))], NOW)
        (leased,) = await ledger.lease(NOW, 1)
        begun = await ledger.sending(leased, NOW, hold=False)
        await ledger.settle(settle(begun, Verdict("retry", "busy", 503), NOW, 0, hold=False))
        ledger.close()

    asyncio.run(sent())
    asked = ["--config", config, *words]
    with closing(sqlite3.connect(path)) as rows:
        rows.execute(sql)
        rows.commit()
    code = main(asked)
    told = capsys.readouterr().err
    if code:
        assert (code, told.count("\n")) == (1, 1), told
        assert "damaged" in told
        assert "`onthisday notices restore FILE`" in told
    else:
        assert "Traceback" not in told


def test_a_backup_is_not_made_of_a_ledger_that_is_damaged(tmp_path: Path) -> None:
    path, copy = tmp_path / "ledger.db", tmp_path / "copy.db"
    asyncio.run(fill(path))
    lose_an_index_row(path)
    ledger = SqliteLedger.look_at(str(path))
    with pytest.raises(Unreadable, match=r"ledger.db: is damaged \(.*\), so it is not copied"):
        asyncio.run(ledger.backup(str(copy)))
    ledger.close()
    assert not list(tmp_path.glob("copy.db*"))


def test_a_process_that_runs_for_long_looks_once_a_day_and_stops_sending(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    asyncio.run(fill(path))
    look = DailyLook(str(path))

    def found(now: float) -> str | None:
        """Return what was found by the look before this one, and wait for this one."""
        before = look.damage(now)
        if look._thread is not None:
            look._thread.join()
        return before

    assert found(0) is None
    assert look._thread is None
    assert [found(now) for now in (30, 60)] == [None, None]
    lose_an_index_row(path)
    assert [found(now) for now in (90, EVERY, EVERY + 30)] == [None] * 3
    assert "missing from index" in str(found(EVERY + 60))
    look.close()


def test_a_ledger_that_is_found_damaged_is_used_no_more(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    asyncio.run(fill(path))
    lose_an_index_row(path)
    ledger = SqliteLedger.open(str(path))

    async def story() -> None:
        with pytest.raises(Unwritable, match=r"is damaged \(.*so nothing is sent.*restore FILE"):
            await asyncio.wait_for(checked_for_ever(ledger), 20)
        with pytest.raises(Unwritable, match="damaged"):
            await ledger.lease(NOW, 1)

    asyncio.run(story())
    ledger.close()


async def checked_for_ever(ledger: SqliteLedger) -> None:
    while True:
        await ledger.check_place()
        await asyncio.sleep(0.01)


def lose_an_index_row(path: Path) -> None:
    """Change a row behind the back of its index, as a flipped bit does."""
    with closing(sqlite3.connect(path)) as rows:
        rows.execute("PRAGMA writable_schema = ON")
        sql = "SELECT sql FROM sqlite_schema WHERE name = 'notice_states'"
        (made,) = rows.execute(sql).fetchone()
        change = "UPDATE sqlite_schema SET sql = ? WHERE name = 'notice_states'"
        rows.execute(change, (f"{made} WHERE state = 'nothing'",))
        rows.commit()
    with closing(sqlite3.connect(path)) as rows:
        rows.execute("UPDATE notices SET state = 'failed' WHERE id = 'channel-1/2026-02-25'")
        rows.execute("PRAGMA writable_schema = ON")
        rows.execute(change, (made,))
        rows.commit()
