"""The rows of a workbook (XLSX), with the library openpyxl.

A cell becomes the text that the person sees, as far as a date or a title needs it: a day of a
spreadsheet is ``1956-02-25``, and ``1956-02`` if the cell shows only its month. A formula is its
result.

Called by sheets.py. Not here: what is not safe to read (xlsx_package.py).
"""

import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from io import BytesIO
from itertools import islice
from typing import Any, NamedTuple

from openpyxl import load_workbook

from onthisday.dates.calendars import CivilDay, day_number, julian_day
from onthisday.importers.found import Broken
from onthisday.importers.table import Row, Table
from onthisday.importers.xlsx_package import refuse, remarks

_MOST_ROWS = 1_048_576
"""No sheet has more (ECMA-376)."""

_BATCH = 500


class Sheet(NamedTuple):
    """A sheet of a workbook: its name and its table. ``hidden``: no program shows it."""

    name: str
    table: Table
    hidden: bool


class Book(NamedTuple):
    """A workbook. ``remarks``: what the person must know of it."""

    sheets: tuple[Sheet, ...]
    remarks: tuple[str, ...]


def book_of(content: bytes) -> Book:
    """Return the sheets of a workbook. Raises Broken."""
    try:
        refuse(content)
        told = tuple(remarks(content))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl would not write again
            sheets = load_workbook(BytesIO(content), read_only=True, data_only=True).worksheets
    except (Broken, MemoryError):
        raise
    except Exception as error:  # the libraries raise errors of any kind if a file is damaged
        raise _damaged(error) from error
    return Book(tuple(_sheet(at, sheet) for at, sheet in enumerate(sheets)), told)


def _damaged(error: Exception) -> Broken:
    words = " ".join(str(error).split())[:100] or type(error).__name__
    return Broken(f'is damaged; open it in a spreadsheet program, and save it anew ("{words}")')


def _sheet(at: int, sheet: Any) -> Sheet:
    table = Table(sheet.title if at else None, partial(_rows, sheet))
    return Sheet(sheet.title, table, sheet.sheet_state != "visible")


def _rows(sheet: Any) -> Iterator[Row]:
    sheet.reset_dimensions()  # a file may say that it is larger, or smaller, than it is
    rows = enumerate(sheet.iter_rows(), 1)
    while True:
        batch: list[Row] = []
        error = _take(rows, batch)
        yield from batch
        if error is not None:
            raise _damaged(error) from error
        if not batch:
            return


def _take(rows: Iterator[tuple[int, Any]], batch: list[Row]) -> Exception | None:
    """Take the next rows. Return the error that ends them. openpyxl warns of what it leaves out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            for number, cells in islice(rows, _BATCH):
                if number > _MOST_ROWS:
                    return Broken("a sheet has more rows than a sheet can have")
                batch.append(Row(number, tuple(map(_text, cells))))
        except Exception as error:  # noqa: BLE001 - of any kind if a file is damaged
            return error
    return None


_ESCAPED = re.compile(r"_x(005F|00[01][0-9A-F])_")
"""How a workbook writes a control, such as a carriage return (ECMA-376, 22.9.2.19)."""


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value) if "_x" in value else value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, date):
        return _day(value, cell.number_format or "")
    if isinstance(value, (int, float)):
        return _number(value, cell.number_format or "")
    return str(value)


def _number(value: float, form: str) -> str:
    if "%" in form:
        return f"{100 * value:g}%"
    whole = str(int(value)) if value == int(value) else repr(value)
    return whole.zfill(len(form)) if set(form) == {"0"} else whole


_REFORM = date(1582, 10, 15)
_AGREED = date(1900, 3, 1)
"""From here on all programs count the days alike. Before, Excel has a 29 February 1900."""


def _as_typed(value: date) -> str:
    """Return the day that a person typed into a cell.

    Only LibreOffice has days before 1900. Before 15 October 1582 it takes them as Julian, and
    openpyxl returns another day than the cell shows.
    """
    day = date(value.year, value.month, value.day)
    if date(1900, 1, 1) <= day < _AGREED:
        return f"{day} or a day beside it, as programs count the days before March 1900 in two ways"
    if day >= _REFORM:
        return str(day)
    year, month, number = julian_day(day_number(CivilDay(day.year, day.month, day.day)))
    return f"{year:04}-{month:02}-{number:02}"


_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def _day(value: date, form: str) -> str:
    """Return as much of a day as its cell shows."""
    shown = set(_NOT_SHOWN.sub("", form).lower())
    day = _as_typed(value)
    time = f" {value:%H:%M:%S}" if isinstance(value, datetime) and "h" in shown else ""
    if not shown & {"y", "e"} and shown & {"d", "m"}:
        return f"{value:%d %B}" if "d" in shown else time.strip()
    if "y" in shown and "d" not in shown:
        return day[:7] if "m" in shown else day[:4]
    return f"{day}{time}"
