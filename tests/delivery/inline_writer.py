"""A ledger without a thread, whose statements fail when a test says so.

The same test then always does the same things in the same order: one seed can decide everything.

    ledger = SqliteLedger.open(path, InlineWriter, failing(plan))

``plan`` is called before each statement, and once more after it. It may raise an error of SQLite
(`broken`), or `Killed`.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from typing import Any, Literal

from onthisday.adapters.sqlite.transactions import Change, Job, Transactions

Moment = Literal["before", "after"]

Fault = Callable[[Moment, str], None]
"""Is told of each statement, before and after it: its SQL. It raises what goes wrong there."""


class Killed(BaseException):
    """The process ended here. No code of the program catches this error."""


class InlineWriter:
    """Implements `Writes` on the thread of the caller's loop.

    As with the real writer, the changes that are asked for in one round of the loop share a commit.
    """

    def __init__(self, rows: sqlite3.Connection, path: str, begin: str = "BEGIN IMMEDIATE") -> None:
        self._transactions = Transactions(rows, path, begin)
        self._jobs: list[Job] = []

    def run_for(self, change: Change, argument: Any) -> "asyncio.Future[Any]":
        job = Job(change, argument)
        if not self._jobs:
            job.loop.call_soon(self._work)
        self._jobs.append(job)
        return job.future

    def close(self) -> None:
        self._work()
        self._transactions.close()

    def _work(self) -> None:
        jobs, self._jobs = self._jobs, []
        if not jobs:
            return
        try:
            self._transactions.commit(jobs)
        except Killed as error:  # a loop would only log it: its callers get it
            for job in jobs:
                job.error = error
        for job in jobs:
            job.resolve()


def failing(fault: Fault) -> type[sqlite3.Connection]:
    """Return a class of connections whose statements fail as ``fault`` says."""

    class Failing(sqlite3.Connection):
        def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
            return self._told(sql, super().execute, parameters)

        def executemany(self, sql: str, parameters: Any, /) -> sqlite3.Cursor:
            return self._told(sql, super().executemany, parameters)

        def _told(
            self, sql: str, run: Callable[[str, Any], sqlite3.Cursor], parameters: Any
        ) -> sqlite3.Cursor:
            fault("before", sql)
            cursor = run(sql, parameters)
            try:
                fault("after", sql)
            except BaseException:
                cursor.close()  # a half-read result would keep the file locked
                raise
            return cursor

    return Failing


def broken(name: str, words: str = "disk I/O error") -> sqlite3.OperationalError:
    """Return an error as SQLite raises it, such as `SQLITE_IOERR_FSYNC` or `SQLITE_BUSY`."""
    error = sqlite3.OperationalError(words)
    error.sqlite_errorname = name
    return error
