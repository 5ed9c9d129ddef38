"""Read all that a ledger has in it, and write it into a new one, to move to another store.

delivery/moving.py has the records. Called by app/moving.py.
"""

import json
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from psycopg import AsyncConnection

from onthisday.adapters.postgres import (
    channel_states,
    keeping_back,
    ledger_tables,
    seen_corrections,
    told_alerts,
)
from onthisday.adapters.postgres.attempts import storable
from onthisday.adapters.postgres.connections import Connections, Row, fetched
from onthisday.adapters.postgres.leasing import COLUMNS, FIELDS, notice_of
from onthisday.adapters.postgres.presence import ALIVE
from onthisday.delivery.moving import (
    ChannelRecord,
    ClosingRecord,
    HoldRecord,
    NoticeRecord,
    Record,
    ToldRecord,
)
from onthisday.delivery.notice import Attempt, Corrected, Hold, Known
from onthisday.delivery.pauses import Pause

PAGE = 2000
"""How many notices are read at once: so the memory stays bounded."""

Add = Callable[[Sequence[Record]], Awaitable[None]]


async def refuse_in_use(address: str) -> None:
    """Raise Unwritable if a living process has this ledger open for changes."""
    connections = Connections(address, read_only=True)
    try:
        if not await ledger_tables.refuse_older(connections):
            why = "there is no ledger yet; the first `tick` or `serve` makes it"
            raise connections.refused(why)
        if await connections.run(f"SELECT 1 FROM processes WHERE {ALIVE} LIMIT 1"):
            why = "is in use by another process; stop that first, or both ledgers would send"
            raise connections.refused(f"{why} (20 seconds after a process was killed, it is not)")
    finally:
        await connections.close()


async def records_of(address: str) -> AsyncGenerator[Sequence[Record]]:
    """Yield all that a ledger has in it, in parts. Raise Unreadable."""
    connections = Connections(address, read_only=True)
    try:
        yield await _small_ones(connections)
        async with connections.transaction() as read, read.cursor("notices") as cursor:
            sql = f"SELECT {COLUMNS}, hold, id FROM notices ORDER BY place"
            await cursor.execute(sql.encode())
            while rows := await cursor.fetchmany(PAGE):
                yield await _with_attempts(read, rows)
    finally:
        await connections.close()


async def _small_ones(connections: Connections) -> list[Record]:
    """Return all records but the notices."""
    states = await channel_states.KnownChannels(connections).read()
    seen: dict[str, datetime] = dict(await connections.run("SELECT name, first_seen FROM channels"))
    closings = await connections.run("SELECT digest, entries FROM closings ORDER BY digest")
    held = await connections.run("SELECT channel, day, tag, since FROM holds ORDER BY key")
    known = await told_alerts.known(connections)
    return [
        *(ChannelRecord(state, seen[name]) for name, state in states.items()),
        *(ClosingRecord(digest, tuple(entries)) for digest, entries in closings),
        *await channel_states.pauses(connections),
        *(HoldRecord(Hold(*row[:3]), row[3]) for row in held),
        *await seen_corrections.corrected(connections),
        *(ToldRecord(key, told) for key, told in (await told_alerts.alerts(connections)).items()),
        *([] if known is None else [known]),
    ]


async def _with_attempts(
    connection: AsyncConnection[Row], rows: Sequence[Row]
) -> list[NoticeRecord]:
    sql = """SELECT notice, number, at, outcome, status, detail FROM attempts
        WHERE notice = ANY(%s::text[]) ORDER BY notice, number"""
    attempts: dict[str, list[Attempt]] = {}
    for notice, *attempt in await fetched(connection, sql, ([row[-1] for row in rows],)):
        attempts.setdefault(notice, []).append(Attempt(*attempt))
    return [NoticeRecord(notice_of(row), row[-2], tuple(attempts.get(row[-1], ()))) for row in rows]


@asynccontextmanager
async def new_ledger(address: str) -> AsyncIterator[Add]:
    """Make a ledger of the records that the block adds. If the block fails, there is none.

    Raise Unwritable, also if there is a ledger already.
    """
    connections = Connections(address)
    try:
        async with connections.transaction() as connection:
            if not await ledger_tables.step_up(connection):
                mend = (
                    "name another database, or drop the schema with the tables, if nobody uses it"
                )
                raise connections.refused(f"has a ledger already, which is not overwritten; {mend}")

            async def add(records: Sequence[Record]) -> None:
                await _add(connection, records)

            yield add
    finally:
        await connections.close()


async def _add(connection: AsyncConnection[Row], records: Iterable[Record]) -> None:
    channels: list[Row] = []
    notices: list[NoticeRecord] = []
    for record in records:
        match record:
            case ChannelRecord(state, first_seen):
                channels.append((*state, first_seen))
            case NoticeRecord():
                notices.append(record)
            case _:
                await _add_one(connection, record)
    columns = "name, considered, off_since, off_reason, closing, first_seen"
    await _copy(connection, f"channels ({columns})", channels)
    await _add_notices(connection, notices)


async def _add_one(connection: AsyncConnection[Row], record: Record) -> None:
    match record:
        case HoldRecord(hold, since):
            await keeping_back.keep_back(connection, hold, since)
        case Corrected():
            await seen_corrections.correct(connection, [record], ())
        case ClosingRecord(digest, entries):
            sql = "INSERT INTO closings (digest, entries) VALUES (%s, %s)"
            await fetched(connection, sql, (digest, json.dumps(entries)))
        case Pause():
            sql = "INSERT INTO pauses (whom, until, reason) VALUES (%s, %s, %s)"
            await fetched(connection, sql, (record.whom, record.until, storable(record.reason)))
        case ToldRecord(key, told):
            await told_alerts.keep_alerts(connection, {key: told}, ())
        case Known():
            await told_alerts.know(connection, record)


async def _add_notices(connection: AsyncConnection[Row], records: Sequence[NoticeRecord]) -> None:
    columns = f"{', '.join(FIELDS)}, id, hold, attempt"
    await _copy(connection, f"notices ({columns})", map(_notice_row, records))
    columns = "notice, number, at, outcome, status, detail"
    attempts = ((notice.id, *each) for notice, _, made in records for each in made)
    await _copy(connection, f"attempts ({columns})", attempts)
    sent = sum(record.notice.state == "sent" for record in records)
    if sent:
        await fetched(connection, "INSERT INTO sent_counts VALUES (%s)", (sent,))


def _notice_row(record: NoticeRecord) -> Row:
    notice, hold, attempts = record
    channel, day, zone, entries, *others = notice
    last = attempts[-1].number if attempts else 0
    return (channel, day, zone, json.dumps(entries), *others, notice.id, hold, last)


async def _copy(connection: AsyncConnection[Row], into: str, rows: Iterable[Row]) -> None:
    """Add rows to a table. Why COPY: an INSERT for each takes ten times as long."""
    copying = f"COPY {into} FROM STDIN".encode()
    async with connection.cursor() as cursor, cursor.copy(copying) as copy:
        for row in rows:
            await copy.write_row([storable(x) if isinstance(x, str) else x for x in row])
