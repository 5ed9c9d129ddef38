"""Cut a text into paragraphs, line by line, and keep the place of each.

A blank line ends a paragraph. A single line break ends it too, unless the text was wrapped: its
lines were broken at a fixed width. Then a line break is only a space.

Called by mentions.py and sentences.py. Not here: what a paragraph says.
"""

from collections.abc import Iterable, Iterator
from io import StringIO
from typing import NamedTuple

_WRAPPED = range(40, 101)
"""The lengths that lines of a wrapped text have, in code points."""
_LONGEST_WORD = 12
"""How much the lines of a wrapped text differ: by the word that did not fit."""
_LONGEST = 20_000
"""A paragraph is cut after this many code points, to limit memory and time."""


class Paragraph(NamedTuple):
    """A paragraph of a text. It begins at the code point ``start`` of the text."""

    start: int
    text: str


def lines_of(text: str) -> Iterable[str]:
    """Return a text's lines with their line ends, as a file opened with ``newline=""`` does."""
    return StringIO(text, newline="")


def paragraphs(lines: Iterable[str]) -> Iterator[Paragraph]:
    """Yield the paragraphs of a text, but no blank ones. ``lines`` are the lines of the text."""
    start, block = 0, ""
    for line in lines:
        for piece in _pieces(line):
            if piece.isspace() or len(block) + len(piece) > _LONGEST:
                yield from _of_block(start, block)
                start, block = start + len(block), ""
            block += piece
    yield from _of_block(start, block)


def _pieces(line: str) -> Iterator[str]:
    """Cut a line that is too long: after a sentence or, if none ends there, after a word."""
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
    """Return True if the lines are one text that was wrapped, and not a list of single lines.

    In a wrapped text a line begins with a small letter, or all lines are about equally long.
    """
    lengths = [len(line.rstrip()) for line in lines[:-1]]
    if not lengths or not all(length in _WRAPPED for length in lengths):
        return False
    goes_on = any(line.lstrip()[:1].islower() for line in lines[1:])
    return goes_on or (len(lengths) > 1 and max(lengths) - min(lengths) <= _LONGEST_WORD)
