"""What a person asks for: words, of which an entry must have all.

Words in quotation marks stand one after the other (a phrase). So do the parts of ``25.2.1956``. The
last word may be only begun, because people see what is found while they type.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from onthisday.search.folding import fold
from onthisday.search.words import sought

LONGEST = 200
"""So many characters of a question count."""

MOST_WORDS = 20
"""So many words of a question count. Nobody types more, and a long question takes long."""

MOST_TOGETHER = 12
"""So many words of a phrase count."""

_QUOTES = re.compile('["“”„«»]')

_SHORTEST_BEGUN = 2
"""A word of one letter is no beginning of others: too many words begin with it."""


class Term(NamedTuple):
    """Words that stand one after the other.

    - ``text``: the words, folded, with one space between them.
    - ``words``: the words as an index has them (words.py).
    - ``begun``: whether the last one is only the beginning of a word.
    - ``typed``: whether it is begun because the person may go on typing.
    """

    text: str
    words: tuple[str, ...]
    begun: bool
    typed: bool = False


class Query(NamedTuple):
    """A question. ``asked``: what the person typed, at most LONGEST characters of it."""

    asked: str
    terms: tuple[Term, ...]

    @property
    def whole(self) -> tuple[Term, ...]:
        """The terms, with the word that the person may still be typing taken for a whole word."""
        return tuple(each._replace(begun=False) if each.typed else each for each in self.terms)


def query_of(text: str) -> Query:
    """Return the question that a person typed. No text is wrong; it may ask for nothing."""
    asked = text.lstrip()[:LONGEST]
    found: list[tuple[str, bool]] = []
    parts = _QUOTES.split(asked)
    for number, part in enumerate(parts):
        is_last = number == len(parts) - 1
        pieces = [part] if number % 2 else part.split()
        found += [(piece, False) for piece in pieces]
        if is_last and pieces and not part[-1:].isspace():
            found[-1] = (pieces[-1], True)
    terms = (_term(piece, typed=typed) for piece, typed in found)
    once = dict.fromkeys(term for term in terms if term.words)
    return Query(asked.strip(), tuple(_few(once)))


def _few(terms: Iterable[Term]) -> Iterator[Term]:
    """Yield the first terms: so many that they have MOST_WORDS words together."""
    count = 0
    for term in terms:
        count += term.text.count(" ") + 1
        if count > MOST_WORDS:
            return
        yield term


def _term(piece: str, *, typed: bool) -> Term:
    every = fold(piece).split()
    text = " ".join(every[:MOST_TOGETHER])
    words, begun = sought(text)
    typed = typed and len(every) <= MOST_TOGETHER
    goes_on = typed and not begun and bool(words) and len(words[-1]) >= _SHORTEST_BEGUN
    return Term(text, tuple(words), begun or goes_on, goes_on)
