"""Count the notices and channels of the ledger, for people who watch it. Used by sqlite_ledger.py.

Why the states have an index, and the counts are not kept in the file: to keep counts with triggers
takes 30 microseconds for each notice that is sent. The index takes one microsecond.

Nearly all notices are sent. To count these one by one is slow. So all notices are counted, and
those with other states are subtracted. This takes a fifth of the time.
"""

import sqlite3
from datetime import datetime

from onthisday.adapters.sqlite.decoding import decoding
from onthisday.adapters.sqlite.notice_rows import instant_of
from onthisday.delivery.notice import STATES, Totals

_UNSENT = tuple(state for state in STATES if state != "sent")


def totals(rows: sqlite3.Connection) -> Totals:
    """Count the notices of each state, and the channels that are off.

    Find the earliest due time.
    """
    marks = ",".join("?" * len(_UNSENT))
    sql = f"SELECT state, count(*) FROM notices WHERE state IN ({marks}) GROUP BY state"
    states = dict.fromkeys(STATES, 0) | dict(rows.execute(sql, _UNSENT))
    (everything,) = rows.execute("SELECT count(*) FROM notices").fetchone()
    states["sent"] = everything - sum(states.values())
    off = "SELECT count(*) FROM channels WHERE off_since IS NOT NULL"
    return Totals(states, next_due(rows), rows.execute(off).fetchone()[0])


def next_due(rows: sqlite3.Connection) -> datetime | None:
    """Return when the next notice is due; None if no notice waits.

    Channels that are switched off are left out.
    """
    sql = """SELECT due FROM notices INDEXED BY ready_notices
        WHERE state IN ('waiting', 'unknown') AND due IS NOT NULL
        AND channel NOT IN (SELECT name FROM channels WHERE off_since IS NOT NULL)
        ORDER BY due LIMIT 1"""
    found = rows.execute(sql).fetchone()
    return found and decoding(instant_of)(found[0])
