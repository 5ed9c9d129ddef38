"""The file of the compiled almanac: opened, asked what it was made of and what was noted.

The file is a cache: it may be deleted at any time. One that is damaged, or that another program
made (code_version.py), is made anew. Read through compiled_library.py, written by
compiled_writer.py.
"""

import os
import sqlite3

from onthisday.adapters.sqlite import code_version
from onthisday.adapters.sqlite.compiled_library import SqliteLibrary
from onthisday.almanac.file_signatures import ReadFile, Signature
from onthisday.errors import Unwritable, system_words

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
    name TEXT PRIMARY KEY, size INTEGER, mtime INTEGER, ctime INTEGER, inode INTEGER,
    sha256 TEXT
) WITHOUT ROWID;
CREATE TABLE entries (
    id TEXT, day INTEGER, month INTEGER, year INTEGER, kind TEXT, rule INTEGER,
    disputed INTEGER, file TEXT, place INTEGER, body TEXT
);
CREATE TABLE tags (tag TEXT, entry TEXT, file TEXT);
CREATE TABLE citations (document TEXT, entry TEXT, file TEXT);
CREATE TABLE documents (id TEXT PRIMARY KEY, body TEXT) WITHOUT ROWID;
CREATE TABLE days (day INTEGER PRIMARY KEY, entries INTEGER);
CREATE INDEX entry_ids ON entries (id);
CREATE INDEX entry_days ON entries (day, year, id);
CREATE INDEX entry_files ON entries (file);
CREATE INDEX entry_months ON entries (month, year, id) WHERE day IS NULL;
CREATE INDEX entry_disputes ON entries (year, id) WHERE disputed = 1;
CREATE INDEX entry_rules ON entries (rule) WHERE rule = 1;
CREATE INDEX tag_entries ON tags (tag, entry);
CREATE INDEX citation_documents ON citations (document, entry);
CREATE INDEX tag_files ON tags (file);
CREATE INDEX citation_files ON citations (file);
INSERT INTO meta VALUES ('version', '0'), ('movable', '0'), ('modified', '0');
"""


class CompiledAlmanac:
    """The compiled almanac's file. Not safe for two threads at once; each opens its own."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.rows = _opened(path)

    def library(self) -> SqliteLibrary:
        """Return the state of now, which takes over the connection; nothing else is done with it.

        Why not a connection of its own: a program of other code may have put its own file in the
        place of this one, and that file may still be empty.
        """
        return SqliteLibrary(self.rows)

    def note(self, key: str) -> str | None:
        """Return what was noted under a key beside the entries."""
        found = self.rows.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return found and str(found[0])

    def set_note(self, key: str, value: str) -> None:
        """Note something beside the entries."""
        self.rows.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def files(self) -> dict[str, ReadFile]:
        """Return what the entries were made of, by file name."""
        rows = self.rows.execute("SELECT name, size, mtime, ctime, inode, sha256 FROM files")
        return {name: ReadFile(Signature(*signature), sha) for name, *signature, sha in rows}

    def keep(self, name: str, kept: ReadFile) -> None:
        """Remember what was read of a file."""
        sql = "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)"
        self.rows.execute(sql, (name, *kept.signature, kept.sha256))

    def remove(self) -> None:
        """Close it and remove the file, which is damaged: the next to open it makes it anew."""
        self.close()
        try:
            for end in ("", "-wal", "-shm"):
                _remove(f"{self.path}{end}")
        except PermissionError as error:  # Windows does not remove what a program has open
            why = "is damaged and cannot be removed; stop each `onthisday` that runs, and try again"
            raise Unwritable(self.path, why) from error

    def close(self) -> None:
        """Close the connection."""
        self.rows.close()


def _opened(path: str) -> sqlite3.Connection:
    rows = None
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        rows = _connect(path)
        if _noted(rows, "signature") == code_version.signature():
            return _writable(rows, path)
        if _noted(rows, "digest") == code_version.digest():
            return _signed(_writable(rows, path))
        rows.close()
    except sqlite3.DatabaseError as error:
        if rows is not None:
            rows.close()
        if not _is_damaged(error):
            raise Unwritable(path, f"cannot be opened: {error}") from error
    except OSError as error:
        raise Unwritable(path, f"cannot be made: {system_words(error)}") from error
    return _made_anew(path)


def _writable(rows: sqlite3.Connection, path: str) -> sqlite3.Connection:
    """Refuse a file of somebody else's, which opens for reading while its owner has it open."""
    if not os.access(path, os.W_OK):
        rows.close()
        raise Unwritable(path, "cannot be opened: it may only be read")
    return rows


def _is_damaged(error: sqlite3.DatabaseError) -> bool:
    return getattr(error, "sqlite_errorname", "") in {"SQLITE_NOTADB", "SQLITE_CORRUPT"}


def _made_anew(path: str) -> sqlite3.Connection:
    """Replace the whole file, by renaming: a process that reads the old one goes on reading it.

    Windows refuses while a process reads the old one. Then Unwritable is raised, and the cache of
    this process goes elsewhere (app/workspace.py).
    """
    from contextlib import closing  # imported here: it is done once, and not by every `today`
    from pathlib import Path

    from onthisday.adapters.file_system import replace
    from onthisday.adapters.sqlite.file_lock import take_lock

    beside = f"{path}.new"
    try:
        with closing(take_lock(Path(f"{path}.lock"), wait=60)):
            if not _is_usable(path):
                for name in (beside, f"{path}-wal", f"{path}-shm"):
                    _remove(name)
                _make(beside)
                replace(beside, path)
        return _connect(path)
    except (OSError, sqlite3.DatabaseError) as error:
        raise Unwritable(path, f"cannot be made: {error}") from error


def _remove(path: str) -> None:
    from contextlib import suppress  # as above

    with suppress(FileNotFoundError):
        os.unlink(path)


def _is_usable(path: str) -> bool:
    """Look again, now that nobody else is making it: another process may have been faster."""
    from contextlib import closing  # as above

    if not os.path.exists(path):
        return False
    try:
        with closing(_connect(path)) as rows:
            return _noted(rows, "digest") == code_version.digest()
    except sqlite3.DatabaseError:
        return False


def _make(path: str) -> None:
    rows = sqlite3.connect(path, isolation_level=None)
    rows.execute("PRAGMA synchronous = OFF")  # it is not in its place yet
    rows.executescript(f"BEGIN; {_TABLES} COMMIT;")
    made_by = {"signature": code_version.signature(), "digest": code_version.digest()}
    rows.executemany("INSERT INTO meta VALUES (?, ?)", made_by.items())
    rows.execute("PRAGMA journal_mode = WAL")
    rows.close()


def _noted(rows: sqlite3.Connection, key: str) -> str | None:
    """Return what is noted under a key; None also where the file has no tables yet."""
    if rows.execute("SELECT 1 FROM sqlite_schema WHERE name = 'meta'").fetchone() is None:
        return None
    found = rows.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return found and str(found[0])


def _signed(rows: sqlite3.Connection) -> sqlite3.Connection:
    """Note how this program's files look now, so that the next start need not read them."""
    rows.execute("UPDATE meta SET value = ? WHERE key = 'signature'", (code_version.signature(),))
    return rows


def _connect(path: str) -> sqlite3.Connection:
    rows = sqlite3.connect(path, isolation_level=None, timeout=60, check_same_thread=False)
    try:
        rows.execute("PRAGMA synchronous = NORMAL")
    except sqlite3.DatabaseError:
        rows.close()
        raise
    return rows
