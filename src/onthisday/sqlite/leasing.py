"""What happens to notices in the ledger's file while they are delivered, as changes to its rows.

Each function runs inside a transaction of writer.py. `waiting` and `unknown` notices with a `due`
are free; `leased` and `sending` ones are held by the process that `owner` names. Used by ledger.py.
"""

import json
import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from onthisday.delivery import DELAYS, Notice, Settlement

COLUMNS = "id, channel, day, zone, entries, entry, state, due, tries, reason, replayed"

_UNTRIED = """CASE (SELECT outcome FROM attempts WHERE notice = notices.id
    ORDER BY number DESC LIMIT 1) WHEN 'unknown' THEN 'unknown' ELSE '%s' END"""
"""A state for a notice that was not sent now: what was unknown before stays unknown."""

_WAITS = _UNTRIED % "waiting"
_EXPIRES = _UNTRIED % "expired"


def text_of(instant: datetime) -> str:
    """Return an instant as the ledger keeps it; such texts sort as their instants do."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def notice_of(row: tuple[Any, ...]) -> Notice:
    """Return the notice of a row of COLUMNS."""
    _, channel, day, zone, entries, entry, state, due, tries, reason, replayed = row
    return Notice(
        channel,
        date.fromisoformat(day),
        zone,
        tuple(json.loads(entries)),
        entry,
        state,
        due and datetime.fromisoformat(due),
        tries,
        reason,
        bool(replayed),
    )


def due(rows: sqlite3.Connection, now: datetime, limit: int) -> tuple[Notice, ...]:
    """Return free notices that are due, oldest first, of channels that are on."""
    sql = f"""SELECT {COLUMNS} FROM notices WHERE state IN ('waiting', 'unknown') AND due <= ?
        AND channel NOT IN (SELECT name FROM channels WHERE off_since IS NOT NULL)
        ORDER BY due, day, place LIMIT ?"""
    return tuple(map(notice_of, rows.execute(sql, (text_of(now), limit))))


def lease(rows: sqlite3.Connection, owner: str, now: datetime, limit: int) -> tuple[Notice, ...]:
    """Take notices that are due."""
    taken = due(rows, now, limit)
    sql = "UPDATE notices SET state = 'leased', owner = ? WHERE id = ?"
    rows.executemany(sql, [(owner, notice.id) for notice in taken])
    return tuple(notice._replace(state="leased") for notice in taken)


def free_the_dead(rows: sqlite3.Connection, is_dead: Callable[[str], bool], now: datetime) -> None:
    """Give back what dead processes held."""
    held = "SELECT DISTINCT owner FROM notices WHERE state IN ('leased', 'sending')"
    for (owner,) in rows.execute(held).fetchall():
        if is_dead(owner):
            free(rows, owner, now)


def free(rows: sqlite3.Connection, owner: str, now: datetime) -> None:
    """Give back what a process held: leased and unsent it waits again, else it is unknown."""
    ended = "the process ended while sending"
    mark = """UPDATE attempts SET outcome = 'unknown', detail = ? WHERE outcome = 'sending'
        AND notice IN (SELECT id FROM notices WHERE state = 'sending' AND owner = ?)"""
    rows.execute(mark, (ended, owner))
    unknown = """UPDATE notices SET state = 'unknown', owner = NULL, reason = ?,
        due = CASE WHEN hold OR tries > ? THEN NULL ELSE ? END
        WHERE state = 'sending' AND owner = ?"""
    rows.execute(unknown, (ended, len(DELAYS), text_of(now), owner))
    waits = f"""UPDATE notices SET state = {_WAITS}, owner = NULL
        WHERE state = 'leased' AND owner = ?"""
    rows.execute(waits, (owner,))
    rows.execute("DELETE FROM buckets WHERE owner = ?", (owner,))


def reserve(
    rows: sqlite3.Connection, owner: str, bucket: str, is_dead: Callable[[str], bool]
) -> bool:
    """Take a bucket that is free, one's own, or left by a dead process."""
    found = rows.execute("SELECT owner FROM buckets WHERE name = ?", (bucket,)).fetchone()
    if found is not None and found[0] != owner and not is_dead(found[0]):
        return False
    rows.execute("INSERT OR REPLACE INTO buckets VALUES (?, ?)", (bucket, owner))
    return True


