"""An entry or a document as the cells of a row, and back: for what people edit in a spreadsheet.

`tree_of(cells)` is the tree that `cells_of` was given, without the keys that are null. Used by
`export csv` and `export xlsx`, and by sheet_rows.py.

- A text is its own cell. Tags have ``, `` between them. True and false are ``true``, ``false``.
- What is a list or a mapping is JSON.
- A spreadsheet program runs a text that begins with ``=`` as a formula, and entries may come from
  others. So such a cell has an apostrophe before it (OWASP, "CSV Injection").
- So has a text of which it would make a number or a day: ``1953-03`` would become ``Mar-53``.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from onthisday.characters import escaped

DOCUMENT = "document"
"""The ``kind`` of a row that is a document."""

EXPORTED = "exported"
"""The column that remembers what the row was when it was exported."""

_CHANGED = re.compile(
    r"'*(?:\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]|#[A-Z#]|Err:"
    r"|(?:0\d+|\d{12,}|\d+[.,][\d.,]*|[\d.]+[eE]\d+|\d+%|\d+:[\d:]+|\d{4}-\d\d|\d\d?[-/]\d\d?)\Z)",
    re.ASCII,
)
"""A text that spreadsheet programs do not leave as it is.

- They may run it as a formula. (The last four signs are wide forms.)
- It looks like an error of a formula.
- They may make a number or a day of it, and another text of that: of ``0044``, of ``1953-03``.

It may have apostrophes before it already: then it gets one more, so that taking one away is exact.
A whole day such as ``1956-02-25`` stands as it is: sheet_dates.py reads what they make of it.
"""

_TRUE = {"true", "wahr", "vrai", "vero", "verdadero", "verdadeiro", "waar", "истина", "صحيح"}
_FALSE = {"false", "falsch", "faux", "falso", "onwaar", "ложь", "خطأ"}
"""What spreadsheet programs write for true and false, in our languages."""

_COMMAS = re.compile(r"\s*,\s*")


class BadCell(ValueError):
    """A cell that nothing can be made of. Its message names the column."""


class _Form(NamedTuple):
    """How a kind of value is written in a cell, and read."""

    write: Callable[[Any], str]
    read: Callable[[str], Any]


def cells_of(tree: Mapping[str, Any]) -> list[str]:
    """Return the cells of an entry, in the order of `COLUMNS`. What is left out is an empty cell.

    A document has the key ``kind`` with the value `DOCUMENT`.
    """
    values = ((form, tree.get(name)) for name, form in _FORMS.items())
    return ["" if value is None else guarded(form.write(value)) for form, value in values]


def tree_of(cells: Mapping[str, str]) -> dict[str, Any]:
    """Return the entry or the document of a row. Raises BadCell.

    ``cells``: by the names of their columns. Columns that are not in `COLUMNS` are not read.
    """
    return {name: _read(name, cells[name]) for name in COLUMNS if cells.get(name)}


def guarded(text: str) -> str:
    """Return a cell that spreadsheet programs leave as it is (`_CHANGED`)."""
    return f"'{text}" if _CHANGED.match(text) else text


def unguarded(cell: str) -> str:
    """Return the text of a cell that `guarded` wrote."""
    return cell[1:] if cell.startswith("'") and _CHANGED.match(cell) else cell


def _read(name: str, cell: str) -> Any:
    try:
        return _FORMS[name].read(unguarded(cell))
    except (ValueError, RecursionError) as error:
        raise BadCell(f"the cell {name} is no whole JSON; undo what was changed in it") from error


def _same(text: str) -> str:
    return text


def _as_json(value: Any) -> str:
    return escaped(json.dumps(value, ensure_ascii=False))


def _of_json(cell: str) -> Any:
    return json.loads(cell, strict=False)  # a person may have put line breaks into it


def _flag(value: Any) -> str:
    return value if isinstance(value, str) else _as_json(value)


def _flag_of(cell: str) -> bool | str:
    word = cell.strip().lower()
    return True if word in _TRUE else False if word in _FALSE else cell


def _tags(tags: list[str]) -> str:
    """Return tags as people write them; as JSON if people's commas would not say the same."""
    listed = ", ".join(tags)
    as_listed = tags and not listed.startswith("[") and _tags_of(listed) == tags
    return listed if as_listed else _as_json(tags)


def _tags_of(cell: str) -> Any:
    if cell.startswith("["):
        return _of_json(cell)
    return [tag for tag in _COMMAS.split(cell.strip()) if tag]


_TEXT, _FLAG = _Form(_same, _same), _Form(_flag, _flag_of)
_TAGS, _JSON = _Form(_tags, _tags_of), _Form(_as_json, _of_json)

_FORMS = {
    "id": _TEXT,
    "date": _TEXT,
    "calendar": _TEXT,
    "as_written": _TEXT,
    "kind": _TEXT,
    "title": _TEXT,
    "summary": _TEXT,
    "brief": _TEXT,
    "place": _TEXT,
    "tags": _TAGS,
    "tone": _TEXT,
    "featured": _FLAG,
    "observe": _TEXT,
    "rule": _TEXT,
    "leap_day": _TEXT,
    "updated": _TEXT,
    "living": _TEXT,
    "died": _FLAG,
    "language": _TEXT,
    "image": _JSON,
    "sources": _JSON,
    "accounts": _JSON,
    "corrections": _JSON,
    "languages": _JSON,
    "silence": _JSON,
    "author": _TEXT,
    "publisher": _TEXT,
    "published": _TEXT,
    "url": _TEXT,
    "reference": _TEXT,
    "rights": _TEXT,
    "based_on": _TEXT,
    "file": _TEXT,
    "sha256": _TEXT,
    "proved": _TEXT,
    "archived": _TEXT,
    EXPORTED: _TEXT,
}
"""The columns: the keys of an entry, the other keys of a document, and `EXPORTED`."""

COLUMNS = tuple(_FORMS)
