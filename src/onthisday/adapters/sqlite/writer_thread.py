"""One thread makes all changes to an SQLite file, and puts many changes into one commit.

A commit with synchronous=FULL waits for the disk. Changes that arrive during a commit go together
into the next one. So each caller waits until its change is on the disk, but hundreds of callers
wait for the same commit. transactions.py makes the commit. Used by sqlite_ledger.py.
"""

import asyncio
import queue
import sqlite3
import threading
from typing import Any

from onthisday.adapters.sqlite.transactions import Change, Job, Transactions

MOST = 1000
"""The most changes in one commit. After the commit, another process has a chance to write."""


class Writer:
    """The thread, and the connection that only this thread uses. Implements `Writes`.

    ``begin`` is the SQL that begins each transaction.
    """

    def __init__(self, rows: sqlite3.Connection, path: str, begin: str = "BEGIN IMMEDIATE") -> None:
        self._transactions = Transactions(rows, path, begin)
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name=f"writer of {path}", daemon=True)
        self._thread.start()

    def run_for(self, change: Change, argument: Any) -> "asyncio.Future[Any]":
        """Put a change for one argument into the queue. It is made together with others like it.

        Why together: Python takes little longer for one statement with hundreds of notices than for
        a statement with one notice.
        """
        job = Job(change, argument)
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
                self._transactions.commit(jobs)
                _tell(jobs)
        self._transactions.close()

    def _taken(self) -> tuple[list[Job], bool]:
        """Wait for a change.

        Then return all changes in the queue, and False if `close` was called.
        """
        taken: list[Job] = []
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


def _tell(jobs: list[Job]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[Job]] = {}
    for job in jobs:
        by_loop.setdefault(job.loop, []).append(job)
    for loop, its in by_loop.items():
        try:
            loop.call_soon_threadsafe(_resolve, its)
        except RuntimeError:  # the loop is closed, so nobody waits any more
            continue


def _resolve(jobs: list[Job]) -> None:
    for job in jobs:
        job.resolve()
