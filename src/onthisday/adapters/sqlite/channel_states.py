"""Change what the ledger knows of channels: their closed days, whether they are on, their pauses.

Used by sqlite_ledger.py. Each function runs inside a transaction of writer_thread.py. The rows of
notices that are delivered are in leasing.py.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from onthisday.adapters.sqlite.decoding import decoding
from onthisday.adapters.sqlite.notice_rows import add, instant_of, text_of, texts_of
from onthisday.delivery.notice import ChannelState, Plan, digest_of
from onthisday.delivery.pauses import Pause


def channels(rows: sqlite3.Connection) -> dict[str, ChannelState]:
    """Return the state of each channel, by its name."""
    sql = "SELECT name, considered, off_since, off_reason, closing FROM channels ORDER BY name"
    day_of = lru_cache(1000)(decoding(date.fromisoformat))
    return {
        name: ChannelState(name, day_of(considered), off and _time(off), reason, closing)
        for name, considered, off, reason, closing in rows.execute(sql)
    }


_time = decoding(instant_of)
_texts = decoding(texts_of)


class KnownChannels:
    """The states of the channels, read again only if something in the file has changed.

    Why: with thousands of channels, to read them takes longer than all else in a tick that has
    nothing to do. SQLite counts what other connections have changed (`data_version`), and what this
    one has changed (`total_changes`).
    """

    def __init__(self) -> None:
        self._as_of: tuple[int, int] | None = None
        self._found: dict[str, ChannelState] = {}

    def read(self, rows: sqlite3.Connection) -> dict[str, ChannelState]:
        """Return the state of each channel. It is the same dict as before if nothing changed."""
        as_of = (rows.execute("PRAGMA data_version").fetchone()[0], rows.total_changes)
        if as_of != self._as_of:
            self._found, self._as_of = channels(rows), as_of
        return self._found


def open_days(rows: sqlite3.Connection, plans: Sequence[Plan], now: datetime) -> int:
    """Close the days of each plan, and add its notices. Return how many notices are new.

    A plan is left out if another process has closed or opened days of its channel since the plan
    was made.
    """
    _keep_closings(rows, {plan.fell for plan in plans if plan.fell is not None})
    closed = _still_right(rows, plans)
    rows.executemany(_CLOSE, _closings_of(closed, text_of(now)))
    return add(rows, (notice for plan in closed for notice in plan.notices))


_CLOSE = """INSERT INTO channels (name, considered, first_seen, closing) VALUES (?, ?, ?, ?)
    ON CONFLICT (name) DO UPDATE SET considered = excluded.considered, closing = excluded.closing"""


def _closings_of(plans: Iterable[Plan], now: str) -> Iterator[tuple[str | None, ...]]:
    """Yield the values for _CLOSE."""
    for plan in plans:
        closing = None if plan.fell is None else digest_of(plan.fell)
        yield plan.channel, plan.considered.isoformat(), now, closing


def _still_right(rows: sqlite3.Connection, plans: Sequence[Plan]) -> list[Plan]:
    """Return the plans whose channels have the last closed day that the plans were made with.

    The channels are asked for at once, because there may be many thousands. Of a channel, only the
    first plan counts.
    """
    first: dict[str, Plan] = {}
    for plan in plans:
        first.setdefault(plan.channel, plan)
    sql = "SELECT name, considered FROM channels WHERE name IN (SELECT value FROM json_each(?))"
    closed = dict(rows.execute(sql, (json.dumps([*first]),)).fetchall())
    return [plan for name, plan in first.items() if _is_right(rows, plan, closed.get(name))]


def _is_right(rows: sqlite3.Connection, plan: Plan, closed: str | None) -> bool:
    """Return True if ``closed`` is the day that a plan was made with, and the plan goes on."""
    if closed != (plan.seen and plan.seen.isoformat()):
        return False
    return plan.seen is None or plan.considered > plan.seen or _opens_again(rows, plan)


def _opens_again(rows: sqlite3.Connection, plan: Plan) -> bool:
    """Return True if the last day of a plan's channel was closed without a notice, and has none."""
    sql = """SELECT 1 FROM channels WHERE name = ? AND closing IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM notices WHERE channel = name AND day = considered AND correction IS NULL)"""
    is_last = plan.considered == plan.seen
    return is_last and rows.execute(sql, (plan.channel,)).fetchone() is not None


