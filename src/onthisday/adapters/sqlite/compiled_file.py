"""The file of the compiled almanac: open it, and read and write the notes beside the entries.

The file is a cache, so it may be deleted at any time. If it is damaged, or if other code made it
(code_version.py), it is made anew. A file that another process holds is waited for, and never
removed. compiled_library.py reads the entries, and compiled_writer.py
writes them. Used by app/workspace.py.
"""

import os
import sqlite3

from onthisday.adapters.sqlite import code_version
from onthisday.adapters.sqlite.compiled_library import SqliteLibrary
from onthisday.adapters.sqlite.rows import DATES
from onthisday.adapters.sqlite.shared_rows import LastingRows
from onthisday.almanac.file_signatures import ReadFile, Signature
from onthisday.errors import Unwritable, system_words

_TABLES = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
    name TEXT PRIMARY KEY, size INTEGER, mtime INTEGER, ctime INTEGER, inode INTEGER,
    sha256 TEXT
) WITHOUT ROWID;
CREATE TABLE entries (
    id TEXT, day INTEGER, month INTEGER, year INTEGER, first INTEGER, jubilee INTEGER, kind TEXT,
    rule TEXT, approximate INTEGER, disputed INTEGER, opens INTEGER, withdrawn INTEGER, file TEXT,
    place INTEGER, body TEXT
);
CREATE TABLE tags (
    tag TEXT, year INTEGER, date INTEGER, entry TEXT, opens INTEGER, file TEXT
);
CREATE TABLE corrections (day INTEGER, entry TEXT, file TEXT);
CREATE TABLE faulty (id TEXT, file TEXT, place INTEGER);
CREATE TABLE citations (
    document TEXT, year INTEGER, date INTEGER, entry TEXT, opens INTEGER, file TEXT, place INTEGER
);
CREATE TABLE documents (id TEXT PRIMARY KEY, body TEXT) WITHOUT ROWID;
CREATE TABLE days (day INTEGER PRIMARY KEY, entries INTEGER);
CREATE TABLE years (year INTEGER PRIMARY KEY, entries INTEGER);
CREATE TABLE used_tags (tag TEXT PRIMARY KEY, entries INTEGER) WITHOUT ROWID;
CREATE TABLE cited (document TEXT PRIMARY KEY, entries INTEGER) WITHOUT ROWID;
CREATE INDEX entry_ids ON entries (id);
CREATE INDEX entry_days ON entries (day, year, id, opens, withdrawn, first);
CREATE INDEX entry_dates ON entries ({DATES});
CREATE INDEX entry_files ON entries (file);
CREATE INDEX entry_months ON entries (month, year, id) WHERE day IS NULL;
CREATE INDEX entry_jubilees ON entries (jubilee, year, id, approximate, opens, withdrawn)
    WHERE jubilee IS NOT NULL;
CREATE INDEX entry_disputes ON entries ({DATES}) WHERE disputed = 1;
CREATE INDEX entry_disputed_days ON entries (day, year, id) WHERE disputed = 1;
CREATE INDEX entry_openings ON entries (opens, day, year) WHERE opens IS NOT NULL;
CREATE INDEX entry_withdrawals ON entries (withdrawn, day, opens) WHERE withdrawn IS NOT NULL;
CREATE INDEX entry_rules ON entries (rule, year, opens, withdrawn, first) WHERE rule IS NOT NULL;
CREATE INDEX tag_entries ON tags (tag, year, date, entry, opens);
CREATE INDEX tag_days ON tags (tag, date, entry);
CREATE INDEX tag_openings ON tags (opens, tag) WHERE opens IS NOT NULL;
CREATE INDEX citation_documents ON citations (document, year, date, entry, opens);
CREATE INDEX citation_openings ON citations (opens, document) WHERE opens IS NOT NULL;
CREATE INDEX correction_days ON corrections (day, entry);
CREATE INDEX tag_files ON tags (file);
CREATE INDEX correction_files ON corrections (file);
CREATE INDEX citation_files ON citations (file);
INSERT INTO meta VALUES ('version', '0'), ('rules', ''), ('opens', '0'),
    ('corrected', '0'), ('withdrawn', '0'), ('modified', '0');
