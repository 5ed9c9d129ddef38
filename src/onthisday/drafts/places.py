"""Places in a text without its line breaks and hyphens, and the same places in its document.

Made by paragraphs.py. All places are code points.
"""

from bisect import bisect_right
from typing import NamedTuple


class Skip(NamedTuple):
    """Something of the document that the text does not hold.

    From the place ``at`` of the text on, the document is ``more`` code points further.
    """

    at: int
    more: int


class Places(NamedTuple):
    """Where a text stands in its document.

    ``start``: where its first character is. ``skips``: what it leaves out, in order.
    """

    start: int = 0
    skips: tuple[Skip, ...] = ()

    def of(self, at: int) -> int:
        """Return where the character at a place of the text is in the document."""
        found = bisect_right(self.skips, at, key=lambda skip: skip.at)
        return self.start + at + (self.skips[found - 1].more if found else 0)

    def after(self, at: int) -> int:
        """Return where words end in the document that end before a place of the text."""
        return self.of(at - 1) + 1 if at else self.start

    def within(self, place: int) -> int:
        """Return where a place of the document is in the text."""
        near = place - self.start
        found = bisect_right(self.skips, near, key=lambda skip: skip.at + skip.more)
        at = near - (self.skips[found - 1].more if found else 0)
        return min(at, self.skips[found].at) if found < len(self.skips) else at
