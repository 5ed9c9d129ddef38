"""Turn entries into the rows of the compiled almanac's tables.

No database is needed for that, so another process may do it (app/reading_process.py). Used by
compiled_writer.py, which puts the rows in.
"""

from collections.abc import Sequence
from typing import Any

from onthisday.adapters.sqlite.rows import LAST_YEAR, text_of
from onthisday.almanac.compiled import Packed, Row
from onthisday.almanac.entry import Entry
from onthisday.almanac.jubilees import jubilee_month
from onthisday.almanac.living import public_from
from onthisday.dates.calendars import MonthDay

Tables = dict[str, list[tuple[Any, ...]]]
"""The rows of each table, by the table's name."""


def packed(name: str, rows: Sequence[Row]) -> Packed:
    """Return the rows of some entries. ``name``: their file's."""
    made = [_entry_row(name, row) for row in rows]
    named = [
        (row, (*_order(values), row.entry.id, name)) for row, values in zip(rows, made, strict=True)
    ]
    tables: Tables = {
        "entries": made,
        "tags": [(tag, *its) for row, its in named for tag in dict.fromkeys(row.entry.tags)],
        "corrections": [(on, entry.id, name) for _, entry in rows for on in _days_of(entry)],
        "citations": [
            (document, *its, row.place) for row, its in named for document in _cited(row.entry)
        ],
    }
    return Packed(tables)


def _entry_row(name: str, row: Row) -> tuple[Any, ...]:
    entry, key, year = row.entry, row.entry.key, row.entry.date.civil_year
    return (
        entry.id,
        _day_number(key),
        entry.date.month,
        LAST_YEAR if year is None else year,
        None if key else jubilee_month(entry),
        entry.kind,
        entry.rule,
        int(entry.date.approximate),
        int(bool(entry.accounts)),
        public_from(entry),
        entry.withdrawn and entry.withdrawn.toordinal(),
        name,
        row.place,
        text_of(entry),
    )


def _order(made: tuple[Any, ...]) -> tuple[int, int]:
    """Return what sorts an entry by date, before its id (`rows.DATES`). ``made``: its row."""
    _, day, month, year, *_ = made
    return year, day or (month or 0) * 100


def _cited(entry: Entry) -> dict[str, None]:
    """Return the documents that an entry cites. Not as a set, which has no order of its own."""
    return dict.fromkeys(citation.document for citation in entry.citations)


def _days_of(entry: Entry) -> dict[int, None]:
    """Return the days of an entry's corrections, as Python numbers days."""
    return dict.fromkeys(each.on.toordinal() for each in entry.corrections)


def _day_number(key: MonthDay | None) -> int | None:
    return key and key.month * 100 + key.day
