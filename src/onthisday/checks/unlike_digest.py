"""Why a passage has not the digest that stands beside its locator, and what to write instead.

Called by passages.py. There are four mistakes: the digest is mistyped; the text writes the same
characters with other bytes; the locator was moved by hand; or it is just another passage.
"""

import hashlib
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from onthisday.almanac.entry import Span
from onthisday.checks.digests import digest_of, edges, find_digests
from onthisday.schema.passage_digests import DIGITS

_LIKE = 0.75
"""How like two digests must be, so that one is the other with slips. By chance none are."""

_NEAR = 3_000
"""Code points. So far from the locator another beginning or another end is looked for."""


def why_unlike(text: str, span: Span, digest: str) -> str:
    """Return the end of a message: why ``text[span.start:span.end]`` has not this digest.

    Call this only if it has not.
    """
    found = digest_of(text[span.start : span.end])
    if SequenceMatcher(None, digest, found, autojunk=False).ratio() >= _LIKE:
        return f"which is mistyped: the passage has {found}; {_REMOVE}"
    for writing, other in _other_writings(text):
        if digest_of(other[span.start : span.end]) == digest:
            return f"which it has in a text with {writing}; put the cited text back"
    places = _places(text, span, digest)
    if len(places) == 1:
        where = f"{{start: {places[0].start}, end: {places[0].end}}}"
        return f"which is of the passage at {where}; write that, or {_KEEP}"
    return f"but other words were proved; correct the locator, or {_KEEP}"


_REMOVE = "take the sha256 out, and `check --fix` writes it"
"""Why not the right sha256 to write: `--fix` also writes the day on which it was proved."""

_KEEP = f"if the words that are there now are meant, {_REMOVE}"


def _places(text: str, span: Span, digest: str) -> tuple[Span, ...]:
    """Return where the passage of a digest is: elsewhere, or with another beginning or end."""
    wanted = (span.end - span.start, digest)
    return find_digests(text, {wanted}, most_tried=0).get(wanted) or tuple(
        _resized(text, span, digest)
    )


def _resized(text: str, span: Span, digest: str) -> Iterator[Span]:
    starts, ends = edges(text)
    hashed, places = hashlib.sha256(), [at for at in ends if 0 < at - span.start <= _NEAR]
    for one, other in pairwise([span.start, *places]):
        hashed.update(text[one:other].encode("utf-8", "surrogatepass"))
        if hashed.hexdigest()[:DIGITS] == digest:
            yield Span(span.start, other)
    for start in starts:
        if 0 < span.end - start <= _NEAR and digest_of(text[start : span.end]) == digest:
            yield Span(start, span.end)


@lru_cache(1)
def _other_writings(text: str) -> tuple[tuple[str, str], ...]:
    """Return the ways in which a program may write a text with other characters, and the result."""
    lines = text.replace("\r\n", "\n")
    return (
        ("line ends of LF", lines),
        ("line ends of CR LF", lines.replace("\n", "\r\n")),
        ("composed letters (NFC)", unicodedata.normalize("NFC", text)),
        ("decomposed letters (NFD)", unicodedata.normalize("NFD", text)),
        ("a byte order mark", f"\ufeff{text}"),
        ("no byte order mark", text.removeprefix("\ufeff")),
    )
