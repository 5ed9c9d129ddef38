"""Keep notices back in the ledger's file until a person lets them go. Used by sqlite_ledger.py.

Each function runs inside a transaction. A notice that is kept back is `held`, and ``kept`` says by
what. leasing.py has the other changes to notices while they are delivered.
"""

import json
import sqlite3
from collections.abc import Sequence
from datetime import date, datetime

from onthisday.adapters.sqlite.decoding import decoding
from onthisday.adapters.sqlite.notice_rows import add, text_of
from onthisday.delivery.keeping import ENDED, ended
from onthisday.delivery.notice import BY_HAND, Hold, NotHeld, Notice


def hold(rows: sqlite3.Connection, owner: str, notice: Notice, kept: str, reason: str) -> None:
    """Give back a leased notice that is kept back.

    If the hold has ended meanwhile, the notice waits: nothing else would let it go.
    """
    still = _is_held(rows, kept)
    change = "state = 'held', kept = ?" if still else _FREE
    sql = f"""UPDATE notices SET {change}, reason = ?, owner = NULL
        WHERE id = ? AND +owner = ? AND +state = 'leased'"""
    values = (kept, reason) if still else (ENDED,)
    if rows.execute(sql, (*values, notice.id, owner)).rowcount != 1:
        raise NotHeld(notice.id)


def _is_held(rows: sqlite3.Connection, kept: str) -> bool:
    """Return True if what keeps a notice back is still there."""
    if kept == BY_HAND:
        return True
    return rows.execute("SELECT 1 FROM holds WHERE key = ?", (kept,)).fetchone() is not None


def set_aside(
    rows: sqlite3.Connection,
    owner: str,
    notice: Notice,
    apart: Sequence[Notice],
    rest: tuple[str, ...],
) -> Notice:
    """Add held notices for some entries of a leased notice. Return it with the rest of them."""
    sql = "UPDATE notices SET entries = ? WHERE id = ? AND +owner = ? AND +state = 'leased'"
    if rows.execute(sql, (json.dumps(rest), notice.id, owner)).rowcount != 1:
        raise NotHeld(notice.id)
    add(rows, (each if _is_held(rows, each.kept or "") else ended(each) for each in apart))
    return notice._replace(entries=rest)


def holds(rows: sqlite3.Connection) -> tuple[Hold, ...]:
    """Return what people keep back."""
    found = rows.execute("SELECT channel, day, tag FROM holds ORDER BY key")
    return tuple(Hold(channel, day and _day(day), tag) for channel, day, tag in found)


_day = decoding(date.fromisoformat)


def keep_back(rows: sqlite3.Connection, hold: Hold, now: datetime) -> bool:
    """Keep notices back from now on. Return False if this hold is there already."""
    sql = "INSERT OR IGNORE INTO holds (key, channel, day, tag, since) VALUES (?, ?, ?, ?, ?)"
    day = hold.day and hold.day.isoformat()
    return rows.execute(sql, (hold.key, hold.channel, day, hold.tag, text_of(now))).rowcount == 1


def end_hold(rows: sqlite3.Connection, hold: Hold) -> int | None:
    """End a hold. Return how many notices it kept back; None if there is no such hold."""
    if rows.execute("DELETE FROM holds WHERE key = ?", (hold.key,)).rowcount == 0:
        return None
    sql = f"UPDATE notices INDEXED BY kept_notices SET {_FREE}, reason = ? WHERE kept = ?"
    return rows.execute(sql, (ENDED, hold.key)).rowcount


def let_go(rows: sqlite3.Connection, notice_ids: Sequence[str]) -> int:
    """Let held notices go because a person asked for them. Return how many."""
    sql = f"""UPDATE notices SET {_FREE}, replayed = 1, reason = 'a person released it'
        WHERE id IN (SELECT value FROM json_each(?)) AND state = 'held'"""
    return rows.execute(sql, (json.dumps([*notice_ids]),)).rowcount


_FREE = "state = CASE WHEN doubts THEN 'unknown' ELSE 'waiting' END, kept = NULL"
