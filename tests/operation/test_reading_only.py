"""Who may only read a service's files can look at what it sent and what it would send."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from onthisday.adapters.sqlite.ledger_reading import _copied
from onthisday.adapters.sqlite.sqlite_ledger import SqliteLedger
from onthisday.errors import Unreadable
from tests.delivery.almanacs import run
from tests.delivery.sink import running_sink
from tests.operation.confined import open_folder
from tests.operation.reading_only import look, readable_only
from tests.operation.running import write_service

LOOKS = (
    ("notices", "list"),
    ("notices", "list", "--format", "json"),
    ("channels", "list"),
    ("tick", "--dry-run"),
    ("tick", "--dry-run", "--now", f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%d}T09:00:00Z"),
)


@contextmanager
def service() -> Iterator[Path]:
    """Make a service that has sent one notice."""
    with open_folder() as folder, running_sink() as sink:
        write_service(folder, sink.url, "room")
        done = run(folder, "tick")
        assert done.returncode == 0, done.stderr
        yield folder


def closed(ledger: Path) -> None:
    """Leave the ledger as it is: no process has it open."""


def killed(ledger: Path) -> None:
    """Leave the three files as a killed process leaves them. The last change is in the log."""
    rows = sqlite3.connect(ledger, isolation_level=None)
    rows.execute("UPDATE notices SET reason = 'the last change'")
    for end in ("", "-wal", "-shm"):
        shutil.copy(f"{ledger}{end}", ledger.with_name(f"copy{end}"))
    rows.close()
    for end in ("", "-wal", "-shm"):
        ledger.with_name(f"copy{end}").rename(f"{ledger}{end}")


def killed_and_without_memory(ledger: Path) -> None:
    """Leave the ledger and its log, as a copy of the two files has them."""
    killed(ledger)
    Path(f"{ledger}-shm").unlink()


@pytest.mark.program
@pytest.mark.parametrize("left", [closed, killed, killed_and_without_memory])
def test_who_may_only_read_sees_what_the_owner_sees(left: object) -> None:
    assert callable(left)
    with service() as folder, open_folder() as own:
        left(folder / "var" / "onthisday.db")
        looks = LOOKS if left is closed else LOOKS[:2]
        with readable_only(folder):
            before = contents(folder)
            seen = [look(folder, own / "cache", *words) for words in looks]
            assert contents(folder) == before
        asked = [run(folder, *words) for words in looks]
        assert [each.stderr for each in seen] == [""] * len(looks)
        assert [each.stdout for each in seen] == [each.stdout for each in asked]
        (notice,) = json.loads(seen[1].stdout)["notices"]
        assert notice["reason"] == (None if left is closed else "the last change")
        assert [each.name for each in (own / "cache").iterdir()] in ([], ["onthisday"])


@pytest.mark.program
def test_who_may_only_read_sees_what_a_running_process_has_written_last() -> None:
    with service() as folder, open_folder() as own:
        with closing(sqlite3.connect(folder / "var" / "onthisday.db")) as rows:
            rows.execute("UPDATE notices SET reason = 'the last change'")
            rows.commit()
            with readable_only(folder):
                seen = look(folder, own / "cache", "notices", "list")
        assert "the last change" in seen.stdout, seen.stderr


@pytest.mark.program
def test_who_may_write_the_folder_alone_leaves_no_file_that_stops_the_owner() -> None:
    with service() as folder, open_folder() as own:
        (folder / "var" / "onthisday.db").chmod(0o444)
        (folder / "var").chmod(0o777)
        before = sorted((folder / "var").iterdir())
        assert look(folder, own / "cache", "notices", "list").returncode == 0
        assert sorted((folder / "var").iterdir()) == before


@pytest.mark.program
@pytest.mark.skipif(os.geteuid() == 0, reason="the other user may read everything here")
def test_who_may_not_even_read_is_told_so() -> None:
    with service() as folder, open_folder() as own:
        (folder / "var" / "onthisday.db").chmod(0)
        told = look(folder, own / "cache", "notices", "list")
        assert told.returncode == 1
        assert "its rights" in told.stderr
        assert told.stderr.count("\n") == 1


def contents(folder: Path) -> dict[Path, bytes]:
    """Return the bytes of each file in a folder."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


WRITE = """
import sqlite3, sys, time
rows = sqlite3.connect(sys.argv[1], isolation_level=None)
for n in range(10_000):
    rows.execute("BEGIN IMMEDIATE")
    rows.execute("INSERT INTO buckets VALUES (?, ?)", (f"b{n}", "x" * 3000))
    rows.execute("INSERT INTO attempts VALUES (?, 1, '', '', 0, ?)", (f"b{n}", "y" * 3000))
    rows.execute("COMMIT")
    if n % 20 == 0:
        rows.execute("PRAGMA wal_checkpoint(RESTART)").fetchone()
        time.sleep(0.15)
"""
"""Change two tables together, and have the log written into the file now and then.

This is a process of its own: if one process copies the file that it has open, it loses its locks.
"""


@pytest.mark.program
def test_a_copy_that_is_made_while_others_write_is_of_one_moment(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    SqliteLedger.open(str(path)).close()
    with subprocess.Popen([sys.executable, "-c", WRITE, str(path)]) as writing:
        try:
            seen: set[int] = set()
            while len(seen) < 5:
                with closing(_copied(str(path), str(path))) as rows:
                    assert rows.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                    found = [
                        rows.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                        for table in ("buckets", "attempts")
                    ]
                assert found[0] == found[1]
                seen.add(found[0])
        finally:
            writing.kill()


def test_a_copy_that_never_comes_to_rest_is_told(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    SqliteLedger.open(str(path)).close()
    done = threading.Event()

    def touch() -> None:
        while not done.wait(0.01):
            os.utime(path)

    touching = threading.Thread(target=touch)
    touching.start()
    with pytest.raises(Unreadable, match=r"is being written all the time.*notices backup"):
        _copied(str(path), str(path))
    done.set()
    touching.join()
