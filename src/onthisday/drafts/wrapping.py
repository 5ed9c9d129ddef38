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

_NARROWEST, _WIDEST = 20, 140
"""The widths to which texts are wrapped, in code points. A longer line is a paragraph."""

_RAGGED = 0.8
"""On printed pages, letters are of different widths, so lines differ by this much in length."""

_EXACT, _ENOUGH = 0.95, 4
"""If so many of a text's lines are full to the letter, its letters are of one width.

Fewer lines than _ENOUGH do not tell.
"""

_ENDS = re.compile(r"(?<!\b\d)(?<!\b\d\d)[.!?…:][\"'”’»)\]]{0,3}\Z")
"""The end of a sentence. German writes a full stop after the number of a day."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_OPENING = "\"'“‘«„(["
_ITEM = ("*", "•", "·", "▪", "◦", "‣", "- ", "+ ")
"""How the item of a list begins."""
_BY_ITSELF = ("#", "|", ">")
"""How a line of Markdown, of a table or of a quoted message begins."""
_CELLS = ("\t", "    ", " | ")
"""What stands between the cells of a table's row."""


class Line(NamedTuple):
    """What the shape of a line tells. ``text`` is the line with its line end.

    - ``length``: code points without the spaces at its end; ``indent``: the spaces before it.
    - ``word``: the length of its first word.
    - ``goes_on``: it begins with a small letter.
    - ``ends``: it ends like a sentence.
    - ``item``, ``by_itself``: it begins an item of a list; it is a row of a table and the like.
    """

    text: str
    length: int
    indent: int
    word: int
    goes_on: bool
    ends: bool
    item: bool
    by_itself: bool


_BLANK = (0, 0, 0, False, False, False, False)

Block = list[Line]
"""Lines without a blank line between them."""


def seen(text: str) -> Line:
    """Return what the shape of a line tells."""
    if text.isspace():
        return Line(text, *_BLANK)
    from_margin = text.lstrip("\f").rstrip()
    words = from_margin.lstrip()
    return Line(
        text,
        len(from_margin),
        len(from_margin) - len(words),
        len(words.split(None, 1)[0]) if words else 0,
        words.lstrip(_OPENING)[:1].islower(),
        _ENDS.search(words[-8:]) is not None,
        words.startswith(_ITEM),
        words.startswith(_BY_ITSELF) or any(map(words.__contains__, _CELLS)),
    )


class Wrapping(NamedTuple):
    """How a text is wrapped.

    - ``width``: the longest lines of its prose, in code points; 0 if it is not known.
    - ``slack``: a line is full if it and the next word are longer than this part of the width.
    """

    width: int = 0
    slack: float = 1.0

    def learned(self, blocks: Sequence[Block]) -> "Wrapping":
        """Return how the text is wrapped, as the next blocks of it show."""
        several = (block for block in blocks if len(block) > 1)
        wrapped = [(block, width) for block in several if (width := _own_width(block))]
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
        if len(block) == 1:
            yield block
            return
        width = self._width_of(block)
        part = block[:1]
        for line, following in pairwise(block):
            if width and _belongs(line, following, width, self.slack):
                part.append(following)
            else:
                yield part
                part = [following]
        yield part

    def _width_of(self, block: Block) -> int:
        longest = max(line.length for line in block)
        return _own_width(block) or (self.width if longest <= self.width / _RAGGED else 0)


def _own_width(block: Block) -> int:
    """Return the width to which a block is wrapped, or 0 if it does not show that it is."""
    width = max((line.length for line in block if line.length <= _WIDEST), default=0)
    if width < _NARROWEST:
        return 0
    full = [lines for lines in pairwise(block) if _is_full(*lines, width * _RAGGED)]
    is_sentence = len(full) == len(block) - 1 and _is_sentence(block)
    return width if is_sentence or any(_goes_on(*lines) for lines in full) else 0


def _is_full(line: Line, following: Line, width: float) -> bool:
    """Return True if the first word of the following line would not have fitted into a line."""
    return width - 1 - following.word < line.length <= _WIDEST


def _goes_on(line: Line, following: Line) -> bool:
    """Return True if a sentence goes on in the following line: with a small letter."""
    return following.goes_on and not line.ends


def _is_sentence(block: Block) -> bool:
    """Return True if some lines are one sentence or more that end in the last line."""
    *lines, last = block
    if any(line.ends for line in lines) or not last.ends:
        return False
    return sum(map(str.islower, _WORD.findall(lines[0].text))) > 1


def _belongs(line: Line, following: Line, width: int, slack: float) -> bool:
    """Return True if a line goes on in the following one.

    At the end of a sentence a line must be quite full: there a paragraph may end, and a heading may
    follow. If the line was only wrapped there, no sentence is parted.
    """
    if line.by_itself or following.by_itself or following.item:
        return False
    if line.length <= _WIDEST and _goes_on(line, following):
        return True
    least = width if line.ends else width * slack
    return following.indent <= line.indent and _is_full(line, following, least)