"""


WAIT = 60.0
"""Seconds. A large almanac is compiled in less time."""

MEMORY = ":memory:"
"""The path of a compiled almanac that is in no file."""

PASSING = ""
"""The path of a compiled almanac for one use. If it is large, SQLite keeps it in a temporary file.

SQLite removes the file (sqlite.org/inmemorydb.html, "Temporary Databases").
"""


_PAGE = 8192
"""Bytes of a page of the file. SQLite's own value is 4096.

An entry has several hundred bytes, so a small page holds few. With this value, a large almanac is
written in an eighth less time (measured).
"""


class CompiledAlmanac:
    """The file of the compiled almanac.

    Two threads must not share this object; each opens its own.

    - ``path``: the file; MEMORY if no file can be used; PASSING for one use.
    - ``wait``: how many seconds to wait if another process holds the file.
    """

    def __init__(self, path: str, wait: float = WAIT) -> None:
        self.path, self.wait = path, wait
        self.rows = _unkept(path) if path in {MEMORY, PASSING} else _opened(path, wait)

    def library(self) -> SqliteLibrary:
        """Return the almanac as it is now. Do not use this object afterwards.

        The library takes over the connection. Why it does not open another one: meanwhile a program
        with other code may have replaced the file by a new one, which may still be empty.
        """
        return SqliteLibrary.on_connection(self.rows)

    def note(self, key: str) -> str | None:
        """Return the note that is kept under a key; None if there is none."""
        found = self.rows.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return found and str(found[0])

    def set_note(self, key: str, value: str) -> None:
        """Keep a note under a key, beside the entries."""
        self.rows.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def modified(self) -> int:
        """Return when the content changed last, in nanoseconds since 1970; 0 if there is none."""
        return int(self.note("modified") or 0)

    def set_modified(self, modified: int) -> None:
        """Keep the time of the last change, in nanoseconds since 1970."""
        self.set_note("modified", str(modified))

    def files(self) -> dict[str, ReadFile]:
        """Return the almanac's files that were read, by their names.

        Each is as it was at that time.
        """
        rows = self.rows.execute("SELECT name, size, mtime, ctime, inode, sha256 FROM files")
        return {name: ReadFile(Signature(*signature), sha) for name, *signature, sha in rows}

    def keep(self, name: str, kept: ReadFile) -> None:
        """Remember how a file of the almanac was when it was read."""
        sql = "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)"
        self.rows.execute(sql, (name, *kept.signature, kept.sha256))

    def remove(self) -> None:
        """Close the file and remove it, because it is damaged.

        The next one who opens it makes it anew. Raises Unwritable if another program has the file
        open and the system does not allow this.
        """
        self.close()
        try:
            for end in ("", "-wal", "-shm"):
                _remove(f"{self.path}{end}")
        except PermissionError as error:  # Windows does not remove a file that is open
            why = "is damaged and cannot be removed; stop each `onthisday` that runs, and try again"
            raise Unwritable(self.path, why) from error

    def close(self) -> None:
        """Close the connection."""
        self.rows.close()


def _opened(path: str, wait: float) -> sqlite3.Connection:
    rows = None
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        rows = _connect(path, wait)
        if _noted(rows, "signature") == code_version.signature():
            return _writable(rows, path)
        if _noted(rows, "digest") == code_version.digest():
            return _signed(_writable(rows, path))
        rows.close()
    except sqlite3.DatabaseError as error:
        if rows is not None:
            rows.close()
        if not is_damaged(error):
            raise Unwritable(path, f"cannot be opened: {error}") from error
    except OSError as error:
        raise Unwritable(path, f"cannot be made: {system_words(error)}") from error
    return _made_anew(path, wait)


def _writable(rows: sqlite3.Connection, path: str) -> sqlite3.Connection:
    """Return the connection; raise Unwritable if this user may not write the file.

    Why we ask: if another user's process has the file open, SQLite opens it for reading only, and
    does not report an error.
    """
    if not os.access(path, os.W_OK):
        rows.close()
        raise Unwritable(path, "cannot be opened: it may only be read")
    return rows


_STANDING = (
    "SQLITE_BUSY", "SQLITE_CANTOPEN", "SQLITE_FULL", "SQLITE_INTERRUPT", "SQLITE_IOERR",
    "SQLITE_LOCKED", "SQLITE_NOMEM", "SQLITE_PERM", "SQLITE_READONLY",
)  # fmt: skip
"""The beginnings of the names of errors that say nothing against the file itself.

