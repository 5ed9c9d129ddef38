"""Know which corrections were seen, and who was told what was wrong. Used by postgres_ledger.py.

Not here: which notices tell a correction (service/sending/correcting.py).
"""

import json
from collections.abc import Sequence
from datetime import datetime

from psycopg import AsyncConnection

from onthisday.adapters.postgres.connections import Connections, Row, fetched
from onthisday.adapters.postgres.planned_days import add
from onthisday.delivery.notice import Corrected, Notice


async def told(connections: Connections, entry: str, before: datetime) -> frozenset[str]:
    """Return the channels that were told of an entry before an instant, or may have been.

    A message that is on its way counts, and so does one that may have arrived and is tried again.
    Attempts are deleted some time (`Ledger.prune`). Then the day of the notice says when it was.
    Attempts before a message was deleted do not count: what is there now was sent after it.
    """
    sql = """SELECT DISTINCT channel FROM notices
        WHERE (state IN ('sent', 'unknown', 'sending') OR doubts > 0 AND state <> 'retracted')
        AND correction IS NULL AND entries @> %s::jsonb
        AND coalesce((SELECT min(at) FROM attempts WHERE notice = notices.id
            AND outcome IN ('sent', 'unknown', 'sending')
            AND number > (SELECT coalesce(max(number), 0)
                FROM attempts WHERE notice = notices.id AND outcome = 'deleted')),
            day::timestamp AT TIME ZONE 'UTC') < %s"""
    found = await connections.run(sql, (json.dumps([entry]), before))
    return frozenset(name for (name,) in found)


async def corrected(connections: Connections) -> tuple[Corrected, ...]:
    """Return the corrections that were seen."""
    sql = 'SELECT entry, day, before FROM corrections ORDER BY entry COLLATE "C", day'
    return tuple(Corrected(*row) for row in await connections.run(sql))


async def correct(
    connection: AsyncConnection[Row], seen: Sequence[Corrected], notices: Sequence[Notice]
) -> int:
    """Record corrections that were seen, and add the notices that tell them."""
    sql = "INSERT INTO corrections (entry, day, before) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
    for each in seen:
        await fetched(connection, sql, each)
    return await add(connection, notices)
