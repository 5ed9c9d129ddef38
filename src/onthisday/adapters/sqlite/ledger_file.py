"""The tables of the ledger, and how older tables are brought to the newest version.

Used by ledger_opening.py.

The file is not a cache, so nothing here deletes it. A file that a newer version of the program
wrote is refused.

A time is kept as a text in UTC, always of the same length. A day is an ISO date. So both are sorted
rightly, and a person can read them in a shell.
"""

import sqlite3

from onthisday.errors import Unreadable

SCHEMA = 7
"""The version of the tables. It is kept in the file's user_version."""

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

_PAUSES = """
ALTER TABLE notices ADD COLUMN doubts INTEGER NOT NULL DEFAULT 0;
UPDATE notices SET doubts = (SELECT count(*) FROM attempts
    WHERE notice = notices.id AND outcome = 'unknown') WHERE state <> 'sent';
ALTER TABLE channels ADD COLUMN closing TEXT;
CREATE TABLE closings (digest TEXT PRIMARY KEY, entries TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE pauses (
    whom TEXT PRIMARY KEY, until TEXT NOT NULL, reason TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE almanac (
    one INTEGER PRIMARY KEY CHECK (one = 1), version TEXT NOT NULL, missing_since TEXT,
    entries BLOB NOT NULL
)
"""

_DAYS = "CREATE INDEX notice_days ON notices (day DESC)"  # `notices list`

_ALERTS = """
CREATE TABLE alerts (
    key TEXT PRIMARY KEY, since TEXT NOT NULL, told TEXT, doubts INTEGER NOT NULL
) WITHOUT ROWID
"""

_HOLDS = """
ALTER TABLE notices ADD COLUMN first TEXT;
ALTER TABLE notices ADD COLUMN last TEXT;
ALTER TABLE notices ADD COLUMN correction TEXT;
ALTER TABLE notices ADD COLUMN kept TEXT;
ALTER TABLE notices ADD COLUMN named TEXT;
CREATE INDEX kept_notices ON notices (kept) WHERE kept IS NOT NULL;
CREATE UNIQUE INDEX correction_notices ON notices (channel, entry, correction)
    WHERE correction IS NOT NULL;
CREATE TABLE holds (
    key TEXT PRIMARY KEY, channel TEXT, day TEXT, tag TEXT, since TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE corrections (
    entry TEXT NOT NULL, day TEXT NOT NULL, before TEXT NOT NULL, PRIMARY KEY (entry, day)
) WITHOUT ROWID
"""

_STEPS = (_TABLES, _BUCKETS, _STATES, _PAUSES, _DAYS, _ALERTS, _HOLDS)
"""The SQL for each step from one version of the tables to the next.

A step is never changed later. New tables are a new step.
"""


def make_tables(rows: sqlite3.Connection) -> None:
    """Make the tables of the newest version in an empty file, all or none."""
    rows.execute("BEGIN IMMEDIATE")
    _step_up(rows, 0)
    rows.execute("COMMIT")


def update_tables(rows: sqlite3.Connection, path: str) -> None:
    """Bring older tables to the newest version, all or none. Raise Unreadable."""
    if version_of(rows, path) < SCHEMA:
        rows.execute("BEGIN IMMEDIATE")
        _step_up(rows, version_of(rows, path))  # ask again: another process may be faster
        rows.execute("COMMIT")


def _step_up(rows: sqlite3.Connection, version: int) -> None:
    for step in _STEPS[version:]:
        for statement in step.split(";"):
            rows.execute(statement)
    rows.execute(f"PRAGMA user_version = {SCHEMA}")


def version_of(rows: sqlite3.Connection, path: str) -> int:
    """Return the version of the tables. Raise Unreadable if this program cannot use them."""
    found = int(rows.execute("PRAGMA user_version").fetchone()[0])
    if found > SCHEMA:
        why = f"was written by a newer onthisday (tables {found}, known {SCHEMA}); update this one"
        raise Unreadable(path, why)
    if found == 0:
        raise Unreadable(path, "is no ledger; name another file under store: in the config")
    return found
