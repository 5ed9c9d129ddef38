"""Which row names the columns of a table, and what each column holds. Called by sheets.py."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from unicodedata import normalize

from onthisday.importers.sheet_cells import COLUMNS
from onthisday.importers.sheet_words import FIELDS
from onthisday.importers.table import Row

DEEPEST = 20
"""Rows. The names of the columns stand among the first ones; a title may stand above them."""

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_FILLING = re.compile(r"[\s_:*]+")

_MISREAD = "\u00ef\u00bb\u00bf"
"""The byte order mark of UTF-8, read as Latin letters."""

_IN_ANOTHER_ENCODING = (
    "a program has read this file in another encoding, so its letters are wrong; open the file "
    "that was exported as UTF-8, and save it again"
)

_DATED = ("date", "year", "born", "died")


class Header(NamedTuple):
    """The row that names the columns.

    - ``row``: its number.
    - ``names``: what stands in its cells.
    - ``columns``: the place of each field's column, counted from 0. The fields are those of
      sheet_words.py; of a whole almanac they are the keys of entries and documents.
    - ``whole``: the rows are entries as `export` writes them.
    """

    row: int
    names: tuple[str, ...]
    columns: dict[str, int]
    whole: bool

    @property
    def unknown(self) -> tuple[str, ...]:
        """The names of columns that mean nothing here."""
        known = self.columns.values()
        return tuple(name for place, name in enumerate(self.names) if name and place not in known)


class NoHeader(ValueError):
    """No row names the columns that are needed, or two columns have one name.

    Its message says what was found, and what to write. ``header``: the row that comes nearest.
    """

    def __init__(self, message: str, header: Header) -> None:
        super().__init__(message)
        self.header = header


def header_of(rows: Iterable[Row]) -> Header | None:
    """Return the first row that names a date and a title; None if all rows are blank.

    ``rows``: the first ones of a table. Raises NoHeader.
    """
    filled = [row for row in rows if any(row.cells)]
    headers = [_header(row) for row in filled]
    for header in headers:
        if header.whole or not _lacking(header):
            return _checked(header)
    if not headers:
        return None
    if headers[0].names[0].startswith(_MISREAD):
        raise NoHeader(_IN_ANOTHER_ENCODING, headers[0])
    best = max(headers, key=lambda header: len(header.columns))
    raise NoHeader(_not_found(best), best)


def _header(row: Row) -> Header:
    names = tuple(" ".join(cell.split()).lstrip("\ufeff").strip('"') for cell in row.cells)
    plain = [_plain(name) for name in names]
    exact = {name: place for place, name in enumerate(names) if name in COLUMNS}
    if {"id", "sources"} <= exact.keys() and _DATED[0] in exact:
        return Header(row.number, names, exact, whole=True)
    columns = {field: plain.index(found) for field in FIELDS if (found := _first(field, plain))}
    return Header(row.number, names, columns, whole=False)


def _plain(name: str) -> str:
    """Return a name in small letters, without what stands in brackets: ``date`` for ``Date (AD)``.

    Words have one space between them, whatever stood there.
    """
    bare = _BRACKETS.sub(" ", normalize("NFC", name).casefold())
    return _FILLING.sub(" ", bare).strip(" .")


def _first(field: str, plain: Sequence[str]) -> str | None:
    return next((word for word in FIELDS[field] if word in plain), None)


def _lacking(header: Header) -> str:
    """Return which columns a header lacks, in words; nothing if it has those that are needed."""
    date = any(field in header.columns for field in _DATED)
    title = "title" in header.columns
    both = "" if date and title else "a date and a title"
    return "a title" if date and not title else "a date" if title and not date else both


def _not_found(header: Header) -> str:
    listed = ", ".join(f'"{name[:40]}"' for name in header.names if name) or "nothing"
    return (
        f"no column is named as {_lacking(header)}; found: {listed}. "
        'Write the names of the columns into the first row: "date" and "title", and what there is '
        'of "text", "place", "kind", "tags", "url" and "source"'
    )


def _checked(header: Header) -> Header:
    counted = Counter(plain for name in header.names if (plain := _plain(name)))
    for name, count in counted.items():
        if count > 1:
            raise NoHeader(f'{count} columns are named "{name}"; keep one of them', header)
    return header
