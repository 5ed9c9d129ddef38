"""The parts of the patterns of a date: a month, days, and a year beside them.

Each is the text of a regular expression. Its groups say what it holds, and each part has a limit.

Called by grammar.py.
"""

import re
from collections.abc import Iterable

from onthisday.drafts.languages.language import NEVER, Language

SPACE = r"\s{1,3}"
GAP = r"\s{0,3}"
DASH = r"[-‐‑–—]"
COMMA = rf"(?:{GAP},{GAP}|{SPACE})"
NOTE = r"\.\d{1,3}(?:[-–,]\d{1,3})?(?=\s{1,3}[\"“„«(]?[A-ZÀ-ÖØ-ÞА-ЯЁ]|\s{0,3}\Z)"
"""The number of a note at the end of a sentence: ``.12`` in "12 June 1957.12 His son followed"."""
ENDS = rf"(?:(?!\d|[.,:]\d)|(?={NOTE}))"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d|[.:]\d|,\d{3}(?!\d))"
YEAR = rf"(?:1\d|20)\d\d{ENDS}"
NO_DOUBLE = r"(?P<double>(?!))?"
"""A group that never holds anything. It stands where a form has no double year (``1750/51``)."""
_ASIDE = r"[(\[][^()\[\]]{1,60}[)\]]"


def any_of(words: Iterable[str]) -> str:
    """Return the pattern of any of some words. A space in a word may be a line's end in a text."""
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", SPACE) for word in longest_first) or NEVER


def month_pattern(language: Language) -> str:
    """Return the pattern of a month's name: whole, short or old.

    Its first letter is looked at first, because most words begin with another one.
    """
    full, short = any_of(language.months), any_of({**language.old, **language.short})
    begins = {name[0] for name in (*language.months, *language.short, *language.old)}
    letter = r"[^\W\d_]"
    ahead = "".join(sorted({*begins, *(letter.upper() for letter in begins)}))
    return rf"(?=[{ahead}])(?P<month>(?i:{full})(?!{letter})|(?i:{short})(?!{letter})\.?)"


def days_pattern(language: Language) -> str:
    """Return the pattern of one day, or of several in a month.

    ``6-7``, ``25th to the 27th``, ``4, 5 and 6``.
    """
    day = rf"{_DAY}(?:{language.ordinal})?(?:(?<=\.)|(?!\w))"
    link = rf"(?:(?i:{any_of(language.links)}){SPACE})?"
    last = rf"{GAP}(?:(?:{DASH}|[/&]){GAP}{link}{day}|[(\[]{day}[)\]])"
    joins = rf"(?:{language.joins}|&){SPACE}{link}"
    listed = rf"(?:,{GAP}{day}){{0,3}},?{SPACE}{joins}{day}"
    return rf"(?P<days>{day}(?:{last}|{listed})?)"


def linked_year_pattern(language: Language) -> str:
    """Return the pattern of a year after a month or a day.

    Brackets may stand between: ``7 November [O.S. 25 October] 1917``.
    """
    before, after = language.before_christ, language.after_christ
    with_era = (
        rf"(?P<counted>\d{{1,4}}){SPACE}(?:(?P<before>{before})|{after})(?!\w)"
        rf"|(?:{after}){SPACE}(?P<after>\d{{1,4}})(?!\d)"
    )
    roman = r"(?P<roman>M[DCLXVI]{3,14})(?!\w)"
    not_month = rf"(?!{SPACE}{any_month(language)})"
    double = rf"(?:{DASH}|/)(?P<double>\d{{4}}|\d\d?)(?![\w/]|[.,:-]\d){not_month}"
    alone = rf"(?P<year>{YEAR})(?:{double})?(?:{GAP}(?:{language.year_word})(?!\w))?"
    early = rf"(?P<early>[1-9]\d\d)(?=\s{{0,3}}(?:[.;)]|,\s|\Z|(?:{language.year_word})(?!\w)))"
    link = rf"(?:[-/]|(?<=\.)|{COMMA}(?:(?:{language.of_year}){SPACE})?)"
    aside = rf"{SPACE}(?:{_ASIDE}|{old_style_pattern(language)}|{new_style_pattern(language)})"
    behind = rf"(?=(?:{aside}|[)\]]){COMMA}(?P<behind>{YEAR})(?!(?:{DASH}|/)\d))"
    return rf"(?:{link}(?:{with_era}|{alone}|{roman}|(?<!,\s){early})|{behind})"


def any_month(language: Language) -> str:
    """Return the pattern of a month's whole name with "of" before it, without groups."""
    return rf"(?:{language.of_month})?{GAP}(?i:{any_of(language.months)})"


def old_style_pattern(language: Language) -> str:
    """Return the pattern of the Julian calendar's names. The Latin ones stand in any language."""
    latin = r"o\.\s?s\.|st(?:il[oi]|yli)?\.?\s(?:v\.|vet\.|veteris?\b|juliani\b)"
    return rf"(?:{language.old_style}|(?i:{latin}))"


def new_style_pattern(language: Language) -> str:
    """Return the pattern of the Gregorian calendar's names."""
    latin = r"st(?:il[oi]|yli)?\.?\s(?:n\.|nov\.|novi?\b|gregoriani\b)"
    return rf"(?:{language.new_style}|(?i:{latin}))"
