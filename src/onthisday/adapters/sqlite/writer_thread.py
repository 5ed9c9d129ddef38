"""One thread makes all changes to an SQLite file, and puts many changes into one commit.

A commit with synchronous=FULL waits for the disk. Changes that arrive during a commit go together
into the next one. So each caller waits until its change is on the disk, but hundreds of callers
wait for the same commit. Each change is made inside a savepoint. So if it fails, only its own
caller gets the error. Used by sqlite_ledger.py.
"""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from onthisday.errors import Unwritable

Result = TypeVar("Result")

MOST = 1000
"""The most changes in one commit. After the commit, another process has a chance to write."""

Change = Callable[[sqlite3.Connection, list[Any]], Sequence[Any]]
"""A function that makes one change for several arguments, and returns a result for each.

If it raises an error, it is called again with one argument at a time.
"""


class _Job:
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


class Writer:
    """The thread, and the connection that only this thread uses.

    ``begin`` is the SQL that begins each transaction.
    """

    def __init__(self, rows: sqlite3.Connection, path: str, begin: str = "BEGIN IMMEDIATE") -> None:
        self._rows, self._path, self._begin = rows, path, begin
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name=f"writer of {path}", daemon=True)
        self._thread.start()

    def run(self, change: Callable[[sqlite3.Connection], Result]) -> "asyncio.Future[Result]":
        """Put a change into the queue. The future is done when the change is on the disk.

        The future raises what the change raised, or Unwritable if SQLite reports an error.
        """
        return self.run_for(lambda rows, _: (change(rows),), None)

    def run_for(self, change: Change, argument: Any) -> "asyncio.Future[Any]":
        """Put a change for one argument into the queue. It is made together with others like it.

        Others like it have the same function ``change``. Why together: Python takes little longer
        for one statement with hundreds of notices than for a statement with one notice.
        """
        job = _Job(change, argument)
        self._jobs.put(job)
        return job.future

    def close(self) -> None:
        """Make the changes in the queue. Then close the connection and end the thread."""
        self._jobs.put(None)
        self._thread.join()

    def _work(self) -> None:
        open_ = True
        while open_:
            jobs, open_ = self._taken()
            if jobs:
                self._commit(jobs)
                _tell(jobs)
        self._rows.close()

    def _taken(self) -> tuple[list[_Job], bool]:
        """Wait for a change.

        Then return all changes in the queue, and False if `close` was called.
        """
        taken: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            taken.append(job)
            if len(taken) >= MOST:
                return taken, True
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return taken, True
        return taken, False

    def _commit(self, jobs: list[_Job]) -> None:
        try:
            self._rows.execute(self._begin)
            for change, same in _by_change(jobs).items():
                _make(self._rows, change, same)
            self._rows.execute("COMMIT")
        except sqlite3.Error as error:
            if self._rows.in_transaction:
                self._rows.execute("ROLLBACK")
            for job in jobs:
                job.error = error
        for job in jobs:
            if isinstance(job.error, sqlite3.Error):
                job.error = self._explained(job.error)

    def _explained(self, error: sqlite3.Error) -> Unwritable:
        unwritable = Unwritable(self._path, explained(error))
        unwritable.__cause__ = error
        return unwritable


def _by_change(jobs: list[_Job]) -> dict[Change, list[_Job]]:
    """Group the jobs by their change.

    This may change the order of the jobs. That does no harm: each of their callers still waits, so
    none of them relies on another one's change.
    """
    same: dict[Change, list[_Job]] = {}
    for job in jobs:
        same.setdefault(job.change, []).append(job)
    return same


def _make(rows: sqlite3.Connection, change: Change, jobs: list[_Job]) -> None:
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


def explained(error: sqlite3.Error) -> str:
    """Say in words for people what an error of SQLite means."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "another program has held it for a minute; end that, or try again"
    if name.startswith("SQLITE_FULL"):
        return "cannot be written: the disk is full"
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return f"is no ledger, or is damaged ({error}); use a backup that is whole"
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM")):
        return "cannot be opened and written; look at its rights and at those of its folder"
    return f"cannot be used: {error}"


def _tell(jobs: list[_Job]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[_Job]] = {}
    for job in jobs:
        by_loop.setdefault(job.loop, []).append(job)
    for loop, its in by_loop.items():
        try:
            loop.call_soon_threadsafe(_resolve, its)
        except RuntimeError:  # the loop is closed, so nobody waits any more
            continue


def _resolve(jobs: list[_Job]) -> None:
    for job in jobs:
        job.resolve()
