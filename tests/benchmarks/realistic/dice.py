"""Chances: every draw comes from one stream of numbers, so that a seed decides all of them."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

_Each = TypeVar("_Each")


class Dice:
    """Draws. It uses `Random.random` alone, whose numbers are the same in every Python."""

    def __init__(self, seed: int) -> None:
        self.next = Random(seed).random

    def happens(self, share: float) -> bool:
        """Return True in ``share`` of the cases: 0.1 is one in ten."""
        return self.next() < share

    def number(self, first: int, last: int) -> int:
        """Return a whole number. Each from ``first`` to ``last`` is as likely."""
        return first + int(self.next() * (last - first + 1))

    def small(self, most: int) -> int:
        """Return a number from 0 to below ``most``. The nth is 1/n as likely as the first.

        So are words in a text, tags in an almanac, documents in its sources (Zipf's law).
        """
        return int(most ** self.next()) - 1

    def one(self, of: Sequence[_Each]) -> _Each:
        """Return one of these. Each is as likely."""
        return of[int(self.next() * len(of))]

    def usual(self, of: Sequence[_Each]) -> _Each:
        """Return one of these. The first ones come often, the last ones rarely."""
        return of[self.small(len(of))]

    def several(self, of: Sequence[str], count: int) -> list[str]:
        """Return ``count`` of these, as `usual` draws them."""
        size, draw = len(of), self.next
        return [of[int(size ** draw()) - 1] for _ in range(count)]
