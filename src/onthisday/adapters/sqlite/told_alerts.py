"""What is known of alerts, in the ledger's table `alerts`: reading it and changing it.

Called by sqlite_ledger.py. delivery/alerts.py says what an alert is.
"""

import sqlite3
from collections.abc import Collection, Mapping
from datetime import datetime

from onthisday.adapters.sqlite.notice_rows import text_of
from onthisday.delivery.alerts import Told


def alerts(rows: sqlite3.Connection) -> dict[str, Told]:
    """Return what is known of each condition, by its key."""
    return {
        key: Told(datetime.fromisoformat(since), told and datetime.fromisoformat(told), doubts)
        for key, since, told, doubts in rows.execute("SELECT key, since, told, doubts FROM alerts")
    }


def keep_alerts(rows: sqlite3.Connection, kept: Mapping[str, Told], ended: Collection[str]) -> None:
    """Record what is known of conditions, and forget those that ended."""
    rows.executemany("DELETE FROM alerts WHERE key = ?", [(key,) for key in ended])
    values = [
        (key, text_of(told.since), told.at and text_of(told.at), told.doubts)
        for key, told in kept.items()
    ]
    rows.executemany("INSERT OR REPLACE INTO alerts VALUES (?, ?, ?, ?)", values)
