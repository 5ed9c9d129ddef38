"""List the notices of the ledger, and their attempts, for people. Used by sqlite_ledger.py."""

import sqlite3
from typing import Any, get_args

from onthisday.adapters.sqlite.decoding import decoding
from onthisday.adapters.sqlite.notice_rows import COLUMNS, instant_of, notice_of
from onthisday.delivery.notice import Attempt, Notice, Wanted
from onthisday.delivery.request_reply import Outcome


def notices(rows: sqlite3.Connection, wanted: Wanted) -> tuple[Notice, ...]:
    """Return the notices that are wanted: the newest day first, a day in the ledger's order."""
    clauses = {
        "channel = ?": wanted.channel,
        # Nearly all notices are sent. Then it is quicker to look at the newest ones than to sort
        # all. The plus says: do not use the index on the state (leasing.py).
        "+state = ?" if wanted.state == "sent" else "state = ?": wanted.state,
        "day >= ?": wanted.since and wanted.since.isoformat(),
        "day = ?": wanted.day and wanted.day.isoformat(),
    }
    asked: list[tuple[str, tuple[object, ...]]] = [
        (clause, (value,)) for clause, value in clauses.items() if value is not None
    ]
    if wanted.below is not None:
        asked.append(_below(rows, wanted.below))
    where = f"WHERE {' AND '.join(clause for clause, _ in asked)}" if asked else ""
    sql = f"SELECT {COLUMNS} FROM notices {where} ORDER BY day DESC, place LIMIT ?"
    values = [value for _, each in asked for value in each]
    limit = -1 if wanted.limit is None else wanted.limit
    return tuple(map(notice_of, rows.execute(sql, (*values, limit))))


def _below(rows: sqlite3.Connection, notice_id: str) -> tuple[str, tuple[object, ...]]:
    """Return the SQL for the notices that come after a notice in the list, and its values."""
    sql = "SELECT day, place FROM notices WHERE id = ?"
    day, place = rows.execute(sql, (notice_id,)).fetchone() or ("", 0)
    return "day <= ? AND (day < ? OR place > ?)", (day, day, place)


def notice(rows: sqlite3.Connection, notice_id: str) -> Notice | None:
    """Return the notice with this id; None if there is none."""
    sql = f"SELECT {COLUMNS} FROM notices WHERE id = ?"
    found = rows.execute(sql, (notice_id,)).fetchone()
    return found and notice_of(found)


def attempts(rows: sqlite3.Connection, notice_id: str) -> tuple[Attempt, ...]:
    """Return the attempts of a notice, the oldest first."""
    sql = """SELECT number, at, outcome, status, detail FROM attempts
        WHERE notice = ? ORDER BY number"""
    return tuple(map(_attempt_of, rows.execute(sql, (notice_id,))))


@decoding
def _attempt_of(row: tuple[Any, ...]) -> Attempt:
    number, at, outcome, status, detail = row
    has_status = status is None or isinstance(status, int)
    if outcome not in _OUTCOMES or not (has_status and isinstance(detail, str)):
        raise ValueError(f"attempt {number} contradicts itself")
    return Attempt(number, instant_of(at), outcome, status, detail)


_OUTCOMES = ("sending", *get_args(Outcome))
