"""Close the days of channels, and add the notices of these days, in one transaction.

Used by postgres_ledger.py. service/sending/plans.py makes the plans.
"""

import json
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any

from psycopg import AsyncConnection
from psycopg.errors import LockNotAvailable

from onthisday.adapters.postgres.channel_states import count_change
from onthisday.adapters.postgres.connections import Connections, Row, fetched
from onthisday.adapters.postgres.leasing import FIELDS
from onthisday.delivery.notice import Notice, Plan, digest_of

Ask = Callable[[AsyncConnection[Row], Collection[str]], Awaitable[None]]
"""Asks for the work on queues, inside the transaction that adds their notices."""

MOST = 5000
"""How many rows one statement changes: so the memory stays bounded."""


class Busy(Exception):
    """Another process has been closing days for as long as a lock is waited for."""


async def ask_nobody(_connection: AsyncConnection[Row], _queues: Collection[str]) -> None:
    """Ask for no work. It is for a ledger that is only read: nothing is planned there."""


async def open_days(
    connection: AsyncConnection[Row], plans: Sequence[Plan], now: datetime, ask: Ask
) -> int:
    """Close the days of each plan, and add its notices. Return how many notices are new.

    A plan is left out if another process has closed or opened days of its channel since the plan
    was made. One process at a time does this: it locks the table of the closings. Raise Busy.
    """
    try:
        await fetched(connection, "LOCK TABLE closings IN SHARE ROW EXCLUSIVE MODE")
    except LockNotAvailable as error:
        raise Busy from error
    await _keep_closings(connection, {plan.fell for plan in plans if plan.fell is not None})
    closed = [plan for part in _parts(plans) for plan in await _close_days(connection, part, now)]
    new = await add(connection, [notice for plan in closed for notice in plan.notices])
    if queues := {plan.queue for plan in closed if plan.notices and plan.queue}:
        await ask(connection, queues)
    if closed:
        await count_change(connection)
    return new


def _parts(values: Any) -> Iterator[list[Any]]:
    """Yield the values in lists of up to MOST."""
    left = iter(values)
    while part := [*islice(left, MOST)]:
        yield part


async def _keep_closings(
    connection: AsyncConnection[Row], fell: Collection[tuple[str, ...]]
) -> None:
    """Keep the entries of days that are closed without a notice. Forget those of older days."""
    if not fell:
        return
    used = "SELECT FROM channels WHERE closing = digest"
    await fetched(connection, f"DELETE FROM closings WHERE NOT EXISTS ({used})")
    sql = "INSERT INTO closings (digest, entries) VALUES (%s, %s) ON CONFLICT DO NOTHING"
    for entries in sorted(fell):
        await fetched(connection, sql, (digest_of(entries), json.dumps(entries)))


_NEW = """INSERT INTO channels (name, considered, first_seen, closing)
    SELECT name, considered, %s, closing
    FROM unnest(%s::text[], %s::date[], %s::date[], %s::text[])
    AS given (name, seen, considered, closing) WHERE seen IS NULL
    ON CONFLICT (name) DO NOTHING RETURNING name"""

_KNOWN = """UPDATE channels SET considered = given.considered, closing = given.closing
    FROM unnest(%s::text[], %s::date[], %s::date[], %s::text[])
    AS given (name, seen, considered, closing)
    WHERE channels.name = given.name AND channels.considered = given.seen
    AND (given.considered > given.seen
        OR given.considered = given.seen AND channels.closing IS NOT NULL AND NOT EXISTS
        (SELECT FROM notices WHERE channel = channels.name AND day = channels.considered
            AND correction IS NULL))
    RETURNING channels.name"""
"""The same day is closed again only if it was closed without a notice: then it opens again."""


async def _close_days(
    connection: AsyncConnection[Row], plans: Sequence[Plan], now: datetime
) -> list[Plan]:
    """Close the days of these plans. Return those whose days were not closed by another process."""
    first = {plan.channel: plan for plan in reversed(plans)}
    columns = [
        [*first],
        [plan.seen for plan in first.values()],
        [plan.considered for plan in first.values()],
        [None if plan.fell is None else digest_of(plan.fell) for plan in first.values()],
    ]
    new = await fetched(connection, _NEW, (now, *columns))
    known = await fetched(connection, _KNOWN, columns)
    names = {name for (name,) in (*new, *known)}
    return [plan for plan in plans if plan.channel in names and plan is first[plan.channel]]


_TYPES = {"entries": "text", "day": "date", "due": "timestamptz", "tries": "integer",
    "doubts": "integer", "replayed": "boolean", "first": "date", "last": "date",
    "correction": "date"}  # fmt: skip
"""The types of the columns that are no text. The entries are read out of JSON."""

_GIVEN = ("id", *FIELDS)

_ADD = f"""INSERT INTO notices ({", ".join(_GIVEN)})
    SELECT {", ".join("entries::jsonb" if name == "entries" else name for name in _GIVEN)}
    FROM unnest({", ".join(f"%s::{_TYPES.get(name, 'text')}[]" for name in _GIVEN)})
    WITH ORDINALITY AS given ({", ".join(_GIVEN)}, nth) ORDER BY nth
    ON CONFLICT DO NOTHING"""


async def add(connection: AsyncConnection[Row], notices: Sequence[Notice]) -> int:
    """Add notices, except those that are there already. Return how many are new."""
    new = 0
    for part in _parts(notices):
        json_of = lru_cache(1000)(json.dumps)
        rows = ((n.id, *n[:3], json_of(n.entries), *n[4:]) for n in part)
        columns = [[*column] for column in zip(*rows, strict=True)]
        new += (await connection.execute(_ADD.encode(), columns)).rowcount
    return new


async def closings(connections: Connections) -> dict[str, frozenset[str]]:
    """Return which entries fell on a day when it was closed without a notice, by digest."""
    found = await connections.run("SELECT digest, entries FROM closings")
    return {digest: frozenset(entries) for digest, entries in found}
