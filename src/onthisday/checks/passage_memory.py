"""A protocol for keeping the fingerprints of passages that were proved.

With a fingerprint, a passage is found again after the document's text changed (moved.py).

Why a protocol, though only adapters/sqlite/passage_file.py implements it: the use cases in
service/checking/ must not know SQL.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from onthisday.almanac.entry import Span
    from onthisday.checks.moved import Remembered


class PassageMemory(Protocol):
    """Keeps the fingerprints of passages, by document, text and place.

    This is only a cache. If it is lost and a text changes, a person must find the passages again.
    """

    def recall(self, document: str, sha256: str) -> dict[Span, Remembered]:
        """Return the fingerprints of a document's text, by place. ``sha256`` is of the text."""

    def remember(self, document: str, sha256: str, passages: Mapping[Span, Remembered]) -> None:
        """Keep fingerprints of a document's text. Forget all earlier ones of this document."""