def sending(
    rows: sqlite3.Connection, begun: Sequence[tuple[str, Notice, datetime, bool]]
) -> list[Notice]:
    """Mark leased notices as about to be sent, with a row for each attempt.

    Each is (owner, notice, now, hold).
    """
    sql = """UPDATE notices SET state = 'sending', tries = tries + 1, hold = ?
        WHERE id = ? AND owner = ? AND state = 'leased'"""
    _hit_all(rows, sql, [(hold, notice.id, owner) for owner, notice, _, hold in begun])
    sql = """INSERT INTO attempts SELECT ?1, coalesce(max(number), 0) + 1, ?2, 'sending', NULL, ''
        FROM attempts WHERE notice = ?1"""
    rows.executemany(sql, [(notice.id, text_of(now)) for _, notice, now, _ in begun])
    return [notice._replace(state="sending", tries=notice.tries + 1) for _, notice, _, _ in begun]


def settle(rows: sqlite3.Connection, ended: Sequence[tuple[str, Settlement]]) -> list[None]:
    """Close attempts, their notices and, where they are gone, their channels."""
    sql = """UPDATE notices SET state = ?, due = ?, reason = ?, owner = NULL, replayed = 0
        WHERE id = ? AND owner = ? AND state = 'sending'"""
    _hit_all(rows, sql, [_settled(owner, settlement) for owner, settlement in ended])
    sql = """UPDATE attempts SET outcome = ?, status = ?, detail = ?
        WHERE notice = ? AND outcome = 'sending'"""
    verdicts = [(each.verdict, each.notice.id) for _, each in ended]
    rows.executemany(sql, [(v.outcome, v.status, v.detail, notice) for v, notice in verdicts])
    sql = "UPDATE channels SET off_since = ?, off_reason = ? WHERE name = ? AND off_since IS NULL"
    gone = [each for _, each in ended if each.off is not None]
    rows.executemany(sql, [(text_of(each.at), each.off, each.notice.channel) for each in gone])
    return [None] * len(ended)


def _settled(owner: str, settlement: Settlement) -> tuple[Any, ...]:
    notice, _, verdict, state, due_, _ = settlement
    reason = verdict.detail if state != "sent" else None
    return state, due_ and text_of(due_), reason, notice.id, owner


def _hit_all(rows: sqlite3.Connection, sql: str, values: Sequence[tuple[Any, ...]]) -> None:
    """Run a statement for each; raise LookupError where one changed nothing."""
    if rows.executemany(sql, values).rowcount != len(values):
        raise LookupError("a notice is not held here")


def postpone(
    rows: sqlite3.Connection, owner: str, notice: Notice, until: datetime, reason: str
) -> None:
    """Give a leased notice back for later."""
    sql = f"""UPDATE notices SET state = {_WAITS}, due = ?, reason = ?, owner = NULL
        WHERE id = ? AND owner = ? AND state = 'leased'"""
    _hit(rows.execute(sql, (text_of(until), reason, notice.id, owner)), notice)


def give_up(rows: sqlite3.Connection, owner: str, notice: Notice, reason: str) -> None:
    """Close a leased notice that will not be sent."""
    sql = f"""UPDATE notices SET state = {_EXPIRES}, due = NULL, reason = ?, owner = NULL
        WHERE id = ? AND owner = ? AND state = 'leased'"""
    _hit(rows.execute(sql, (reason, notice.id, owner)), notice)


def expire(rows: sqlite3.Connection, before: date) -> int:
    """Close what waits for a day before that one."""
    sql = f"""UPDATE notices SET state = {_EXPIRES}, due = NULL, reason = 'its day is too long ago'
        WHERE state IN ('waiting', 'unknown') AND due IS NOT NULL AND day < ? AND NOT replayed"""
    return rows.execute(sql, (before.isoformat(),)).rowcount


def replay(rows: sqlite3.Connection, notice_id: str, now: datetime) -> bool:
    """Make a notice wait again, due since its day: `tick --now` may stand before ``now``."""
    sql = """UPDATE notices SET state = 'waiting', tries = 0, replayed = 1,
        due = min(?, day || 'T00:00:00.000000+00:00'), reason = 'asked for again'
        WHERE id = ? AND state NOT IN ('leased', 'sending')"""
    return rows.execute(sql, (text_of(now), notice_id)).rowcount == 1


def _hit(cursor: sqlite3.Cursor, notice: Notice) -> None:
    if cursor.rowcount != 1:
        raise LookupError(f"notice {notice.id} is not held here")
