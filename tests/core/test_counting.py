"""What is counted of a compiled almanac is counted in an index. No entry is read for it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from onthisday.dates.calendars import MonthDay
from tests.website.fixtures import entry_of, open_almanac

DAY = date(2026, 2, 25)

GONE = {"on": "2026-01-02", "was": "It was.", "why": "It was not."}

ENTRIES = [
    entry_of("plain", "1956-02-25"),
    entry_of("living", "1950-02-25", kind="birth"),
    entry_of("withdrawn", "1960-02-25", corrections=[GONE]),
    entry_of("feast", "1960", rule="easter"),
    entry_of("shut-feast", "1960", rule="easter", kind="birth"),
    entry_of("gone-feast", "1960", rule="easter", corrections=[GONE]),
    entry_of("year", "1926"),
]

COUNTED: dict[str, Callable[[Any], Any]] = {
    "of a day": lambda library: library.count_on(MonthDay(2, 25), 2026),
    "of each rule": lambda library: library.count_movable(2026),
    "of each day": lambda library: library.counts(),
    "of each year": lambda library: library.years(),
    "the roundest": lambda library: library.roundest(2026, None, 10),
}

EXPECTED: dict[str, Any] = {
    "of a day": 1,
    "of each rule": {"easter": 1},
    "of each day": {MonthDay(2, 25): 1},
    "of each year": {1926: 1, 1956: 1, 1960: 3},
    "the roundest": ["year"],
}


@pytest.mark.parametrize("what", COUNTED)
def test_what_is_counted_is_found_in_indexes_alone(tmp_path: Path, what: str) -> None:
    library: Any = open_almanac(tmp_path, ENTRIES).library.published(DAY)
    connection, asked = library.rows.connection, list[str]()
    connection.set_trace_callback(asked.append)
    assert COUNTED[what](library) == EXPECTED[what]
    connection.set_trace_callback(None)
    plans = [step[3] for sql in asked for step in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
    of_entries = [step for step in plans if " entries" in step]
    assert of_entries
    assert all("COVERING INDEX" in step for step in of_entries), of_entries
