"""Read the rows of a table below its header: facts that people wrote down, or whole entries.

A row of a table that people have made is read by sheet_facts.py, a row that `export` has written by
sheet_cells.py. Called by sheets.py.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, partial
from typing import Any, NamedTuple

from onthisday.characters import clean
from onthisday.drafts.titles import slug
from onthisday.importers.found import Found, Note, Place, Read, Refused
from onthisday.importers.sheet_cells import COLUMNS, DOCUMENT, EXPORTED, BadCell, tree_of, unguarded
from onthisday.importers.sheet_columns import Header
from onthisday.importers.sheet_dates import NoDate, Order, date_of, order_of
from onthisday.importers.sheet_facts import Orders, trees_of
from onthisday.importers.sheet_sources import documents_of
from onthisday.importers.table import Row, Table, unbroken

_BETWEEN = "\x1f"
"""What stands between the cells of a row in `Found.text`."""

_OF_AN_ERROR = ("#", "E")
_ERROR = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|#+)|Err:\d{3}")
_LONGEST = 32_767
"""Characters. Excel and LibreOffice cut a text that is longer when they save a workbook."""

_LOST = re.compile(r"\?{4}|\ufffd")
_LOST_LETTERS = (
    "has ???? or \ufffd for letters that a program did not know; save the exported table as UTF-8"
)

_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?")

_SOURCE = {"sources": "source"}
"""A curator may add a row to an exported almanac, and write a source in words."""

_DATES = ("date", "born", "died")
_OF_AN_ENTRY = ("date", "died", "updated", "published", "proved")
"""The columns of an exported almanac with dates that a spreadsheet may have changed."""


def read_table(table: Table, header: Header) -> Iterator[Read]:
    """Yield what the rows of a table have."""
    reader = _Reader(table, header, _orders(table, header))
    if unknown := header.unknown:
        listed = ", ".join(f'"{name[:40]}"' for name in unknown)
        yield Note(_place(table, header.row), f"these columns are not imported: {listed}")
    for row in table.rows():
        if row.number > header.row and (row.wrong or any(map(str.strip, row.cells))):
            yield from reader.read(row)


class _Reader(NamedTuple):
    """Reads the rows of a table."""

    table: Table
    header: Header
    orders: Orders

    def read(self, row: Row) -> Iterator[Read]:
        """Yield what a row has."""
        place = _place(self.table, row.number)
        texts = [clean(cell).strip() for cell in row.cells]
        text = _BETWEEN.join(texts).rstrip(_BETWEEN)
        if wrong := row.wrong or self._misplaced(texts):
            yield Refused(place, text, wrong)
            return
        columns = self.header.columns.items()
        cells = {name: texts[at] for name, at in columns if at < len(texts) and texts[at]}
        if self._is_of_an_export(cells):
            yield self._entry(place, text, cells)
        else:
            yield from self._facts(place, text, {_SOURCE.get(at, at): cells[at] for at in cells})

    def _is_of_an_export(self, cells: Mapping[str, str]) -> bool:
        """Return True if `export` wrote the row, or a curator below the rows of an export.

        In a table that somebody else made, a column "sources" has words.
        """
        sources = cells.get("sources", "[" if EXPORTED in self.header.columns else "")
        document = cells.get("kind") == DOCUMENT
        return self.header.whole and (document or sources.startswith("["))

    def _misplaced(self, texts: list[str]) -> str | None:
        """Return what is wrong with the cells of a row, whatever they mean."""
        names = self.header.names
        for at, cell in enumerate(texts):
            if cell and (at >= len(names) or not names[at]):
                return (
                    f"has a cell in column {_letters(at)}, which has no name; name the column, "
                    "empty the cell, or put a text that has a separator into quotation marks"
                )
            if cell[:1] in _OF_AN_ERROR and _ERROR.fullmatch(cell):
                return f'has {cell} in the column "{names[at]}"; correct it, or make it wider'
            if len(cell) == _LONGEST:
                return f'may be cut in the column "{names[at]}", which is as long as a cell may be'
        return None

    def _facts(self, place: Place, text: str, cells: Mapping[str, str]) -> Iterator[Read]:
        """Yield the facts of a row that a person has made."""
        plain = {name: unguarded(cell) for name, cell in cells.items()}
        name = _id(plain.get("id", ""))
        documents = documents_of(plain)
        for tree in trees_of(plain, documents, self.orders):
            if isinstance(tree, NoDate):
                yield Refused(place, text, str(tree))
            else:
                yield Found(place, text, tree, name, documents)

    def _entry(self, place: Place, text: str, cells: Mapping[str, str]) -> Read:
        """Return the entry of a row that `export` has written, or that a curator has added.

        A row with no sources and no mark is one that a curator has added: the table is its source.
        """
        if any(map(_LOST.search, cells.values())):
            return Refused(place, text, _LOST_LETTERS)
        try:
            tree = self._dated(tree_of(cells))
        except (BadCell, NoDate) as error:
            return Refused(place, text, str(error))
        unsaid = tuple(name for name in COLUMNS if name not in self.header.columns)
        named = tree.get("id")
        of_export = {"sources", EXPORTED} & tree.keys() or tree.get("kind") == DOCUMENT
        whole = named is not None and bool(of_export)
        if not whole:
            tree.pop("id", None)
        return Found(place, text, tree, named, whole=whole, unsaid=unsaid)

    def _dated(self, tree: dict[str, Any]) -> dict[str, Any]:
        """Return an entry with its dates in EDTF: a spreadsheet may have changed how they look."""
        julian = tree.get("calendar") == "julian"
        for key in _OF_AN_ENTRY:
            if isinstance(tree.get(key), str):
                found = date_of(tree[key], self.orders[key], julian=julian and key == "date")
                tree[key] = found.edtf
                if found.julian:
                    tree["calendar"] = "julian"
        return tree


def _letters(at: int) -> str:
    """Return the letters of a column, as spreadsheet programs name it: A for the first one."""
    more, last = divmod(at, 26)
    return (_letters(more - 1) if more else "") + chr(ord("A") + last)


def _place(table: Table, row: int) -> Place:
    return Place(row, page=f"{table.sheet}, row {row}" if table.sheet else f"row {row}")


def _id(text: str) -> str | None:
    return text if _ID.fullmatch(text) and len(text) <= 200 else slug(text, 200) or None


def _orders(table: Table, header: Header) -> Orders:
    return {
        name: cache(partial(_order, table, header.columns[name]))
        for name in {*_DATES, *_OF_AN_ENTRY} & header.columns.keys()
    }


def _order(table: Table, column: int, sign: str) -> Order | None:
    """Return the order of a column. It reads the whole column, so it is asked only if needed."""
    rows = unbroken(table.rows())
    return order_of((row.cells[column] for row in rows if column < len(row.cells)), sign)
