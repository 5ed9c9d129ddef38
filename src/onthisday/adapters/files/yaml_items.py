"""Read a YAML list. If it cannot be read whole, read its items, so that a mistake in one does not
hide the others.

Used by folders.py; yaml_lines.py and cut_values.py cut a text into its items in the same way.
"""

import re
from collections.abc import Iterator
from itertools import starmap
from typing import NamedTuple

from onthisday.adapters.files.trees import MOST_WRONG, Malformed, yaml_tree
from onthisday.almanac.source import Piece

_BEFORE = re.compile(r"\s*(?:[#%].*|---\s*)?")
"""A line that may stand before the first item."""


class Item(NamedTuple):
    """An item of a YAML list, from its dash to the line before the next one.

    ``line``: of its dash, counted from 1.
    """

    line: int
    text: str


def items_of(text: str) -> list[Item]:
    """Return the items of a YAML list. Return nothing if the text is something else.

    An item begins with a dash that stands as far to the right as the first one. Its other lines
    stand farther to the right. (A quoted text may break this rule. Then the item is in two parts,
    and each is told.)
    """
    lines = text.splitlines(keepends=True)
    first = next((at for at, line in enumerate(lines) if not _BEFORE.fullmatch(line.rstrip())), 0)
    dash = re.match(r" *-(?=\s)", lines[first]) if lines else None
    if dash is None:
        return []
    begins = re.compile(re.escape(dash[0]) + r"(?=\s)")
    starts = [at for at, line in enumerate(lines) if at >= first and begins.match(line)]
    ends = [*starts[1:], len(lines)]
    return [
        Item(start + 1, "".join(lines[start:end])) for start, end in zip(starts, ends, strict=True)
    ]


def yaml_list(text: str, wrong: list[Malformed]) -> Iterator[Piece]:
    """Yield the items of a YAML list that can be read. The place of each is its index.

    ``wrong`` gets an error for each item that cannot be read. After 100 of them, the rest of the
    text is not read. Raises Malformed if the text is no list.
    """
    try:
        listing = yaml_tree(text)
    except Malformed as error:
        yield from _readable_items(text, error, wrong)
        return
    if not isinstance(listing, list | None):
        first = next(iter(listing), "id") if isinstance(listing, dict) else "id"
        words = f"must be a list; begin each item with a dash: - {first.lstrip('- ')}: …"
        raise Malformed(words, 1)
    yield from starmap(Piece, enumerate(listing or ()))


def _readable_items(text: str, error: Malformed, wrong: list[Malformed]) -> Iterator[Piece]:
    """Yield the items of a list that can be read, although the whole text cannot be."""
    before = len(wrong)
    for index, item in enumerate(items_of(text)):
        own: list[Malformed] = []
        try:
            tree = yaml_tree(item.text, repeated=own)[0]
            yield Piece(index, tree, whole=not own)
        except Malformed as fault:
            own.append(fault)
        wrong += [Malformed(str(e), item.line - 1 + (e.line or 1), e.rule) for e in own]
        if len(wrong) >= MOST_WRONG:
            return
    if len(wrong) == before:  # no item is wrong alone
        wrong.append(error)
