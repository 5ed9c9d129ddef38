"""Numbers before a month that are no day: they belong to the word before them, or were torn apart.

In "Box 12 March 1956", 12 is the number of the box. In "2 5 February 1956", a scanner has torn a 25
into two numbers. To read such a number as a day would give a wrong date.

A bounded number of characters around the number is looked at. Called by forms.py.
"""

import re

from onthisday.drafts.grammar import Grammar
from onthisday.drafts.languages.language import words
from onthisday.drafts.small_letters import small

_SEEN = 48
"""How many code points before a number to look at."""
_NO_WORD = frozenset("0123456789,;:!?()[]")
"""If one of these stands before a number, the number belongs to no word."""
_HYPHENS = frozenset("-‐‑")
_HYPHENED = re.compile(r"([^\W\d_]{1,20})[-‐‑]\Z")
_PIECE_BEFORE = re.compile(r"(?<![\w.,:/-])[0-3][ \u00a0]{1,2}\Z")
_ONE_DIGIT = re.compile(r"\d(?!\d)")
_PIECES_AFTER = re.compile(
    r",?[ \u00a0]{1,2}(?:"
    r"(?=[12])\d[ \u00a0]?\d[ \u00a0]?\d[ \u00a0]?\d(?!\d)"  # 19 56, 1 956, 1957 with more behind
    r"|\d{5,6}(?!\d)"  # 195712: a year and the number of a note
    r"|(?=[\dOo]{0,3}[^\W\d_])[1Il|][\dOoSIl]{3}\b"  # I9S6
    r"|\d{1,2}(?:,?[ \u00a0]|,)(?:1\d|20)\d\d(?!\d)"  # February 2 5, 1956
    r")"
)
_DASHES = frozenset("-‐‑–—")
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-ÞА-ЯЁ][\w’'-]{0,40}")
_ACRONYM = 4
"""Letters of a name such as PQ in "PQ 17 July 1942"."""
_BEFORE_DAY = words(
    "AM PM GMT UTC EST EDT CST CDT MST MDT PST PDT BST CET CEST EET MEZ MESZ MSK UK US USA USSR"
)
"""Capital letters that have no number behind them: times of a day and countries."""
_CLOSES = re.compile(r"\s{0,2}(?:[.,;:!?)\]–—|\n]|\Z)")
_WORDS = re.compile(r"[^\s(\[{\"“„‘«—–]+")


def belongs_to_word(text: str, at: int, grammar: Grammar) -> bool:
    """Return True if the number at a place belongs to the word before it: "no. 12", "T-34"."""
    before = text[max(0, at - _SEEN) : at]
    if before.rstrip()[-1:] in _NO_WORD:
        return False
    if grammar.numbered.search(small(before)):
        return True
    hyphened = _HYPHENED.search(before) if before[-1:] in _HYPHENS else None
    return hyphened is not None and hyphened[1].lower() not in grammar.language.months


def may_belong_to_name(text: str, at: int, end: int, grammar: Grammar) -> bool:
    """Return True if the number at a place may be of a name before it: "Explorer 7 October 1959".

    A place may stand before a day: "in Paris 3 May 1848". So may the first word of a sentence, if
    the date, which ends at ``end``, ends the line or a clause: "Berlin 26 September 1880".
    """
    start = max(0, at - _SEEN)
    if grammar.named.search(small(text[start:at])):
        return True
    seen: list[str] = _WORDS.findall(text, start, at)
    glued = text[at - 1 : at].strip() or text[start:at].rstrip()[-1:] in _DASHES
    if grammar.language.day_alone or glued or not seen or not _CAPITAL.fullmatch(seen[-1]):
        return False
    if seen[-1] in _BEFORE_DAY:
        return False
    if len(seen[-1]) <= _ACRONYM and seen[-1].isupper() and not text[at:end].isupper():
        return seen[-1].lower() not in grammar.language.before_day
    begins = _before_names(seen, grammar)
    if begins is None:
        return False
    is_first = (start == 0 and not begins) or (begins and not begins[-1].isalnum())
    return not (is_first and _CLOSES.match(text, end))


def _before_names(seen: list[str], grammar: Grammar) -> str | None:
    """Return the last word before the names at the end of ``seen``; empty if there is none.

    Return None if a word such as "in" shows that a date may follow.
    """
    for word in reversed(seen):
        if word.lower() in grammar.language.before_day:
            return None
        if not _CAPITAL.fullmatch(word):
            return word
    return ""


def is_torn(text: str, start: int, end: int) -> bool:
    """Return True if ``text[start:end]``, a day without its year, has pieces of numbers beside it.

    So has "25 February" in "25 February 19 56".
    """
    return _PIECES_AFTER.match(text, end) is not None or is_torn_before(text, start)


def is_torn_before(text: str, at: int) -> bool:
    """Return True if a digit beside the digit at a place is the other half of a day: "2 5"."""
    piece = _PIECE_BEFORE.search(text, max(0, at - 4), at)
    return piece is not None and _ONE_DIGIT.match(text, at) is not None
