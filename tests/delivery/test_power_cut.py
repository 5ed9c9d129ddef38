"""The power is cut at any moment: what was answered is in the ledger, and no step is half done.

A real process is recorded with strace: what it wrote, what it synced, and after which step. Then
each moment is tried. ONTHISDAY_CUTS=20 tries each moment so often, with other writes that are lost.
"""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from onthisday.adapters.sqlite.ledger_damage import damage_in
from onthisday.adapters.sqlite.sqlite_ledger import SqliteLedger
from tests.delivery.disk import CALLS, Call, Cut, Disk, calls, cuts
from tests.delivery.power_cut_story import steps

TIMES = int(os.environ.get("ONTHISDAY_CUTS", "1"))

TABLES = ("channels", "notices", "attempts", "buckets", "pauses", "closings", "almanac")


def recorded(folder: Path) -> list[Call]:
    """Run the story in a folder, and return its system calls. Skip if that cannot be recorded."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is missing: it records what is written and synced")
    trace = folder.parent / "trace"
    line = [strace, "-f", "-qq", "-xx", "-s", "100000", "-e", f"trace={CALLS}", "-o", str(trace)]
    story = [sys.executable, "-m", "tests.delivery.power_cut_story", str(folder / "ledger.db")]
    done = subprocess.run([*line, *story], capture_output=True, text=True, timeout=120, check=False)
    if "ptrace" in done.stderr:
        pytest.skip(f"strace may not look at processes here: {done.stderr.splitlines()[0]}")
    assert done.returncode == 0, done.stderr
    return list(calls(trace.read_text()))


def contents(rows: sqlite3.Connection) -> dict[str, Any]:
    """Return all rows of a ledger. A process has a random name, which does not count."""
    found = {}
    for table in TABLES:
        with closing(rows.execute(f"SELECT * FROM {table} ORDER BY 1, 2")) as cursor:
            names = [each[0] for each in cursor.description]
            found[table] = [
                tuple(
                    bool(cell) if name == "owner" else cell
                    for name, cell in zip(names, row, strict=True)
                )
                for row in cursor
            ]
    return found


def expected_states(folder: Path) -> list[dict[str, Any]]:
    """Return what the ledger holds after each step of the story."""

    async def whole() -> list[dict[str, Any]]:
        return [await ledger._do(contents) async for ledger in steps(str(folder / "ledger.db"))]

    return asyncio.run(whole())


def left_by(cut: Cut, folder: Path) -> dict[str, Any]:
    """Open what a power cut left, as the next process does. Return what it holds."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    cut.write(folder)
    path = str(folder / "ledger.db")
    SqliteLedger.open(path).close()
    with closing(sqlite3.connect(path)) as rows:
        assert damage_in(rows) is None
        return contents(rows)


def moments(traced: list[Call], folder: Path) -> Iterator[tuple[int, Disk]]:
    """Yield each moment before and after a write or sync: how many steps are done, and the disk."""
    done, disk = 0, Disk(folder)
    for call in traced:
        if call.name == "write" and call.texts[0].startswith(b"done "):
            done += 1
        elif call.name != "write":
            before = disk.version
            disk.take(call)
            if disk.version != before:
                yield done, disk


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory, if this system has one: there, each of many ledgers opens quickly."""
    shared = Path("/dev/shm")
    with TemporaryDirectory(dir=shared if os.access(shared, os.W_OK) else tmp_path) as folder:
        yield Path(folder)


@pytest.mark.program
@pytest.mark.slow
def test_a_power_cut_at_any_moment_loses_nothing_that_was_answered(
    tmp_path: Path, memory: Path
) -> None:
    for name in ("expected", "recorded"):
        (tmp_path / name).mkdir()
    states = expected_states(tmp_path / "expected")
    traced, chance = recorded(tmp_path / "recorded"), Random(29)
    tried = 0
    for done, disk in moments(traced, tmp_path / "recorded"):
        for cut in [cut for _ in range(TIMES) for cut in cuts(disk, chance)]:
            found = left_by(cut, memory / "left")
            # The step before the last answer is there. The next step may be there too.
            possible = states[max(done - 1, 0) : done + 1]
            assert found in possible, (done, {path: len(each) for path, each in cut.files.items()})
            tried += 1
    assert done == len(states)
    print(f"{tried} power cuts, {len(states)} steps")
