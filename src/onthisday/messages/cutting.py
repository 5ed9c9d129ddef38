"""Cut a text to a service's limit, and split nothing that belongs together.

Lengths are in UTF-16 units. No service here counts characters in a stricter way. Text is escaped
character by character, so a cut between two characters never splits an escape. It is cut between
grapheme clusters only: what people see as one character (UAX #29). Used by the other modules here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

import regex

Escapes = Mapping[int, str]
"""What to write in place of a character, in the form that `str.translate` takes."""

PLAIN: Escapes = {}

_CLUSTERS = regex.compile(r"\X(?:(?<=[\u200c\u200d\p{InSC=Virama}])\X){0,8}")


def units(text: str) -> int:
    """Return a text's length in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """Return a text on one line.

    Control characters, and those that change the direction of writing, become spaces. What is no
    character (half of a UTF-16 pair) becomes U+FFFD.
    """
    return " ".join(_NOT_SHOWN.sub(" ", _LONE.sub("\ufffd", text)).split())


_LONE = re.compile("[\ud800-\udfff]")
_NOT_SHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def fitted(text: str, most: int, escapes: Escapes = PLAIN) -> str:
    """Return a text on one line, escaped. If it is longer than ``most``, cut it and add "…".

    A blank text becomes "…", because services refuse an empty one.
    """
    text = clean(text) or "…"
    whole = text.translate(escapes)
    if units(whole) <= most:
        return whole
    room, kept = most - 1, []
    for grapheme in graphemes(text):
        shown = grapheme.translate(escapes)
        room -= units(shown)
        if room < 0:
            break
        kept.append(shown)
    return f"{''.join(kept).rstrip()}…"


def joined(parts: Iterable[str], separator: str, most: int) -> str:
    """Return as many whole parts as fit, with separators. If not all fit, add "…"."""
    text = ""
    for part in parts:
        longer = f"{text}{separator}{part}" if text else part
        if units(longer) > most - units(separator) - 1:
            return f"{text}{separator}…" if text else "…"
        text = longer
    return text


def graphemes(text: str) -> Iterator[str]:
    """Yield the parts of a text between which it may be cut: what a reader sees as one character.

    A part ends where UAX #29 says, by the version of Unicode that the library `regex` has. But up
    to nine parts stay together if a joiner or a virama stands between them, because letters of
    Sinhala, Tamil and Kannada join there. UAX #29 allows this (section 3.1).
    """
    return (match[0] for match in _CLUSTERS.finditer(text))
