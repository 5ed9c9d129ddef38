"""Find the passage that a curator most likely meant with a mistyped quote.

There are two steps:

1. Take pieces of six letters from the quote, and look for each piece in the whole text. Each place
   where a piece is found is a vote for one beginning of the passage.
2. Compare the words after the beginning with the most votes with the words of the quote.

This is fast: there are at most 128 pieces, and a very common piece has no vote.

Why not difflib on the whole text: it takes minutes for 1 MB. Why no library for fuzzy search: a
library that is fast enough for 1 MB is compiled code. That is too much for one sentence of `check`.

Called by passages.py.
"""

import re
from collections import Counter
from difflib import Match, SequenceMatcher

from onthisday.almanac.entry import Span

_PIECE = 6
"""How many letters a piece has. If two words are mistyped, most pieces are still right."""

_MOST_PIECES = 64
_MOST_VOTES = 100
"""A piece that is found at more places than this has no vote: the piece is too common."""

_BUCKET = 64
"""Votes for places within this many letters are counted together.

Why: words may be missing in the quote or be too many, so the votes are not exact.
"""

_LONGEST = 10_000
"""A quote with more letters than this is not looked for, because it would take too long."""

_LIKE = 0.6
"""How much of the words must be the same, from 0 (nothing) to 1 (all). Otherwise show nothing."""

_WORD = re.compile(r"\w+")

_MARKS = ".,;:!?…()[]\"'’‘“”„«»–—-"


def nearest_passage(quote: str, text: str) -> Span | None:
    """Return the passage of a text that a quote most likely means, or None.

    The passage begins and ends with whole words.
    """
    if not _PIECE <= len(quote) <= _LONGEST:
        return None
    guess = _guess(quote, text)
    if guess is None:
        return None
    slack = 2 * _BUCKET + len(quote) // 10
    begin = max(0, guess - slack)
    return _aligned(quote, text[: guess + len(quote) + slack], begin)


def _guess(quote: str, text: str) -> int | None:
    """Return about where the passage begins: the place with the most votes. None without votes."""
    wanted, lowered = quote.lower(), text.lower()
    # A few large letters become two small letters. Then all places after them would be wrong.
    if len(lowered) != len(text) or len(wanted) != len(quote):
        wanted, lowered = quote, text
    last = len(wanted) - _PIECE
    step = max(1, last // _MOST_PIECES)
    votes: Counter[int] = Counter()
    for offset in range(0, last + 1, step):
        places = _places(wanted[offset : offset + _PIECE], lowered)
        votes.update((place - offset) // _BUCKET for place in places)
    if not votes:
        return None
    best = max(votes, key=lambda bucket: (votes[bucket] + votes[bucket + 1], -bucket))
    return max(0, best * _BUCKET)


def _places(piece: str, text: str) -> list[int]:
    """Return the places of a piece in a text. If the piece is too common, return none."""
    places: list[int] = []
    place = text.find(piece)
    while place >= 0:
        places.append(place)
        if len(places) > _MOST_VOTES:
            return []
        place = text.find(piece, place + 1)
    return places


def _aligned(quote: str, text: str, begin: int) -> Span | None:
    """Return the passage after ``begin`` whose words match the words of the quote, or None.

    The first and the last words need not match, because they may be mistyped too.
    """
    mine = [match[0].casefold() for match in _WORD.finditer(quote)]
    there = list(_WORD.finditer(text, begin))
    theirs = [match[0].casefold() for match in there]
    blocks = _together(SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks())
    if not blocks:
        return None
    first, last = blocks[0], blocks[-1]
    start = max(0, first.b - first.a)
    end = min(len(theirs), last.b + len(mine) - last.a)
    same = sum(block.size for block in blocks)
    if 2 * same < _LIKE * (len(mine) + end - start):
        return None
    return _with_marks(quote, text, Span(there[start].start(), there[end - 1].end()))


def _together(blocks: list[Match]) -> list[Match]:
    """Return the longest block of matching words, and the blocks near it.

    A block is some words in a row that are the same in the quote and in the text. Why not all
    blocks: a single word such as "of" may match far away from the passage.
    """
    longest = max(range(len(blocks)), key=lambda index: blocks[index].size)
    first = last = longest
    while first > 0 and _is_near(blocks[first - 1], blocks[first], blocks[first - 1].size):
        first -= 1
    while last + 1 < len(blocks) and _is_near(
        blocks[last], blocks[last + 1], blocks[last + 1].size
    ):
        last += 1
    return [block for block in blocks[first : last + 1] if block.size]


def _is_near(one: Match, other: Match, size: int) -> bool:
    """Return True if two blocks are about as far from each other in the text as in the quote.

    The two distances may differ by twice ``size`` words. ``size`` is how many words the block
    farther from the longest block has.
    """
    missing = (other.a - one.a - one.size) - (other.b - one.b - one.size)
    return abs(missing) <= 2 * size


def _with_marks(quote: str, text: str, span: Span) -> Span:
    """Return a passage with the punctuation around it, if the quote has the same punctuation."""
    before = quote[: len(quote) - len(quote.lstrip(_MARKS))]
    after = quote[len(quote.rstrip(_MARKS)) :]
    start = span.start - len(before) if text.endswith(before, 0, span.start) else span.start
    end = span.end + len(after) if text.startswith(after, span.end) else span.end
    return Span(start, end)
