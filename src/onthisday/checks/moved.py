"""Passages that stand elsewhere in a text that changed, found again by what was remembered of them.

What is remembered of a passage is a fingerprint: never its words. Nothing is tolerated: a passage
is the same to the code point, or it changed; where only spaces or quotation marks did, that is
said, and it counts as changed.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from onthisday.almanac.entry import Span

_BASE, _PRIME = 1_000_003, (1 << 61) - 1
"""A polynomial hash (Karp and Rabin, 1987), modulo a Mersenne prime."""

_LONGEST_HEAD = 32


class Print(NamedTuple):
    """A fingerprint: a passage's length in code points, the rolling hash of its head, and the
    SHA-256 of all of it. The head is the longest power of two of code points up to 32."""

    length: int
    head: int
    sha256: str


class Remembered(NamedTuple):
    """What is remembered of a passage: as it is, and without its spaces and quotation marks."""

    exact: Print
    loose: Print


class Found(NamedTuple):
    """Where a passage is in a text, exactly, and, but for spaces and quotation marks, loosely."""

    exact: tuple[Span, ...]
    loose: tuple[Span, ...]

    def at(self, span: Span) -> Span | None:
        """Return where a passage is now that was at a place: there still, or at one other."""
        return span if span in self.exact else self.only

    @property
    def only(self) -> Span | None:
        """The one place where it is, to the code point; None where there is none or are several."""
        return self.exact[0] if len(self.exact) == 1 else None


def remembered_of(passage: str) -> Remembered:
    """Return what is to be remembered of a passage, which is not empty."""
    return Remembered(print_of(passage), print_of(loosened(passage)[0] or " "))


def print_of(passage: str) -> Print:
    """Return the fingerprint of a passage, which is not empty."""
    head = passage[: _head_length(len(passage))]
    return Print(len(passage), _hash(head), _sha256(passage))


def find(text: str, wanted: Iterable[Remembered]) -> dict[Remembered, Found]:
    """Return where each of some passages is in a text, in time linear in the text."""
    wanted = tuple(wanted)
    exact = _places(text, {each.exact for each in wanted})
    loose_text, at = loosened(text)
    loose = _places(loose_text, {each.loose for each in wanted})
    return {
        each: Found(
            tuple(Span(start, start + each.exact.length) for start in exact[each.exact]),
            tuple(
                Span(at[start], at[start + each.loose.length - 1] + 1)
                for start in loose[each.loose]
            ),
        )
        for each in wanted
    }


def loosened(text: str) -> tuple[str, list[int]]:
    """Return a text without spaces and quotation marks, and where each of its code points was."""
    at = [match.start() for match in _TOLD.finditer(text)]
    return "".join(map(text.__getitem__, at)), at


_TOLD = re.compile(r"[^\s\"'`\u2018-\u201f\u00ab\u00bb\u2039\u203a\u00ad\u200b-\u200d\ufeff]")
"""What is neither space nor quotation mark, nor invisible."""


def _places(text: str, prints: set[Print]) -> dict[Print, list[int]]:
    places: dict[Print, list[int]] = {each: [] for each in prints}
    heads: dict[int, dict[int, list[Print]]] = {}
    for each in prints:
        of_length = heads.setdefault(_head_length(each.length), {})
        of_length.setdefault(each.head, []).append(each)
    for length, of_length in heads.items():
        for start, rolled in enumerate(_rolled(text, length)):
            for each in of_length.get(rolled, ()):
                if _sha256(text[start : start + each.length]) == each.sha256:
                    places[each].append(start)
    return places


def _rolled(text: str, length: int) -> Iterator[int]:
    """Yield the hash of each ``length`` code points of a text, from its beginning on."""
    if len(text) < length:
        return
    leaving = pow(_BASE, length, _PRIME)
    value = _hash(text[:length])
    yield value
    for old, new in zip(text, text[length:], strict=False):
        value = (value * _BASE + ord(new) - ord(old) * leaving) % _PRIME
        yield value


def _hash(head: str) -> int:
    value = 0
    for character in head:
        value = (value * _BASE + ord(character)) % _PRIME
    return value


def _head_length(length: int) -> int:
    return min(_LONGEST_HEAD, 1 << (length.bit_length() - 1))


def _sha256(passage: str) -> str:
    return hashlib.sha256(passage.encode("utf-8", "surrogatepass")).hexdigest()
