"""A text as paragraphs with their places, read from lines one after the other.

A blank line ends a paragraph. So does a single line break, save where lines were wrapped to a
width: there it is a space. Not here: what a paragraph says.
"""

from collections.abc import Iterable, Iterator
from io import StringIO
from typing import NamedTuple

_WRAPPED = range(40, 101)
"""Lengths of a line that goes on in the next."""
_LONGEST_WORD = 12
"""By how much the lines of a width differ: by the word that did not fit."""
_LONGEST = 20_000
"""Where a paragraph is cut, in code points, so that memory and time stay bounded."""


class Paragraph(NamedTuple):
    """A piece of a text; ``start`` is its place there, in code points."""

    start: int
    text: str


def lines_of(text: str) -> Iterable[str]:
    """Return a text's lines with their ends, as a file opened with ``newline=""`` gives them."""
    return StringIO(text, newline="")


def paragraphs(lines: Iterable[str]) -> Iterator[Paragraph]:
    """Yield the paragraphs, none of them blank, of a text that is given as its lines."""
    start, block = 0, ""
    for line in lines:
        for piece in _pieces(line):
            if piece.isspace() or len(block) + len(piece) > _LONGEST:
                yield from _of_block(start, block)
                start, block = start + len(block), ""
            block += piece
    yield from _of_block(start, block)


def _pieces(line: str) -> Iterator[str]:
    """Cut a line that is too long, after a sentence if one ends there, or at least after a word."""
    start = 0
    while len(line) - start > _LONGEST:
        half, most = start + _LONGEST // 2, start + _LONGEST
        cut = line.rfind(". ", half, most) + 1 or line.rfind(" ", half, most) + 1 or most
        yield line[start:cut]
        start = cut
    yield line[start:]


def _of_block(start: int, block: str) -> Iterator[Paragraph]:
    lines = block.splitlines(keepends=True)
    for piece in [block] if _is_wrapped(lines) else lines:
        if piece.strip():
            yield Paragraph(start, piece)
        start += len(piece)


def _is_wrapped(lines: list[str]) -> bool:
    """Tell a width from a list: lines go on with a small letter, or are about equally long."""
    lengths = [len(line.rstrip()) for line in lines[:-1]]
    if not lengths or not all(length in _WRAPPED for length in lengths):
        return False
    goes_on = any(line.lstrip()[:1].islower() for line in lines[1:])
    return goes_on or (len(lengths) > 1 and max(lengths) - min(lengths) <= _LONGEST_WORD)
