"""How the ledger stands, in numbers, for whoever watches it. Used by sqlite_ledger.py.

Why an index on the state, and no kept counts: triggers that keep them cost a notice that is sent
30 microseconds, the index costs it one. Nearly all notices are sent, so those are not counted one
by one: they are all notices less the others. To count a whole table takes a fifth of the time.
"""

import sqlite3
from datetime import datetime

from onthisday.delivery.notice import STATES, Totals

_UNSENT = tuple(state for state in STATES if state != "sent")


def totals(rows: sqlite3.Connection) -> Totals:
    """Count the notices of each state, and the channels that are off; find what is longest due."""
    marks = ",".join("?" * len(_UNSENT))
    sql = f"SELECT state, count(*) FROM notices WHERE state IN ({marks}) GROUP BY state"
    states = dict.fromkeys(STATES, 0) | dict(rows.execute(sql, _UNSENT))
    (everything,) = rows.execute("SELECT count(*) FROM notices").fetchone()
    states["sent"] = everything - sum(states.values())
    off = "SELECT count(*) FROM channels WHERE off_since IS NOT NULL"
    return Totals(states, next_due(rows), rows.execute(off).fetchone()[0])


def next_due(rows: sqlite3.Connection) -> datetime | None:
    """Return when the first notice is due, of channels that are on; None where none waits."""
    sql = """SELECT due FROM notices INDEXED BY ready_notices
        WHERE state IN ('waiting', 'unknown') AND due IS NOT NULL
        AND channel NOT IN (SELECT name FROM channels WHERE off_since IS NOT NULL)
        ORDER BY due LIMIT 1"""
    found = rows.execute(sql).fetchone()
    return found and datetime.fromisoformat(found[0])
