"""Read the numbers of a text: in figures, in words, and in Roman numerals.

"1,400", "1.5 million", "one and a half million", "the 20th", "Nicholas II", "fünfundzwanzig". Not
here: dates (date_scan.py) and what the numbers count (figures.py).

Called by checks/. number_words.py has the words.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache, lru_cache
from typing import NamedTuple

from onthisday.drafts.number_words import NUMBER_WORDS, VALUES, NumberWords

Value = int | Fraction


class Number(NamedTuple):
    """A number in a text.

    - ``start``, ``end``: where its words are, in code points.
    - ``values``: every way to read it. "1.966" is 1966 in German, and in English less than 2.
    - ``parts``: further numbers that it may be, if its spaces part numbers: "25 680". Of a time
      such as 11:30, what people also say: eleven, thirty, half past eleven.
    - ``counts``: it may count things, such as "20". ``orders``: it may give a place in an order,
      such as "20th" and "XX".
    - ``decade``: it names ten years: "1980s".
    - ``vague``: it is a scale alone: "millions".

    The value of a time such as "5:34" is a share of a day.
    """

    start: int
    end: int
    values: frozenset[Value]
    parts: frozenset[Value] = frozenset()
    counts: bool = True
    orders: bool = False
    decade: bool = False
    vague: bool = False


_TOKEN = re.compile(r"\d+|[^\W\d_]+")

_DIGITS = re.compile(
    r"(?P<grouped>\d{1,3}(?P<sign>[.,'’\u00a0\u202f\u2009 ])\d{3}(?:(?P=sign)\d{3})*(?!\d))"
    r"(?:[.,](?P<rest>\d{1,2})(?!\d))?"
    r"|(?P<whole>\d+)(?:[.,](?P<decimal>\d{1,3})(?!\d))?"
)
_TIME = re.compile(
    r"(?<!\d)(?P<hour>[01]?\d|2[0-3])(?::|\.(?=\d\d\s?(?:Uhr|uur|[ap]\.?m))|\s?h\s?)(?P<minute>[0-5]\d)(?![\d:]|[.,]\d)"
    r"(?:\s?(?:(?P<pm>p\.m\.|pm\b)|a\.m\.|am\b))?",
    re.IGNORECASE,
)
_MOST_DIGITS = 40
_WORD_BEFORE = 40
"""How many characters before a Roman numeral are looked at for a name."""

_ORDINAL = re.compile(
    r"(?:st|nd|rd|th|[ºª°]|-?(?:й|я|е|го|му|м|ой|ом|ю|ую|х)|er|ère|e|ème|te[nrsm]?|ste|de|o|a)\b"
)
_FRACTIONS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
_DECADE = re.compile(r"s\b|['’]s\b|er\b(?!\s?\d)|-?[хx]\b")
_SHORT_YEAR = re.compile(r"\b(\d\d)\d\d[–—/-]\Z")
"""Before the last two digits of a year: 1948–50."""
_ROMAN = re.compile(r"(?=[IVXLХ])(?:X|Х){0,3}(?:IX|IV|IХ|V?I{0,3})|XL|LX{0,3}")
_ROMAN_WORD = re.compile(r"(?P<numeral>[IVXLХ]+)(?:th|e|er|ème|[ºª])?(?!\w)")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "Х": 10, "L": 50}
_GAP = re.compile(r"[ \t\u00a0\u202f\r\n]*[-‐‑]?[ \t\u00a0\u202f\r\n]*")


def numbers_in(text: str, language: str) -> Iterator[Number]:
    """Yield the numbers of a text, in order. ``language``: a code, as of ``LANGUAGES``."""
    words = _words(language)
    end = 0
    for begun in words.beginning.finditer(text):
        match = _TOKEN.match(text, begun.start())
        if match is None or begun.start() < end:
            continue
        found = _number(text, match, words)
        if found is not None:
            yield found
            end = found.end


def is_number_word(word: str, language: str) -> bool:
    """Return True if a word, in small letters, writes a number: "two", "second", "million"."""
    return _words(language).starts(word)


def _number(text: str, match: re.Match[str], words: "_Words") -> Number | None:
    time = _TIME.match(text, match.start())
    if time is not None:
        hour = int(time["hour"]) + (12 if time["pm"] and int(time["hour"]) < 12 else 0)
        minute = int(time["minute"])
        parts = {hour, hour % 12 or 12, minute, hour % 12 + _HALF if minute == 30 else hour}
        values = frozenset({_share_of_day(hour, minute)})
        return Number(*time.span(), values, frozenset(parts))
    if match[0][0].isdecimal():
        return _in_figures(text, match.start(), words)
    roman = _ROMAN_WORD.match(text, match.start())
    if roman is not None and _ROMAN.fullmatch(roman["numeral"]):
        return _roman(text, roman)
    if match[0].lower() in words.decades:
        return _decade(*match.span(), words.decades[match[0].lower()])
    if words.starts(match[0].lower()):
        return _in_words(text, match.start(), words)
    return None


def _share_of_day(hour: int, minute: int) -> Value:
    """Return a time of day as a share of the day, so that no other number is the same."""
    return Fraction(1 + 60 * hour + minute, 1441)


def _roman(text: str, match: re.Match[str]) -> Number | None:
    """Read a Roman numeral. A single letter counts only after a word with a capital: Charles V."""
    before = text[max(0, match.start() - _WORD_BEFORE) : match.start()].split()[-1:]
    numeral = match["numeral"]
    if match[0] == "Le":
        return None  # a French article
    if len(match[0]) == 1 and not (before and before[0][0].isupper() and before[0].isalpha()):
        return None
    digits = [_ROMAN_VALUES[letter] for letter in numeral]
    total = sum(
        -one if one < after else one for one, after in zip(digits, [*digits[1:], 0], strict=True)
    )
    return Number(*match.span(), frozenset({total}), orders=True)


def _in_figures(text: str, start: int, words: "_Words") -> Number | None:
    match = _DIGITS.match(text, start)
    if match is None or match.end() - start > _MOST_DIGITS:
        return None  # a digit of another script, or no number that anybody counts
    values, parts = _read(match)
    end = match.end()
    if text[end : end + 1] in _FRACTIONS:
        values, end = frozenset(n + _FRACTIONS[text[end]] for n in values), end + 1
    scale = words.scale_after(text, end)
    if scale is not None:
        by, scale_end = scale
        scaled = frozenset(_plain(Fraction(n * by)) for n in values)
        is_metres = text[end:scale_end].endswith(" m")
        return Number(start, scale_end, scaled | values if is_metres else scaled)
    decade = _DECADE.match(text, end)
    if decade is not None and not match["grouped"] and next(iter(values)) % 10 == 0:
        full = {value + 1900 for value in values if value < 100}
        return Number(start, decade.end(), values | full, decade=True)
    ordinal = _ORDINAL.match(text, end)
    if ordinal is not None:
        return Number(start, ordinal.end(), values, counts=False, orders=True)
    century = _SHORT_YEAR.search(text, max(0, start - 5), start)
    if century is not None and match["whole"] is not None and end - start == 2:
        parts, values = values, frozenset({int(century[1]) * 100 + int(match["whole"])})
    is_order = words.dot_orders and text.startswith(". ", end)
    return Number(start, end, values, parts, orders=is_order)


def _read(match: re.Match[str]) -> tuple[frozenset[Value], frozenset[Value]]:
    """Return what digits mean, and the numbers that stand between spaces in them."""
    grouped, whole = match["grouped"], match["whole"]
    if whole is not None:
        if match["decimal"] is None:
            return frozenset({int(whole)}), frozenset()
        value = Fraction(f"{whole}.{match['decimal']}")
        # "1956, 5 men" has a space, but a list such as 12,5 has none
        return frozenset({_plain(value)}), frozenset({int(whole), int(match["decimal"])})
    exact = _plain(Fraction(re.sub(r"\D", "", grouped) + "." + (match["rest"] or "0")))
    values: set[Value] = {exact}
    if match["rest"] is None and match["sign"] in ".," and grouped.count(match["sign"]) == 1:
        values.add(_plain(Fraction(grouped.replace(",", "."))))
    parts = frozenset(map(int, grouped.split())) if " " in grouped else frozenset()
    return frozenset(values), parts


def _plain(value: Fraction) -> Value:
    return int(value) if value.denominator == 1 else value


class _Scale(NamedTuple):
    value: int
    end: int


class _Piece(NamedTuple):
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
_HALF = Fraction(1, 2)


class _Words:
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
        match = _TOKEN.match(text, _after_gap(text, end))
        scale = self.scales.get(match[0].lower()) if match else None
        return (scale, match.end()) if match and scale and scale >= 1000 else None

    def _single(self, word: str) -> _Piece | None:
        if word in self.cardinals:
            return _Piece(self.cardinals[word], half=word in _WITH_HALF)
        order = self._order(word)
        return None if order is None else _Piece(order, orders=True)

    def _order(self, word: str) -> int | None:
        if word in self._ordinals:
            return self._ordinals[word]
        shortest = max(_SHORTEST_STEM, len(word) - _LONGEST_ENDING)
        sizes = range(len(word), shortest - 1, -1)
        return next((self._stems[word[:n]] for n in sizes if word[:n] in self._stems), None)

    def _glued(self, word: str) -> _Piece | None:
        return self._single(word) or self._compound(word)

    def _compound(self, word: str) -> _Piece | None:
        """Read "fünfundzwanzig", "ventotto": several number words in one."""
        ordinal = _GLUED_ORDINAL.search(word)
        for body in {word, word[: ordinal.start()] if ordinal else word}:
            parts = self._split(body)
            found = parts and _summed(parts, self)
            if found and len(parts) > 1:
                value = found.value
                return _Piece(int(value), orders=body != word, half=value != int(value))
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
def _words(language: str) -> _Words:
    code = language if language in NUMBER_WORDS else "en"
    return _Words(NUMBER_WORDS[code], dot_orders=code == "de")


def _listed(listed: str) -> dict[str, int]:
    return {
        form: value
        for value, forms in zip(VALUES, listed.split(), strict=False)
        for form in forms.split("/")
        if form != "-"
    }


class _Sum:
    """A number in words, as far as it was read: "two hundred and" five."""

    def __init__(self, words: _Words) -> None:
        self._words = words
        self._total: Value = 0
        self._now: Value | None = None
        self._scale = 1
        self.is_joined = False

    @property
    def value(self) -> Value:
        """The number that was read."""
        return _plain(Fraction(self._total + (self._now or 0)))

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
                self._now = (self._now or 0) + _HALF
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
            self._now = _HALF * self._scale
        elif self._now != int(self._now):
            return False
        else:
            self._now = self._now + _HALF if self.is_joined or self._now > 1 else _HALF
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


def _summed(parts: list[str], words: _Words) -> _Sum | None:
    found = _Sum(words)
    for part in parts:
        if part in words.ands or part in _LINKS:
            found.is_joined = True
        elif not found.takes(part):
            return None
    return found


def _in_words(text: str, start: int, words: _Words) -> Number | None:
    """Read the longest number in words that begins at a place."""
    found = _Sum(words)
    read: list[str] = []
    end, at, orders = start, start, False
    while not orders and (match := _TOKEN.match(text, at)) is not None:
        word = match[0].lower()
        at = _after_gap(text, match.end())
        if found.takes(word):
            read.append(word)
            end = match.end()
            piece = words.piece(word)
            orders = piece is not None and piece.orders and word not in words.scales
        elif not read or not found.joins(word):
            break
    if not read or found.value in (0, _HALF):
        return None
    before = text[max(0, start - _ARTICLE) : start].split()
    has_article = bool(before) and before[-1].lower() in words.articles
    if found.value in range(20, 100, 10) and _has_years(text, start, end, words, orders=orders):
        return _decade(start, end, int(found.value))
    vague = len(read) == 1 and read[0] in words.scales and not has_article
    values = frozenset({found.value})
    return Number(start, end, values, counts=not orders, orders=orders, vague=vague)


_ARTICLE = 5
"""How many characters before a number are looked at for an article: "a million"."""


def _decade(start: int, end: int, value: int) -> Number:
    return Number(start, end, frozenset({value, 1900 + value}), decade=True)


def _has_years(text: str, start: int, end: int, words: _Words, *, orders: bool) -> bool:
    """Return True for "années cinquante", "пятидесятые годы": these are the fifties."""
    if orders:
        after = _TOKEN.match(text, _after_gap(text, end))
        return words.is_russian and after is not None and after[0] in words.years
    before = text[max(0, start - _WORD_BEFORE) : start].lower().split()[-1:]
    return bool(before) and before[0] in words.years


def _after_gap(text: str, end: int) -> int:
    gap = _GAP.match(text, end)
    return gap.end() if gap else end
