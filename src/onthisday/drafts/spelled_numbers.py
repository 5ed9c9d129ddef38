"""Read numbers in words: one word, and a sum of words as far as it was read.

"fünfundzwanzig", "two hundred and five thousand", "anderthalb". Called by numbers.py, which finds
where a number begins in a text. number_words.py has the words.
"""

import re
from fractions import Fraction
from functools import cache, lru_cache
from typing import NamedTuple

from onthisday.drafts.number_words import NUMBER_WORDS, VALUES, NumberWords

Value = int | Fraction
"""The value of a number: 1400, or three halves."""

HALF = Fraction(1, 2)

TOKEN = re.compile(r"\d+|[^\W\d_]+")
"""Digits, or a word."""

_GAP = re.compile(r"[ \t\u00a0\u202f\r\n]*[-‐‑]?[ \t\u00a0\u202f\r\n]*")


class Scale(NamedTuple):
    """A word such as "million" after a number in figures, and where it ends."""

    value: int
    end: int


class WordPart(NamedTuple):
    """What a word adds to a number. ``half``: and a half more, such as "anderthalb"."""

    value: int
    orders: bool = False
    half: bool = False


_WITH_HALF = dict.fromkeys(
    ("anderhalf", "anderthalb", "eineinhalb", "полтора", "полторы", "полутора"), 1
)
"""Words for one and a half."""

_SHORTEST_STEM = 3
_LONGEST_ENDING = 4


class NumberVocabulary:
    """The number words of a language, ready to be looked up."""

    def __init__(self, listed: NumberWords, *, dot_orders: bool) -> None:
        self.dot_orders = dot_orders
        self.cardinals = _listed(listed.cardinals) | listed.more | _WITH_HALF
        ordinals = _listed(listed.ordinals)
        self._ordinals = {word: value for word, value in ordinals.items() if word[-1] != "*"}
        self._stems = {word[:-1]: value for word, value in ordinals.items() if word[-1] == "*"}
        self.scales, self.half = listed.scales, frozenset(listed.half.split())
        self.ands, self.and_tens = frozenset(listed.ands.split()), listed.and_tens
        self.articles = frozenset(listed.articles.split())
        self.unit_first, self.is_french = listed.unit_first, "soixante" in self.cardinals
        self.is_russian = "сорок" in self.cardinals
        tens = {word: n for word, n in self.cardinals.items() if n in range(20, 100, 10)}
        self.decades = {word[:-1] + "ies": n for word, n in tens.items() if word[-1] == "y"}
        if listed.unit_first:
            self.decades = {word + end: n for word, n in tens.items() for end in ("er", "ern")}
        self.years = listed.years
        self._parts = sorted(
            {*self.cardinals, *self.scales, *self.ands, *self.half, *_LINKS}, key=len, reverse=True
        )
        begin: list[str] = []
        words = {*self._parts, *self._ordinals, *self._stems, *self.decades}
        for word in sorted(words - self.ands - {"en", "ën"}, key=len):
            if not word.startswith(tuple(begin)):  # "six" finds "sixteen" too
                begin.append(re.escape(word))
        self.beginning = re.compile(
            rf"\d+|\b[IVXLХ]+(?:th|e|er|ème|[ºª])?(?!\w)|(?<![^\W\d_])(?:{'|'.join(begin)})",
            re.IGNORECASE,
        )
        self.piece = lru_cache(maxsize=4096)(self._glued if listed.glued else self._single)

    def starts(self, word: str) -> bool:
        """Return True if a number may begin with this word."""
        return word in self.scales or word in self.half or self.piece(word) is not None

    def scale_after(self, text: str, end: int) -> tuple[int, int] | None:
        """Return the scale after a number in figures, and its end: "1.5 million"."""
        match = TOKEN.match(text, after_gap(text, end))
        scale = self.scales.get(match[0].lower()) if match else None
        return (scale, match.end()) if match and scale and scale >= 1000 else None

    def _single(self, word: str) -> WordPart | None:
        if word in self.cardinals:
            return WordPart(self.cardinals[word], half=word in _WITH_HALF)
        order = self._order(word)
        return None if order is None else WordPart(order, orders=True)

    def _order(self, word: str) -> int | None:
        if word in self._ordinals:
            return self._ordinals[word]
        shortest = max(_SHORTEST_STEM, len(word) - _LONGEST_ENDING)
        sizes = range(len(word), shortest - 1, -1)
        return next((self._stems[word[:n]] for n in sizes if word[:n] in self._stems), None)

    def _glued(self, word: str) -> WordPart | None:
        return self._single(word) or self._compound(word)

    def _compound(self, word: str) -> WordPart | None:
        """Read "fünfundzwanzig", "ventotto": several number words in one."""
        ordinal = _GLUED_ORDINAL.search(word)
        for body in {word, word[: ordinal.start()] if ordinal else word}:
            parts = self._split(body)
            found = parts and _summed(parts, self)
            if found and len(parts) > 1:
                value = found.value
                return WordPart(int(value), orders=body != word, half=value != int(value))
        return None

    def _split(self, word: str) -> list[str]:
        """Return the number words that a word is made of. Return nothing if it has other parts."""
        if len(word) > _LONGEST_COMPOUND:
            return []
        rests: dict[int, list[str]] = {len(word): []}  # by place: how the rest is made of parts
        for place in range(len(word) - 1, -1, -1):
            for part in self._parts:
                if word.startswith(part, place) and place + len(part) in rests:
                    rests[place] = [part, *rests[place + len(part)]]
                    break
        return rests.get(0, [])


