"""The documents of a realistic almanac. Some have a text, and the entries cite passages of it."""

from hashlib import sha256
from typing import Any, NamedTuple

from tests.benchmarks.realistic.dice import Dice

_BOOKS = 3_000

_FULL = 400
"""How many passages a text has."""

_HEDGES = ("stated",) * 8 + ("reported", "rumoured")


class Volume(NamedTuple):
    """A document with its text."""

    id: str
    text: str


class Shelf:
    """Hands out sources, and writes what is cited into the text of the volume that is open."""

    def __init__(self) -> None:
        self._number = 1
        self._passages: list[str] = []
        self._length = 0

    def sources(self, dice: Dice, passage: str) -> list[dict[str, Any]]:
        """Return the sources of an entry. Half of the entries cite a text that says the passage."""
        found = [self._cited(dice, passage)] if dice.happens(0.5) else []
        names = {f"book-{dice.small(_BOOKS)}" for _ in range(dice.small(4) + (not found))}
        return [*found, *(self._page(dice, each) for each in sorted(names))]

    def book(self, dice: Dice) -> dict[str, Any]:
        """Return a source that names a page."""
        return self._page(dice, f"book-{dice.small(_BOOKS)}")

    def is_full(self) -> bool:
        """Return True if the open volume is long enough."""
        return len(self._passages) >= _FULL

    def is_empty(self) -> bool:
        """Return True if the open volume has no text yet."""
        return not self._passages

    def taken(self) -> Volume:
        """Return the open volume, and begin the next one."""
        volume = Volume(self._name(), "\n\n".join(self._passages) + "\n")
        self._number, self._passages, self._length = self._number + 1, [], 0
        return volume

    def _name(self) -> str:
        return f"volume-{self._number}"

    def _page(self, dice: Dice, book: str) -> dict[str, Any]:
        return {"document": book, "as": dice.one(_HEDGES), "page": str(dice.number(1, 600))}

    def _cited(self, dice: Dice, passage: str) -> dict[str, Any]:
        start, end = self._length, self._length + len(passage)
        self._passages.append(passage)
        self._length = end + 2  # the empty line between two passages
        digest = sha256(passage.encode()).hexdigest()[:16]
        locator = {"start": start, "end": end, "sha256": digest}
        return {"document": self._name(), "as": dice.one(_HEDGES), "locator": locator}
