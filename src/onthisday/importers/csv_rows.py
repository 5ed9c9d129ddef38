"""The rows of a text table: CSV, also with semicolons or tabs between its cells (RFC 4180).

The separator is the one with which a row names a date and a title (sheet_columns.py). Nothing is
guessed from what the cells hold.

Called by sheets.py.
"""

import csv
from collections.abc import Iterator
from itertools import count, islice

from onthisday.importers.found import Broken
from onthisday.importers.incoming import Incoming
from onthisday.importers.sheet_columns import DEEPEST, NoHeader, header_of
from onthisday.importers.table import Row, Table, unbroken

_SEPARATORS = (",", ";", "\t")


def table_of(file: Incoming) -> Table:
    """Return the table of a file. Raises Unreadable, and Broken while it is read."""
    separator = max(_SEPARATORS, key=lambda each: _fits(file, each))
    return Table(None, lambda: _rows(file, separator))


def _fits(file: Incoming, separator: str) -> tuple[int, int]:
    """Return how well a separator fits: the columns that are known, and how many there are."""
    first = list(islice(unbroken(_rows(file, separator)), DEEPEST))
    try:
        header = header_of(first)
    except NoHeader as error:
        header = error.header
    cells = max((len(row.cells) for row in first), default=0)
    return (len(header.columns) if header else 0), cells


def _rows(file: Incoming, separator: str) -> Iterator[Row]:
    taken: list[str] = []
    reader = csv.reader(_remembered(_texts(file), taken), delimiter=separator, strict=True)
    for number in count(1):
        line = reader.line_num + 1
        taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(number, ("".join(taken).rstrip(),), _wrong(str(error), line))
        else:
            yield Row(number, tuple(cells))


def _remembered(texts: Iterator[str], taken: list[str]) -> Iterator[str]:
    for text in texts:
        taken.append(text)
        yield text


def _wrong(message: str, line: int) -> str:
    """Return why a row cannot be read. Raises Broken if all rows after it cannot be read either."""
    if "unexpected end" in message or "field limit" in message:
        raise Broken("a text begins with a quotation mark and does not end with one", line)
    return "has letters after a closing quotation mark; write a mark inside a quoted text twice"


def _texts(file: Incoming) -> Iterator[str]:
    """Yield the lines with their ends. Some programs end lines with a carriage return alone."""
    for line in file.lines():
        text = line.text.removeprefix("\ufeff") if line.number == 1 else line.text
        *ended, last = text.split("\r")
        yield from (f"{part}\r" for part in ended)
        yield f"{last}\n"
