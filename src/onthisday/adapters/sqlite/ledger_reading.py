"""Open the file of a ledger for reading only. Used by the other ledger modules here.

Also a person who may not write the file or its folder can look. In WAL mode even a reader writes:
it makes the files `-wal` and `-shm`, if nobody has the ledger open. So for this person the ledger
is copied into a temporary folder, and the copy is read.

Why not SQLite's `immutable=1`, which makes no files: it does not read the write-ahead log, and it
reads nonsense if another process begins to write meanwhile.
"""

import os
import shutil
import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from onthisday.adapters.sqlite.ledger_file import SCHEMA, make_tables, update_tables, version_of
from onthisday.adapters.sqlite.ledger_opening import BUSY, refuse_empty
from onthisday.adapters.sqlite.ledger_place import size_of
from onthisday.adapters.sqlite.transactions import explained
from onthisday.errors import Unreadable, system_words

TRIES = 20
"""How often a ledger is copied again because it was written meanwhile."""

SETTLED = 0.05
"""Seconds after which a file's time tells surely whether the file was written again."""


def read_ledger_file(path: str) -> sqlite3.Connection:
    """Open a ledger for reading only. Raise Unreadable.

    If there is no ledger yet, return an empty one that is only in memory.
    """
    try:
        if size_of(path) is None:
            return empty_ledger()
        refuse_empty(path)
        return _checked(_opened(path), path)
    except sqlite3.Error as error:
        raise Unreadable(path, explained(error)) from error
    except OSError as error:
        raise Unreadable(path, f"cannot be read: {system_words(error)}") from error


def empty_ledger() -> sqlite3.Connection:
    """Return an empty ledger that is only in memory."""
    rows = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    make_tables(rows)
    return rows


def _checked(rows: sqlite3.Connection, path: str) -> sqlite3.Connection:
    try:
        rows.execute("PRAGMA cell_size_check = ON")  # notice damage before it is read as data
        return rows if version_of(rows, path) == SCHEMA else _updated_copy(rows, path)
    except BaseException:
        rows.close()
        raise


def _updated_copy(rows: sqlite3.Connection, path: str) -> sqlite3.Connection:
    """Copy a ledger that has older tables into memory, and bring the copy to the newest version."""
    copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        rows.backup(copy)
        rows.close()
        update_tables(copy, path)
    except BaseException:
        copy.close()
        raise
    return copy


def _opened(path: str) -> sqlite3.Connection:
    real = os.path.realpath(path)
    if os.access(real, os.W_OK) and os.access(os.path.dirname(real), os.W_OK):
        return _looked_at(path)
    if os.path.exists(f"{real}-shm"):  # a process has the ledger open, or was killed
        with suppress(sqlite3.OperationalError):
            return _checked(_looked_at(path), path)
    return _copied(path, real)


def _looked_at(path: str) -> sqlite3.Connection:
    address = f"{Path(path).absolute().as_uri()}?mode=ro"
    return sqlite3.connect(
        address, uri=True, isolation_level=None, timeout=BUSY, check_same_thread=False
    )


class _Copied(sqlite3.Connection):
    """A connection to a copy of a ledger. When it is closed, the copy is removed."""

    folder: "TemporaryDirectory[str]"

    def close(self) -> None:
        super().close()
        self.folder.cleanup()


def _copied(path: str, real: str) -> sqlite3.Connection:
    folder = TemporaryDirectory(prefix="onthisday-")
    try:
        _copy(path, real, folder.name)
        rows = sqlite3.connect(
            os.path.join(folder.name, "ledger"),
            isolation_level=None,
            check_same_thread=False,
            factory=_Copied,
        )
    except BaseException:
        folder.cleanup()
        raise
    rows.folder = folder
    rows.execute("PRAGMA query_only = ON")
    return rows


def _copy(path: str, real: str, folder: str) -> None:
    """Copy a ledger and its write-ahead log, as they were at one moment. Raise Unreadable.

    The log may grow meanwhile: SQLite leaves out what is not whole at its end. But if the ledger's
    own file is written meanwhile, the copy is made again.
    """
    for _ in range(TRIES):
        before = _written(real)
        if abs(time.time() - before[1] / 1e9) > SETTLED:
            shutil.copyfile(real, os.path.join(folder, "ledger"))
            _copy_log(f"{real}-wal", os.path.join(folder, "ledger-wal"))
            if _written(real) == before:
                return
        time.sleep(2 * SETTLED)
    mend = "try again, or ask its owner for a copy that `onthisday notices backup` made"
    raise Unreadable(path, f"is being written all the time, and you may only read it; {mend}")


def _copy_log(log: str, copy: str) -> None:
    try:
        shutil.copyfile(log, copy)
    except FileNotFoundError:  # what was in the log is in the ledger's own file
        Path(copy).unlink(missing_ok=True)


def _written(file: str) -> tuple[int, int, int]:
    """Return what changes if a file is written: its inode, its time in nanoseconds, its size."""
    found = os.stat(file)
    return found.st_ino, found.st_mtime_ns, found.st_size
