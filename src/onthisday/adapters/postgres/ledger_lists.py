"""List the notices of the ledger, and their attempts, for people; and count them for watchers.

Used by postgres_ledger.py. To count the notices that were sent one by one would be slow, because
nearly all are sent. So each statement that makes notices `sent` adds their number to `sent_counts`
as a row, and `prune` puts these rows together.
"""

from datetime import datetime
from typing import Any

from onthisday.adapters.postgres.connections import Connections
from onthisday.adapters.postgres.leasing import COLUMNS, READY, notice_of
from onthisday.delivery.notice import STATES, Attempt, Notice, Totals, Wanted

_ON = "channel NOT IN (SELECT name FROM channels WHERE off_since IS NOT NULL)"


async def notices(connections: Connections, wanted: Wanted) -> tuple[Notice, ...]:
    """Return the notices that are wanted: the newest day first, a day in the ledger's order."""
    clauses = {
        "channel = %s": wanted.channel,
        "state = %s": wanted.state,
        "day >= %s": wanted.since,
        "day = %s": wanted.day,
    }
    asked: list[tuple[str, tuple[Any, ...]]] = [
        (clause, (value,)) for clause, value in clauses.items() if value is not None
    ]
    if wanted.below is not None:
        found = await connections.run(
            "SELECT day, place FROM notices WHERE id = %s", [wanted.below]
        )
        if not found:
            return ()
        day, place = found[0]
        asked.append(("day <= %s AND (day < %s OR place > %s)", (day, day, place)))
    where = f"WHERE {' AND '.join(clause for clause, _ in asked)}" if asked else ""
    sql = f"SELECT {COLUMNS} FROM notices {where} ORDER BY day DESC, place LIMIT %s"
    values = [value for _, each in asked for value in each]
    return tuple(map(notice_of, await connections.run(sql, (*values, wanted.limit))))


async def notice(connections: Connections, notice_id: str) -> Notice | None:
    """Return the notice with this id; None if there is none."""
    sql = f"SELECT {COLUMNS} FROM notices WHERE id = %s"
    found = await connections.run(sql, (notice_id,))
    return notice_of(found[0]) if found else None


async def attempts(connections: Connections, notice_id: str) -> tuple[Attempt, ...]:
    """Return the attempts of a notice, the oldest first."""
    sql = """SELECT number, at, outcome, status, detail FROM attempts
        WHERE notice = %s ORDER BY number"""
    return tuple(Attempt(*row) for row in await connections.run(sql, (notice_id,)))


async def totals(connections: Connections) -> Totals:
    """Count the notices of each state, and the channels that are off.

    Find the earliest due time.
    """
    sql = """SELECT state, count(*) FROM notices WHERE state <> 'sent' GROUP BY state UNION ALL
        SELECT 'sent', coalesce(sum(number), 0)::bigint FROM sent_counts"""
    states = dict.fromkeys(STATES, 0) | dict(await connections.run(sql))
    off = await connections.run("SELECT count(*) FROM channels WHERE off_since IS NOT NULL")
    return Totals(states, await next_due(connections), off[0][0] if off else 0)


async def next_due(connections: Connections) -> datetime | None:
    """Return when the next notice is due; None if no notice waits.

    Channels that are switched off are left out.
    """
    sql = f"SELECT due FROM notices WHERE {READY} AND {_ON} ORDER BY due LIMIT 1"
    found = await connections.run(sql)
    return found[0][0] if found else None


async def left(connections: Connections, now: datetime) -> dict[str, int]:
    """Return, for each channel, how many notices that were due will still be tried."""
    sql = f"""SELECT channel, count(*) FROM notices WHERE {READY}
        AND (due <= %s OR tries > 0 OR reason IS NOT NULL) GROUP BY channel"""
    return dict(await connections.run(sql, (now,)))


async def prune(connections: Connections, before: datetime) -> int:
    """Delete the attempts that were made before ``before``, and return how many."""
    sql = """WITH counts AS (DELETE FROM sent_counts RETURNING number)
        INSERT INTO sent_counts SELECT sum(number) FROM counts HAVING count(*) > 0"""
    await connections.run(sql)
    sql = """WITH pruned AS (
            DELETE FROM attempts WHERE at < %s AND outcome <> 'sending' RETURNING notice
        ) SELECT count(*) FROM pruned"""
    return int((await connections.run(sql, (before,)))[0][0])
