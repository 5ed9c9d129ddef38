"""Put a word together again that was parted at the end of a line.

A hyphen at the end of a line is of the word ("well-known"), or it only says that the word goes on
("Febru-ary"). It is of the word if a capital letter or a digit follows, if "and" follows ("pre- and
post-war"), if its first half is a word of the text by itself, and the whole is none, or if the text
seldom has a hyphen at the end of a line: then it parts no words.

Called by paragraphs.py.
"""

import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from onthisday.drafts.languages import LANGUAGES
from onthisday.drafts.languages.language import words

_SELDOM = 0.04
"""Of so many lines a hyphen is the end where words are not parted: by chance, at "well-known"."""


class Vocabulary(NamedTuple):
    """The words of a text in small letters, and whether it parts words at the ends of lines."""

    words: AbstractSet[str]
    parts_words: bool


Heard = Callable[[], Vocabulary]
"""Returns the words of the text around."""

HYPHENS = "-\u2010\u00ac\u00ad"
"""Hyphens, a soft hyphen, and the sign that programs for OCR write instead of it."""

_SOFT = "\u00ac\u00ad"
_DASHES = "-\u2010\u2013"

_BEFORE = re.compile(r"[^\W\d_]{1,30}\Z")
_AFTER = re.compile(r"[^\W\d_]{1,30}")
_AND = words("and or to und oder bis et ou e o ed od y u en of и или")
_MONTHS = frozenset(name for language in LANGUAGES.values() for name in language.months)


_PARTED = re.compile(r"\b[^\W\d_]{1,60}[-\u2010]\s*\n\s*[^\W\d_]*")
_WORD = re.compile(r"[^\W\d_]+")


def vocabulary_of(text: str) -> Vocabulary:
    """Return the words of a text, without those that are parted."""
    whole, parted = _PARTED.subn(" ", text)
    often = parted >= _SELDOM * len(text.splitlines())
    return Vocabulary(frozenset(_WORD.findall(whole.lower())), often)


class Joint(NamedTuple):
    """What stands between two lines that are joined, and how many characters before it go."""

    shown: str
    dropped: int


def joint(before: str, after: str, heard: Heard) -> Joint:
    """Return how to join two lines. ``before`` ends, and ``after`` begins, without a space."""
    hyphen = before[-1:]
    if not hyphen or hyphen not in HYPHENS + _DASHES or before[-2:-1].isspace():
        return Joint(" ", 0)
    if hyphen in _SOFT:
        return Joint("", 1)
    first, second = _BEFORE.search(before[-31:-1]), _AFTER.match(after)
    if first is None or second is None or hyphen == "\u2013":
        return Joint("", 0)
    if second[0] in _AND:
        return Joint(" ", 0)
    return Joint("", 0 if _is_compound(first[0].lower(), second[0], heard) else 1)


def _is_compound(first: str, second: str, heard: Heard) -> bool:
    if not second[0].islower():
        return True
    words, parts_words = heard()
    if first + second in _MONTHS or first + second in words:
        return False
    return first in words or not parts_words
