"""Rows of a whole almanac that were exported, edited in a spreadsheet, and are imported again.

A row remembers in its cell ``exported`` what it was. So a row that nobody edited changes nothing,
even if the almanac has changed since; and a row that was edited does not undo what a curator has
changed in the almanac meanwhile. Used by importing.py and by service/exporting/.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from onthisday.checks.digests import digest_of
from onthisday.importers.sheet_cells import EXPORTED, cells_of

CONFLICT = (
    'was edited here, and the {} "{}" was edited in the almanac since the export; export again, '
    "and edit it there"
)


def row_digest(tree: Mapping[str, Any]) -> str:
    """Return the digest of the cells of an entry or a document, without ``exported``."""
    cells = cells_of({name: value for name, value in tree.items() if name != EXPORTED})
    return digest_of("\x1f".join(cell.strip() for cell in cells))


def without_mark(tree: Mapping[str, Any], named: str) -> dict[str, Any]:
    """Return the tree of an entry without what only a row has."""
    return {"id": named, **{name: value for name, value in tree.items() if name != EXPORTED}}


def with_unsaid(
    tree: Mapping[str, Any], old: Mapping[str, Any], unsaid: Iterable[str]
) -> dict[str, Any]:
    """Return a tree with what the old one says of keys that have no column in the table."""
    return {**tree, **{name: old[name] for name in unsaid if name in old}}


def is_untouched(mark: str | None, tree: Mapping[str, Any]) -> bool:
    """Return True if a row is as it was when it was exported. ``mark``: its cell ``exported``."""
    return mark is not None and row_digest(tree) == mark


def is_conflict(mark: str | None, old: Mapping[str, Any]) -> bool:
    """Return True if what a row was made of has changed since the row was exported."""
    return mark is not None and row_digest(old) != mark
