"""Dates as history has them: few in antiquity, most in the last 150 years, many without a day."""

from calendar import monthrange
from datetime import date
from typing import NamedTuple

from tests.benchmarks.realistic.dice import Dice

SPECIAL = date(2026, 2, 25)
"""The day that has ten entries in an almanac of any size."""

_LAST = 2025

_CROWDED = ((9, 1), (11, 11), (12, 25), (5, 8), (7, 14), (10, 31), (3, 21), (6, 24), (8, 15))
"""Days on which more happened than on others, or is remembered."""

_RULES = ("easter", "easter-2", "easter+39", "paskha", "5/sun+2", "9/sat-last", "11/thu+4",
          "10/mon+1", "12/sun+1", "6/sun+3")  # fmt: skip
"""Days that move. None of them can be SPECIAL."""


class When(NamedTuple):
    """The date of an entry, and its year."""

    keys: dict[str, str]
    year: int
    to_the_day: bool


def when(dice: Dice) -> When:
    """Return the keys of an entry that say when it was."""
    year = _year(dice)
    if dice.happens(0.83):
        return _day(dice, year)
    if dice.happens(0.006):
        return When({"date": _written(year), "rule": dice.one(_RULES)}, year, to_the_day=False)
    return When({"date": _vague(dice, year)}, year, to_the_day=False)


def special(number: int) -> When:
    """Return the date of one of the ten entries of SPECIAL."""
    year = 1900 + number
    return When({"date": f"{year}-{SPECIAL:%m-%d}"}, year, to_the_day=True)


def _year(dice: Dice) -> int:
    """Return a year: 3 in 100 are of antiquity, 70 in 100 of the last 150 years."""
    age = dice.next()
    if age < 0.03:
        return dice.number(-800, 475)
    if age < 0.10:
        return dice.number(476, 1499)
    if age < 0.30:
        return dice.number(1500, _LAST - 150)
    year = _LAST - int(150 * dice.next() ** 1.5)
    return year // 10 * 10 if dice.happens(0.1) else year


def _day(dice: Dice, year: int) -> When:
    """Return a date with its day. Before 1582, and for some until 1917, in the Julian calendar."""
    month, day = _month_day(dice, year)
    if (month, day) == (SPECIAL.month, SPECIAL.day):
        day += 1
    written = f"{_written(year)}-{month:02}-{day:02}"
    far = not (2, 1) <= (month, day) < (3, 10)  # in the other calendar, it cannot be SPECIAL
    if far and (year < 1582 or (year < 1918 and dice.happens(0.1))):
        return When({"date": written, "calendar": "julian"}, year, to_the_day=True)
    mark = "" if dice.happens(0.98) else dice.one("?~%")
    return When({"date": f"{written}{mark}"}, year, to_the_day=not mark)


def _month_day(dice: Dice, year: int) -> tuple[int, int]:
    """Return a month and a day. Firsts, and a few days of the year, have more than others."""
    heap = dice.next()
    if heap < 0.02:
        return 1, 1
    if heap < 0.06:
        return dice.number(1, 12), 1
    if heap < 0.12:
        return dice.usual(_CROWDED)
    month = dice.number(1, 12)
    return month, dice.number(1, _length(year, month))


def _length(year: int, month: int) -> int:
    """Return how many days a month has. A year before 1 has the calendar of one 2,000 years on."""
    return monthrange(year if year > 0 else year + 2000, month)[1]


def _vague(dice: Dice, year: int) -> str:
    """Return a month, a year, a decade, a span, or a year of which somebody is not sure."""
    kind, written = dice.next(), _written(year)
    if kind < 0.5:
        return f"{written}-{dice.number(1, 12):02}"
    if kind < 0.8 or year < 1000:
        return written
    if kind < 0.9:
        return f"{written}{dice.one('?~')}"
    return f"{written[:3]}X" if kind < 0.95 else f"{written}/{_written(year + dice.number(1, 9))}"


def _written(year: int) -> str:
    """Return a year as EDTF writes it: 44 BC is -0043."""
    return f"{year:05}" if year < 0 else f"{year:04}"
