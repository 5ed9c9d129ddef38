"""Change the rows of notices in the ledger's file, while the notices are delivered.

Used by sqlite_ledger.py. Each function runs inside a transaction (transactions.py).

A notice is free if its state is `waiting` or `unknown` and it has a `due`. If its state is `leased`
or `sending`, a process holds it; `owner` says which process.

Why INDEXED BY, and a plus before a column: most statements must find a few rows among very many,
and SQLite may choose a slow index, such as the one on the state. INDEXED BY says which index to
use. A plus before a column (`+state`) says: do not use an index on this column
(sqlite.org/optoverview.html).
"""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from onthisday.adapters.sqlite.notice_rows import COLUMNS, notice_of, text_of
from onthisday.delivery.buckets import Queue
from onthisday.delivery.notice import NotHeld, Notice
from onthisday.delivery.pauses import CLOCKS, LONGEST, Pause
from onthisday.delivery.retries import DELAYS, ENDED, REPEATS, Settlement

_UNSENT = "CASE WHEN doubts THEN 'unknown' ELSE '%s' END"
"""SQL for the next state of a notice that was leased and not sent.

If nobody knows whether one of its attempts arrived, the notice is `unknown`. Otherwise it gets the
state that is put in for %s.
"""

_WAITS = _UNSENT % "waiting"
_EXPIRES = _UNSENT % "expired"


class Choice(NamedTuple):
    """Which notices a process may take. See `Ledger.lease`.

    ``channels``: only notices of these; None: of all.
    """

    limit: int
    barred: Collection[str] = ()
    channels: Collection[str] | None = None


def due(rows: sqlite3.Connection, owner: str, now: datetime, choice: Choice) -> tuple[Notice, ...]:
    """Return free notices that are due, the oldest first.

    Channels that are off are left out, those in ``barred``, and those of which a process other than
    ``owner`` holds a notice. Why: only one process at a time keeps a channel's messages in order.
    """
    among, names = _among(choice.channels)
    sql = f"""SELECT {COLUMNS} FROM notices INDEXED BY ready_notices
        WHERE {_READY} AND channel NOT IN (SELECT value FROM json_each(?)){among}
        ORDER BY due, day, place LIMIT ?"""
    values = text_of(now), owner, owner, json.dumps([*choice.barred]), *names, choice.limit
    return tuple(map(notice_of, rows.execute(sql, values)))


def due_channels(rows: sqlite3.Connection, owner: str, now: datetime) -> frozenset[str]:
    """Return the channels that have free notices which are due. `due` says what that means."""
    sql = f"SELECT DISTINCT channel FROM notices INDEXED BY ready_notices WHERE {_READY}"
    return frozenset(name for (name,) in rows.execute(sql, (text_of(now), owner, owner)))


def _among(channels: Collection[str] | None) -> tuple[str, tuple[str, ...]]:
    """Return SQL that limits a statement to the notices of these channels, and its values."""
    if channels is None:
        return "", ()
    return " AND +channel IN (SELECT value FROM json_each(?))", (json.dumps([*channels]),)


_HELD = """SELECT channel FROM notices INDEXED BY held_notices
    WHERE state IN ('leased', 'sending') AND owner"""
"""SQL for the channels of which a process holds a notice.

Two of these, for smaller and for greater owners, skip the notices of one owner: it may hold very
many. With `<>`, SQLite would look at each of them.
"""

_READY = f"""state IN ('waiting', 'unknown') AND due <= ?
        AND channel NOT IN (SELECT name FROM channels WHERE off_since IS NOT NULL)
        AND channel NOT IN ({_HELD} < ? UNION ALL {_HELD} > ?)"""
"""SQL for the free notices that are due. Its values: the time, and the owner twice."""


def lease(
    rows: sqlite3.Connection, owner: str, now: datetime, choice: Choice
) -> tuple[Notice, ...]:
    """Take notices that are due for the process ``owner``. From now on this process holds them."""
    taken = due(rows, owner, now, choice)
    sql = """UPDATE notices SET state = 'leased', owner = ?
        WHERE id IN (SELECT value FROM json_each(?))"""
    rows.execute(sql, (owner, json.dumps([notice.id for notice in taken])))
    return tuple(notice._replace(state="leased") for notice in taken)


def free_the_dead(rows: sqlite3.Connection, is_dead: Callable[[str], bool], now: datetime) -> None:
    """Give back the notices and buckets of processes that have ended."""
    held = """SELECT DISTINCT owner FROM notices INDEXED BY held_notices
        WHERE state IN ('leased', 'sending')"""
    for (owner,) in rows.execute(held).fetchall():
        if is_dead(owner):
            free(rows, owner, now)


