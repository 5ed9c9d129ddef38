"""Change the rows of notices, while the notices are delivered: to take them, and to give them back.

Used by postgres_ledger.py. attempts.py records what is sent. Each function runs inside a
transaction of its caller.

A notice is free if its state is `waiting` or `unknown` and it has a `due`. If its state is `leased`
or `sending`, a process holds it; `owner` says which process (presence.py).

Only one process at a time takes notices: it locks the table of the buckets. Otherwise two processes
could take notices of one channel at the same moment, and would not keep their order.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from psycopg import AsyncConnection

from onthisday.adapters.postgres.connections import Connections, Row, fetched
from onthisday.adapters.postgres.presence import ALIVE
from onthisday.delivery.buckets import Queue
from onthisday.delivery.notice import Notice
from onthisday.delivery.retries import DELAYS, ENDED, REPEATS

FIELDS = (
    "channel", "day", "zone", "entries", "entry", "state", "due", "tries", "reason", "replayed",
    "doubts", "first", "last", "correction", "kept", "named",
)  # fmt: skip
COLUMNS = ", ".join(f"notices.{name}" for name in FIELDS)

READY = "notices.state IN ('waiting', 'unknown') AND notices.due IS NOT NULL"
"""SQL for free notices. It has the words of the indexes, so that PostgreSQL uses them."""

LOCK = "LOCK TABLE buckets IN SHARE ROW EXCLUSIVE MODE"

UNSAVED = "SET LOCAL synchronous_commit TO off"
"""SQL for a transaction that does not wait for the disk, so that the LOCK is free sooner.

It is for taking notices alone. If the server crashes and forgets that they were taken, their state
does not let anybody send them (attempts.py). What is recorded later saves this too.
"""


def notice_of(row: Row) -> Notice:
    """Return the notice in a row that begins with the columns COLUMNS."""
    channel, day, zone, entries, *others = row[: len(FIELDS)]
    return Notice(channel, day, zone, tuple(entries), *others)


class Choice(NamedTuple):
    """Which notices a process may take. See `Ledger.lease`.

    ``channels``: only notices of these; None: of all.
    """

    limit: int
    barred: Collection[str] = ()
    channels: Collection[str] | None = None


_ALLOWED = """notices.channel NOT IN (SELECT name FROM channels WHERE off_since IS NOT NULL)
    AND (SELECT owner FROM notices AS held WHERE held.state IN ('leased', 'sending')
        AND held.channel = notices.channel AND held.owner <> %(owner)s LIMIT 1) IS NULL"""
"""SQL that leaves out channels that are off, and those of which another process holds a notice.

