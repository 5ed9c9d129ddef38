"""The passage of a text that is most like a quotation which is not in it: a mistyped one, mostly.

Two steps. Pieces of six letters of the quotation are looked up in the whole text, and each place
where one is found votes for where the passage begins. Around the winner, words are compared. The
time grows with the text's length alone: pieces are few, and a piece that is common does not vote.

Why not difflib on the whole text: it takes minutes for 1 MB. Why no library for fuzzy search: one
that aligns a quotation with 1 MB of text is compiled code, for one sentence of `check`.
"""

import re
from collections import Counter
from difflib import Match, SequenceMatcher

from onthisday.almanac.entry import Span

_PIECE = 6
"""Letters of a piece: two mistyped words leave most pieces whole."""

_MOST_PIECES = 64
_MOST_VOTES = 100
"""Places of a piece; one that is found more often says nothing."""

_BUCKET = 64
"""Letters by which two votes for one place may differ: words that are missing or too many."""

_LONGEST = 10_000
"""Letters of a quotation that is looked for."""

_LIKE = 0.6
"""How much of both must be the same, from 0 to 1, for a passage to be worth showing."""

_WORD = re.compile(r"\w+")

_MARKS = ".,;:!?…()[]\"'’‘“”„«»–—-"


def nearest_passage(quote: str, text: str) -> Span | None:
    """Return the passage of a text that a quotation most likely means; None where none is like it.

    It begins and ends with whole words.
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
    """Return where the passage about begins, by the votes of the quotation's pieces."""
    wanted, lowered = quote.lower(), text.lower()
    if len(lowered) != len(text) or len(wanted) != len(quote):  # a few letters become two
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
    """Return where a piece is in a text; nothing where it is common."""
    places: list[int] = []
    place = text.find(piece)
    while place >= 0:
        places.append(place)
        if len(places) > _MOST_VOTES:
            return []
        place = text.find(piece, place + 1)
    return places


def _aligned(quote: str, text: str, begin: int) -> Span | None:
    """Return which words from ``begin`` on are the quotation's; those at its ends may be others."""
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
    """Return, of words that are the same, the longest run and what stands near to its sides.

    A lone word such as "of" may be found far before the passage or after it.
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
    """Say whether two runs are as far apart in both texts, give or take twice the words of one."""
    missing = (other.a - one.a - one.size) - (other.b - one.b - one.size)
    return abs(missing) <= 2 * size


def _with_marks(quote: str, text: str, span: Span) -> Span:
    """Return a passage with the marks around its words with which the quotation begins and ends."""
    before = quote[: len(quote) - len(quote.lstrip(_MARKS))]
    after = quote[len(quote.rstrip(_MARKS)) :]
    start = span.start - len(before) if text.endswith(before, 0, span.start) else span.start
    end = span.end + len(after) if text.startswith(after, span.end) else span.end
    return Span(start, end)
