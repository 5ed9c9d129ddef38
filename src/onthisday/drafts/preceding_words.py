"""The words right before a date: whether it is one, and how surely."""

import re
from collections.abc import Set as AbstractSet

_SEEN = 28
"""How many code points before a date are looked at."""
_WORDS = re.compile(r"[^\s(\[{\"“„‘«—–-]+")


def word_before(text: str, at: int, words: AbstractSet[str]) -> int | None:
    """Return where one of some words, in lower case, begins right before a place, or None.

    A phrase of up to three words counts as a word. Between it and the place is only space, or a
    hyphen ("mid-1930s").
    """
    begin = max(0, at - _SEEN)
    seen = text[begin:at]
    found = [match.start() for match in _WORDS.finditer(seen)][-3:]
    for start in reversed(found):
        if " ".join(seen[start:].lower().split()).rstrip("- ") in words:
            return begin + start
    return None
