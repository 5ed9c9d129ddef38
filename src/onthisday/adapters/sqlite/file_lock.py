"""A lock on a file. The system drops it when the process ends, also when the process is killed.

Used by process_locks.py and compiled_file.py.

Why SQLite's lock: SQLite asks the system for it, with fcntl on Linux and macOS and with LockFileEx
on Windows. So the same few lines work on all of them, and nothing more has to be installed.

The roads not taken: Python's `fcntl` is missing on Windows. The libraries filelock and portalocker
call `fcntl` or `msvcrt` themselves, so what runs here would not be what runs there. Where filelock
finds neither, it makes a file instead of a lock, and that file stays after a kill.
"""

import sqlite3
from pathlib import Path


def take_lock(path: Path, *, wait: float = 0, make: bool = True) -> sqlite3.Connection:
    """Lock a file, and return the connection that holds the lock. Close it to give the lock back.

    ``wait`` is how many seconds to wait for the lock. If the file is missing, ``make`` says whether
    it is made; it stays empty. Raises sqlite3.OperationalError if another process has the lock, if
    the file cannot be opened, or if it is missing and not made.
    """
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
