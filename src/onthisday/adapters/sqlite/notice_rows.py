"""How a notice stands in the ledger's file, and how notices are added. Used by the modules here.

leasing.py changes notices while they are delivered.
"""

import json
import sqlite3
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from onthisday.adapters.sqlite.decoding import decoding
from onthisday.delivery.notice import STATES, Notice

COLUMNS = """id, channel, day, zone, entries, entry, state, due, tries, reason, replayed, doubts,
    first, last, correction, kept, named"""


def text_of(instant: datetime) -> str:
    """Return a time as the ledger keeps it: a text in UTC.

    If such texts are sorted, they are in the order of time.
    """
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


_LONG = len("2026-02-25T09:00:00.000000+00:00")


def instant_of(text: str) -> datetime:
    """Return the time of a text that `text_of` made. Raise ValueError if it made no such text."""
    if len(text) != _LONG or not text.endswith("+00:00"):
        raise ValueError(f"{text!r} is no time in UTC")
    return datetime.fromisoformat(text)


@decoding
def notice_of(row: tuple[Any, ...]) -> Notice:
    """Return the notice in a row that has the columns COLUMNS. Raise Damaged.

    A notice's id is made of its channel, day and entry. So one of the four tells if another one is
    wrong.
    """
    id_, channel, day, zone, entries, entry, state, due, tries, reason, replayed, doubts = row[:12]
    first, last, correction, kept, named = row[12:]
    found = Notice(
        channel,
        date.fromisoformat(day),
        zone,
        texts_of(entries),
        entry,
        state,
        due and instant_of(due),
        tries,
        reason,
        bool(replayed),
        doubts,
        first and date.fromisoformat(first),
        last and date.fromisoformat(last),
        correction and date.fromisoformat(correction),
        kept,
        named,
    )
    kinds = type(zone) is str and type(tries) is type(doubts) is int and type(reason) in _WORDS
    if found.id != id_ or state not in STATES or not kinds:
        raise ValueError(f"the notice {id_} contradicts itself")
    return found


_WORDS = (str, type(None))


def texts_of(text: str) -> tuple[str, ...]:
    """Return the texts of a list in JSON. Raise ValueError if it is no such list."""
    found = json.loads(text)
    if type(found) is not list or not {*map(type, found)} <= {str}:
        raise ValueError(f"{text!r:.80} is no list of texts")
    return tuple(found)


def add(rows: sqlite3.Connection, notices: Iterable[Notice]) -> int:
    """Add notices, except those that are there already. Return how many are new."""
    columns = COLUMNS.split(",")
    sql = f"""INSERT OR IGNORE INTO notices ({COLUMNS})
        VALUES ({", ".join("?" * len(columns))})"""
    return rows.executemany(sql, rows_of(notices)).rowcount


def rows_of(notices: Iterable[Notice]) -> Iterable[tuple[Any, ...]]:
    """Yield the rows of notices, with the columns COLUMNS.

    Many notices have the same entries and the same times, so their texts are remembered.
    """
    json_of, text, day = (lru_cache(1000)(each) for each in (json.dumps, text_of, date.isoformat))
    for notice in notices:
        channel, own, zone, entries, entry, state, due, *others = notice
        tries, reason, replayed, doubts, first, last, correction, kept, named = others
        yield (
            notice.id, channel, day(own), zone, json_of(entries), entry, state, due and text(due),
            tries, reason, replayed, doubts, first and day(first), last and day(last),
            correction and day(correction), kept, named,
        )  # fmt: skip
