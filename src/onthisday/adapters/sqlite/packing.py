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
    """Return the rows of some entries. ``name``: their file's.

    If an entry has no rule, is always open, or is not withdrawn, that is an empty text or 0 here.
    Why not None, as in nearly all rows of the file: Python takes longest to hand over None.
    """
    tables: Tables = {"entries": [], "tags": [], "corrections": [], "citations": []}
    for place, entry in rows:
        opens = public_from(entry) or 0
        made = _entry_row(name, place, entry, opens)
        tables["entries"].append(made)
        beside = (*_order(made), entry.id, opens, name)
        for tag in dict.fromkeys(entry.tags):
            tables["tags"].append((tag, *beside))
        for on in _days_of(entry):
            tables["corrections"].append((on, entry.id, name))
        for document in _cited(entry):
            tables["citations"].append((document, *beside, place))
    return Packed(tables)


def _entry_row(name: str, place: int, entry: Entry, opens: int) -> tuple[Any, ...]:
    key, year = entry.key, entry.date.civil_year
    return (
        entry.id,
        _day_number(key),
        entry.date.month,
        LAST_YEAR if year is None else year,
        LAST_YEAR if year is None else entry.first_year,
        None if key else jubilee_month(entry),
        entry.kind,
        entry.rule or "",
        int(entry.date.approximate),
        int(bool(entry.accounts)),
        opens,
        entry.withdrawn.toordinal() if entry.withdrawn else 0,
        name,
        place,
        text_of(entry),
    )


def _order(made: tuple[Any, ...]) -> tuple[int, int]:
    """Return what sorts an entry by date, before its id (`rows.DATES`). ``made``: its row."""
    day, month, year = made[1:4]
    return year, day or (month or 0) * 100


def _cited(entry: Entry) -> dict[str, None]:
    """Return the documents that an entry cites. Not as a set, which has no order of its own."""
    return {citation.document: None for citation in entry.citations}


def _days_of(entry: Entry) -> dict[int, None]:
    """Return the days of an entry's corrections, as Python numbers days."""
    return {each.on.toordinal(): None for each in entry.corrections}


def _day_number(key: MonthDay | None) -> int | None:
    return key and key.month * 100 + key.day