_LINKS = ("en", "ën")
"""Dutch joins with "ën" after a vowel: "tweeëntwintig"."""

_GLUED_ORDINAL = re.compile(r"(?:s?te|de|esim)\w{0,2}\Z")
_LONGEST_COMPOUND = 60
"""How many letters a compound has at most."""


@cache
def vocabulary(language: str) -> NumberVocabulary:
    """Return the number words of a language. ``language``: its code; English if it has none."""
    code = language if language in NUMBER_WORDS else "en"
    return NumberVocabulary(NUMBER_WORDS[code], dot_orders=code == "de")


def _listed(listed: str) -> dict[str, int]:
    return {
        form: value
        for value, forms in zip(VALUES, listed.split(), strict=False)
        for form in forms.split("/")
        if form != "-"
    }


class Sum:
    """A number in words, as far as it was read: "two hundred and" five."""

    def __init__(self, words: NumberVocabulary) -> None:
        self._words = words
        self._total: Value = 0
        self._now: Value | None = None
        self._scale = 1
        self.is_joined = False

    @property
    def value(self) -> Value:
        """The number that was read."""
        return plain(Fraction(self._total + (self._now or 0)))

    def takes(self, word: str) -> bool:
        """Add a word. Return False, and change nothing, if it cannot follow what was read."""
        if word in self._words.scales:
            taken = self._multiplies(self._words.scales[word])
        elif word in self._words.half:
            taken = self._adds_half()
        else:
            piece = self._words.piece(word)
            if piece is not None and piece.orders and piece.value >= 100:
                return self._multiplies(piece.value)
            taken = piece is not None and self._adds(piece.value)
            if taken and piece is not None and piece.half:
                self._now = (self._now or 0) + HALF
        self.is_joined = self.is_joined and not taken
        return taken

    def joins(self, word: str) -> bool:
        """Return True if a word is an "and" or an article that may stand here."""
        if word in self._words.articles and self._now is not None:
            return True
        self.is_joined = word in self._words.ands and (
            self._words.and_tens or self._now is None or not 20 <= self._now < 100
        )
        return self.is_joined

    def _adds(self, value: int) -> bool:
        now = self._now
        if now is None or now == 0:
            self._now = value
        elif self._words.is_french and now % 100 == 4 and value == 20:
            self._now = now + 76  # quatre-vingt
        elif self._follows(now, value):
            self._now = now + value
        else:
            return False
        return True

    def _follows(self, now: Value, value: int) -> bool:
        """Return True if a number completes another one: 20 and 5, 100 and 25."""
        if self._words.is_french and (
            (now % 100 in (60, 80) and 10 <= value < 20) or (now % 100 == 10 and 7 <= value < 10)
        ):
            return True
        if self._words.unit_first and now % 100 < 10 and value in range(20, 100, 10):
            return True
        return (now >= 20 and now % 10 == 0 and value < 10) or (
            now >= 100 and now % 100 == 0 and value < 100
        )

    def _adds_half(self) -> bool:
        """Add a half: of one after "one and", of the scale after "a million and"."""
        if self._now is None:
            self._now = HALF * self._scale
        elif self._now != int(self._now):
            return False
        else:
            self._now = self._now + HALF if self.is_joined or self._now > 1 else HALF
        return True

    def _multiplies(self, scale: int) -> bool:
        if scale == 100:
            if self._now is not None and self._now >= 100:
                return False
            self._now = (self._now or 1) * 100
        else:
            self._total += (self._now or 1) * scale
            self._now, self._scale = None, scale
        return True


def _summed(parts: list[str], words: NumberVocabulary) -> Sum | None:
    found = Sum(words)
    for part in parts:
        if part in words.ands or part in _LINKS:
            found.is_joined = True
        elif not found.takes(part):
            return None
    return found


def plain(value: Fraction) -> Value:
    """Return a whole number as an int, so that equal values are one in a set of numbers."""
    return int(value) if value.denominator == 1 else value


def after_gap(text: str, end: int) -> int:
    """Return where the next word begins, if only spaces or a hyphen stand between."""
    gap = _GAP.match(text, end)
    return gap.end() if gap else end
