"""Cutting text to a service's limit, without splitting what belongs together.

Lengths are in UTF-16 units, which no service counts more strictly than. Text is escaped character
by character, so that a cut between characters never splits an escape; and it is cut between
grapheme clusters (UAX #29).
"""

import re
from collections.abc import Iterable, Iterator, Mapping

import regex

Escapes = Mapping[int, str]
"""What to write for a character, as `str.translate` takes it."""

PLAIN: Escapes = {}

_CLUSTERS = regex.compile(r"\X(?:(?<=[\u200c\u200d\p{InSC=Virama}])\X){0,8}")


def units(text: str) -> int:
    """Return a text's length in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """Return a text on one line, without what is no character, or turns the writing direction."""
    return " ".join(_NOT_SHOWN.sub(" ", _LONE.sub("\ufffd", text)).split())


_LONE = re.compile("[\ud800-\udfff]")
_NOT_SHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def fitted(text: str, most: int, escapes: Escapes = PLAIN) -> str:
    """Return a text on one line, escaped, and cut with "…" where it is longer than ``most``.

    It is never empty: services refuse that. What is blank is "…" too.
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
    """Return whole parts as long as they fit, and "…" for those that do not."""
    text = ""
    for part in parts:
        longer = f"{text}{separator}{part}" if text else part
        if units(longer) > most - units(separator) - 1:
            return f"{text}{separator}…" if text else "…"
        text = longer
    return text


def graphemes(text: str) -> Iterator[str]:
    """Yield what a reader sees as one character each, and what joiners hold together.

    A grapheme cluster ends where UAX #29 says, in the Unicode of the library `regex`. Clusters also
    stay together around a joiner or a virama, nine at most: letters of Sinhala, Tamil and Kannada
    join there. UAX #29 parts them, and allows programs to keep them together (section 3.1).
    """
    return (match[0] for match in _CLUSTERS.finditer(text))
