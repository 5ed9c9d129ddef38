"""Find out which processes are alive. Used by sqlite_ledger.py and ledger_restore.py.

Each process that may change the ledger makes its own small file beside the ledger, and locks it.
When the process ends, the system drops the lock, even if the process was killed (file_lock.py).

So a process has ended if another process can lock its file, or if its file is gone. The notices
that it had leased are then free at once. So a lease needs no time limit.
"""

import glob
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from onthisday.adapters.file_system import remove_unless_open
from onthisday.adapters.sqlite.file_lock import take_lock
from onthisday.errors import Unwritable

_TOKEN = 6
"""How many random bytes the name of a process has."""


class Owner:
    """The lock of this process. ``token`` is the name of this process in the ledger."""

    def __init__(self, ledger: str) -> None:
        """Take the lock. Remove the files of processes that have ended. Raise Unwritable."""
        self._ledger = ledger
        try:
            self._lock, self.token = _locked(ledger)
        except sqlite3.Error as error:
            raise Unwritable(ledger, f"cannot be locked: {error}") from error
        _sweep(ledger)

    def is_dead(self, token: str) -> bool:
        """Return True if the process with this token has ended.

        For this process itself, return False.
        """
        return token != self.token and _remove_if_dead(_path(self._ledger, token))

    def close(self) -> None:
        """Give the lock back, and remove the file of the lock."""
        _remove(_path(self._ledger, self.token), self._lock)


def _path(ledger: str, token: str) -> Path:
    """Return the file of a process. It is beside the file itself, not beside a link to it."""
    return Path(f"{os.path.realpath(ledger)}.{token}.owner")


def _paths(ledger: str) -> Iterator[Path]:
    """Yield the files of all processes that use this ledger, also of those that have ended."""
    whole = Path(os.path.realpath(ledger))
    token = "[0-9a-f]" * (2 * _TOKEN)  # without it, `a` would find the files of `a.db` too
    return whole.parent.glob(f"{glob.escape(whole.name)}.{token}.owner")


def _locked(ledger: str) -> tuple[sqlite3.Connection, str]:
    """Make a file and lock it.

    If another process removed the file in between, make another file.
    """
    while True:
        token = secrets.token_hex(_TOKEN)
        path = _path(ledger, token)
        try:
            lock = take_lock(path)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY":
                raise
            continue
        if path.exists():
            return lock, token
        lock.close()


def _sweep(ledger: str) -> None:
    """Remove the files of processes that have ended.

    The notices that they had leased can still be freed: a process whose file is gone counts as
    ended.
    """
    for path in _paths(ledger):
        _remove_if_dead(path)


def _remove_if_dead(path: Path) -> bool:
    """Remove the file of a process if it has ended. Return True if the file is gone.

    The lock may be of a file that another process removed while this one opened it. Then the name
    may be that of a new file, whose process lives: it stays.
    """
    file = _file_of(path)
    try:
        lock = take_lock(path, make=False)
    except sqlite3.OperationalError:  # the file is locked, may not be opened, or is gone
        return not path.exists()
    if file is None or _file_of(path) != file:
        lock.close()
        return not path.exists()
    _remove(path, lock)
    return True


def _file_of(path: Path) -> tuple[int, int] | None:
    """Return which file has this name: its disk and its number there. None if none has it."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _remove(path: Path, lock: sqlite3.Connection) -> None:
    """Remove a file, and give its lock back.

    The file is removed while it is locked. So if another process takes the lock next, it sees that
    the file is gone. Windows does not remove a file that is open. There the file is removed after
    the lock is given back. Why not everywhere: a process that is just beginning may have made the
    file anew and locked it, and without its file it counts as dead.
    """
    with closing(lock):
        gone = remove_unless_open(path)
    if not gone:
        remove_unless_open(path)


def is_in_use(ledger: str) -> bool:
    """Return True if a living process has this ledger open for changes."""
    return any(not _remove_if_dead(path) for path in _paths(ledger))
