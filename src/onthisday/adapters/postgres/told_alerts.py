"""Keep what is known of alerts (delivery/alerts.py) and of the almanac. Used by postgres_ledger.py.

The ids of the almanac's entries are compressed: a million of them take about 5 MB.
"""

import json
import zlib
from collections.abc import Collection, Mapping
from datetime import datetime

from psycopg import AsyncConnection

from onthisday.adapters.postgres.connections import Connections, Row, fetched
from onthisday.delivery.alerts import Told
from onthisday.delivery.notice import Known


async def alerts(connections: Connections) -> dict[str, Told]:
    """Return what is known of each condition, by its key."""
    found = await connections.run("SELECT key, since, told, doubts FROM alerts")
    return {key: Told(*told) for key, *told in found}


async def keep_alerts(
    connection: AsyncConnection[Row], kept: Mapping[str, Told], ended: Collection[str]
) -> None:
    """Record what is known of conditions, and forget those that ended."""
    await fetched(connection, "DELETE FROM alerts WHERE key = ANY(%s::text[])", ([*ended],))
    sql = """INSERT INTO alerts (key, since, told, doubts) VALUES (%s, %s, %s, %s)
        ON CONFLICT (key) DO UPDATE
        SET since = excluded.since, told = excluded.told, doubts = excluded.doubts"""
    for key, told in sorted(kept.items()):
        await fetched(connection, sql, (key, *told))


async def known_version(connections: Connections) -> tuple[str, datetime | None] | None:
    """Return the version of the almanac, and since when entries are missing, if they are."""
    found = await connections.run("SELECT version, missing_since FROM almanac")
    return (found[0][0], found[0][1]) if found else None


async def known(connections: Connections) -> Known | None:
    """Return what the last tick knew; None if there was no tick."""
    found = await connections.run("SELECT version, entries, missing_since FROM almanac")
    if not found:
        return None
    version, entries, since = found[0]
    return Known(version, frozenset(json.loads(zlib.decompress(entries))), since)


async def know(connection: AsyncConnection[Row], known: Known) -> None:
    """Keep what this tick knows."""
    version, entries, since = known
    ids = zlib.compress(json.dumps(sorted(entries)).encode(), 1)
    sql = """INSERT INTO almanac (version, entries, missing_since) VALUES (%s, %s, %s)
        ON CONFLICT (one) DO UPDATE SET version = excluded.version, entries = excluded.entries,
        missing_since = excluded.missing_since"""
    await fetched(connection, sql, (version, ids, since))
