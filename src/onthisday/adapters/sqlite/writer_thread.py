"""One thread that makes all changes to an SQLite file, many to a commit.

A commit at synchronous=FULL waits for the disk. Changes that arrive while one is under way are
taken together and made in a single transaction, so that every caller waits for its own change to
be on disk and hundreds of them share the wait. Each is made inside a savepoint: what fails, fails
for its own caller. Used by sqlite_ledger.py.
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
"""How many changes share a commit, so that another process gets its turn."""

Change = Callable[[sqlite3.Connection, list[Any]], Sequence[Any]]
"""Makes the same change for several arguments and returns a result for each; where it raises, it is
called again with one argument at a time."""


class _Job:
    """A change for one argument, who waits for it, and how it ended."""

    __slots__ = ("argument", "change", "error", "future", "loop", "value")

    def __init__(self, change: Change, argument: Any) -> None:
        self.change, self.argument = change, argument
        self.loop = asyncio.get_running_loop()
        self.future: asyncio.Future[Any] = self.loop.create_future()
        self.value: Any = None
        self.error: BaseException | None = None

    def resolve(self) -> None:
        """Tell whoever waits; on the loop's own thread."""
        if self.future.done():  # cancelled: the change was made nevertheless
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.value)


class Writer:
    """Owns a connection; ``begin`` is the statement that opens its transactions."""

    def __init__(self, rows: sqlite3.Connection, path: str, begin: str = "BEGIN IMMEDIATE") -> None:
        self._rows, self._path, self._begin = rows, path, begin
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name=f"writer of {path}", daemon=True)
        self._thread.start()

    def run(self, change: Callable[[sqlite3.Connection], Result]) -> "asyncio.Future[Result]":
        """Queue a change; the future is done when it is on disk.

        It raises what the change raised, or Unwritable where the file cannot be written.
        """
        return self.run_for(lambda rows, _: (change(rows),), None)

    def run_for(self, change: Change, argument: Any) -> "asyncio.Future[Any]":
        """Queue a change for one argument, to be made together with others of the same function.

        Why: a statement for hundreds of notices costs the interpreter little more than one.
        """
        job = _Job(change, argument)
        self._jobs.put(job)
        return job.future

    def close(self) -> None:
        """Finish what is queued, and close the connection."""
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
        """Return all that is queued, having waited for the first; and whether there is more."""
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
    """Put the same changes together: callers that did not wait for one another have no order."""
    same: dict[Change, list[_Job]] = {}
    for job in jobs:
        same.setdefault(job.change, []).append(job)
    return same


def _make(rows: sqlite3.Connection, change: Change, jobs: list[_Job]) -> None:
    """Make a change for all its arguments or, where that fails, for each by itself."""
    rows.execute("SAVEPOINT change")
    try:
        values = change(rows, [job.argument for job in jobs])
        for job, value in zip(jobs, values, strict=True):
            job.value = value
    except Exception as error:
        if not rows.in_transaction:  # a full disk takes back all that went before, too
            raise
        rows.execute("ROLLBACK TO change")
        if len(jobs) == 1:
            jobs[0].error = error
        else:
            for job in jobs:
                _make(rows, change, [job])
    rows.execute("RELEASE change")


def explained(error: sqlite3.Error) -> str:
    """Say in words what SQLite said."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "another program has held it for a minute; end that, or try again"
    if name.startswith("SQLITE_FULL"):
        return "cannot be written: the disk is full"
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return f"is damaged ({error}); put a backup in its place"
    return f"cannot be used: {error}"


def _tell(jobs: list[_Job]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[_Job]] = {}
    for job in jobs:
        by_loop.setdefault(job.loop, []).append(job)
    for loop, its in by_loop.items():
        try:
            loop.call_soon_threadsafe(_resolve, its)
        except RuntimeError:  # the loop is closed: nobody waits any more
            continue


def _resolve(jobs: list[_Job]) -> None:
    for job in jobs:
        job.resolve()
