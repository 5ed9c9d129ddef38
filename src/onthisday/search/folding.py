"""Fold texts, so that a search finds a word however its letters are written.

Marks on letters are dropped (é is e, ё is е), as are vowel signs of Arabic and Hebrew. Small and
capital letters are the same. Some letters stand for others (ß is ss, ł is l), and all digits are
those of ASCII. What is no letter, mark or digit becomes a space.

Each character is folded by itself, whatever stands beside it. So a place in the folded text leads
back to a place in the text. The marks of Indic scripts, Thai and Khmer stay, because there they are
vowels; so do those of Japanese, because か and が are two letters.

The index, the questions and the browser fold alike: site/templates/search.js has the same few
lines, and gets the tables from here (`tables`). A test compares both.
"""

import re
from unicodedata import category, normalize

_DROPPED = (
    (0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05BD), (0x05BF, 0x05BF), (0x05C1, 0x05C2),
    (0x05C4, 0x05C5), (0x05C7, 0x05C7), (0x0610, 0x061A), (0x0640, 0x0640), (0x064B, 0x065F),
    (0x0670, 0x0670), (0x06D6, 0x06DC), (0x06DF, 0x06E8), (0x06EA, 0x06ED), (0x0711, 0x0711),
    (0x0730, 0x074A), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE00, 0xFE0F),
    (0xFE20, 0xFE2F), (0xE0100, 0xE01EF),
)  # fmt: skip
"""Marks that are no letters of their own: accents, points of Hebrew and Arabic, selectors."""

_LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h",
    "ŧ": "t", "ı": "i", "ς": "σ", "ґ": "г", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه",
}  # fmt: skip
"""Letters for which others are searched as well, and which Unicode does not take apart."""

_ZEROS = (
    0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50,
    0x0ED0, 0x0F20, 0x1040, 0x17E0, 0x1810,
)  # fmt: skip
"""The digit zero of each script that has digits of its own. The other nine follow it."""

_UNSPACED = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x19E0, 0x19FF), (0x3005, 0x3007),
    (0x3040, 0x30FF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA9E0, 0xA9FF),
    (0xAA60, 0xAA7F), (0xF900, 0xFAFF), (0x20000, 0x323AF),
)  # fmt: skip
"""Scripts that put no space between words: Thai, Lao, Burmese, Khmer, Japanese and Chinese."""

RUNS = re.compile(f"([{''.join(f'{chr(first)}-{chr(last)}' for first, last in _UNSPACED)}]+)")
"""Characters of such scripts, one after the other."""

_MOST_KEPT = 20_000


def fold(text: str) -> str:
    """Return a text in the form in which texts are compared: words, and spaces between them."""
    return text.translate(FOLDS)


def tables() -> dict[str, object]:
    """Return what decides how a character is folded, as JSON can hold it."""
    return {"dropped": _DROPPED, "letters": _LETTERS, "zeros": _ZEROS, "unspaced": _UNSPACED}


def is_unspaced(character: str) -> bool:
    """Return True if a character is of a script that puts no space between words."""
    return not character.isascii() and RUNS.match(character) is not None


def are_one_word(before: str, after: str) -> bool:
    """Return True if no word ends between two characters of a folded text."""
    return " " not in (before, after) and not is_unspaced(before) and not is_unspaced(after)


class _Folds(dict[int, str]):
    """What each character becomes, by code point. Each is worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        if len(self) >= _MOST_KEPT:  # strangers choose what they search for
            self.clear()
        self[code] = folded = _folded(chr(code))
        return folded


FOLDS = _Folds()
"""What a character becomes, by its code point: nothing, or one character or more."""


def _folded(character: str) -> str:
    if category(character) == "Cf":  # soft hyphens, joiners, marks that turn the order of letters
        return ""
    letters = normalize("NFKD", normalize("NFKD", character).lower())
    return "".join(map(_letter, letters))


def _letter(letter: str) -> str:
    code = ord(letter)
    if _is_in(code, _DROPPED):
        return ""
    for zero in _ZEROS:
        if zero <= code < zero + 10:
            return str(code - zero)
    return _LETTERS.get(letter, letter) if category(letter)[0] in "LMN" else " "


def _is_in(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)
