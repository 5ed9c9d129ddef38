"""A disk that fails when the seed says so: an I/O error, a full disk, a lock of another program."""

import asyncio
from collections.abc import Callable
from random import Random
from typing import Any

from onthisday.adapters.sqlite.transactions import Change, Job
from tests.delivery.inline_writer import InlineWriter, broken

BUSY = 60.0
"""Seconds for which SQLite waits for a lock (adapters/sqlite/ledger_opening.py)."""

_WRITING = frozenset({"INSERT", "UPDATE", "DELETE", "COMMIT"})


class Disk:
    """The disk's moods. Times are in seconds of the loop."""

    def __init__(self, chance: Random, now: Callable[[], float]) -> None:
        self._chance, self._now = chance, now
        self._locked = self._full = self._broken = 0.0
        self._slow = chance.choice([0.0, 0.0, 0.05, 0.3])
        self._ill_until = 0.0
        self.failures = 0

    def lock(self, seconds: float) -> None:
        """Another program holds the ledger for so long."""
        self._locked = self._now() + seconds
        self._ill_until = max(self._ill_until, self._locked)

    def fill(self, seconds: float) -> None:
        """The disk is full for so long."""
        self._full = self._now() + seconds
        self._ill_until = max(self._ill_until, self._full)

    def break_down(self, seconds: float) -> None:
        """A third of the statements fail for so long."""
        self._broken = self._now() + seconds
        self._ill_until = max(self._ill_until, self._broken)

    def calm_down(self) -> None:
        """From now on, the disk works."""
        self._locked = self._full = self._broken = self._ill_until = 0.0

    @property
    def full_until(self) -> float:
        """When the disk is no longer full, or was full last."""
        return self._full

    @property
    def is_ill(self) -> bool:
        """True while a statement may fail."""
        return self._now() < self._ill_until

    def wait(self) -> float:
        """Return how long a process waits before its transaction begins."""
        if self._now() < self._locked:
            return min(self._locked - self._now(), BUSY)
        return self._chance.random() * 0.2 if self._chance.random() < self._slow else 0.0

    def check(self, sql: str, undo: Callable[[], object]) -> None:
        """Raise the error of a statement, if it fails. ``undo`` rolls the transaction back.

        After such an error SQLite itself rolls back (sqlite.org/lang_transaction.html).
        """
        now, name = self._now(), None
        if now < self._locked and sql.startswith("BEGIN"):
            name = "SQLITE_BUSY"
        elif sql.startswith("ROLLBACK"):
            return
        elif now < self._broken and self._chance.random() < 0.3:
            name = "SQLITE_IOERR_WRITE"
        elif now < self._full and sql.lstrip()[:6] in _WRITING:
            name = "SQLITE_FULL"
        if name is not None:
            self.failures += 1
            undo()
            raise broken(name)


class PatientWriter(InlineWriter):
    """Makes changes without a thread. It waits for a lock as SQLite does, and for a slow disk."""

    def __init__(self, rows: Any, path: str, disk: Disk) -> None:
        super().__init__(rows, path)
        self._disk, self._waits = disk, False

    def run_for(self, change: Change, argument: Any) -> "asyncio.Future[Any]":
        wait = self._disk.wait()
        if not wait and not self._waits:
            return super().run_for(change, argument)
        job = Job(change, argument)
        self._jobs.append(job)
        if not self._waits:
            self._waits = True
            job.loop.call_later(wait, self._begin)
        return job.future

    def _begin(self) -> None:
        self._waits = False
        self._work()
