"""Remember the fingerprints of passages that were proved: implements `PassageMemory` on SQLite.

If a document's text has changed, `check` learns from here which passages it had before.

The file is beside the compiled almanac, and not a part of it. Why: the compiled almanac is made
anew from time to time, and the fingerprints must stay. Opened by app/workspace.py.
"""

import os
import sqlite3
from collections.abc import Mapping
from contextlib import suppress

from onthisday.adapters.file_system import make_private
from onthisday.almanac.entry import Span
from onthisday.checks.moved import Print, Remembered

_FORMAT = 1
"""The version of the table and of the fingerprints. Raise it if one of them changes."""

_TABLE = """
CREATE TABLE IF NOT EXISTS passages (
    document TEXT, text TEXT, start INTEGER, end INTEGER,
    length INTEGER, head INTEGER, sha256 TEXT, loose_length INTEGER, loose_head INTEGER,
    loose_sha256 TEXT, PRIMARY KEY (document, text, start, end)
) WITHOUT ROWID
"""


class PassageFile:
    """A file of fingerprints. If it is damaged or has another format, it is made anew.

    If it cannot be written, the fingerprints are kept only in memory, until the process ends. If
    the disk is full later, those of a document stay as they were: they are of an older text, and
    are asked for by its digest.
    """

    def __init__(self, path: str) -> None:
        self._rows = _opened(path)

    def recall(self, document: str, sha256: str) -> dict[Span, Remembered]:
        sql = "SELECT * FROM passages WHERE document = ? AND text = ?"
        return {
            Span(start, end): Remembered(Print(*prints[:3]), Print(*prints[3:]))
            for _, _, start, end, *prints in self._rows.execute(sql, (document, sha256))
        }

    def remember(self, document: str, sha256: str, passages: Mapping[Span, Remembered]) -> None:
        rows = (
            (document, sha256, *span, *passage.exact, *passage.loose)
            for span, passage in passages.items()
        )
        with suppress(sqlite3.OperationalError), self._rows:  # the disk may be full
            self._rows.execute("DELETE FROM passages WHERE document = ?", (document,))
            marks = ",".join("?" * 10)
            self._rows.executemany(f"INSERT INTO passages VALUES ({marks})", rows)

    def close(self) -> None:
        """Close the file."""
        self._rows.close()


def _opened(path: str) -> sqlite3.Connection:
    with suppress(OSError):  # mostly it is there; if it cannot be made, SQLite says so
        make_private(path)
    for attempt in (path, path, ":memory:"):
        try:
            return _connect(attempt)
        except sqlite3.OperationalError:
            continue  # this process may not write the file, or another process is writing it
        except sqlite3.DatabaseError:
            with suppress(OSError):
                os.unlink(path)
    raise AssertionError("SQLite keeps a table in memory")


def _connect(path: str) -> sqlite3.Connection:
    rows = sqlite3.connect(path, timeout=60)
    try:
        if rows.execute("PRAGMA user_version").fetchone()[0] != _FORMAT:
            rows.execute("DROP TABLE IF EXISTS passages")
            rows.execute(f"PRAGMA user_version = {_FORMAT}")
        rows.execute(_TABLE)
        rows.execute("DELETE FROM passages WHERE 0")  # deletes nothing; fails if read-only
        rows.commit()
    except BaseException:
        rows.close()
        raise
    return rows
