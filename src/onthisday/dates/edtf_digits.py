"""The years, months and days that a part of an EDTF text may mean: ``156X``, ``1950S2``, ``1X``.

`years_of` reads a year, `numbers_of` a month or a day. Called by edtf_single.py, and by the words
of dates (views/), which say the digits that are known.

Why a year has at most 11 digits: the universe is younger than 10**11 years. So a text such as
``Y1E999999999`` costs nothing.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from onthisday.dates.calendars import Calendar, days_in_month, is_leap
from onthisday.dates.historical_date import Precision

YEAR = r"-?[\dX]{4}(?:S\d+)?|Y-?[1-9]\d*(?:E\d+)?(?:S\d+)?"
"""The form of a year. Whether it can be read is for `years_of` to say."""

_LONGEST = 11
_LONG = re.compile(r"Y(?P<sign>-?)(?P<digits>\d+)(?:E(?P<zeros>\d+))?(?:S\d+)?", re.ASCII)


class Years(NamedTuple):
    """The years that a text may mean.

    - ``precision``: "year", "decade", "century", or "years" if they are something else.
    - ``year``: the year that is named; the first one of a decade or a century; otherwise None.
    - ``first``, ``last``: the first and the last possible year. None for XXXX.
    """

    precision: Precision
    year: int | None
    first: int | None
    last: int | None

    @property
    def exact(self) -> int | None:
        """The year, if there is only one."""
        return self.year if self.precision == "year" else None


NO_YEAR = Years("year", None, None, None)
"""A year of which nothing is known: XXXX."""


def years_of(text: str) -> Years | None:
    """Read a year. Return None if its form is wrong: Y1956 has no Y.

    Raises ValueError if there is no such year, or if it has too many digits.
    """
    if text.isdigit():
        return _exactly(int(text))
    if text == "-0000":
        raise ValueError('"-0000" is no year; the year before 1 is "0000", which is 1 BC')
    if text in {"XXXX", "-XXXX"}:
        return NO_YEAR
    year, _, significant = text.partition("S")
    if "X" in year:
        return None if significant else _unspecified(year)
    number = _long(year) if year[0] == "Y" else int(year)
    if number is None:
        return None
    return _significant(text, number, significant) if significant else _exactly(number)


class Written(NamedTuple):
    """The digits of a date. ``month`` and ``day`` are None if nothing is known of them."""

    year: str
    years: Years
    month: str | None
    day: str | None


def written(text: str) -> Written:
    """Return the digits of a date that was read already, without its marks.

    Not for an interval or a set. Raises ValueError if the text is no date.
    """
    bare = text.translate({ord(mark): None for mark in "?~%"})
    year, *rest = [bare] if bare[0] == "Y" else bare.lstrip("-").split("-")
    signed = f"-{year}" if bare[0] == "-" else year
    month, day = (None if digits == "XX" else digits for digits in (*rest, "XX", "XX")[:2])
    years = years_of(signed)
    if years is None:
        raise ValueError(f'"{text}" is no date')
    return Written(signed, years, month, day)


def possible_years(text: str) -> Iterator[int]:
    """Yield the years that a text with unspecified digits may mean, in order."""
    first, last = _ends(text)
    form = re.compile(text.lstrip("-").replace("X", r"\d"), re.ASCII)
    return (year for year in range(first, last + 1) if form.fullmatch(f"{abs(year):04}"))


def leap_years(text: str) -> Iterator[int]:
    """Yield those of the possible years that have a 29 February."""
    return filter(is_leap, possible_years(text))


def numbers_of(text: str, last: int) -> tuple[int, ...]:
    """Return the numbers from 1 to ``last`` that a month or a day may mean: 10, 11, 12 for 1X."""
    if text.isdigit():
        return (int(text),) if 1 <= int(text) <= last else ()
    form = re.compile(text.replace("X", r"\d"), re.ASCII)
    return tuple(number for number in range(1, last + 1) if form.fullmatch(f"{number:02}"))


def possible_days(
    year: int | None, month: str | None, day: str | None, calendar: Calendar
) -> list[tuple[int, int]]:
    """Return the months and days that a text may mean, in order. None: nothing is known of it."""
    months = numbers_of(month, 12) if month else range(1, 13)
    days = numbers_of(day, 31) if day else range(1, 32)
    return [
        (one, each) for one in months for each in days if each <= days_in_month(year, one, calendar)
    ]


def _exactly(year: int) -> Years:
    return Years("year", year, year, year)


def _ends(text: str) -> tuple[int, int]:
    """Return the first and the last year. -000X is -9 to -1: there is no -0."""
    low, high = int(text.replace("X", "0")), int(text.replace("X", "9"))
    return (high, min(low, -1)) if text[0] == "-" else (low, high)


def _unspecified(text: str) -> Years:
    first, last = _ends(text)
    if re.fullmatch(r"-?\d\d[\dX]X", text, re.ASCII):
        return Years("century" if text.endswith("XX") else "decade", first, first, last)
    return Years("years", None, first, last)


def _long(text: str) -> int | None:
    """Return the number of Y17000 or Y-17E7; None if it has fewer than five digits."""
    match = _LONG.fullmatch(text)
    if match is None:
        return None
    digits, zeros = match["digits"], (match["zeros"] or "").lstrip("0") or "0"
    if len(zeros) > 2 or len(digits) + int(zeros) > _LONGEST:
        raise ValueError(
            f'"{text}" is too far away; a year has at most {_LONGEST} digits, and the universe is '
            "younger than that"
        )
    number = int(digits) * 10 ** int(zeros)
    return None if number < 10_000 else -number if match["sign"] else number


def _significant(text: str, year: int, digits: str) -> Years:
    """Read the digits that are significant: 1950S2 is one of 1900 to 1999, and 1950 by estimate."""
    places = len(str(abs(year)))
    if len(digits) > 2 or not 1 <= int(digits) <= places:
        raise ValueError(
            f'"{text}" is no date; its year has {places} digits, so write S1 to S{places}'
        )
    step = 10 ** (places - int(digits))
    low = abs(year) // step * step
    first, last = (low, low + step - 1) if year >= 0 else (1 - low - step, -low)
    return Years("year" if step == 1 else "years", year, first, last)
