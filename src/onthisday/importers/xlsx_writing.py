"""Write a workbook (XLSX) of texts, with the library openpyxl. Called by `export xlsx`.

Every cell is a text, also an empty one that somebody fills later: so no program turns ``1953-03``
into a day, or runs ``=1+1``. The first row is bold, stays in sight, and has filters.

A row is written before the next one is asked for: openpyxl keeps the sheet in a temporary file.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

_MOST_ROWS = 1_048_576
"""No sheet has more (ECMA-376). Further rows go into a further sheet, below the same header."""

LONGEST = 32_766
"""Characters. A cell has one more at most (Excel specifications and limits). A text of that length
may be a longer one that was cut, so sheet_rows.py refuses it."""

_AS_TEXT = "@"
_BOLD = Font(bold=True)

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]|_(?=x[0-9A-Fa-f]{4}_)")
"""What a workbook writes as ``_x000D_``, and what looks like that (ECMA-376, 22.9.2.19)."""


class TooLong(ValueError):
    """A text is longer than a cell may be. ``row`` and ``column`` are counted from 1."""

    def __init__(self, row: int, column: int) -> None:
        super().__init__(
            f"row {row}, column {column} has more than {LONGEST:,} characters, which no cell of a "
            "workbook can hold; export csv or jsonl"
        )
        self.row, self.column = row, column


def write(
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    name: str,
    into: IO[bytes],
    most: int = _MOST_ROWS,
) -> None:
    """Write a header and the rows below it as a workbook. Raises TooLong.

    - ``name``: of the sheet, at most 25 characters.
    - ``most``: rows of a sheet, with the header.
    """
    book = Workbook(write_only=True)
    left, number = iter(rows), 1
    for first in left:
        some = islice(chain([first], left), most - 1)
        _write_sheet(book, f"{name} {number}" if number > 1 else name, header, some)
        number += 1
    if number == 1:
        _write_sheet(book, name, header, ())
    book.save(into)


def _write_sheet(
    book: Any, name: str, header: Sequence[str], rows: Iterable[Sequence[str]]
) -> None:
    sheet = book.create_sheet(name)
    last = get_column_letter(len(header))
    for column in range(1, len(header) + 1):
        sheet.column_dimensions[get_column_letter(column)].number_format = _AS_TEXT
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, text, bold=True) for text in header])
    number = 1
    try:
        for number, row in enumerate(rows, 2):
            sheet.append(list(_cells(sheet, number, row)))
        sheet.auto_filter.ref = f"A1:{last}{number}"
    finally:
        sheet.close()


def _cells(sheet: Any, number: int, row: Sequence[str]) -> Iterator[Any]:
    for column, text in enumerate(row, 1):
        if len(text) > LONGEST:
            raise TooLong(number, column)
        yield _cell(sheet, text) if text else None


def _cell(sheet: Any, text: str, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, _CONTROL.sub(_escaped, text))
    cell.data_type = "s"  # also what looks like a formula, or an error such as #N/A
    cell.number_format = _AS_TEXT
    if bold:
        cell.font = _BOLD
    return cell


def _escaped(control: re.Match[str]) -> str:
    return f"_x{ord(control[0]):04X}_"
