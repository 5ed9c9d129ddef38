"""Cut a text to a service's limit, but never inside what people see as one character (a grapheme).

UAX #29 says where a grapheme ends. Lengths are in UTF-16 units: no service here has a stricter way
to count. A cut never splits an escape, because each character is escaped by itself. Used by the
other modules here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

import regex

from onthisday.characters import FSI, PDI, ended, spaced

Escapes = Mapping[int, str]
"""What to write instead of a character, as `str.translate` takes it."""

PLAIN: Escapes = {}

_CLUSTERS = regex.compile(r"\X(?:(?<=[\u200c\u200d\p{InSC=Virama}])\X){0,8}")


def units(text: str) -> int:
    """Return a text's length in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str) -> str:
    """Return a text on one line, without characters that would change how the line is shown.

    Control characters, and characters that change the direction of writing, become spaces; an
    isolate stays (characters.py). Half of a UTF-16 pair is not a character; it becomes U+FFFD.
    """
    return " ".join(spaced(_LONE.sub("\ufffd", text)).split())


_LONE = re.compile("[\ud800-\udfff]")


def apart(signs: re.Pattern[str], text: str) -> str:
    """Put a space that nobody sees (zero width) behind each sign that would make markup."""
    return signs.sub("\\g<0>\N{ZERO WIDTH SPACE}", text)


def fitted(text: str, most: int, escapes: Escapes = PLAIN) -> str:
    """Return a text on one line, escaped. If it is longer than ``most`` units, cut it and add "…".

    A blank text becomes "…", because services refuse an empty one.
    """
    text = clean(text) or "…"
    whole = text.translate(escapes)
    if units(whole) <= most:
        return whole
    room, kept, opened = most - 1, list[str](), 0
    for grapheme in graphemes(text):
        shown = grapheme.translate(escapes)
        room -= units(shown)
        opened += grapheme.count(FSI) - grapheme.count(PDI)
        if room < opened:
            break
        kept.append(shown)
    return f"{closed(''.join(kept).rstrip())}…"


def closed(text: str) -> str:
    """Return a text that was cut, with the end of each isolate that it begins."""
    return text + PDI * (text.count(FSI) - text.count(PDI))


def at_word(text: str, most: int) -> str:
    """If a text is too long, cut it after a whole word: half of a number would be another number.

    Only a word of more than 30 characters is cut inside.
    """
    cut, whole = fitted(text, most), clean(text)
    before, space, word = cut.removesuffix("…").rpartition(" ")
    is_whole = cut == whole or whole.startswith(f"{cut[:-1].rstrip(PDI)} ")
    return cut if is_whole or not space or len(word) > 30 else f"{closed(before.rstrip())}…"


def at_sentence(text: str, most: int) -> str:
    """If a text is too long, cut it after a whole sentence; after a whole word if none fits."""
    cut = at_word(text, most)
    if cut == clean(text):
        return cut
    ends = (match.end() for match in _SENTENCE.finditer(cut))
    said = (closed(cut[:end]) for end in ends)
    whole = [text for text in said if units(text) <= most - 2]
    return f"{whole[-1]} …" if whole else cut


def sentences(text: str) -> tuple[str, ...]:
    """Split a text into its sentences. What has no end is a sentence too."""
    text = clean(text)
    ends = [0, *(match.end() for match in _SENTENCE.finditer(text)), len(text)]
    parts = ended(text[start:end].strip() for start, end in pairwise(ends))
    return tuple(part for part in parts if part)


_SENTENCE = re.compile(r"\w{3,}[.!?]+[\"'”’»)]*(?=[ …])|[。！？]")
"""The end of a sentence. A full stop behind one or two letters is that of "Dr." or an initial."""


def joined(parts: Iterable[str], separator: str, most: int) -> str:
    """Join as many whole parts as fit into ``most`` units. If not all fit, add "…"."""
    text = ""
    for part in parts:
        longer = f"{text}{separator}{part}" if text else part
        if units(longer) > most - units(separator) - 1:
            return f"{text}{separator}…" if text else "…"
        text = longer
    return text


def graphemes(text: str) -> Iterator[str]:
    """Split a text into graphemes: what a reader sees as one character.

    A text may be cut between two graphemes, never inside one. The rules are those of UAX #29, in
    the version of Unicode that the library `regex` has.

    One rule is ours: two graphemes stay together if a joiner or a virama stands between them. These
    are characters that join letters in Sinhala, Tamil and Kannada. UAX #29 allows this (section
    3.1). At most nine stay together, so that a text full of joiners is not one piece.
    """
    return (match[0] for match in _CLUSTERS.finditer(text))