Another process holds the file, the disk is full, or the system refuses (sqlite.org/rescode.html).
"""


def is_damaged(error: sqlite3.DatabaseError) -> bool:
    """Return True if an error says that the file is damaged. Then it may be removed.

    Otherwise it may be another process's: that one must not lose it.
    """
    name = getattr(error, "sqlite_errorname", "")
    return name == "SQLITE_IOERR_SHORT_READ" or not name.startswith(_STANDING)


def is_full(error: sqlite3.DatabaseError) -> bool:
    """Return True if an error says that there is no room, or that nothing can be written."""
    return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_FULL", "SQLITE_IOERR"))


def _unkept(path: str) -> sqlite3.Connection:
    rows = LastingRows(path, isolation_level=None, check_same_thread=False)
    rows.execute(f"PRAGMA page_size = {_PAGE}")  # a copy of the file has its pages
    rows.executescript(_TABLES)
    return rows


def _made_anew(path: str, wait: float) -> sqlite3.Connection:
    """Make a new file and rename it to the place of the old file. Return a connection to it.

    A process that reads the old file can go on reading it. Windows does not rename over a file that
    is open. Then Unwritable is raised, and this process keeps its cache in another folder
    (app/workspace.py).
    """
    from contextlib import closing  # imported here, because most runs of `today` do not need it
    from pathlib import Path

    from onthisday.adapters.file_system import make_private, replace
    from onthisday.adapters.sqlite.file_lock import take_lock

    beside = f"{path}.new"
    try:
        with closing(take_lock(Path(f"{path}.lock"), wait=wait)):
            if not _is_usable(path, wait):
                for name in (beside, f"{path}-wal", f"{path}-shm"):
                    _remove(name)
                make_private(beside)
                _make(beside)
                replace(beside, path)
        return _connect(path, wait)
    except (OSError, sqlite3.DatabaseError) as error:
        raise Unwritable(path, f"cannot be made: {error}") from error


def _remove(path: str) -> None:
    from contextlib import suppress  # as above

    with suppress(FileNotFoundError):
        os.unlink(path)


def _is_usable(path: str, wait: float) -> bool:
    """Return True if another process has made the file while this process waited for the lock."""
    from contextlib import closing  # as above

    if not os.path.exists(path):
        return False
    try:
        with closing(_connect(path, wait)) as rows:
            return _noted(rows, "digest") == code_version.digest()
    except sqlite3.DatabaseError:
        return False


def _make(path: str) -> None:
    from contextlib import closing  # as above

    with closing(sqlite3.connect(path, isolation_level=None)) as rows:
        rows.execute("PRAGMA synchronous = OFF")  # nobody reads this file before it is renamed
        rows.execute(f"PRAGMA page_size = {_PAGE}")
        rows.executescript(f"BEGIN; {_TABLES} COMMIT;")
        made_by = {"signature": code_version.signature(), "digest": code_version.digest()}
        rows.executemany("INSERT INTO meta VALUES (?, ?)", made_by.items())
        rows.execute("PRAGMA journal_mode = WAL")


def _noted(rows: sqlite3.Connection, key: str) -> str | None:
    """Return the note under a key; None if there is none, or if the file has no tables yet."""
    if rows.execute("SELECT 1 FROM sqlite_schema WHERE name = 'meta'").fetchone() is None:
        return None
    found = rows.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return found and str(found[0])


def _signed(rows: sqlite3.Connection) -> sqlite3.Connection:
    """Note the signature of our code, so that the next start need not read the code."""
    rows.execute("UPDATE meta SET value = ? WHERE key = 'signature'", (code_version.signature(),))
    return rows


def _connect(path: str, wait: float) -> sqlite3.Connection:
    rows = LastingRows(path, isolation_level=None, timeout=wait, check_same_thread=False)
    try:
        rows.execute("PRAGMA synchronous = NORMAL")
    except sqlite3.DatabaseError:
        rows.close()
        raise
    return rows
