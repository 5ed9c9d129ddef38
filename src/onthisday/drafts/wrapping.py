"""Tell the line breaks that a text has only because it was wrapped from those that its writer made.

Whoever wraps a text fills each line: a line ends where the next word would not fit any more. So a
line break belongs to the wrapping if the first word of the next line would have made the line
longer than the others. That is so for any width. It also parts prose from a list, a heading, an
address, a verse and a table's row, for these lines end early.

One full line may be chance. So a block of lines is taken to be wrapped only if one of these is so:

- A sentence goes on in the next line, with a small letter, after a full line.
- All lines are full, and they are one sentence: its first line has two words in small letters, and
  it ends in the last line.
- The text around the block is wrapped, and the block fits into its width.

Called by paragraphs.py. Not here: what the lines say.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

Block = list[str]
"""Lines without a blank line between them, with their line ends."""

_NARROWEST, _WIDEST = 20, 140
"""The widths to which texts are wrapped, in code points. A longer line is a paragraph."""

_RAGGED = 0.8
"""On printed pages, letters are of different widths, so lines differ by this much in length."""

_EXACT, _ENOUGH = 0.95, 4
"""If so many of a text's lines are full to the letter, its letters are of one width.

Fewer lines than _ENOUGH do not tell.
"""

_FIRST_WORD = re.compile(r"\s*(\S{1,40})")
_ENDS = re.compile(r"(?<!\b\d)(?<!\b\d\d)[.!?…:][\"'”’»)\]]{0,3}\s*\Z")
"""The end of a sentence. German writes a full stop after the number of a day."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_GOES_ON = re.compile(r"\s*[\"'“‘«„(\[]{0,2}[^\W\d_]")
_BEGINS = re.compile(r"\s*(?:[*•·▪◦‣]|[-+]\s)")
"""The beginning of a list's item."""
_BY_ITSELF = re.compile(r"\s*[#|>]|.*\S(?:\t|\s{4}|\s\|\s)\s*\S")
"""A line of Markdown, of a quoted message or of a table."""


class Wrapping(NamedTuple):
    """How a text is wrapped.

    - ``width``: the longest lines of its prose, in code points; 0 if it is not known.
    - ``slack``: a line is full if it and the next word are longer than this part of the width.
    """

    width: int = 0
    slack: float = 1.0

    def learned(self, blocks: Sequence[Block]) -> "Wrapping":
        """Return how the text is wrapped, as the next blocks of it show."""
        wrapped = [(block, width) for block in blocks if (width := _own_width(block))]
        if not wrapped:
            return self
        widths = sorted(width for block, width in wrapped for _ in block)
        exact = [
            _is_full(*lines, width)
            for block, width in wrapped
            for lines in pairwise(block)
            if _goes_on(*lines)
        ]
        is_exact = sum(exact) >= max(_ENOUGH, _EXACT * len(exact))
        return Wrapping(widths[len(widths) // 2], 1.0 if is_exact else _RAGGED)

    def parts(self, block: Block) -> Iterator[Block]:
        """Yield the paragraphs of a block: the lines that belong together."""
        width = self._width_of(block) if len(block) > 1 else 0
        part = block[:1]
        for line, following in pairwise(block):
            if width and _belongs(line, following, width, self.slack):
                part.append(following)
            else:
                yield part
                part = [following]
        yield part

    def _width_of(self, block: Block) -> int:
        own = _own_width(block)
        longest = max(map(_length, block))
        return own or (self.width if longest <= self.width / _RAGGED else 0)


def _own_width(block: Block) -> int:
    """Return the width to which a block is wrapped, or 0 if it does not show that it is."""
    lengths = () if len(block) == 1 else map(_length, block)
    width = max((length for length in lengths if length <= _WIDEST), default=0)
    if width < _NARROWEST:
        return 0
    full = [lines for lines in pairwise(block) if _is_full(*lines, width * _RAGGED)]
    is_sentence = len(full) == len(block) - 1 and _is_sentence(block)
    return width if is_sentence or any(_goes_on(*lines) for lines in full) else 0


def _length(line: str) -> int:
    return len(line.rstrip())


def _is_full(line: str, following: str, width: float) -> bool:
    """Return True if the first word of the following line would not have fitted into a line."""
    word = _FIRST_WORD.match(following)
    more = 1 + len(word[1]) if word else 0
    return width - more < _length(line) <= _WIDEST


def _goes_on(line: str, following: str) -> bool:
    """Return True if a sentence goes on in the following line: with a small letter."""
    begins = _GOES_ON.match(following)
    return begins is not None and begins[0][-1].islower() and _ENDS.search(line) is None


def _is_sentence(block: Block) -> bool:
    """Return True if some lines are one sentence or more that end in the last line."""
    *lines, last = block
    if any(map(_ENDS.search, lines)) or not _ENDS.search(last):
        return False
    return sum(map(str.islower, _WORD.findall(lines[0]))) > 1


def _belongs(line: str, following: str, width: int, slack: float) -> bool:
    """Return True if a line goes on in the following one.

    At the end of a sentence a line must be quite full: there a paragraph may end, and a heading may
    follow. If the line was only wrapped there, no sentence is parted.
    """
    if any(map(_BY_ITSELF.match, (line, following))) or _BEGINS.match(following):
        return False
    if _length(line) <= _WIDEST and _goes_on(line, following):
        return True
    least = width if _ENDS.search(line) else width * slack
    return _indent(following) <= _indent(line) and _is_full(line, following, least)


def _indent(line: str) -> int:
    begins = line.lstrip("\f")
    return len(begins) - len(begins.lstrip())
