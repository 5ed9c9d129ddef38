"""Digests of passages: make one, and find the passages of a text that have a digest.

A digest is the first 16 hex digits of the SHA-256 of a passage's UTF-8. It is kept beside the
locator, so the passage can be proved again, and found again after its text changed. How a digest is
written: schema/passage_digests.py.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from onthisday.almanac.entry import Span
from onthisday.schema.passage_digests import DIGITS

_MOST_TRIED = 500_000
"""How many places are tried for passages that begin or end inside a word: about half a second."""


def digest_of(passage: str) -> str:
    """Return the digest of a passage."""
    return hashlib.sha256(passage.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


Wanted = tuple[int, str]
"""The length of a passage in code points, and its digest."""


def find_digests(
    text: str, wanted: Iterable[Wanted], most_tried: int = _MOST_TRIED
) -> dict[Wanted, tuple[Span, ...]]:
    """Return where a text has passages of these lengths and digests.

    A digest says nothing about the words, so each place of a text must be tried. First only those
    are tried where no word is cut. The others are tried if they are at most ``most_tried``: only in
    a script without spaces, or by mistake, does a passage begin or end there.
    """
    left = set(wanted)
    found = _found(text, left, _whole_words(text))
    left -= found.keys()
    if left and len(text) * len({length for length, _ in left}) <= most_tried:
        found |= _found(text, left, lambda length: range(len(text) - length + 1))
    return {each: tuple(spans) for each, spans in found.items()}


def _found(
    text: str, wanted: Iterable[Wanted], starts: Callable[[int], Iterable[int]]
) -> dict[Wanted, list[Span]]:
    of_length: dict[int, set[str]] = {}
    for length, digest in wanted:
        of_length.setdefault(length, set()).add(digest)
    found: dict[Wanted, list[Span]] = {}
    for length, digests in of_length.items():
        for start in starts(length):
            digest = digest_of(text[start : start + length])
            if digest in digests:
                found.setdefault((length, digest), []).append(Span(start, start + length))
    return found


def _whole_words(text: str) -> Callable[[int], Iterator[int]]:
    """Return a function: it takes a length and yields where a passage of whole words begins."""
    starts, ends = edges(text)
    last = frozenset(ends)
    return lambda length: (start for start in starts if start + length in last)


@lru_cache(2)
def edges(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return where in a text a passage can begin, and where it can end, if no word is cut."""
    return (
        tuple(match.start() for match in _BEGINS.finditer(text)),
        tuple(match.start() for match in _ENDS.finditer(text)),
    )


_BEGINS = re.compile(r"(?<!\w)(?=\S)|(?<=\w)(?=[^\w\s])")
_ENDS = re.compile(r"(?<=\S)(?!\w)|(?<=[^\w\s])(?=\w)")
