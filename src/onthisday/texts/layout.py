"""Make the text of a page out of its pieces and their places.

A blank line is put where the next line stands lower than it would in a paragraph: there a paragraph
or a heading begins.

Two columns are read one after the other. Most programs write a column to its end before the next
one. Some write each row over both columns, and then a sentence's line is followed by a line of
another sentence. Such a page is known by where its pieces begin: half on the left, half on the
right, by turns, and all are long. The short cells of a table are no columns, and stay in their
rows.

Called by pdf.py.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

_GAP = 1.5
"""A line that stands lower than so many lines of a paragraph begins a new one."""

_FEWEST = 20
"""A page with fewer pieces of text is not looked at for columns."""

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


def text_of(pieces: Sequence[Piece]) -> str:
    """Return the text of a page. ``pieces`` are in the order of the file, with their line ends."""
    shown = [piece for piece in pieces if piece.text.strip()]
    columns = _columns(shown)
    if columns is not None:
        shown = columns
        pieces = [piece._replace(text=f"{piece.text.strip()}\n") for piece in columns]
    steps = [before.y - piece.y for before, piece in pairwise(shown) if before.y > piece.y]
    lowest = _GAP * median(steps) if steps else 0
    text: list[str] = []
    before: Piece | None = None
    for piece in pieces:
        if piece.text.strip():
            if before and lowest and before.y - piece.y > lowest:
                text.append("\n")
            before = piece
        text.append(piece.text)
    return "".join(text)


def _columns(pieces: Sequence[Piece]) -> list[Piece] | None:
    """Return the pieces column by column; None if the page is not written row by row."""
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
    return [
        *(piece for piece in pieces if piece.x < right),
        *(piece for piece in pieces if piece.x >= right),
    ]


def _is_prose(column: Sequence[Piece]) -> bool:
    return sum(len(piece.text.strip()) for piece in column) >= _LONG * len(column)
