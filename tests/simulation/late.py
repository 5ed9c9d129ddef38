"""Record the answer of an attempt whose process was thought dead meanwhile.

A store with leases does this, as long as nobody has begun another attempt. SQLite needs no such
thing, because its processes are dead when they are thought dead. Used by processes.py.
"""

import sqlite3

from onthisday.adapters.sqlite import leasing
from onthisday.delivery.notice import NotHeld
from onthisday.delivery.retries import Settlement


def settle_late(rows: sqlite3.Connection, owner: str, settlement: Settlement) -> None:
    """Undo what `leasing.free` did to a notice that was being sent, and settle it.

    Raise NotHeld if somebody has begun another attempt since.
    """
    notice = settlement.notice
    sql = """UPDATE notices SET state = 'sending', owner = ?, doubts = ?
        WHERE id = ? AND tries = ? AND doubts = ? + 1 AND state IN ('unknown', 'leased')"""
    values = owner, notice.doubts, notice.id, notice.tries, notice.doubts
    if rows.execute(sql, values).rowcount != 1:
        raise NotHeld(notice.id)
    sql = """UPDATE attempts SET outcome = 'sending' WHERE notice = ? AND outcome = 'unknown'
        AND number = (SELECT max(number) FROM attempts WHERE notice = ?)"""
    if rows.execute(sql, (notice.id, notice.id)).rowcount != 1:
        raise NotHeld(notice.id)
    if settlement.state == "leased":
        settlement = settlement._replace(state="waiting")
    leasing.settle(rows, [(owner, settlement)])
