"""Keep notices back until a person lets them go. Used by postgres_ledger.py.

A notice that is kept back is `held`, and ``kept`` says by what. Each function runs inside a
transaction of its caller. attempts.py has the other changes to notices while they are delivered.
"""

import json
from collections.abc import Sequence
from datetime import datetime

from psycopg import AsyncConnection

from onthisday.adapters.postgres.attempts import storable
from onthisday.adapters.postgres.connections import Connections, Row, fetched
from onthisday.adapters.postgres.planned_days import add
from onthisday.delivery.keeping import ENDED, ended
from onthisday.delivery.notice import BY_HAND, Hold, NotHeld, Notice


async def hold(
    connection: AsyncConnection[Row], owner: str, notice: Notice, kept: str, reason: str
) -> None:
    """Give back a leased notice that is kept back.

    If the hold has ended meanwhile, the notice waits: nothing else would let it go.
    """
    still = await _is_held(connection, kept)
    change = "state = 'held', kept = %s" if still else _FREE
    sql = f"""UPDATE notices SET {change}, reason = %s, owner = NULL
        WHERE id = %s AND owner = %s AND state = 'leased' RETURNING id"""
    values = (kept, storable(reason)) if still else (ENDED,)
    if not await fetched(connection, sql, (*values, notice.id, owner)):
        raise NotHeld(notice.id)


async def _is_held(connection: AsyncConnection[Row], kept: str) -> bool:
    """Return True if what keeps a notice back is still there.

    The row is locked, so that the hold cannot end before this transaction does.
    """
    sql = "SELECT key FROM holds WHERE key = %s FOR SHARE"
    return kept == BY_HAND or bool(await fetched(connection, sql, (kept,)))


async def set_aside(
    connection: AsyncConnection[Row],
    owner: str,
    notice: Notice,
    apart: Sequence[Notice],
    rest: tuple[str, ...],
) -> Notice:
    """Add held notices for some entries of a leased notice. Return it with the rest of them."""
    sql = """UPDATE notices SET entries = %s::jsonb
        WHERE id = %s AND owner = %s AND state = 'leased' RETURNING id"""
    if not await fetched(connection, sql, (json.dumps(rest), notice.id, owner)):
        raise NotHeld(notice.id)
    kept = [(each, await _is_held(connection, each.kept or "")) for each in apart]
    await add(connection, [each if is_held else ended(each) for each, is_held in kept])
    return notice._replace(entries=rest)


async def holds(connections: Connections) -> tuple[Hold, ...]:
    """Return what people keep back."""
    sql = 'SELECT channel, day, tag FROM holds ORDER BY key COLLATE "C"'
    return tuple(Hold(*row) for row in await connections.run(sql))


async def keep_back(connection: AsyncConnection[Row], hold: Hold, now: datetime) -> bool:
    """Keep notices back from now on. Return False if this hold is there already."""
    sql = """INSERT INTO holds (key, channel, day, tag, since) VALUES (%s, %s, %s, %s, %s)
        ON CONFLICT DO NOTHING RETURNING key"""
    return bool(await fetched(connection, sql, (hold.key, *hold, now)))


async def end_hold(connection: AsyncConnection[Row], hold: Hold) -> int | None:
    """End a hold. Return how many notices it kept back; None if there is no such hold."""
    sql = "DELETE FROM holds WHERE key = %s RETURNING key"
    if not await fetched(connection, sql, (hold.key,)):
        return None
    sql = f"UPDATE notices SET {_FREE}, reason = %s WHERE kept = %s RETURNING id"
    return len(await fetched(connection, sql, (ENDED, hold.key)))


async def let_go(connection: AsyncConnection[Row], notice_ids: Sequence[str]) -> int:
    """Let held notices go because a person asked for them. Return how many."""
    sql = f"""UPDATE notices SET {_FREE}, replayed = true, reason = 'a person released it'
        WHERE id = ANY(%s::text[]) AND state = 'held' RETURNING id"""
    return len(await fetched(connection, sql, ([*notice_ids],)))


_FREE = "state = CASE WHEN doubts > 0 THEN 'unknown' ELSE 'waiting' END, kept = NULL"
