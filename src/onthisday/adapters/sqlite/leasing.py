"""What happens to notices in the ledger's file while they are delivered, as changes to its rows.

Each function runs inside a transaction of writer_thread.py. `waiting` and `unknown` notices with a
`due` are free; `leased` and `sending` ones are held by the process that `owner` names. Used by
sqlite_ledger.py.

Many notices share a state, so a statement says by what it finds its rows: INDEXED BY names an
index, and a plus before a column keeps that column's from being used (sqlite.org/optoverview.html).
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from onthisday.delivery.notice import Notice
from onthisday.delivery.retries import DELAYS, Settlement

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
    sql = f"""SELECT {COLUMNS} FROM notices INDEXED BY ready_notices
        WHERE state IN ('waiting', 'unknown') AND due <= ?
        AND channel NOT IN (SELECT name FROM channels WHERE off_since IS NOT NULL)
        ORDER BY due, day, place LIMIT ?"""
    return tuple(map(notice_of, rows.execute(sql, (text_of(now), limit))))


def lease(rows: sqlite3.Connection, owner: str, now: datetime, limit: int) -> tuple[Notice, ...]:
    """Take notices that are due."""
    taken = due(rows, now, limit)
    sql = """UPDATE notices SET state = 'leased', owner = ?
        WHERE id IN (SELECT value FROM json_each(?))"""
    rows.execute(sql, (owner, json.dumps([notice.id for notice in taken])))
    return tuple(notice._replace(state="leased") for notice in taken)


def free_the_dead(rows: sqlite3.Connection, is_dead: Callable[[str], bool], now: datetime) -> None:
    """Give back what dead processes held."""
    held = """SELECT DISTINCT owner FROM notices INDEXED BY held_notices
        WHERE state IN ('leased', 'sending')"""
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
    each = _each((notice.id, owner, hold, text_of(now)) for owner, notice, now, hold in begun)
    given = _given("id", "owner", "hold", "at")
    sql = f"""UPDATE notices SET state = 'sending', tries = tries + 1, hold = given.hold
        FROM {given}
        WHERE notices.id = given.id AND +notices.owner = given.owner AND +state = 'leased'"""
    _hit_all(rows.execute(sql, each), len(begun))
    sql = f"""INSERT INTO attempts SELECT id,
        coalesce((SELECT max(number) FROM attempts WHERE notice = given.id), 0) + 1,
        at, 'sending', NULL, '' FROM {given}"""
    rows.execute(sql, each)
    return [notice._replace(state="sending", tries=notice.tries + 1) for _, notice, _, _ in begun]


def settle(rows: sqlite3.Connection, ended: Sequence[tuple[str, Settlement]]) -> list[None]:
    """Close attempts, their notices and, where they are gone, their channels."""
    each = _each(_settled(owner, settlement) for owner, settlement in ended)
    given = _given("id", "owner", "state", "due", "reason", "outcome", "status", "detail")
    sql = f"""UPDATE notices SET state = given.state, due = given.due, reason = given.reason,
        owner = NULL, replayed = 0 FROM {given}
        WHERE notices.id = given.id AND +notices.owner = given.owner
        AND +notices.state = 'sending'"""
    _hit_all(rows.execute(sql, each), len(ended))
    sql = f"""UPDATE attempts SET outcome = given.outcome, status = given.status,
        detail = given.detail FROM {given}
        WHERE notice = given.id AND attempts.outcome = 'sending'"""
    rows.execute(sql, each)
    sql = "UPDATE channels SET off_since = ?, off_reason = ? WHERE name = ? AND off_since IS NULL"
    for settlement in (settlement for _, settlement in ended if settlement.off is not None):
        off = text_of(settlement.at), settlement.off, settlement.notice.channel
        rows.execute(sql, off)
    return [None] * len(ended)


def _settled(owner: str, settlement: Settlement) -> tuple[Any, ...]:
    notice, _, verdict, state, due_, _ = settlement
    reason = verdict.detail if state != "sent" else None
    outcome = verdict.outcome, verdict.status, verdict.detail
    return (notice.id, owner, state, due_ and text_of(due_), reason, *outcome)


def _each(values: Iterable[tuple[Any, ...]]) -> tuple[str]:
    """Return tuples as the one parameter of a statement that is made for each of them.

    Why not executemany: between any two rows it waits for the interpreter, which the thread that
    sends is using; a statement for all of them waits once (measured: a third to a twentieth of
    the time where that thread is busy).
    """
    return (json.dumps([*values]),)


def _given(*columns: str) -> str:
    """Return what reads that parameter in a statement, as the table ``given``."""
    fields = (f"json_extract(value, '$[{n}]') AS {name}" for n, name in enumerate(columns))
    return f"(SELECT {', '.join(fields)} FROM json_each(?)) AS given"


def _hit_all(cursor: sqlite3.Cursor, count: int) -> None:
    if cursor.rowcount != count:
        raise LookupError("a notice is not held here")


def postpone(
    rows: sqlite3.Connection, owner: str, notice: Notice, until: datetime, reason: str
) -> None:
    """Give a leased notice back for later."""
    sql = f"""UPDATE notices SET state = {_WAITS}, due = ?, reason = ?, owner = NULL
        WHERE id = ? AND +owner = ? AND +state = 'leased'"""
    _hit(rows.execute(sql, (text_of(until), reason, notice.id, owner)), notice)


def give_up(rows: sqlite3.Connection, owner: str, notice: Notice, reason: str) -> None:
    """Close a leased notice that will not be sent."""
    sql = f"""UPDATE notices SET state = {_EXPIRES}, due = NULL, reason = ?, owner = NULL
        WHERE id = ? AND +owner = ? AND +state = 'leased'"""
    _hit(rows.execute(sql, (reason, notice.id, owner)), notice)


def expire(rows: sqlite3.Connection, before: date) -> int:
    """Close what waits for a day before that one."""
    sql = f"""UPDATE notices INDEXED BY ready_notices
        SET state = {_EXPIRES}, due = NULL, reason = 'its day is too long ago'
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
