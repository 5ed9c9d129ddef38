"""Find a cited passage again if the document's text changed.

For each passage that was proved, we keep a fingerprint (numbers and digests), never the words. With
the fingerprint we find the passage in the new text, even at another place. Each code point must be
the same. If only spaces or quotation marks differ, the passage counts as changed, but the message
says where the passage is.

No I/O here: a `PassageMemory` (passage_memory.py) keeps the fingerprints. Called by
service/checking/; passages.py makes faults of the result.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from onthisday.almanac.entry import Span

_BASE, _PRIME = 1_000_003, (1 << 61) - 1
"""Numbers for a rolling hash (Karp and Rabin, 1987); ``_PRIME`` is a Mersenne prime.

A rolling hash is fast: the hash of the next place in a text is made from the hash before.
"""

_LONGEST_HEAD = 32


class Print(NamedTuple):
    """The fingerprint of a passage.

    - ``length``: in code points.
    - ``head``: the rolling hash of the beginning of the passage: of the first 32 code points, or
      in a shorter passage of the first 16, 8, 4, 2 or 1.
    - ``sha256``: the digest of the whole passage.
    """

    length: int
    head: int
    sha256: str


class Remembered(NamedTuple):
    """Two fingerprints of a passage, which are kept to find the passage again.

    - ``exact``: of the passage as it is.
    - ``loose``: of the passage without its spaces and quotation marks.
    """

    exact: Print
    loose: Print


class Found(NamedTuple):
    """The places of a passage in a text.

    - ``exact``: the places where each code point is the same.
    - ``loose``: the places where spaces or quotation marks may differ.
    """

    exact: tuple[Span, ...]
    loose: tuple[Span, ...]

    def at(self, span: Span) -> Span | None:
        """Return where the passage is now. ``span`` is the old place.

        Return ``span`` if the passage is still there. Otherwise return its new place, or None if it
        is nowhere or at several places.
        """
        return span if span in self.exact else self.only

    @property
    def only(self) -> Span | None:
        """The exact place of the passage. None if there is no exact place, or more than one."""
        return self.exact[0] if len(self.exact) == 1 else None


def remembered_of(passage: str) -> Remembered:
    """Return the two fingerprints of a passage. The passage must not be empty."""
    return Remembered(print_of(passage), print_of(loosened(passage)[0] or " "))


def print_of(passage: str) -> Print:
    """Return the fingerprint of a passage, by which the passage is found again in a changed text.

    The passage must not be empty.
    """
    head = passage[: _head_length(len(passage))]
    return Print(len(passage), _hash(head), _sha256(passage))


def find(text: str, wanted: Iterable[Remembered]) -> dict[Remembered, Found]:
    """Return where each of these passages is in a text.

    The time depends on the length of the text, and hardly on the number of passages.
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
    """Return a text without spaces and quotation marks, to compare only the words.

    Also return, for each code point of the result, its place in ``text``.
    """
    at = [match.start() for match in _TOLD.finditer(text)]
    return "".join(map(text.__getitem__, at)), at


_TOLD = re.compile(r"[^\s\"'`\u2018-\u201f\u00ab\u00bb\u2039\u203a\u00ad\u200b-\u200d\ufeff]")
"""Matches a code point that is not a space, not a quotation mark, and not invisible."""


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
    """Yield, for each place of a text, the hash of the next ``length`` code points."""
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
