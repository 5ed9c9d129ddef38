"""Know in the ledger's file which corrections were seen, and who was told what was wrong.

Used by sqlite_ledger.py. Each function runs inside a transaction. Not here: which notices tell a
correction (service/sending/correcting.py).
"""

import json
import sqlite3
from collections.abc import Sequence
from datetime import date, datetime

from onthisday.adapters.sqlite.decoding import decoding
from onthisday.adapters.sqlite.notice_rows import add, instant_of, text_of
from onthisday.delivery.notice import Corrected, Notice


def told(rows: sqlite3.Connection, entry: str, before: datetime) -> frozenset[str]:
    """Return the channels that were told of an entry before an instant, or may have been.

    A message that is on its way counts, and so does one that may have arrived and is tried again.
    Attempts are deleted some time (`Ledger.prune`). Then the day of the notice says when it was.
    Attempts before a message was deleted do not count: what is there now was sent after it.
    ``instr`` finds most notices that are not about the entry, which is quicker than to read JSON.
    """
    sql = """SELECT DISTINCT channel FROM notices
        WHERE (state IN ('sent', 'unknown', 'sending') OR doubts AND state <> 'retracted')
        AND correction IS NULL
        AND instr(entries, ?) AND EXISTS (SELECT 1 FROM json_each(entries) WHERE value = ?)
        AND coalesce((SELECT min(at) FROM attempts WHERE notice = notices.id
            AND outcome IN ('sent', 'unknown', 'sending')
            AND number > (SELECT coalesce(max(number), 0)
                FROM attempts WHERE notice = notices.id AND outcome = 'deleted')), day) < ?"""
    return frozenset(
        name for (name,) in rows.execute(sql, (json.dumps(entry), entry, text_of(before)))
    )


def corrected(rows: sqlite3.Connection) -> tuple[Corrected, ...]:
    """Return the corrections that were seen."""
    found = rows.execute("SELECT entry, day, before FROM corrections ORDER BY entry, day")
    return tuple(map(_corrected_of, found))


@decoding
def _corrected_of(row: tuple[str, str, str]) -> Corrected:
    entry, on, before = row
    return Corrected(entry, date.fromisoformat(on), instant_of(before))


def correct(rows: sqlite3.Connection, seen: Sequence[Corrected], notices: Sequence[Notice]) -> int:
    """Record corrections that were seen, and add the notices that tell them."""
    sql = "INSERT OR IGNORE INTO corrections (entry, day, before) VALUES (?, ?, ?)"
    rows.executemany(
        sql, ((each.entry, each.on.isoformat(), text_of(each.before)) for each in seen)
    )
    return add(rows, notices)
