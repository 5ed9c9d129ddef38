"""Cut the text of a YAML list into its items, so that a mistake in one does not hide the others.

Used by trees.py and folders.py, if the whole text cannot be read.
"""

import re
from typing import NamedTuple

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
