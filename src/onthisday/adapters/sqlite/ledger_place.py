"""Notice that the file of a ledger was deleted, emptied, replaced or overwritten while it is open.

SQLite does not notice this. It goes on with a file that nobody else can see, or with a mixture of
two files. Then what was sent is forgotten, and is sent again. Used by ledger_opening.py.

- Each file on a disk has a device and an inode. A file that replaces another one has its own.
- To find a file that was overwritten, a process that runs for long counts up a number in the
  file, once an hour. A backup has the number 0. An older copy has a smaller number than the process
  saw last.

The number is SQLite's `application_id`, because SQLite keeps this in the first page of the file. So
one page is enough to read it.

Not noticed: the file is overwritten by a copy that `cp` made less than an hour ago.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from onthisday.adapters.sqlite.transactions import explained
from onthisday.errors import Unwritable

Identity = tuple[int, int]
"""The device and the inode of a file."""


MARK_EVERY = 3600.0
"""Seconds after which a process counts up the number in the file."""


class Place:
    """The files of a ledger that was just opened for changes."""

    def __init__(self, path: str) -> None:
        self._path, self.files = path, identities(path)
        self._number = _number_on_disk(path) or 0
        self._marked: float | None = None

    def lost(self, now: float) -> str | None:
        """Return what happened to the files, and what to do; None if they are as they were.

        ``now`` is in seconds and only goes forward. Raise Unwritable if the file cannot be read.
        """
        happened = self._happened()
        if happened is None:
            self._mark(now)
            return None
        mend = "stop it, run `onthisday notices restore FILE` with a backup, and start it again"
        return f"was {happened} while this process uses it, so nothing is sent; {mend}"

    def _happened(self) -> str | None:
        now = identities(self._path)
        if now[0] is None:
            return "deleted or moved"
        if size_of(self._path) == 0:  # a ledger that is open has one page at least
            return "emptied"
        if now[0] != self.files[0]:
            return "replaced by another file"
        if now != self.files:
            return "separated from its `-wal` or `-shm` file"
        return self._overwritten()

    def _overwritten(self) -> str | None:
        number = _number_on_disk(self._path)
        if number is not None and number < self._number:
            return "overwritten"
        self._number = number or self._number
        return None

    def _mark(self, now: float) -> None:
        """Count up the number, if it is time. A process that makes one tick does not need it."""
        if self._marked is None:
            self._marked = now - MARK_EVERY
        elif now - self._marked >= MARK_EVERY and _count_up(self._path):
            self._marked, self._number = now, _number_on_disk(self._path) or self._number


def _count_up(path: str) -> bool:
    """Count up the number in the ledger's file. Return False if another process writes just now."""
    try:
        with closing(sqlite3.connect(_address(path, "mode=rw"), uri=True, timeout=0)) as rows:
            rows.isolation_level = None
            rows.execute("BEGIN IMMEDIATE")
            (number,) = rows.execute("PRAGMA application_id").fetchone()
            rows.execute(f"PRAGMA application_id = {number + 1}")
            rows.execute("COMMIT")
            rows.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    except sqlite3.OperationalError:
        return False
    return True


def forget_place(copy: sqlite3.Connection) -> None:
    """Set the number to 0, as a backup has it."""
    copy.execute("PRAGMA application_id = 0")


def identities(path: str) -> tuple[Identity | None, ...]:
    """Return the identities of the ledger's files; None for a file that is missing.

    If ``path`` is a link, SQLite has the other two files beside the file itself.
    """
    real = os.path.realpath(path)
    return _identity(path), _identity(f"{real}-wal"), _identity(f"{real}-shm")


def _identity(path: str) -> Identity | None:
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def size_of(path: str) -> int | None:
    """Return the size of a file in bytes; None if it is missing. Raise OSError."""
    try:
        return os.stat(path).st_size
    except FileNotFoundError:
        return None


def _number_on_disk(path: str) -> int | None:
    """Return the number in the file itself, without what is in its write-ahead log only.

    Return -1 if the file is no database. Return None if the file is just being written, so that its
    first page does not fit the others.

    Why SQLite reads it, and not `open`: if a process closes a file, it loses all locks on the file
    (sqlite.org/howtocorrupt.html, section 2.2). SQLite takes care of that.
    """
    try:
        with closing(sqlite3.connect(_address(path, "immutable=1"), uri=True)) as rows:
            return int(rows.execute("PRAGMA application_id").fetchone()[0])
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith("SQLITE_NOTADB"):
            return -1
        if name.startswith("SQLITE_CORRUPT"):
            return None
        raise Unwritable(path, explained(error)) from error


def _address(path: str, how: str) -> str:
    return f"{Path(path).absolute().as_uri()}?{how}"
