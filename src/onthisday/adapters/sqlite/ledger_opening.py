"""Open the file of a ledger for changes; make it if there is none.

Used by the other ledger modules here. ledger_file.py has the tables. ledger_reading.py opens it for
reading only.

A new ledger gets its name when it is whole. So a file of 0 bytes is never a new ledger: something
emptied it, and with it the record of what was sent. It is refused.
"""

import secrets
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from onthisday.adapters.file_system import (
    give_first_name,
    make_private,
    remove_unless_open,
    sync_folder,
)
from onthisday.adapters.sqlite.ledger_file import make_tables, update_tables, version_of
from onthisday.adapters.sqlite.ledger_place import Place, identities, size_of
from onthisday.adapters.sqlite.transactions import explained
from onthisday.errors import Unreadable, Unwritable, system_words

BUSY = 60
"""Seconds to wait while another process writes. For example, `serve` and `tick` may both run."""

EMPTY = (
    "is empty (0 bytes), so what was sent is forgotten; run `onthisday notices restore FILE` with "
    "a backup, or delete the file if nothing was ever sent"
)
"""Why a file of 0 bytes is refused, and what to do."""


def open_ledger_file(
    path: str, connection: type[sqlite3.Connection] = sqlite3.Connection
) -> tuple[sqlite3.Connection, Place]:
    """Open a ledger for changes. If there is none, make it. Raise Unwritable or Unreadable.

    The connection is of the class ``connection``.
    """
    try:
        if size_of(path) is None:
            _make(Path(path).resolve(), connection)
        return _opened(path, connection)
    except sqlite3.Error as error:
        raise Unwritable(path, explained(error)) from error
    except OSError as error:
        raise Unwritable(path, f"cannot be made: {system_words(error)}") from error


def _make(path: Path, connection: type[sqlite3.Connection]) -> None:
    """Make a ledger beside its place, and give it its name.

    If another process does this at the same time, the first one wins, and both use its file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{secrets.token_hex(6)}.new")
    try:
        make_private(beside)
        with closing(sqlite3.connect(beside, isolation_level=None, factory=connection)) as rows:
            rows.execute("PRAGMA fullfsync = ON")
            make_tables(rows)
            rows.execute("PRAGMA application_id = 1")  # ledger_place.py
        give_first_name(beside, path)
        sync_folder(path.parent)
    except FileExistsError:
        pass
    finally:
        remove_unless_open(beside)


def _opened(path: str, connection: type[sqlite3.Connection]) -> tuple[sqlite3.Connection, Place]:
    """Open a ledger that is there.

    If its file was replaced meanwhile, nobody knows which of the two is open. Then it is opened
    again.
    """
    while True:
        refuse_empty(path)
        before = identities(path)[0]
        rows = sqlite3.connect(
            f"{Path(path).absolute().as_uri()}?mode=rw",
            uri=True,
            isolation_level=None,
            timeout=BUSY,
            check_same_thread=False,
            factory=connection,
        )
        try:
            _prepare(rows, path)
            place = Place(path)
        except BaseException:
            rows.close()
            raise
        if place.files[0] == before:
            return rows, place
        rows.close()


def _prepare(rows: sqlite3.Connection, path: str) -> None:
    rows.execute("PRAGMA cell_size_check = ON")  # notice damage before it is read as data
    version_of(rows, path)  # what is no ledger is refused before anything in it is changed
    _use_wal(rows)
    update_tables(rows, path)
    rows.execute("PRAGMA synchronous = FULL")
    rows.execute("PRAGMA fullfsync = ON")  # macOS: wait for the disk, not only for its cache


def _use_wal(rows: sqlite3.Connection) -> None:
    """Switch the file to WAL mode. A new file and a backup are not in WAL mode.

    If another process uses the file, try again for BUSY seconds. Why we try again ourselves: for
    this switch, SQLite does not wait (sqlite.org/c3ref/busy_handler.html).
    """
    until = time.monotonic() + BUSY
    while True:
        try:
            rows.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def refuse_empty(path: str) -> None:
    """Raise Unreadable if the file of a ledger has 0 bytes."""
    if size_of(path) == 0:
        raise Unreadable(path, EMPTY)