def free(rows: sqlite3.Connection, owner: str, now: datetime, queue: Queue | None = None) -> None:
    """Give back everything that a process held; with ``queue``, only what belongs to this queue.

    Each notice gets the state that fits:

    - If it was leased but not sent, it waits again. But if its last attempt ended as unknown, it is
      `unknown` again.
    - If the process was sending it, nobody knows whether it arrived, so it is `unknown`. It is due
      now. There are two exceptions: it was repeated too often, or its channel has `on_unknown:
      hold`. Then it is not tried again until a person asks for it.
    """
    among, names = _among(queue and queue.channels)
    mark = f"""UPDATE attempts SET outcome = 'unknown', detail = ? WHERE outcome = 'sending'
        AND notice IN (SELECT id FROM notices WHERE state = 'sending' AND owner = ?{among})"""
    rows.execute(mark, (ENDED, owner, *names))
    unknown = f"""UPDATE notices SET state = 'unknown', owner = NULL, reason = ?,
        due = CASE WHEN hold OR tries > ? OR doubts >= ? THEN NULL ELSE ? END, doubts = doubts + 1
        WHERE state = 'sending' AND owner = ?{among}"""
    rows.execute(unknown, (ENDED, len(DELAYS), REPEATS, text_of(now), owner, *names))
    waits = f"""UPDATE notices SET state = {_WAITS}, owner = NULL
        WHERE state = 'leased' AND owner = ?{among}"""
    rows.execute(waits, (owner, *names))
    sql = "DELETE FROM buckets WHERE owner = ? AND (? IS NULL OR name = ?)"
    rows.execute(sql, (owner, queue and queue.name, queue and queue.name))


def reserve(
    rows: sqlite3.Connection, owner: str, bucket: str, is_dead: Callable[[str], bool]
) -> bool:
    """Take a bucket for a process, so that only this process sends its notices.

    Return False if another living process has the bucket.
    """
    found = rows.execute("SELECT owner FROM buckets WHERE name = ?", (bucket,)).fetchone()
    if found is not None and found[0] != owner and not is_dead(found[0]):
        return False
    rows.execute("INSERT OR REPLACE INTO buckets VALUES (?, ?)", (bucket, owner))
    return True


def sending(
    rows: sqlite3.Connection, begun: Sequence[tuple[str, Notice, datetime, bool]]
) -> list[Notice]:
    """Mark leased notices as being sent, and add a row for each attempt.

    ``begun`` has (owner, notice, now, hold) for each notice. Raises NotHeld if a notice is not
    leased by its owner.
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
    """Record how attempts ended, and the new states of their notices.

    Switch channels off and record pauses, if asked to. Raises NotHeld if a notice is not being
    sent by its owner.
    """
    each = _each(_settled(owner, settlement) for owner, settlement in ended)
    given = _given("id", "owner", "state", "due", "reason", "named", "outcome", "status", "detail")
    sql = f"""UPDATE notices SET state = given.state, due = given.due, reason = given.reason,
        named = given.named,
        owner = CASE WHEN given.state = 'leased' THEN notices.owner END,
        replayed = replayed AND given.due IS NOT NULL,
        tries = tries - (outcome = 'throttled'), doubts = doubts + (outcome = 'unknown')
        FROM {given}
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
    asked = ((each.pause, each.at) for _, each in ended if each.pause is not None)
    rows.executemany(_PAUSE, (_of_pause(pause, at) for pause, at in asked))
    return [None] * len(ended)


_PAUSE = """INSERT INTO pauses (whom, until, reason) VALUES (?, ?, ?) ON CONFLICT (whom)
    DO UPDATE SET until = excluded.until, reason = excluded.reason
    WHERE excluded.until > pauses.until OR pauses.until > ?"""
"""SQL that records a pause, and does not shorten one.

Why: an answer that is recorded late may be older than the pause that is there. A pause that a wrong
clock made (`Pause.holds`) does not count.
"""


def _of_pause(pause: Pause, at: datetime) -> tuple[str, ...]:
    return pause.whom, text_of(pause.until), pause.reason, text_of(at + LONGEST + CLOCKS)


def _settled(owner: str, settlement: Settlement) -> tuple[Any, ...]:
    notice, _, verdict, state, due_, _, _ = settlement
    reason = verdict.detail if state != "sent" else None
    outcome = verdict.outcome, verdict.status, verdict.detail
    due_text = due_ and text_of(due_)
    return (notice.id, owner, state, due_text, reason, settlement.named, *outcome)


