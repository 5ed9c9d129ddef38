"""A figure, what it is compared with, what it should be, and the line of the table with all three.

Pure. The other modules of this room make these values, and printing.py writes them.
"""

from typing import NamedTuple


class Figure(NamedTuple):
    """A number with its unit: "ms", "MB", "entries/s".

    A unit that ends in "/s" is a rate, and more of it is better. Of all others less is better.
    """

    number: float
    unit: str

    @property
    def is_rate(self) -> bool:
        """True if more of it is better."""
        return self.unit.endswith("/s")

    def __str__(self) -> str:
        return f"{shown(self.number)} {self.unit}"


class Target(NamedTuple):
    """What a row should reach: at most or at least a number.

    ``of``: None for a number of our own figure; else the ratio of ours to another one's.
    """

    number: float
    unit: str
    least: bool

    @property
    def is_ratio(self) -> bool:
        """True if it is a ratio, not a figure."""
        return self.unit == "×"

    def met(self, number: float) -> bool:
        """Return True if the number reaches it."""
        return number >= self.number if self.least else number <= self.number

    def __str__(self) -> str:
        return f"{'≥' if self.least else '≤'} {shown(self.number)} {self.unit}"


class Line(NamedTuple):
    """A line of the table. ``size`` is how many entries, channels or the like there were."""

    row: str
    size: str
    ours: Figure
    other: str | None = None
    others: Figure | None = None
    target: Target | None = None

    @property
    def ratio(self) -> float | None:
        """Ours divided by the other one's: its time, its memory, or its rate."""
        return self.ours.number / self.others.number if self.others else None

    @property
    def met(self) -> bool | None:
        """True or False if there is a target that can be judged."""
        if self.target is None:
            return None
        number = self.ratio if self.target.is_ratio else self.ours.number
        return None if number is None else self.target.met(number)


def most(number: float, unit: str = "×") -> Target:
    """Return a target: at most this."""
    return Target(number, unit, least=False)


def least(number: float, unit: str = "×") -> Target:
    """Return a target: at least this."""
    return Target(number, unit, least=True)


def shown(number: float) -> str:
    """Return a number with as many digits as say something: 12,345, 12.3, 1.23, 0.0123."""
    if number >= 100 or number == 0:
        return f"{number:,.0f}"
    digits = 3 if number < 0.1 else 2 if number < 10 else 1
    return f"{number:.{digits}f}"