def _keep_closings(rows: sqlite3.Connection, fell: Iterable[tuple[str, ...]]) -> None:
    """Keep the entries of days that are closed without a notice. Forget those of older days."""
    kept = [(digest_of(entries), json.dumps(entries)) for entries in fell]
    if not kept:
        return
    used = "SELECT closing FROM channels WHERE closing IS NOT NULL"
    rows.execute(f"DELETE FROM closings WHERE digest NOT IN ({used})")
    rows.executemany("INSERT OR IGNORE INTO closings (digest, entries) VALUES (?, ?)", kept)


def closings(rows: sqlite3.Connection) -> dict[str, frozenset[str]]:
    """Return which entries fell on a day when it was closed without a notice, by digest."""
    found = rows.execute("SELECT digest, entries FROM closings")
    return {digest: frozenset(_texts(entries)) for digest, entries in found}


def reset(
    rows: sqlite3.Connection, channel: str, today: date, oldest: date, now: datetime
) -> date | None:
    """Undo what a wrong clock did to a channel. `Ledger.reset` says what that means."""
    found = rows.execute("SELECT first_seen FROM channels WHERE name = ?", (channel,)).fetchone()
    if found is None:
        return None
    untried = "NOT EXISTS (SELECT 1 FROM attempts WHERE notice = notices.id)"
    free = "channel = ? AND state NOT IN ('leased', 'sending')"
    # A notice that was sent long ago by the wrong clock has no attempts any more (`prune`).
    unsent = "state IN ('waiting', 'held', 'expired')"
    gone = f"{free} AND day > ? AND {unsent} AND {untried} AND correction IS NULL"
    for which in ("entry IS NULL", _NO_PART):
        rows.execute(f"DELETE FROM notices WHERE {gone} AND {which}", (channel, today.isoformat()))
    sql = f"""UPDATE notices SET state = 'waiting', due = ?, reason = NULL
        WHERE {free} AND day BETWEEN ? AND ? AND state = 'expired' AND {untried}"""
    rows.execute(sql, (text_of(now), channel, oldest.isoformat(), today.isoformat()))
    sql = f"UPDATE notices SET due = ? WHERE {free} AND due > ?"
    rows.execute(sql, (text_of(now), channel, text_of(now)))
    considered = _last_closed(rows, channel, today, max(oldest, _day_of(found[0])))
    sql = "UPDATE channels SET considered = ?, closing = NULL WHERE name = ?"
    rows.execute(sql, (considered.isoformat(), channel))
    return considered


_NO_PART = """entry IS NOT NULL AND NOT EXISTS
    (SELECT 1 FROM notices AS whole WHERE whole.id = notices.channel || '/' || notices.day)"""
"""SQL for a notice that was not set aside from a message that stays.

Why such a part stays too: the message's day is not planned again, so nothing would bring the part
back. For the same reason a correction stays: it is seen only once.
"""


def _day_of(first_seen: str) -> date:
    return _time(first_seen).date()


def _last_closed(rows: sqlite3.Connection, channel: str, today: date, first: date) -> date:
    """Return the last day that must stay closed: the last one with a notice, or before ``first``.

    Why a day with a notice and all before it stay closed: so no day is ever sent twice, also if
    ``post`` was changed since.
    """
    sql = """SELECT max(day) FROM notices
        WHERE channel = ? AND day <= ? AND correction IS NULL"""
    (day,) = rows.execute(sql, (channel, today.isoformat())).fetchone()
    before = min(first, today) - timedelta(days=1)
    return max(before, decoding(date.fromisoformat)(day)) if day else before


def switch_on(rows: sqlite3.Connection, channel: str) -> bool:
    """Switch a channel on; return True if it was off."""
    sql = """UPDATE channels SET off_since = NULL, off_reason = NULL
        WHERE name = ? AND off_since IS NOT NULL"""
    return rows.execute(sql, (channel,)).rowcount == 1


def pauses(rows: sqlite3.Connection) -> tuple[Pause, ...]:
    """Return the pauses that services asked for. Some may be over."""
    found = rows.execute("SELECT whom, until, reason FROM pauses ORDER BY whom")
    return tuple(Pause(whom, _time(until), why) for whom, until, why in found)


def lift(rows: sqlite3.Connection, whom: Sequence[str]) -> bool:
    """End the pauses of channels and buckets. Return True if there was one."""
    sql = "DELETE FROM pauses WHERE whom IN (SELECT value FROM json_each(?))"
    return rows.execute(sql, (json.dumps([*whom]),)).rowcount > 0
