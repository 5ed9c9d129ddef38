"""Make many changes to an SQLite file in one transaction, each for its own caller.

Each change is made inside a savepoint. So if it fails, only its own caller gets the error.

This module does not decide when a transaction is made, or on which thread. writer_thread.py does.
The tests have a writer without a thread (tests/delivery/inline_writer.py).
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Protocol

from onthisday.errors import Unwritable

Change = Callable[[sqlite3.Connection, list[Any]], Sequence[Any]]
"""A function that makes one change for several arguments, and returns a result for each.

If it raises an error, it is called again with one argument at a time.
"""


class Writes(Protocol):
    """What makes the changes to a ledger's file.

    Why a protocol: the program's own has a thread, and the one of the tests has none. Without a
    thread, the order of all events is the same each time a test runs.
    """

    def run_for(self, change: Change, argument: Any) -> "asyncio.Future[Any]":
        """Put a change for one argument into the queue.

        It is made together with others that have the same function ``change``. The future is done
        when the change is on the disk. It raises what the change raised, or Unwritable if SQLite
        reports an error.
        """

    def close(self) -> None:
        """Make the changes in the queue. Then close the connection."""


class Job:
    """A change for one argument, the future of the caller that waits for it, and the result."""

    __slots__ = ("argument", "change", "error", "future", "loop", "value")

    def __init__(self, change: Change, argument: Any) -> None:
        self.change, self.argument = change, argument
        self.loop = asyncio.get_running_loop()
        self.future: asyncio.Future[Any] = self.loop.create_future()
        self.value: Any = None
        self.error: BaseException | None = None

    def resolve(self) -> None:
        """Give the result, or the error, to the future.

        Call this on the thread of the future's loop.
        """
        if self.future.done():  # the caller was cancelled; but the change is made
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.value)


class Transactions:
    """The connection to the file of ``path``, and the SQL that begins each transaction."""

    def __init__(self, rows: sqlite3.Connection, path: str, begin: str) -> None:
        self._rows, self._path, self._begin = rows, path, begin

    def commit(self, jobs: Sequence[Job]) -> None:
        """Make the changes of all jobs, and commit once. Each job then has its result or error."""
        try:
            self._rows.execute(self._begin)
            for change, same in _by_change(jobs).items():
                _make(self._rows, change, same)
            self._rows.execute("COMMIT")
        except Exception as error:  # noqa: BLE001 - each caller gets it, and the next one goes on
            self._undo()
            for job in jobs:
                job.error = error
        for job in jobs:
            if isinstance(job.error, sqlite3.Error | UnicodeDecodeError):
                job.error = self._explained(job.error)

    def close(self) -> None:
        """Close the connection."""
        self._rows.close()

    def _undo(self) -> None:
        """Undo the transaction. If the disk refuses this too, the next transaction tries again."""
        with suppress(sqlite3.Error):
            if self._rows.in_transaction:
                self._rows.execute("ROLLBACK")

    def _explained(self, error: sqlite3.Error | UnicodeDecodeError) -> Unwritable:
        unwritable = Unwritable(self._path, explained(error))
        unwritable.__cause__ = error
        return unwritable


def _by_change(jobs: Sequence[Job]) -> dict[Change, list[Job]]:
    """Group the jobs by their change.

    This may change the order of the jobs. That does no harm: each of their callers still waits, so
    none of them relies on another one's change.
    """
    same: dict[Change, list[Job]] = {}
    for job in jobs:
        same.setdefault(job.change, []).append(job)
    return same


def _make(rows: sqlite3.Connection, change: Change, jobs: list[Job]) -> None:
    """Make a change for all its arguments together. If that fails, make it for each one alone."""
    rows.execute("SAVEPOINT change")
    try:
        values = change(rows, [job.argument for job in jobs])
        for job, value in zip(jobs, values, strict=True):
            job.value = value
    except Exception as error:
        if not rows.in_transaction:  # the disk is full: SQLite has undone the whole transaction
            raise
        rows.execute("ROLLBACK TO change")
        if len(jobs) == 1:
            jobs[0].error = error
        else:
            for job in jobs:
                _make(rows, change, [job])
    rows.execute("RELEASE change")


def explained(error: sqlite3.Error | UnicodeDecodeError) -> str:
    """Say in words for people what an error of SQLite means.

    Python raises UnicodeDecodeError if a text in the file is no text.
    """
    name, said = getattr(error, "sqlite_errorname", ""), one_line(error)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "another program has held it for a minute; end that, or try again"
    if name.startswith("SQLITE_FULL"):
        return "cannot be written: the disk is full"
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")) or said.startswith(_DAMAGED):
        mend = "restore a backup that is whole: `onthisday notices restore FILE`"
        return f"is no ledger, or is damaged ({said}); {mend}"
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM")):
        return "cannot be opened and written; look at its rights and at those of its folder"
    return f"cannot be used: {said}"


def one_line(said: object) -> str:
    """Return what SQLite said in one line. It may quote SQL of several lines from the file."""
    return " ".join(str(said).split())[:200]


_DAMAGED = (
    "Could not decode",
    "'utf-8' codec",
    "malformed",
    "no query solution",
    "no such",
    "unsupported file format",
    "NOT NULL",
)
"""How SQLite's words begin if a file holds what this program never wrote."""