def _each(values: Iterable[tuple[Any, ...]]) -> tuple[str]:
    """Pack many tuples into one parameter, so that one SQL statement can change all their rows.

    Why not executemany: for each row it must wait for the thread that sends (Python's interpreter
    lock). One statement for all rows waits only once. Measured while that thread was busy: one
    statement took a third to a twentieth of the time.
    """
    return (json.dumps([*values]),)


def _given(*columns: str) -> str:
    """Return SQL that unpacks the parameter of `_each` into a table named ``given``."""
    fields = (f"json_extract(value, '$[{n}]') AS {name}" for n, name in enumerate(columns))
    return f"(SELECT {', '.join(fields)} FROM json_each(?)) AS given"


def _hit_all(cursor: sqlite3.Cursor, count: int) -> None:
    if cursor.rowcount != count:
        raise NotHeld


def put_back(rows: sqlite3.Connection, owner: str, notice: Notice, reason: str) -> None:
    """Give back a leased notice that was not sent. It keeps its place in the queue."""
    sql = f"""UPDATE notices SET state = {_WAITS}, reason = ?, owner = NULL
        WHERE id = ? AND +owner = ? AND +state = 'leased'"""
    _hit(rows.execute(sql, (reason, notice.id, owner)), notice)


def postpone(
    rows: sqlite3.Connection, owner: str, notice: Notice, until: datetime, reason: str
) -> None:
    """Give back a leased notice that was not sent. It is due again at ``until``."""
    sql = f"""UPDATE notices SET state = {_WAITS}, due = ?, reason = ?, owner = NULL
        WHERE id = ? AND +owner = ? AND +state = 'leased'"""
    _hit(rows.execute(sql, (text_of(until), reason, notice.id, owner)), notice)


def give_up(rows: sqlite3.Connection, owner: str, notice: Notice, reason: str) -> None:
    """Close a leased notice that will not be sent."""
    sql = f"""UPDATE notices SET state = {_EXPIRES}, due = NULL, reason = ?, owner = NULL
        WHERE id = ? AND +owner = ? AND +state = 'leased'"""
    _hit(rows.execute(sql, (reason, notice.id, owner)), notice)


def expire(rows: sqlite3.Connection, before: date) -> int:
    """Close the notices that still wait and whose day is before ``before``. Return how many.

    A notice that a person asked for again (`replay`) is kept.
    """
    sql = f"""UPDATE notices INDEXED BY ready_notices
        SET state = {_EXPIRES}, due = NULL, reason = 'its day is too long ago'
        WHERE state IN ('waiting', 'unknown') AND due IS NOT NULL AND day < ? AND NOT replayed"""
    held = f"""UPDATE notices INDEXED BY kept_notices
        SET state = {_EXPIRES}, due = NULL, reason = 'it was kept back for too long', kept = NULL
        WHERE kept IS NOT NULL AND day < ?"""
    return sum(rows.execute(each, (before.isoformat(),)).rowcount for each in (sql, held))


def hasten(rows: sqlite3.Connection, after: datetime, now: datetime) -> int:
    """Make the notices due now that wait for a time after ``after``. Return how many."""
    sql = """UPDATE notices INDEXED BY ready_notices SET due = ?
        WHERE state IN ('waiting', 'unknown') AND due > ?"""
    return rows.execute(sql, (text_of(now), text_of(after))).rowcount


def replay(rows: sqlite3.Connection, notice_id: str, now: datetime) -> bool:
    """Put a notice back in the queue, so that the next tick sends it.

    Return False and change nothing if a process is working on it, or if there is none. The due time
    is the start of the notice's day in UTC, or ``now`` if that is earlier. Why not always ``now``:
    with `tick --now`, a person may say an earlier time, and the notice must be due then too.
    """
    sql = """UPDATE notices SET state = 'waiting', tries = 0, doubts = 0, replayed = 1,
        due = min(?, day || 'T00:00:00.000000+00:00'), reason = 'asked for again', kept = NULL,
        named = CASE WHEN state <> 'retracted' THEN named END
        WHERE id = ? AND state NOT IN ('leased', 'sending')"""
    return rows.execute(sql, (text_of(now), notice_id)).rowcount == 1


def _hit(cursor: sqlite3.Cursor, notice: Notice) -> None:
    if cursor.rowcount != 1:
        raise NotHeld(notice.id)
