"""Which processes are alive: each holds a lock on a small file of its own beside the ledger.

The kernel drops the lock when a process ends, however it ends, so that a lease needs no timeout:
whose file can be locked, or is gone, is dead (flock(2)). Used by sqlite_ledger.py.
"""

import fcntl
import os
import secrets
from pathlib import Path

from onthisday.errors import Unwritable


class Owner:
    """This process's lock; ``token`` names it in the ledger."""

    def __init__(self, ledger: str) -> None:
        """Take a lock; raise Unwritable."""
        self._ledger = ledger
        try:
            self._file, self.token = _locked(ledger)
        except OSError as error:
            raise Unwritable(ledger, f"cannot be locked: {error.strerror}") from error
        _sweep(ledger)

    def is_dead(self, token: str) -> bool:
        """Say whether another owner's process has ended."""
        return token != self.token and _remove_if_dead(_path(self._ledger, token))

    def close(self) -> None:
        """Drop the lock."""
        _path(self._ledger, self.token).unlink(missing_ok=True)
        os.close(self._file)


def _path(ledger: str, token: str) -> Path:
    return Path(f"{ledger}.{token}.owner")


def _locked(ledger: str) -> tuple[int, str]:
    """Make a file and lock it; anew where a sweep was between the two."""
    while True:
        token = secrets.token_hex(6)
        path = _path(ledger, token)
        file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if path.exists():
                return file, token
        except BlockingIOError:
            pass
        os.close(file)


def _sweep(ledger: str) -> None:
    """Remove the files of the dead, which leased nothing any more."""
    whole = Path(ledger)
    for path in whole.parent.glob(f"{whole.name}.*.owner"):
        _remove_if_dead(path)


def _remove_if_dead(path: Path) -> bool:
    try:
        file = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    else:
        path.unlink(missing_ok=True)
        return True
    finally:
        os.close(file)


def is_in_use(ledger: str) -> bool:
    """Say whether a process that is alive may change this ledger."""
    whole = Path(ledger)
    found = whole.parent.glob(f"{whole.name}.*.owner")
    return any(not _remove_if_dead(path) for path in found)
