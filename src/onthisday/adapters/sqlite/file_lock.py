"""A lock on a file. When the process ends, the system drops the lock, even if it was killed.

Used by process_locks.py and compiled_file.py.

Why the lock of SQLite: SQLite asks the system for a lock, with fcntl on Linux and macOS and with
LockFileEx on Windows. So the same few lines work on all systems, and nothing more has to be
installed.

Why not Python's `fcntl`: Windows does not have it. Why not the libraries filelock and portalocker:
they call `fcntl` on one system and `msvcrt` on another, so a test on Linux would not test what runs
on Windows. And if filelock finds neither of the two, it makes a file instead of a lock, which stays
after a kill.
"""

import sqlite3
from contextlib import suppress
from pathlib import Path

from onthisday.adapters.file_system import make_private


def take_lock(path: Path, *, wait: float = 0, make: bool = True) -> sqlite3.Connection:
    """Lock a file. Return the connection that holds the lock; close it to give the lock back.

    - ``wait``: how many seconds to wait for the lock.
    - ``make``: if the file is missing, make it. It stays empty.

    Raises sqlite3.OperationalError if another process has the lock, if the file cannot be opened,
    or if it is missing and not made.
    """
    if make:
        with suppress(OSError):  # mostly it is there; if it cannot be made, SQLite says so
            make_private(path)
    address = f"{path.absolute().as_uri()}?mode={'rwc' if make else 'rw'}"
    lock = sqlite3.connect(
        address, uri=True, isolation_level=None, timeout=wait, check_same_thread=False
    )
    try:
        lock.execute("PRAGMA journal_mode = MEMORY")  # no second file beside it
        lock.execute("BEGIN EXCLUSIVE")
    except BaseException:
        lock.close()
        raise
    return lock
