"""Change what the ledger knows of channels: whether they are on, their pauses, their last day.

Used by postgres_ledger.py. Each function runs inside a transaction of its caller. planned_days.py
closes days; attempts.py switches channels off.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from psycopg import AsyncConnection

from onthisday.adapters.postgres.connections import Connections, Row, fetched
from onthisday.delivery.notice import ChannelState
from onthisday.delivery.pauses import Pause


async def count_change(connection: AsyncConnection[Row]) -> None:
    """Note that the channels were changed. Call it last in a transaction: others wait for it."""
    await fetched(connection, "UPDATE changes SET number = number + 1")


class KnownChannels:
    """The states of the channels, read again only if they were changed (`count_change`).

    Why: with thousands of channels, to read them takes longer than all else in a tick that has
    nothing to do.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._as_of: int | None = None
        self._found: dict[str, ChannelState] = {}

    async def read(self) -> dict[str, ChannelState]:
        """Return the state of each channel. It is the same dict as before if nothing changed."""
        number = await self._connections.run("SELECT number FROM changes")
        if not number or number[0][0] != self._as_of:
            sql = """SELECT number, name, considered, off_since, off_reason, closing
                FROM changes LEFT JOIN channels ON true ORDER BY name"""
            found = await self._connections.run(sql)
            self._as_of = found[0][0] if found else None
            self._found = {row[1]: ChannelState(*row[1:]) for row in found if row[1] is not None}
        return self._found


async def reset(
    connection: AsyncConnection[Row], channel: str, today: date, oldest: date, now: datetime
) -> date | None:
    """Undo what a wrong clock did to a channel. `Ledger.reset` says what that means."""
    sql = "SELECT first_seen FROM channels WHERE name = %s FOR UPDATE"
    found = await fetched(connection, sql, (channel,))
    if not found:
        return None
    untried = "NOT EXISTS (SELECT FROM attempts WHERE notice = notices.id)"
    free = "channel = %s AND state NOT IN ('leased', 'sending')"
    # A notice that was sent long ago by the wrong clock has no attempts any more (`prune`).
    unsent = "state IN ('waiting', 'held', 'expired')"
    gone = f"{free} AND day > %s AND {unsent} AND {untried} AND correction IS NULL"
    for which in ("entry IS NULL", _NO_PART):
        sql = f"DELETE FROM notices WHERE {gone} AND {which}"
        await fetched(connection, sql, (channel, today))
    sql = f"""UPDATE notices SET state = 'waiting', due = %s, reason = NULL
        WHERE {free} AND day BETWEEN %s AND %s AND state = 'expired' AND {untried}"""
    await fetched(connection, sql, (now, channel, oldest, today))
    sql = f"UPDATE notices SET due = %s WHERE {free} AND due > %s"
    await fetched(connection, sql, (now, channel, now))
    considered = await _last_closed(connection, channel, today, max(oldest, found[0][0].date()))
    sql = "UPDATE channels SET considered = %s, closing = NULL WHERE name = %s"
    await fetched(connection, sql, (considered, channel))
    await count_change(connection)
    return considered


_NO_PART = """entry IS NOT NULL AND NOT EXISTS
    (SELECT FROM notices AS whole WHERE whole.id = notices.channel || '/' || notices.day::text)"""
"""SQL for a notice that was not set aside from a message that stays.

Why such a part stays too: the message's day is not planned again, so nothing would bring the part
back. For the same reason a correction stays: it is seen only once.
"""


async def _last_closed(
    connection: AsyncConnection[Row], channel: str, today: date, first: date
) -> date:
    """Return the last day that must stay closed: the last one with a notice, or before ``first``.

    Why a day with a notice and all before it stay closed: so no day is ever sent twice, also if
    ``post`` was changed since.
    """
    sql = """SELECT max(day) FROM notices
        WHERE channel = %s AND day <= %s AND correction IS NULL"""
    day: date | None = (await fetched(connection, sql, (channel, today)))[0][0]
    before = min(first, today) - timedelta(days=1)
    return max(before, day) if day else before


async def switch_on(connection: AsyncConnection[Row], channel: str) -> bool:
    """Switch a channel on; return True if it was off."""
    sql = """UPDATE channels SET off_since = NULL, off_reason = NULL
        WHERE name = %s AND off_since IS NOT NULL RETURNING name"""
    if not await fetched(connection, sql, (channel,)):
        return False
    await count_change(connection)
    return True


async def pauses(connections: Connections) -> tuple[Pause, ...]:
    """Return the pauses that services asked for. Some may be over."""
    found = await connections.run("SELECT whom, until, reason FROM pauses ORDER BY whom")
    return tuple(Pause(*row) for row in found)


async def lift(connections: Connections, whom: Sequence[str]) -> bool:
    """End the pauses of channels and buckets. Return True if there was one."""
    sql = "DELETE FROM pauses WHERE whom = ANY(%s::text[]) RETURNING whom"
    return bool(await connections.run(sql, ([*whom],)))
