"""Which processes are alive: each holds a lock on a small file of its own beside the ledger.

The system drops the lock when a process ends, also when it is killed (file_lock.py). So a lease
needs no timeout: if the file of a process can be locked, or is gone, the process has ended. Used by
sqlite_ledger.py.
"""

import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

from onthisday.adapters.file_system import remove_unless_open
from onthisday.adapters.sqlite.file_lock import take_lock
from onthisday.errors import Unwritable


class Owner:
    """This process's lock; ``token`` names it in the ledger."""

    def __init__(self, ledger: str) -> None:
        """Take a lock; raise Unwritable."""
        self._ledger = ledger
        try:
            self._lock, self.token = _locked(ledger)
        except sqlite3.Error as error:
            raise Unwritable(ledger, f"cannot be locked: {error}") from error
        _sweep(ledger)

    def is_dead(self, token: str) -> bool:
        """Say whether another owner's process has ended."""
        return token != self.token and _remove_if_dead(_path(self._ledger, token))

    def close(self) -> None:
        """Give the lock back, and remove its file."""
        _remove(_path(self._ledger, self.token), self._lock)


def _path(ledger: str, token: str) -> Path:
    return Path(f"{ledger}.{token}.owner")


def _locked(ledger: str) -> tuple[sqlite3.Connection, str]:
    """Make a file and lock it. If a sweep removed the file in between, make another one."""
    while True:
        token = secrets.token_hex(6)
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
    """Remove the files of processes that have ended and hold no lease any more."""
    whole = Path(ledger)
    for path in whole.parent.glob(f"{whole.name}.*.owner"):
        _remove_if_dead(path)


def _remove_if_dead(path: Path) -> bool:
    try:
        lock = take_lock(path, make=False)
    except sqlite3.OperationalError:  # a process has it, or it may not be opened, or it is gone
        return not path.exists()
    _remove(path, lock)
    return True


def _remove(path: Path, lock: sqlite3.Connection) -> None:
    """Remove a file and give its lock back.

    It is removed under the lock, so that a process that has just made it sees that it is gone.
    Windows does not remove what is open, here or in that process: there it goes after the lock.
    """
    with closing(lock):
        remove_unless_open(path)
    remove_unless_open(path)


def is_in_use(ledger: str) -> bool:
    """Say whether a process that is alive may change this ledger."""
    whole = Path(ledger)
    found = whole.parent.glob(f"{whole.name}.*.owner")
    return any(not _remove_if_dead(path) for path in found)
