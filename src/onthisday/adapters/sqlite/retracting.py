"""Record in the ledger's file that a message was deleted, or that it will never be sent.

Used by sqlite_ledger.py. It runs inside a transaction. Not here: who asks the service to delete it
(service/sending/retracting.py).
"""

import sqlite3
from datetime import datetime

from onthisday.adapters.sqlite.notice_rows import text_of
from onthisday.delivery.notice import Notice
from onthisday.delivery.request_reply import Verdict


def retract(
    rows: sqlite3.Connection, notice: Notice, reason: str, now: datetime, answer: Verdict | None
) -> bool:
    """Record that a notice's message was deleted, or that it will never be sent.

    Return False and change nothing if the notice is not any more as ``notice`` says.
    """
    sql = """UPDATE notices SET state = 'retracted', due = NULL, reason = ?, replayed = 0,
        kept = NULL WHERE id = ? AND state = ? AND state NOT IN ('leased', 'sending')
        AND tries = ? AND named IS ?"""
    seen = notice.id, notice.state, notice.tries, notice.named
    if rows.execute(sql, (reason, *seen)).rowcount != 1:
        return False
    if answer is not None:
        sql = """INSERT INTO attempts SELECT ?, coalesce(max(number), 0) + 1, ?, 'deleted', ?, ?
            FROM attempts WHERE notice = ?"""
        rows.execute(sql, (notice.id, text_of(now), answer.status, answer.detail, notice.id))
    return True
