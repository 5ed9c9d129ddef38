"""Mark the hits in a text, and cut a long text to the words around them.

site/templates/search.js does the same in a browser.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from unicodedata import category

from onthisday.almanac.entry import Span
from onthisday.search.folding import FOLDS, are_one_word
from onthisday.search.query import Term

ROOM = 180
"""So many characters of a text are shown below a title, about."""

_BEFORE = 60
"""So many of them stand before the first hit, at most."""

_NEAR = 20
"""A cut is moved to a space if there is one so near."""


class Marked(NamedTuple):
    """A text, and where the hits are in it (`text[start:end]`, in order, none over another)."""

    text: str
    marks: tuple[Span, ...] = ()

    @property
    def pieces(self) -> Iterator[tuple[str, bool]]:
        """The pieces of the text, each with whether it is a hit."""
        end = 0
        for start, stop in self.marks:
            yield self.text[end:start], False
            yield self.text[start:stop], True
            end = stop
        yield self.text[end:], False


def marked(text: str, terms: Iterable[Term]) -> Marked:
    """Return a text with the hits in it."""
    folded, places = _with_places(text)
    found = sorted(span for term in terms for span in _found(folded, term))
    marks: list[Span] = []
    for start, end in found:
        first, last = places[start], _with_signs(text, places[end - 1] + 1)
        if marks and first <= marks[-1].end:
            marks[-1] = Span(marks[-1].start, max(last, marks[-1].end))
        else:
            marks.append(Span(first, last))
    return Marked(text, tuple(marks))


def snippet(shown: Iterable[str], texts: Iterable[str], terms: tuple[Term, ...]) -> Marked:
    """Return the text that has hits of the most terms, cut to the words around the first hit.

    ``shown``: texts that the reader sees anyway, such as the title. Their terms do not count. If no
    term is left, return the first text.
    """
    seen = {term for text in shown for term in _terms_in(text, terms)}
    best, most = "", -1
    for text in texts:
        hits = len(_terms_in(text, terms) - seen)
        if hits > most:
            best, most = text, hits
    return _cut(marked(best, terms))


def _terms_in(text: str, terms: Iterable[Term]) -> set[Term]:
    """Return the terms that a text has."""
    folded, _ = _with_places(text)
    return {term for term in terms if next(_found(folded, term), None)}


def _with_places(text: str) -> tuple[str, list[int]]:
    """Return a folded text with one space between words, and the place of each character of it."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in FOLDS[ord(character)]:
            if letter != " " or (folded and folded[-1] != " "):
                folded.append(letter)
                places.append(place)
    return "".join(folded), places


def _found(folded: str, term: Term) -> Iterator[tuple[int, int]]:
    start = folded.find(term.text)
    while start >= 0:
        end = start + len(term.text)
        begins = start == 0 or not are_one_word(folded[start - 1], folded[start])
        ends = end == len(folded) or term.begun or not are_one_word(folded[end - 1], folded[end])
        if begins and ends:
            yield start, end
        start = folded.find(term.text, start + 1)


def _with_signs(text: str, end: int) -> int:
    """Return the end of a hit with the signs after it that are dropped when a text is folded."""
    while end < len(text) and not FOLDS[ord(text[end])]:
        end += 1
    return end


def _cut(whole: Marked) -> Marked:
    text, marks = whole
    if len(text) <= ROOM:
        return whole
    first = marks[0].start - _BEFORE if marks else 0
    start = _start(text, min(first, len(text) - ROOM)) if first > 0 else 0
    end = len(text) if start + ROOM >= len(text) else _end(text, start + ROOM)
    left, right = "…" if start else "", "…" if end < len(text) else ""
    moved = len(left) - start
    kept = (Span(each.start + moved, each.end + moved) for each in marks if each.end <= end)
    return Marked(f"{left}{text[start:end]}{right}", tuple(kept))


def _start(text: str, place: int) -> int:
    """Return a place to begin at: after a space, if there is one soon."""
    space = text.find(" ", place, place + _NEAR)
    return space + 1 if space >= 0 else _at_cluster(text, place)


def _end(text: str, place: int) -> int:
    """Return a place to end at: before a space, if there is one a little before."""
    space = text.rfind(" ", place - _NEAR, place)
    return space if space >= 0 else _at_cluster(text, place)


def _at_cluster(text: str, place: int) -> int:
    while place < len(text) and category(text[place])[0] == "M":
        place += 1
    return place
