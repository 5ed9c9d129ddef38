"""What is remembered of passages that were proved, as a protocol.

Why a protocol, though only SQLite implements it: the use cases that prove must not know SQL.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from onthisday.almanac.entry import Span
    from onthisday.checks.moved import Remembered


class PassageMemory(Protocol):
    """What is remembered of passages that were proved: fingerprints, by document, text and place.

    It may be lost at any time; then a text that changed is read again.
    """

    def recall(self, document: str, sha256: str) -> dict[Span, Remembered]:
        """Return the passages of a document that are remembered of the text of that SHA-256."""

    def remember(self, document: str, sha256: str, passages: Mapping[Span, Remembered]) -> None:
        """Remember passages of a document's text, in place of all that was of the document."""
