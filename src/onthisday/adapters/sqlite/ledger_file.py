"""The file of the ledger: its tables, and how it is opened. Used by the other ledger modules here.

The file is not a cache, so nothing here deletes it. A file that a newer version of the program
wrote is refused.

A time is kept as a text in UTC, always of the same length. A day is an ISO date. So both are sorted
rightly, and a person can read them in a shell.
"""

import sqlite3
import time
from pathlib import Path

from onthisday.adapters.sqlite.transactions import explained
from onthisday.errors import Unreadable, Unwritable, system_words

SCHEMA = 3
"""The version of the tables. It is kept in the file's user_version."""

BUSY = 60
"""Seconds to wait while another process writes. For example, `serve` and `tick` may both run."""

_TABLES = """
CREATE TABLE channels (
    name TEXT PRIMARY KEY, considered TEXT NOT NULL, first_seen TEXT NOT NULL,
    off_since TEXT, off_reason TEXT
) WITHOUT ROWID;
CREATE TABLE notices (
    place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, channel TEXT NOT NULL, day TEXT NOT NULL,
    entry TEXT, zone TEXT NOT NULL, entries TEXT NOT NULL, state TEXT NOT NULL, due TEXT,
    tries INTEGER NOT NULL DEFAULT 0, reason TEXT, replayed INTEGER NOT NULL DEFAULT 0,
    owner TEXT, hold INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE attempts (
    notice TEXT NOT NULL, number INTEGER NOT NULL, at TEXT NOT NULL, outcome TEXT NOT NULL,
    status INTEGER, detail TEXT NOT NULL, PRIMARY KEY (notice, number)
) WITHOUT ROWID;
CREATE INDEX ready_notices ON notices (due, day, place) WHERE state IN ('waiting', 'unknown');
CREATE INDEX held_notices ON notices (owner) WHERE state IN ('leased', 'sending');
CREATE INDEX channel_notices ON notices (channel, day);
CREATE INDEX attempt_times ON attempts (at);
"""

_BUCKETS = "CREATE TABLE buckets (name TEXT PRIMARY KEY, owner TEXT NOT NULL) WITHOUT ROWID"

_STATES = "CREATE INDEX notice_states ON notices (state)"

_STEPS = (_TABLES, _BUCKETS, _STATES)
"""The SQL for each step from one version of the tables to the next.

A step is never changed later. New tables are a new step.
"""


def open_ledger_file(
    path: str, connection: type[sqlite3.Connection] = sqlite3.Connection
) -> sqlite3.Connection:
    """Open a ledger for writing. If there is none, make it. Raise Unwritable or Unreadable.

    The connection is of the class ``connection``.
    """
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        rows = sqlite3.connect(
            path,
            isolation_level=None,
            timeout=BUSY,
            check_same_thread=False,
            factory=connection,
        )
        try:
            _prepare(rows, path)
        except BaseException:
            rows.close()
            raise
    except sqlite3.Error as error:
        raise Unwritable(path, explained(error)) from error
    except OSError as error:
        raise Unwritable(path, f"cannot be made: {system_words(error)}") from error
    return rows


def read_ledger_file(path: str) -> sqlite3.Connection:
    """Open a ledger for reading only. Raise Unreadable.

    If there is no ledger yet, return an empty one that is only in memory.
    """
    try:
        if not Path(path).exists():
            rows = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            rows.executescript(";".join(_STEPS))
            return rows
        address = f"{Path(path).absolute().as_uri()}?mode=ro"
        rows = sqlite3.connect(
            address, uri=True, isolation_level=None, timeout=BUSY, check_same_thread=False
        )
        try:
            _version(rows, path)
        except BaseException:
            rows.close()
            raise
    except sqlite3.Error as error:
        raise Unreadable(path, explained(error)) from error
    return rows


def _prepare(rows: sqlite3.Connection, path: str) -> None:
    """Make the tables. If the file has older tables, bring them to the newest version."""
    if _version(rows, path) == 0:
        _use_wal(rows)
    if _version(rows, path) < SCHEMA:
        rows.execute("BEGIN IMMEDIATE")
        for step in _STEPS[_version(rows, path) :]:  # ask again: another process may be faster
            for statement in step.split(";"):
                rows.execute(statement)
        rows.execute(f"PRAGMA user_version = {SCHEMA}")
        rows.execute("COMMIT")
    rows.execute("PRAGMA journal_mode = WAL").fetchone()  # a backup is not in WAL mode
    rows.execute("PRAGMA synchronous = FULL")
    rows.execute("PRAGMA fullfsync = ON")  # macOS: wait for the disk, not only for its cache


def _version(rows: sqlite3.Connection, path: str) -> int:
    found = int(rows.execute("PRAGMA user_version").fetchone()[0])
    if found > SCHEMA:
        why = f"was written by a newer onthisday (tables {found}, known {SCHEMA}); update this one"
        raise Unreadable(path, why)
    return found


def _use_wal(rows: sqlite3.Connection) -> None:
    """Switch the file to WAL mode. If another process uses the file, try again for BUSY seconds.

    Why we try again ourselves: for this switch, SQLite does not wait
    (sqlite.org/c3ref/busy_handler.html).
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
