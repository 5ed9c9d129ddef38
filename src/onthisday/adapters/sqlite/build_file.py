"""Remember the pages of the last build into a folder: implements `Memory` of service/building.py.

The file is in the cache, so it may be deleted at any time. If it is damaged or cannot be used, the
next build makes all pages anew, and writes those that changed. Opened by app/publishing.py.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from functools import cached_property
from typing import Any

from onthisday.adapters.file_system import make_private
from onthisday.adapters.sqlite.asked_rows import TABLE, AskedRows, checksum_of
from onthisday.site.built import Frame, Kept, Listed
from onthisday.site.traces import Trace, digest_of

_FORMAT = 5
"""The version of the tables. Raise it if one of them changes."""

_TABLES = """
CREATE TABLE IF NOT EXISTS notes (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pages (
    path TEXT PRIMARY KEY, digest TEXT, until TEXT, asked TEXT, checksum INTEGER
) WITHOUT ROWID;
"""
"""``asked``: numbers of `AskedRows`, with spaces between them."""

_LIST = ""
"""The list of all paths is kept as a page that has this path, which no page has."""


class BuildFile:
    """The pages of the last build into a folder.

    One process at a time may change the file. Who meets that it is being changed, or an error, goes
    on without it. ``paths``: places for the file, the best one first.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        self._rows = _opened(paths)
        self._asked = AskedRows(self._ask)

    @property
    def world(self) -> str | None:
        """A digest of all that the last build was made from, beside the day; None if unknown."""
        return self._note("world")

    @property
    def day(self) -> date | None:
        """The day of the site that the last build made; None if unknown."""
        try:
            return date.fromisoformat(self._note("day") or "")
        except ValueError:
            return None

    @property
    def manifest(self) -> str | None:
        """A digest of the list of files that the last build left in the folder; None if unknown."""
        return self._note("manifest")

    def begin(self, frame: Frame, goes_on: Callable[[Frame], bool]) -> None:
        self._set("world", None)  # if this build is killed, nobody knows what the folder has
        self._ask("BEGIN IMMEDIATE")
        digest, day = self._note("frame"), self.day
        if not (digest and day and goes_on(Frame(digest, day))):
            self._ask("DELETE FROM pages")
        self._set("frame", frame.digest)
        self._set("day", frame.day.isoformat())

    @cached_property
    def _pages(self) -> dict[str, tuple[Any, ...]]:
        """The rows of all pages of the last build: read at once, because all are asked for."""
        rows = self._ask("SELECT path, digest, until, asked, checksum FROM pages")
        return {path: row for path, *row in rows}

    def of(self, path: str) -> Kept | None:
        *row, checksum = self._pages.get(path, (None,))
        if not row or checksum != checksum_of(path, *row):
            return None
        digest, until, numbers = row
        asked = self._asked.of([int(number) for number in numbers.split()])
        return None if asked is None else Kept(Trace(asked, date.fromisoformat(until)), digest)

    def keep(self, path: str, kept: Kept) -> None:
        asked = " ".join(map(str, self._asked.numbers_of(kept.trace.asked)))
        row = path, kept.digest, kept.trace.until.isoformat(), asked
        self._ask("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?)", *row, checksum_of(*row))

    def listed(self) -> Listed | None:
        kept, paths = self.of(_LIST), tuple(path for path in self._pages if path != _LIST)
        return Listed(paths, kept.trace) if kept and kept.digest == _digest(paths) else None

    def finish(self, listed: Listed) -> None:
        self._ask("CREATE TEMP TABLE here (path TEXT PRIMARY KEY) WITHOUT ROWID")
        if self._rows is not None:
            with suppress(sqlite3.DatabaseError):
                self._rows.executemany("INSERT OR IGNORE INTO here VALUES (?)", zip(listed.paths))
        self._ask("DELETE FROM pages WHERE path NOT IN (SELECT path FROM here)")
        self.keep(_LIST, Kept(listed.trace, _digest(listed.paths)))
        self._asked.forget_unused()

    def done(self, world: str | None, manifest: str) -> None:
        """Note that a build ended, and what it was made from: a digest, or None if nobody knows.

        Until then nothing is remembered. ``manifest``: a digest of the list of files in the folder.
        """
        self._set("world", world)
        self._set("manifest", manifest)
        self._ask("COMMIT")

    def close(self) -> None:
        """Close the file. Forget what was not noted as done."""
        if self._rows is not None:
            self._rows.close()

    def _note(self, key: str) -> str | None:
        return next((value for (value,) in self._ask(_NOTE, key)), None)

    def _set(self, key: str, value: str | None) -> None:
        self._ask("DELETE FROM notes WHERE key = ?", key)
        if value is not None:
            self._ask("INSERT INTO notes VALUES (?, ?)", key, value)

    def _ask(self, sql: str, *values: Any) -> list[Any]:
        """Return the rows of a query. After an error, use the file no more."""
        if self._rows is None:
            return []
        try:
            return self._rows.execute(sql, values).fetchall()
        except sqlite3.DatabaseError:
            self.close()
            self._rows = None
            return []


def _digest(paths: Iterable[str]) -> str:
    return digest_of(sorted(paths))


_NOTE = "SELECT value FROM notes WHERE key = ?"


def _opened(paths: Iterable[str]) -> sqlite3.Connection | None:
    for path in paths:
        for _ in range(2):  # a file that is damaged is made anew
            try:
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with suppress(FileExistsError):
                    make_private(path)
                return _connect(path)
            except (OSError, sqlite3.OperationalError):
                break  # this process may not write the file, or another process is writing it
            except sqlite3.DatabaseError:
                with suppress(OSError):
                    os.unlink(path)
    return None


def _connect(path: str) -> sqlite3.Connection:
    rows = sqlite3.connect(path, timeout=0.2, isolation_level=None)
    try:
        if rows.execute("PRAGMA user_version").fetchone()[0] != _FORMAT:
            old = "".join(f"DROP TABLE IF EXISTS {name};" for name in ("notes", "pages", "asked"))
            # at once: SQLite waits for the disk after each change that is none of a transaction
            version = f"PRAGMA user_version = {_FORMAT}"
            rows.executescript(f"BEGIN; {old} {_TABLES} {TABLE} {version}; COMMIT")
    except BaseException:
        rows.close()
        raise
    return rows
