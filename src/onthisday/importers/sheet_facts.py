"""The entries of one row of a table that people have made. Called by sheet_rows.py.

A row is one fact. A row about a person, with columns for the birth and the death, is two.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from onthisday.importers.life_titles import tells_birth
from onthisday.importers.sheet_cells import tree_of
from onthisday.importers.sheet_dates import Dated, NoDate, Order, date_of, date_of_parts, is_nothing
from onthisday.importers.sheet_words import JULIAN, KINDS

Tree = dict[str, Any]

Orders = Mapping[str, Callable[[str], Order | None]]
"""For each column of dates: asks whether the day or the month comes first in it.

It gets the sign between the numbers.
"""

_AS_THEY_ARE = ("summary", "brief", "place", "tone", "featured", "observe", "rule", "leap_day",
                "updated", "living", "language")  # fmt: skip
"""Fields that are keys of an entry, and whose cells need no reading."""

_TWO_YEARS = re.compile(r"\d\d(\d\d)-(\d\d)", re.ASCII)
_NOT_IN_A_TAG = re.compile(r"[\s/\\?#&%<>\"'.]+")


def trees_of(
    cells: Mapping[str, str], documents: tuple[Tree, ...], orders: Orders
) -> Iterator[Tree | NoDate]:
    """Yield the entries of a row, as trees without ``id``. If one has no date, yield the error.

    ``cells``: by their fields (sheet_words.py), without blank ones. ``documents``: of the row.
    """
    known = {field: cell for field, cell in cells.items() if not is_nothing(cell)}
    for field, kind in _dates(known):
        try:
            entry = _entry(kind, _date(field, known, orders), known, orders)
        except NoDate as error:
            yield error
        else:
            yield entry | _common(known, documents)


def _dates(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the column of each date of a row, with the kind of its fact.

    The death of a birth that has a date of its own is no fact, but a key of the birth.
    """
    main, kind = "date" if "date" in cells else "year", _kind(cells)
    died = "died" in cells and not isinstance(_flag(cells["died"]), bool)
    if main in cells or not ("born" in cells or died):
        yield main, kind
    if "born" in cells:
        yield "born", "birth"
    if died and not (main in cells and kind == "birth"):
        yield "died", "death"


def _date(field: str, cells: Mapping[str, str], orders: Orders) -> Dated:
    julian = cells.get("calendar", "").casefold() in JULIAN
    if field in cells and field != "year":
        _ask_of_two_years(cells[field])
        return date_of(cells[field], orders[field], julian=julian)
    if "year" not in cells:
        raise NoDate("has no date; write one, or leave the row out")
    parts = (cells["year"], cells.get("month", ""), cells.get("day", ""))
    return date_of_parts(*parts, julian=julian)


def _ask_of_two_years(cell: str) -> None:
    """Raise NoDate for ``1920-21``: people write two years so, and in EDTF it is a spring."""
    years = _TWO_YEARS.fullmatch(cell.strip())
    if years and 20 < int(years[2]) == int(years[1]) + 1 < 42:
        century = cell.strip()[:2]
        raise NoDate(
            f'"{cell}" is a season in EDTF, and may be meant as two years; write the years as '
            f'"{century}{years[1]}/{century}{years[2]}", or the season in words: "spring 1920"'
        )


def _entry(kind: str, dated: Dated, cells: Mapping[str, str], orders: Orders) -> Tree:
    title = " ".join(cells.get("title", "").split())
    if not title:
        raise NoDate("has no title; write one, or leave the row out")
    tree: Tree = {"date": dated.edtf, "kind": kind, "title": title}
    if dated.julian:
        tree["calendar"] = "julian"
    if written := cells.get("as_written", dated.as_written):
        tree["as_written"] = written
    if kind == "birth" and "died" in cells:
        flag = _flag(cells["died"])
        tree["died"] = flag if isinstance(flag, bool) else _date("died", cells, orders).edtf
    return tree


def _flag(cell: str) -> Any:
    return tree_of({"died": cell})["died"]


def _common(cells: Mapping[str, str], documents: tuple[Tree, ...]) -> Tree:
    """Return what all entries of a row share."""
    tree = tree_of({key: cells[key] for key in _AS_THEY_ARE if key in cells})
    if tags := _tags(cells):
        tree["tags"] = tags
    page = {"page": cells["page"]} if "page" in cells else {}
    if documents:
        tree["sources"] = [{"document": each["id"]} | page for each in documents]
    return tree


def _kind(cells: Mapping[str, str]) -> str:
    """Return the kind of a row's fact. A word that is no kind is a tag.

    If no cell says the kind, a word for a birth in the title does (life_titles.py).
    """
    written = cells.get("kind", "").casefold()
    if not written and tells_birth(cells.get("title", "")):
        return "birth"
    return KINDS.get(written, "event")


def _tags(cells: Mapping[str, str]) -> list[str]:
    """Return the tags of a row, without what cannot be a part of an address."""
    kind = cells.get("kind", "")
    listed = re.split(r"[,;|\n]", cells.get("tags", ""))
    listed += [] if kind.casefold() in KINDS else [kind]
    made = (_NOT_IN_A_TAG.sub("-", tag.strip()).strip("-") for tag in listed)
    return [tag for tag in dict.fromkeys(made) if tag]
