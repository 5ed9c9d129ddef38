"""Import a spreadsheet: the facts of its rows, or the entries that `export` has written into them.

The rows come from csv_rows.py and xlsx_rows.py. sheet_columns.py finds out what each column means,
and sheet_rows.py reads the rows below.
"""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from onthisday.importers.csv_rows import table_of
from onthisday.importers.found import Broken, Note, Place, Read
from onthisday.importers.incoming import Incoming
from onthisday.importers.sheet_columns import DEEPEST, Header, NoHeader, header_of
from onthisday.importers.sheet_rows import read_table
from onthisday.importers.table import Row, Table

if TYPE_CHECKING:
    from onthisday.importers.xlsx_rows import Sheet

_EMPTY = "has no rows"


def read_csv(file: Incoming) -> Iterator[Read]:
    """Yield what a text table has: with commas, semicolons or tabs. Raises Broken."""
    table = table_of(file)
    header = _header(table)
    if header is None:
        raise Broken(_EMPTY)
    yield from read_table(table, header)


def read_xlsx(file: Incoming) -> Iterator[Read]:
    """Yield what the sheets of a workbook have. Raises Broken."""
    from onthisday.importers.xlsx_rows import book_of  # slow to load

    book = book_of(file.content())
    yield from (Note(Place(1), said) for said in book.remarks)
    headers = [(sheet, _header_or_why(sheet)) for sheet in book.sheets]
    not_read = [why for _, why in headers if isinstance(why, Broken)]
    if not any(isinstance(header, Header) for _, header in headers):
        raise next(iter(not_read), Broken(_EMPTY))
    yield from (Note(Place(why.line or 1), str(why)) for why in not_read)
    for sheet, header in headers:
        if isinstance(header, Header):
            if sheet.hidden:
                yield Note(Place(1), f'the sheet "{sheet.name}" is hidden; it is read too')
            yield from read_table(sheet.table, header)


def _header_or_why(sheet: "Sheet") -> Header | Broken | None:
    """Return the header of a sheet, or why it is not imported; None if it is blank."""
    try:
        return _header(sheet.table)
    except Broken as why:
        return Broken(f'the sheet "{sheet.name}" is not imported: {why}', why.line)


def _header(table: Table) -> Header | None:
    """Return the header of a table; None if it is blank. Raises Broken."""
    rows = list[Row]()
    broke: Broken | None = None
    try:
        rows.extend(islice(table.rows(), DEEPEST))
    except Broken as error:
        broke = error
    try:
        header = header_of(rows)
    except NoHeader as error:
        raise broke or Broken(str(error), error.header.row) from error
    if header is None and broke:
        raise broke
    return header
