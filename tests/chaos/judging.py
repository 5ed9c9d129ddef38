"""Whether what arrived is what the ledger says: each notice once, but for unknown outcomes."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import psycopg

from tests.delivery.sink import Received


class Row(NamedTuple):
    """A notice in the ledger. ``unknown``: how many attempts have an unknown outcome."""

    channel: str
    entry: str
    state: str
    attempts: int
    unknown: int


class Judged(NamedTuple):
    """The figures of a run, and what is wrong."""

    notices: int
    arrivals: int
    unknown: int
    repeats: int
    wrong: tuple[str, ...]


def rows_of(address: str) -> list[Row]:
    """Return all notices, in the order in which they were added."""
    sql = """SELECT channel, entry, state, count(number),
        count(*) FILTER (WHERE outcome = 'unknown')
        FROM onthisday.notices LEFT JOIN onthisday.attempts ON notice = id
        GROUP BY id ORDER BY place"""
    with psycopg.connect(address, autocommit=True) as connection:
        return [Row(*row) for row in connection.execute(sql)]


def is_done(rows: Sequence[Row], count: int) -> bool:
    """Return True if all notices are there, and none waits any more."""
    return len(rows) == count and all(row.state == "sent" for row in rows)


def judged(rows: Sequence[Row], received: Sequence[Received], count: int) -> Judged:
    """Compare the ledger with what the sink received. ``count``: so many notices must be there."""
    arrived = Counter(map(_place_of, received))
    wrong = [] if len(rows) == count else [f"{len(rows)} notices are there, and not {count}"]
    for row in rows:
        times = arrived[row.channel, row.entry]
        if row.state != "sent" or not 1 <= times <= 1 + row.unknown:
            wrong.append(f"{row} arrived {times} times")
    wrong += _in_order(rows, received)
    unknown, repeats = sum(row.unknown for row in rows), len(received) - len(arrived)
    return Judged(len(rows), len(received), unknown, repeats, tuple(wrong))


def _place_of(received: Received) -> tuple[str, str]:
    """Return the channel and the entry of a message."""
    data = json.loads(received.body)["data"]
    (item,) = data["occasions"]
    return data["channel"], item["id"]


def _in_order(rows: Sequence[Row], received: Sequence[Received]) -> Iterable[str]:
    """Yield channels whose messages came in another order. Those tried again do not count."""
    places = {(row.channel, row.entry): n for n, row in enumerate(rows) if row.attempts == 1}
    came: dict[str, list[int]] = defaultdict(list)
    for message in map(_place_of, received):
        if message in places:
            came[message[0]].append(places[message])
    for channel, found in came.items():
        if found != sorted(found):
            yield f"{channel}: its messages came in another order"
