"""Look at the words right before a number or a date: do they show that it is a date?

Called by forms.py and vague_forms.py.
"""

import re
from collections.abc import Set as AbstractSet

_SEEN = 28
"""How many code points before a date to look at."""
_WORDS = re.compile(r"[^\s(\[{\"“„‘«—–-]+")


def word_before(text: str, at: int, words: AbstractSet[str]) -> int | None:
    """Return where one of ``words`` begins, if the word stands right before a place.

    ``words`` are in small letters, and may be phrases of up to three words. Only spaces or a hyphen
    ("mid-1930s") may be between the word and the place.
    """
    begin = max(0, at - _SEEN)
    seen = text[begin:at]
    found = [match.start() for match in _WORDS.finditer(seen)][-3:]
    for start in reversed(found):
        if " ".join(seen[start:].lower().split()).rstrip("- ") in words:
            return begin + start
    return None
