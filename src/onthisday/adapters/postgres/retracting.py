"""Record that a message was deleted, or that it will never be sent. Used by postgres_ledger.py.

It runs inside a transaction of its caller. Not here: who asks the service to delete it
(service/sending/retracting.py).
"""

from datetime import datetime

from psycopg import AsyncConnection

from onthisday.adapters.postgres.attempts import storable
from onthisday.adapters.postgres.connections import Row, fetched
from onthisday.adapters.postgres.leasing import ONE_LESS
from onthisday.delivery.notice import Notice
from onthisday.delivery.request_reply import Verdict


async def retract(
    connection: AsyncConnection[Row],
    notice: Notice,
    reason: str,
    now: datetime,
    answer: Verdict | None,
) -> bool:
    """Record that a notice's message was deleted, or that it will never be sent.

    Return False and change nothing if the notice is not any more as ``notice`` says.
    """
    sql = """UPDATE notices SET state = 'retracted', due = NULL, reason = %s, replayed = false,
        kept = NULL, attempt = attempt + %s::integer
        WHERE id = %s AND state = %s AND state NOT IN ('leased', 'sending')
        AND tries = %s AND named IS NOT DISTINCT FROM %s RETURNING attempt"""
    seen = notice.id, notice.state, notice.tries, notice.named
    found = await fetched(connection, sql, (storable(reason), answer is not None, *seen))
    if not found:
        return False
    if answer is not None:
        add = """INSERT INTO attempts (notice, number, at, outcome, status, detail)
            VALUES (%s, %s, %s, 'deleted', %s, %s)"""
        told = notice.id, found[0][0], now, answer.status, storable(answer.detail)
        await fetched(connection, add, told)
    if notice.state == "sent":
        await fetched(connection, ONE_LESS)
    return True
