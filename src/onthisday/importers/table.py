"""A table of a spreadsheet: csv_rows.py and xlsx_rows.py make it, sheet_rows.py reads it."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import NamedTuple

from onthisday.importers.found import Broken


class Row(NamedTuple):
    """A row of a table.

    - ``number``: as a spreadsheet program shows it. The first row is 1, whatever it holds.
    - ``cells``: their texts. A blank cell is an empty text.
    - ``wrong``: why the cells cannot be told apart; None if they can.
    """

    number: int
    cells: tuple[str, ...]
    wrong: str | None = None


class Table(NamedTuple):
    """A table.

    - ``sheet``: the name of its sheet; None for the first sheet of a file.
    - ``rows``: yields all rows from the first, each time it is called.
    """

    sheet: str | None
    rows: Callable[[], Iterator[Row]]


def unbroken(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the rows up to where the file breaks. That is told when all are read, in their turn."""
    with suppress(Broken):
        yield from rows
