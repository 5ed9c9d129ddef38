"""Use case: the whole almanac, to be edited elsewhere and imported again (`import`).

What is written is what the curator wrote: the trees of the files, not what was understood of them.
First all entries, then all documents, which have the kind ``document``. Imported again, it is the
same almanac.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from onthisday.errors import InvalidInput
from onthisday.importers.sheet_cells import COLUMNS, DOCUMENT, EXPORTED, cells_of
from onthisday.schema.written_entry import in_order, line_json
from onthisday.service.exporting.export import Export
from onthisday.service.importing.round_trip import row_digest
from onthisday.service.reading.problems import DOCUMENTS

if TYPE_CHECKING:
    from onthisday.almanac.source import Source

MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""The byte order mark. It stands first, so that spreadsheets read the file as UTF-8."""


def as_jsonl(source: "Source") -> Export:
    """Return one entry or document a line."""
    return Export(line_json(tree).encode() for tree in _trees(source))


def as_csv(source: "Source") -> Export:
    """Return a row for each entry and document. Lines end with CR LF (RFC 4180)."""
    return Export(line.encode() for line in _lines(source))


def as_xlsx(source: "Source") -> Export:
    """Return the same rows as a workbook, in which each cell is a text."""
    return Export(_workbook(source))


def _trees(source: "Source") -> Iterator[dict[str, Any]]:
    for name in source.files():
        if name != DOCUMENTS:
            yield from (in_order(tree) for tree in _items(source, name))
    for tree in _items(source, DOCUMENTS) if DOCUMENTS in source.files() else ():
        yield {"id": tree.get("id"), "kind": DOCUMENT, **tree}


def _items(source: "Source", name: str) -> Iterator[dict[str, Any]]:
    """Yield the trees of a file, without keys that say nothing."""
    with suppress(InvalidInput):  # the almanac was compiled, so nothing is wrong in it
        for piece in source.pieces(name):
            yield {key: value for key, value in piece.tree.items() if value is not None}


def _rows(source: "Source") -> Iterator[list[str]]:
    for tree in _trees(source):
        yield cells_of({**tree, EXPORTED: row_digest(tree)})


def _lines(source: "Source") -> Iterator[str]:
    yield MARK + _line(COLUMNS)
    yield from map(_line, _rows(source))


def _line(cells: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()


def _workbook(source: "Source") -> Iterator[bytes]:
    from onthisday.importers.xlsx_writing import write  # slow to load

    made = io.BytesIO()
    write(COLUMNS, _rows(source), "almanac", made)
    yield made.getvalue()
