"""Find a cited passage again if the document's text changed.

For each passage that was proved, a fingerprint is remembered, never its words. With it the passage
is found in the new text, even at another place. Each code point must be the same. If only spaces
or quotation marks differ, the finding says so, but the passage counts as changed.

Pure. The fingerprints are kept by a `PassageMemory` (passage_memory.py). Called by
service/checking/; passages.py makes faults of the result.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from onthisday.almanac.entry import Span

_BASE, _PRIME = 1_000_003, (1 << 61) - 1
"""For a polynomial hash (Karp and Rabin, 1987) modulo a Mersenne prime.

Such a hash "rolls": if the text moves on by one code point, the new hash is made from the old one.
"""

_LONGEST_HEAD = 32


class Print(NamedTuple):
    """The fingerprint of a passage.

    ``length`` is in code points. ``head`` is the rolling hash of the passage's beginning: 32 code
    points, or in a shorter passage 16, 8, 4, 2 or 1. ``sha256`` is of the whole passage.
    """

    length: int
    head: int
    sha256: str


class Remembered(NamedTuple):
    """Two fingerprints of a passage: as it is, and without its spaces and quotation marks."""

    exact: Print
    loose: Print


class Found(NamedTuple):
    """The places of a passage in a text.

    ``exact``: each code point is the same. ``loose``: spaces or quotation marks may differ.
    """

    exact: tuple[Span, ...]
    loose: tuple[Span, ...]

    def at(self, span: Span) -> Span | None:
        """Return where the passage is now. ``span`` is where it was.

        It is still there, or at exactly one other place; otherwise return None.
        """
        return span if span in self.exact else self.only

    @property
    def only(self) -> Span | None:
        """The exact place of the passage; None if there is none or more than one."""
        return self.exact[0] if len(self.exact) == 1 else None


def remembered_of(passage: str) -> Remembered:
    """Return the two fingerprints of a passage. The passage must not be empty."""
    return Remembered(print_of(passage), print_of(loosened(passage)[0] or " "))


def print_of(passage: str) -> Print:
    """Return the fingerprint of a passage. The passage must not be empty."""
    head = passage[: _head_length(len(passage))]
    return Print(len(passage), _hash(head), _sha256(passage))


def find(text: str, wanted: Iterable[Remembered]) -> dict[Remembered, Found]:
    """Return where each of these passages is in a text.

    A text that is twice as long takes about twice the time, however many passages are wanted.
    """
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
    """Return a text without spaces and quotation marks, and the place that each code point had."""
    at = [match.start() for match in _TOLD.finditer(text)]
    return "".join(map(text.__getitem__, at)), at


_TOLD = re.compile(r"[^\s\"'`\u2018-\u201f\u00ab\u00bb\u2039\u203a\u00ad\u200b-\u200d\ufeff]")
"""A code point that is no space, no quotation mark, and not invisible."""


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
    """Yield for each place of a text the hash of the ``length`` code points from there."""
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
