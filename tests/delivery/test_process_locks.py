"""Which processes use a ledger: also where its name has signs that mean something elsewhere."""

import asyncio
import sqlite3
from pathlib import Path
from typing import cast

import pytest

from onthisday.adapters.sqlite.ledger_restore import restore_ledger_file
from onthisday.adapters.sqlite.process_locks import _remove, is_in_use
from onthisday.adapters.sqlite.sqlite_ledger import SqliteLedger
from onthisday.errors import Unwritable
from tests.delivery.test_ledger import NOW, notice, plan

NAMES = ["[a].db", "a*.db", "a?.db", "[!a]*.db", "a[.db", "a%20#.db", ".db", "ä ö.db", "{a,b}.db"]


def copied(path: Path, name: str = "copy.db") -> str:
    """Make a ledger with a notice, and a backup. Return the path of the backup."""
    ledger = SqliteLedger.open(str(path))
    asyncio.run(ledger.open_days([plan(notice())], NOW))
    copy = str(path.parent.parent / name)
    asyncio.run(ledger.backup(copy))
    ledger.close()
    return copy


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("folder", ["var", "[v]*?"])
def test_a_ledger_in_use_is_not_replaced_whatever_its_name_is(
    tmp_path: Path, folder: str, name: str
) -> None:
    path = tmp_path / folder / name
    copy = copied(path)
    ledger = SqliteLedger.open(str(path))
    with pytest.raises(Unwritable, match="is in use"):
        restore_ledger_file(copy, str(path), NOW)
    asyncio.run(ledger.check_place())
    ledger.close()
    restore_ledger_file(copy, str(path), NOW)
    assert not list(path.parent.glob("*.owner"))


def test_the_files_of_processes_that_ended_are_removed_whatever_the_name_is(tmp_path: Path) -> None:
    path = tmp_path / "[a].db"
    left = tmp_path / "[a].db.0123456789ab.owner"
    left.touch()
    SqliteLedger.open(str(path)).close()
    assert not left.exists()


def test_a_ledger_is_not_in_use_because_another_name_begins_like_it(tmp_path: Path) -> None:
    ledger = SqliteLedger.open(str(tmp_path / "a.db"))
    assert not is_in_use(str(tmp_path / "a"))
    ledger.close()


def test_two_paths_to_one_ledger_know_of_each_other(tmp_path: Path) -> None:
    real, link = tmp_path / "disk" / "real.db", tmp_path / "var" / "link.db"
    copy = copied(real)
    link.parent.mkdir()
    link.symlink_to(real)
    one = SqliteLedger.open(str(real))
    assert is_in_use(str(link))

    async def story() -> None:
        await one.lease(NOW, 1)
        two = SqliteLedger.open(str(link))
        assert await two.lease(NOW, 1) == ()  # the first process lives, and still holds the notice
        two.close()

    asyncio.run(story())
    one.close()
    restore_ledger_file(copy, str(link), NOW)
    assert link.is_symlink()
    assert real.exists()


def test_a_file_that_was_made_anew_when_its_lock_was_given_back_stays(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db.0123456789ab.owner"
    path.touch()

    class Lock:
        def close(self) -> None:
            path.write_text("of a process that is just beginning")

    _remove(path, cast("sqlite3.Connection", Lock()))
    assert path.exists()
