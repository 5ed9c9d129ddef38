"""Cut a text into sentences, and find the passage that belongs to a date.

First the text is cut into paragraphs, then at marks that end a sentence. Why no library: pysbd was
tried. It did not do better, and took a hundred times as long. Places are code points. Only spaces
and the numbers of notes are left out.

A sentence that is too long is cut too. Why: each date of a sentence has the sentence as its
passage, so a thousand dates in one sentence would take a thousand times its length.

Called by context.py.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from onthisday.almanac.entry import Span
from onthisday.drafts.paragraphs import Unwrapped, unwrapped
from onthisday.drafts.sentence_ends import sentence_ends

LONGEST = 1_000
"""Code points. A longer sentence is a list, or a text without full stops. So it is cut."""

_CLAUSE = 400
"""Code points. The pieces of such a sentence have at least half of this, and at most this."""


_TWO_WORDS = re.compile(r"\w\W+\w")


def sentences(text: str) -> Iterator[Span]:
    """Yield the sentences of a text in order, without the spaces and notes around them.

    sentence_ends.py says where they end. They also end at a line break, unless the text is wrapped
    (paragraphs.py).
    """
    page = unwrapped(text)
    for start, paragraph in _paragraphs_of(page):
        for span in _sentences_of(start, paragraph):
            yield Span(page.places.of(span.start), page.places.after(span.end))


def _paragraphs_of(page: Unwrapped) -> Iterator[tuple[int, str]]:
    for start, end in pairwise([*page.starts, len(page.text)]):
        yield start, page.text[start:end]


class Passages:
    """Finds passages in one text without its wrapping. Each paragraph is cut only once.

    All places are those of the text without its wrapping.
    """

    def __init__(self, page: Unwrapped) -> None:
        self._text, self._starts = page.text, page.starts
        self._paragraphs = list(_paragraphs_of(page))
        self._read: dict[int, list[Span]] = {}

    def around(self, start: int, end: int) -> Span:
        """Return the sentence that holds a mention ``text[start:end]``.

        If the sentence is only a date ("On February 25, 1956."), return it together with the next
        sentence of the paragraph.
        """
        place = max(0, bisect_right(self._starts, start) - 1)
        return _passage(self._sentences(place), self._text, start, end)

    def _sentences(self, place: int) -> list[Span]:
        if place not in self._read and self._paragraphs:
            self._read[place] = list(_sentences_of(*self._paragraphs[place]))
        return self._read.get(place, [])


def _passage(ones: list[Span], text: str, start: int, end: int) -> Span:
    first = bisect_right(ones, start, key=lambda one: one.end)
    last = bisect_left(ones, end, key=lambda one: one.start) - 1
    if last < first:
        return Span(start, end)
    rest = text[ones[first].start : start] + text[end : ones[last].end]
    if last + 1 < len(ones) and _TWO_WORDS.search(rest) is None:
        last += 1
    return Span(min(ones[first].start, start), max(ones[last].end, end))


def _sentences_of(start: int, text: str) -> Iterator[Span]:
    """Yield the sentences of a paragraph that begins at ``start``."""
    begin = 0
    for end, following in sentence_ends(text):
        yield from _trimmed(start, text, begin, end)
        begin = following
    yield from _trimmed(start, text, begin, len(text))


def _trimmed(start: int, text: str, begin: int, end: int) -> Iterator[Span]:
    """Yield ``text[begin:end]`` without the spaces around it, in pieces if it is too long."""
    while end - begin > LONGEST:
        cut = _clause_end(text, begin + _CLAUSE // 2, begin + _CLAUSE)
        yield from _trimmed(start, text, begin, cut)
        begin = cut
    piece = text[begin:end]
    if piece.strip():
        place = start + begin + len(piece) - len(piece.lstrip())
        yield Span(place, place + len(piece.strip()))


def _clause_end(text: str, half: int, most: int) -> int:
    """Return where to cut a sentence that is too long: after a clause or, if none ends, a word."""
    for end in ("; ", ", ", " "):
        place = text.rfind(end, half, most)
        if place >= 0:
            return place + len(end)
    return most
