"""Record that a notice is about to be sent, what came of it, or that it is given back.

Used by postgres_ledger.py. Each function records many notices with one statement, which is a
transaction of its own (batches.py), and says of each whether it was held.

A notice knows the number of its newest attempt, and in ``asked`` the process that made it, until
the answer is recorded. So an answer is recorded once, for the right attempt, and also if it comes
late: if others took the process for dead meanwhile, but nobody has begun another attempt.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from psycopg import AsyncConnection

from onthisday.adapters.postgres.channel_states import count_change
from onthisday.adapters.postgres.connections import Connections, Row, fetched
from onthisday.adapters.postgres.leasing import named
from onthisday.delivery.notice import Notice
from onthisday.delivery.pauses import CLOCKS, LONGEST
from onthisday.delivery.retries import Settlement


class Begun(NamedTuple):
    """A notice that the process ``owner`` is about to send. See `Ledger.sending`."""

    owner: str
    notice: Notice
    at: datetime
    hold: bool


class Ended(NamedTuple):
    """How an attempt ended: the process that made it, and its number."""

    owner: str
    number: int
    settlement: Settlement


class Returned(NamedTuple):
    """A notice that was not sent. It is due as before, or at ``due``; or it ``expires``."""

    owner: str
    notice: Notice
    reason: str
    due: datetime | None = None
    expires: bool = False


_SENDING = """WITH given AS (
    SELECT * FROM unnest(%s::text[], %s::text[], %s::boolean[], %s::timestamptz[])
    AS given (id, owner, hold, at)
), begun AS (
    UPDATE notices SET state = 'sending', tries = tries + 1, hold = given.hold,
        attempt = attempt + 1, asked = given.owner
    FROM given WHERE notices.id = given.id AND notices.owner = given.owner AND state = 'leased'
    RETURNING notices.id, attempt, at
), added AS (
    INSERT INTO attempts (notice, number, at, outcome, detail)
    SELECT id, attempt, at, 'sending', '' FROM begun
) SELECT id, attempt FROM begun"""


async def sending(connections: Connections, begun: Sequence[Begun]) -> list[int | None]:
    """Mark notices as being sent, and add an attempt to each.

    Return the number of each attempt; None if the owner does not hold the notice as leased.
    """
    columns = zip(
        *((each.notice.id, each.owner, each.hold, each.at) for each in begun), strict=True
    )
    numbers: dict[str, int] = dict(
        await connections.run(_SENDING, [[*column] for column in columns])
    )
    return [numbers.pop(each.notice.id, None) for each in begun]


_SETTLE = """WITH given AS (
    SELECT * FROM unnest(%s::text[], %s::text[], %s::integer[], %s::text[], %s::timestamptz[],
        %s::text[], %s::text[], %s::text[], %s::integer[], %s::text[])
    AS given (id, owner, number, state, due, reason, named, outcome, status, detail)
), ended AS (
    UPDATE notices SET due = given.due, reason = given.reason, named = given.named, asked = NULL,
        state = CASE WHEN given.state <> 'leased' OR {held} THEN given.state ELSE 'waiting' END,
        owner = CASE WHEN given.state = 'leased' AND {held} THEN given.owner END,
        replayed = replayed AND given.due IS NOT NULL,
        tries = greatest(0, tries - (outcome = 'throttled')::integer),
        doubts = greatest(0, doubts + (outcome = 'unknown')::integer - (NOT {held})::integer)
    FROM given
    WHERE notices.id = given.id AND attempt = given.number AND asked = given.owner
    RETURNING notices.id, given.number, given.state, outcome, status, detail
), marked AS (
    UPDATE attempts SET outcome = ended.outcome, status = ended.status, detail = ended.detail
    FROM ended WHERE notice = ended.id AND attempts.number = ended.number
), counted AS (
    INSERT INTO sent_counts SELECT count(*) FROM ended WHERE state = 'sent' HAVING count(*) > 0
) SELECT id FROM ended""".replace(
    "{held}", "(notices.state = 'sending' AND notices.owner IS NOT DISTINCT FROM given.owner)"
)


async def settle(connections: Connections, ended: Sequence[Ended]) -> list[bool]:
    """Record how attempts ended, and the new states of their notices.

    Switch channels off and record pauses, if asked to. Return for each whether it was recorded.
    """
    columns = [[*column] for column in zip(*map(_settled, ended), strict=True)]
    if any(each.settlement.off or each.settlement.pause for each in ended):

        async def work(connection: AsyncConnection[Row]) -> list[Row]:
            found = await fetched(connection, _SETTLE, columns)
            await _pause([each.settlement for each in ended], connection)
            await _switch_off([each.settlement for each in ended], connection)
            return found

        found = await connections.change(work)
    else:
        found = await connections.run(_SETTLE, columns)
    hit = {notice for (notice,) in found}
    return [each.settlement.notice.id in hit for each in ended]


def _settled(ended: Ended) -> tuple[Any, ...]:
    owner, number, (notice, _, verdict, state, due, _, _) = ended
    detail = storable(verdict.detail)
    reason = detail if state != "sent" else None
    outcome = verdict.outcome, verdict.status, detail
    return (notice.id, owner, number, state, due, reason, ended.settlement.named, *outcome)


async def _pause(ended: Sequence[Settlement], connection: AsyncConnection[Row]) -> None:
    """Record the pauses that were asked for, but do not shorten one.

    Why: an answer that is recorded late may be older than the pause that is there. A pause that a
    wrong clock made (`Pause.holds`) does not count.
    """
    asked = {each.pause.whom: each.pause for each in ended if each.pause is not None}
    sql = """INSERT INTO pauses (whom, until, reason) VALUES (%s, %s, %s) ON CONFLICT (whom)
        DO UPDATE SET until = excluded.until, reason = excluded.reason
        WHERE excluded.until > pauses.until OR pauses.until > %s"""
    for _, (whom, until, reason) in sorted(asked.items()):
        furthest = max(each.at for each in ended) + LONGEST + CLOCKS
        await fetched(connection, sql, (whom, until, storable(reason), furthest))


async def _switch_off(ended: Sequence[Settlement], connection: AsyncConnection[Row]) -> None:
    off = [each for each in ended if each.off is not None]
    sql = (
        "UPDATE channels SET off_since = %s, off_reason = %s WHERE name = %s AND off_since IS NULL"
    )
    for each in off:
        await fetched(connection, sql, (each.at, storable(each.off or ""), each.notice.channel))
    if off:
        await count_change(connection)


_RETURN = """WITH given AS (
    SELECT * FROM unnest(%(ids)s::text[], %(owners)s::text[], %(reasons)s::text[],
        %(dues)s::timestamptz[], %(expires)s::boolean[])
    AS given (id, owner, reason, due, expires)
) UPDATE notices SET owner = NULL, reason = given.reason,
    state = CASE WHEN doubts > 0 THEN 'unknown' WHEN expires THEN 'expired' ELSE 'waiting' END,
    due = CASE WHEN NOT expires THEN coalesce(given.due, notices.due) END
FROM given WHERE notices.id = given.id AND notices.owner = given.owner AND state = 'leased'
RETURNING notices.id"""


async def give_back(connections: Connections, returned: Sequence[Returned]) -> list[bool]:
    """Give back leased notices that were not sent. Return for each whether its owner held it."""
    values = {
        "ids": [each.notice.id for each in returned],
        "owners": [each.owner for each in returned],
        "reasons": [storable(each.reason) for each in returned],
        "dues": [each.due for each in returned],
        "expires": [each.expires for each in returned],
    }

    async def work(connection: AsyncConnection[Row]) -> list[Row]:
        return await named(connection, _RETURN, values)

    hit = {notice for (notice,) in await connections.change(work)}
    return [each.notice.id in hit for each in returned]


def storable(text: str) -> str:
    """Return a text as PostgreSQL can keep it: without NUL, and without half of a character."""
    return text.replace("\0", "\ufffd").encode(errors="replace").decode()
