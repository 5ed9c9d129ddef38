"""Read the numbers of a text: in figures, in words, and in Roman numerals.

"1,400", "1.5 million", "one and a half million", "the 20th", "Nicholas II", "fünfundzwanzig". Not
here: dates (date_scan.py) and what the numbers count (figures.py).

Called by checks/. Not here: how a number is made of words (spelled_numbers.py).
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from onthisday.drafts.spelled_numbers import (
    HALF,
    TOKEN,
    NumberVocabulary,
    Sum,
    Value,
    after_gap,
    plain,
    vocabulary,
)


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


def numbers_in(text: str, language: str) -> Iterator[Number]:
    """Yield the numbers of a text, in order. ``language``: a code, as of ``LANGUAGES``."""
    words = vocabulary(language)
    end = 0
    for begun in words.beginning.finditer(text):
        match = TOKEN.match(text, begun.start())
        if match is None or begun.start() < end:
            continue
        found = _number(text, match, words)
        if found is not None:
            yield found
            end = found.end


def is_number_word(word: str, language: str) -> bool:
    """Return True if a word, in small letters, writes a number: "two", "second", "million"."""
    return vocabulary(language).starts(word)


def _number(text: str, match: re.Match[str], words: NumberVocabulary) -> Number | None:
    time = _TIME.match(text, match.start())
    if time is not None:
        hour = int(time["hour"]) + (12 if time["pm"] and int(time["hour"]) < 12 else 0)
        minute = int(time["minute"])
        parts = {hour, hour % 12 or 12, minute, hour % 12 + HALF if minute == 30 else hour}
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


def _in_figures(text: str, start: int, words: NumberVocabulary) -> Number | None:
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
        scaled = frozenset(plain(Fraction(n * by)) for n in values)
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
        return frozenset({plain(value)}), frozenset({int(whole), int(match["decimal"])})
    exact = plain(Fraction(re.sub(r"\D", "", grouped) + "." + (match["rest"] or "0")))
    values: set[Value] = {exact}
    if match["rest"] is None and match["sign"] in ".," and grouped.count(match["sign"]) == 1:
        values.add(plain(Fraction(grouped.replace(",", "."))))
    parts = frozenset(map(int, grouped.split())) if " " in grouped else frozenset()
    return frozenset(values), parts


def _in_words(text: str, start: int, words: NumberVocabulary) -> Number | None:
    """Read the longest number in words that begins at a place."""
    found = Sum(words)
    read: list[str] = []
    end, at, orders = start, start, False
    while not orders and (match := TOKEN.match(text, at)) is not None:
        word = match[0].lower()
        at = after_gap(text, match.end())
        if found.takes(word):
            read.append(word)
            end = match.end()
            piece = words.piece(word)
            orders = piece is not None and piece.orders and word not in words.scales
        elif not read or not found.joins(word):
            break
    if not read or found.value in (0, HALF):
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


def _has_years(text: str, start: int, end: int, words: NumberVocabulary, *, orders: bool) -> bool:
    """Return True for "années cinquante", "пятидесятые годы": these are the fifties."""
    if orders:
        after = TOKEN.match(text, after_gap(text, end))
        return words.is_russian and after is not None and after[0] in words.years
    before = text[max(0, start - _WORD_BEFORE) : start].lower().split()[-1:]
    return bool(before) and before[0] in words.years
