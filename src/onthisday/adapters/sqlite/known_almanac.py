"""Keep what the last tick knew of the almanac, so that a tick notices if many entries are gone.

Used by sqlite_ledger.py. Each function runs inside a transaction of writer_thread.py. The ids of
the entries are compressed: a million of them take about 5 MB.
"""

import json
import sqlite3
import zlib
from datetime import datetime
from typing import Any

from onthisday.adapters.sqlite.decoding import decoding
from onthisday.adapters.sqlite.notice_rows import instant_of, text_of, texts_of
from onthisday.delivery.notice import Known


def known_version(rows: sqlite3.Connection) -> tuple[str, datetime | None] | None:
    """Return the version of the almanac, and since when entries are missing, if they are."""
    found = rows.execute("SELECT version, missing_since FROM almanac").fetchone()
    return found and (found[0], found[1] and decoding(instant_of)(found[1]))


def known(rows: sqlite3.Connection) -> Known | None:
    """Return what the last tick knew; None if there was no tick."""
    found = rows.execute("SELECT version, entries, missing_since FROM almanac").fetchone()
    if found is None:
        return None
    return _known_of(found)


@decoding
def _known_of(row: tuple[Any, ...]) -> Known:
    version, entries, since = row
    ids = texts_of(zlib.decompress(entries).decode())
    return Known(version, frozenset(ids), since and instant_of(since))


def know(rows: sqlite3.Connection, known: Known) -> None:
    """Keep what this tick knows."""
    version, entries, since = known
    ids = zlib.compress(json.dumps(sorted(entries)).encode(), 1)
    sql = (
        "INSERT OR REPLACE INTO almanac (one, version, entries, missing_since) VALUES (1, ?, ?, ?)"
    )
    rows.execute(sql, (version, ids, since and text_of(since)))
