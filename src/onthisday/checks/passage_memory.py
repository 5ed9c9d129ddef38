"""Keeping the fingerprints of passages that were proved: a protocol.

With a fingerprint a passage is found again if its text changes (moved.py).

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

    It is a cache and may be lost at any time. Then, if a text changes, a person must find its
    passages again.
    """

    def recall(self, document: str, sha256: str) -> dict[Span, Remembered]:
        """Return the passages that were remembered of a document's text with this SHA-256."""

    def remember(self, document: str, sha256: str, passages: Mapping[Span, Remembered]) -> None:
        """Remember passages of a document's text. All earlier ones of the document are dropped."""
