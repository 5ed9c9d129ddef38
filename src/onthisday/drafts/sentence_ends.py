"""Find where the sentences of a paragraph end.

A sentence ends at a full stop and the like, if the next word can begin a sentence. It does not end
after "Feb.", "St." or the initials of V. I. Lenin. After the full stop may come the number of a
note ("1957.12", "1745.[1]"). It belongs to no sentence.

Called by sentences.py.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from onthisday.drafts.languages import LANGUAGES
from onthisday.drafts.languages.language import words

_NOTE = (
    r"(?:\[(?:\w{1,8}\s)?\w{1,4}\](?::\d{1,4}(?:[–-]\d{1,4})?)?){1,6}|\d{1,3}(?:[,–-]\d{1,3}){0,3}"
    r"|[¹²³⁰⁴-⁹]{1,4}"
)
_STOP = re.compile(rf"[.!?…][.!?…]{{0,2}}[\"'”’»)\]]{{0,3}}(?P<note>{_NOTE})?(?:\s{{1,9}}|\Z)")
_BEGINS = re.compile(r"[\"'“‘«„(\[¿¡]{0,2}[^\W_]")
_LAST_WORD = re.compile(r"[^\W_]{1,12}\Z")
_BEFORE_NOTE = re.compile(r"(?:[^\W\d_]{3}|(?<!\d)\d{4}|[^\w\s])\Z")
"""What a number after a full stop is a note to: a word, a year or a bracket. Not "3.14", "p.12"."""
_ABBREVIATIONS = words(
    "jan feb mar apr jun jul aug sep sept oct nov dec"
    " mr mrs ms dr st sr jr prof gen col maj capt lt sgt adm gov sen rep rev hon pres"
    " vol ch pp fig ed vs ca inc ltd co dept"
    " г гг вв ул им см bd bzw hl nr sig dott mme mlle sra av"
)
_BEFORE_NUMBERS = words("b d m n geb gest verst get begr verh overl род ум ок ca c ab").union(
    *((*language.short, *language.old) for language in LANGUAGES.values())
)
"""Abbreviations that may stand before a date or in one: "geb. 9. Januar 1811", "12. Febr. 1745"."""
_GERMAN = LANGUAGES["de"]
_MONTHS = "|".join((*_GERMAN.months, *_GERMAN.short, *_GERMAN.old))
_NTH = re.compile(rf"\.\s{{1,3}}(?:{_MONTHS})\b", re.IGNORECASE)
"""What follows a number that counts a day: "9. Januar"."""
_MONTH_FIRST = re.compile(r"\.\s(?:" + "|".join(LANGUAGES["en"].months) + r")\s\d", re.IGNORECASE)
"""What follows "b." and "d." in English: "b. January 9, 1811"."""


class SentenceEnd(NamedTuple):
    """Where a sentence ends, and where the next one begins."""

    end: int
    following: int


def sentence_ends(text: str) -> Iterator[SentenceEnd]:
    """Yield where the sentences of a paragraph end, in order."""
    for stop in _STOP.finditer(text):
        if _is_end(text, stop):
            is_noted = stop["note"] is not None
            yield SentenceEnd(stop.start("note") if is_noted else stop.end(), stop.end())


def _is_end(text: str, stop: re.Match[str]) -> bool:
    begins = _BEGINS.match(text, stop.end())
    if stop.end() < len(text) and (begins is None or begins[0][-1].islower()):
        return False
    before = text[max(0, stop.start() - 13) : stop.start()]
    if stop["note"] and stop["note"][0].isdecimal() and not _BEFORE_NOTE.search(before):
        return False
    if stop[0][0] != "." or not (stop["note"] or stop[0][1:2].isspace()):
        return True
    word = _LAST_WORD.search(before)
    return word is None or not _goes_on(text, stop, word[0], begins[0][-1] if begins else "")


def _goes_on(text: str, stop: re.Match[str], word: str, first: str) -> bool:
    """Return True if the full stop after a word is of an abbreviation or of a number."""
    if word.isdecimal() and _NTH.match(text, stop.start()):
        return True
    if first.isdecimal() and word.lower() in _BEFORE_NUMBERS:
        return True
    if word in {"b", "d"} and _MONTH_FIRST.match(text, stop.start()):
        return True
    return (len(word) == 1 and word.isupper()) or word.lower() in _ABBREVIATIONS