With LIMIT, PostgreSQL looks up each channel. With NOT EXISTS, it compares each notice with each one
that is held, if it believes that these are few.
"""

_OF_ALL = f"""SELECT notices.* FROM notices
    WHERE {READY} AND due <= %(now)s AND channel <> ALL(%(barred)s::text[]) AND {_ALLOWED}
    ORDER BY due, day, place LIMIT %(limit)s"""

_OF_CHANNELS = f"""SELECT notices.* FROM unnest(%(channels)s::text[]) AS of (name)
    CROSS JOIN LATERAL (SELECT * FROM notices WHERE {READY} AND channel = of.name
        AND due <= %(now)s ORDER BY due, day, place LIMIT %(limit)s) AS notices
    WHERE {_ALLOWED} ORDER BY due, day, place LIMIT %(limit)s"""
"""Each channel is looked up by itself. Why: to find the notices of a few among 100,000 channels,
PostgreSQL would otherwise read all that wait, the oldest first."""


def _chosen(owner: str, now: datetime, choice: Choice) -> tuple[str, dict[str, Any]]:
    """Return SQL for the notices that a process may take, and its values."""
    values: dict[str, Any] = {"owner": owner, "now": now, "limit": choice.limit}
    if choice.channels is None:
        return _OF_ALL, values | {"barred": [*choice.barred]}
    return _OF_CHANNELS, values | {"channels": sorted({*choice.channels} - {*choice.barred})}


async def due(
    connection: AsyncConnection[Row], owner: str, now: datetime, choice: Choice
) -> tuple[Notice, ...]:
    """Return free notices that are due, the oldest first."""
    chosen, values = _chosen(owner, now, choice)
    sql = f"SELECT {COLUMNS} FROM ({chosen}) AS notices ORDER BY due, day, place"
    return tuple(map(notice_of, await named(connection, sql, values)))


async def due_channels(
    connection: AsyncConnection[Row], owner: str, now: datetime
) -> frozenset[str]:
    """Return the channels that have free notices which are due."""
    sql = f"""SELECT DISTINCT channel FROM notices
        WHERE {READY} AND due <= %(now)s AND {_ALLOWED}"""
    found = await named(connection, sql, {"owner": owner, "now": now})
    return frozenset(name for (name,) in found)


async def lease(
    connection: AsyncConnection[Row], owner: str, now: datetime, choice: Choice
) -> tuple[Notice, ...]:
    """Take notices that are due for the process ``owner``. From now on this process holds them.

    The caller has the LOCK.
    """
    chosen, values = _chosen(owner, now, choice)
    sql = f"""WITH chosen AS MATERIALIZED ({chosen})
        UPDATE notices SET state = 'leased', owner = %(owner)s FROM chosen
        WHERE notices.id = chosen.id AND {READY} RETURNING {COLUMNS}, notices.place"""
    found = await named(connection, sql, values)
    return tuple(map(notice_of, sorted(found, key=_by_due)))


def _by_due(row: Row) -> tuple[datetime, date, int]:
    return row[FIELDS.index("due")], row[FIELDS.index("day")], row[len(FIELDS)]


async def free(
    connection: AsyncConnection[Row],
    owners: Sequence[str],
    now: datetime,
    queue: Queue | None = None,
) -> None:
    """Give back everything that processes held; with ``queue``, only what belongs to this queue.

    Each notice gets the state that fits:

    - If it was leased but not sent, it waits again. But if its last attempt ended as unknown, it is
      `unknown` again.
    - If the process was sending it, nobody knows whether it arrived, so it is `unknown`. It is due
      now. There are two exceptions: it was repeated too often, or its channel has `on_unknown:
      hold`. Then it is not tried again until a person asks for it.
    """
    values = {
        "owners": [*owners], "now": now, "most": len(DELAYS), "repeats": REPEATS, "ended": ENDED,
        "queue": queue and queue.name, "channels": queue and sorted(queue.channels),
    }  # fmt: skip
    begun = await named(connection, _FREE, values)
    if begun:
        await named(connection, _MARK, values | {"begun": [notice for (notice,) in begun]})


_FREE = """WITH freed AS (
    UPDATE notices SET owner = NULL, doubts = doubts + (state = 'sending')::integer,
        state = CASE WHEN state = 'sending' OR doubts > 0 THEN 'unknown' ELSE 'waiting' END,
        reason = CASE WHEN state = 'sending' THEN %(ended)s ELSE reason END,
        due = CASE WHEN state = 'leased' THEN due
            WHEN hold OR tries > %(most)s OR doubts >= %(repeats)s THEN NULL ELSE %(now)s END
    WHERE state IN ('leased', 'sending') AND owner = ANY(%(owners)s::text[])
        AND (%(queue)s::text IS NULL OR channel = ANY(%(channels)s::text[]))
    RETURNING id, asked
), buckets_freed AS (
    DELETE FROM buckets WHERE owner = ANY(%(owners)s::text[])
        AND (%(queue)s::text IS NULL OR name = %(queue)s)
) SELECT id FROM freed WHERE asked IS NOT NULL"""

_MARK = """UPDATE attempts SET outcome = 'unknown', detail = %(ended)s
    WHERE outcome = 'sending' AND notice = ANY(%(begun)s::text[])"""


async def reserve(connections: Connections, owner: str, bucket: str) -> bool:
    """Take a bucket for a process. Return False if another living process has it."""
    sql = f"""INSERT INTO buckets (name, owner) VALUES (%s, %s) ON CONFLICT (name) DO UPDATE
        SET owner = CASE WHEN EXISTS (SELECT FROM processes WHERE token = buckets.owner AND {ALIVE})
            THEN buckets.owner ELSE excluded.owner END RETURNING owner"""
    return bool((await connections.run(sql, (bucket, owner)))[0][0] == owner)


async def expire(connection: AsyncConnection[Row], before: date) -> int:
    """Close the notices that still wait and whose day is before ``before``. Return how many.

    A notice that a person asked for again (`replay`) is kept.
    """
    sql = f"""UPDATE notices SET due = NULL, reason = 'its day is too long ago',
        state = CASE WHEN doubts > 0 THEN 'unknown' ELSE 'expired' END
        WHERE {READY} AND day < %s AND NOT replayed"""
    held = """UPDATE notices SET due = NULL, reason = 'it was kept back for too long', kept = NULL,
        state = CASE WHEN doubts > 0 THEN 'unknown' ELSE 'expired' END
        WHERE kept IS NOT NULL AND day < %s"""
    waited = (await connection.execute(sql.encode(), (before,))).rowcount
    return waited + (await connection.execute(held.encode(), (before,))).rowcount


async def hasten(connection: AsyncConnection[Row], after: datetime, now: datetime) -> int:
    """Make the notices due now that wait for a time after ``after``. Return how many."""
    sql = f"UPDATE notices SET due = %s WHERE {READY} AND due > %s"
    return (await connection.execute(sql.encode(), (now, after))).rowcount


async def replay(connection: AsyncConnection[Row], notice_id: str, now: datetime) -> bool:
    """Put a notice back in the queue, so that the next tick sends it.

    Return False and change nothing if a process is working on it, or if there is none. The due time
    is the start of the notice's day in UTC, or ``now`` if that is earlier. Why not always ``now``:
    with `tick --now`, a person may say an earlier time, and the notice must be due then too.
    """
    held = (
        "SELECT state FROM notices WHERE id = %s AND state NOT IN ('leased', 'sending') FOR UPDATE"
    )
    found = await fetched(connection, held, (notice_id,))
    if not found:
        return False
    sql = """UPDATE notices SET state = 'waiting', tries = 0, doubts = 0, replayed = true,
        due = least(%s, day::timestamp AT TIME ZONE 'UTC'), reason = 'asked for again', kept = NULL,
        named = CASE WHEN state <> 'retracted' THEN named END
        WHERE id = %s"""
    await fetched(connection, sql, (now, notice_id))
    if found[0][0] == "sent":
        await fetched(connection, ONE_LESS)
    return True


ONE_LESS = "INSERT INTO sent_counts VALUES (-1)"
"""SQL to say that a notice is not `sent` any more (ledger_lists.py)."""


async def named(connection: AsyncConnection[Row], sql: str, values: dict[str, Any]) -> list[Row]:
    """Run a statement whose values have names, and return its rows, if it has any."""
    cursor = await connection.execute(sql.encode(), values)
    return await cursor.fetchall() if cursor.description is not None else []
