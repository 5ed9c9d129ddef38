"""Read a page of two columns column by column, where its file has them row by row.

Most programs write a column to its end before the next one. Some write each row over both columns,
and then a sentence's line is followed by a line of another sentence. Such a page is known by where
its pieces begin: half on the left, half on the right, by turns, and all are long. The short cells
of a table are no columns, and stay in their rows.

Called by pdf.py.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_FEWEST = 20
"""A page with fewer pieces of text is not looked at."""

_SHARE = 0.35
"""The least part of a page's pieces that begin at the left of each column, or stand side by side.

Headings, first lines of paragraphs and lines without a neighbour are the rest.
"""

_LONG = 20
"""Code points that the lines of a column have on the average, at least."""


class Piece(NamedTuple):
    """A piece of a page's text. ``x`` and ``y``: where it begins, in the units of the page."""

    x: int
    y: int
    text: str


def in_columns(pieces: Sequence[Piece]) -> str | None:
    """Return the text of a page column by column; None if it is not written row by row."""
    sides = [
        (left.x, right.x)
        for left, right in pairwise(pieces)
        if left.y == right.y and left.x < right.x
    ]
    if len(pieces) < _FEWEST or not sides:
        return None
    (left, right), times = Counter(sides).most_common(1)[0]
    columns = [[piece for piece in pieces if piece.x == x] for x in (left, right)]
    if min(times, *map(len, columns)) < _SHARE * len(pieces) or not all(map(_is_prose, columns)):
        return None
    first = [piece.text.strip() for piece in pieces if piece.x < right]
    second = [piece.text.strip() for piece in pieces if piece.x >= right]
    return "\n".join([*first, *second])


def _is_prose(column: Sequence[Piece]) -> bool:
    return sum(len(piece.text.strip()) for piece in column) >= _LONG * len(column)
