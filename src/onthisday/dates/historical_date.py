"""A historical date: what a document knows of a day, and how sure it is.

It is a value. edtf.py makes it from a text, ranges.py compares two of them, views/date_words.py
says it in words. almanac/occasions.py decides on which day it is remembered.
"""

from typing import Literal, NamedTuple

from onthisday.dates.calendars import (
    Calendar,
    CivilDay,
    MonthDay,
    day_number,
    days_in_month,
    gregorian_day,
    gregorian_from_julian,
)

Precision = Literal[
    "day", "month", "season", "year", "decade", "century", "years", "interval", "set"
]
"""How much is known exactly.

- "season": also a quarter, or another part of a year that has a number in EDTF.
- "years": one of several years that are no decade and no century, as in 1XXX and 1950S2.
"""


class HistoricalDate(NamedTuple):
    """A date as a document can give it.

    ``year`` counts with a year 0, so -43 is 44 BC. It is None if the year is not known, also if
    some of its digits are (156X-12-25, 1XXX). For a decade or a century it is the first year; for
    1950S2 it is 1950. ``month`` is 21 to 41 for a season or another part of a year. It is None if
    it is not known, also if one of its digits is; the same holds for ``day``.

    ``uncertain`` and ``approximate``: if a part of the date is, the whole date is. ``marks`` says
    which part: the marks of year, month and day, with a space for none. It is empty if all parts
    have the same.

    ``earliest`` and ``latest`` are the first and the last day that it may mean, as Julian day
    numbers. They are None if year, month and day say it, or if nobody knows. `days` says both.

    An interval or a set has its members in ``parts``. A member of a set may be an interval. A
    start or an end of an interval is None if it is open or unknown. Year, month, day, earliest and
    latest are those of an interval's start (of its end, if there is no start) and of a set's
    earliest member.
    """

    edtf: str
    precision: Precision
    year: int | None = None
    month: int | None = None
    day: int | None = None
    uncertain: bool = False
    approximate: bool = False
    calendar: Calendar = "gregorian"
    marks: str = ""
    earliest: int | None = None
    latest: int | None = None
    parts: tuple["HistoricalDate | None", ...] = ()

    @property
    def civil(self) -> CivilDay | None:
        """The Gregorian day; None if the date is not exact to the day or has no year."""
        if self.precision != "day" or self.year is None:
            return None
        named = CivilDay(self.year, self.month or 0, self.day or 0)
        return gregorian_from_julian(named) if self.calendar == "julian" else named

    @property
    def civil_year(self) -> int | None:
        """The Gregorian year, by which dates are sorted. None if nothing is known of it.

        If several years are possible, it is the first one. "70 years ago" is counted from it if
        ``year`` is not None.
        """
        if self.calendar == "julian" and self.civil:
            return self.civil.year
        if self.year is None and self.earliest is not None:
            return gregorian_day(self.earliest).year
        return self.year

    @property
    def names_one_year(self) -> bool:
        """Whether the date names one exact year, so that "70 years ago" can be exact.

        A decade, a century, an approximate year, and a set or an interval of several years do not.
        """
        return not self.is_about("year") and self.lies_in_one_year

    @property
    def lies_in_one_year(self) -> bool:
        """Whether the date is of one year, be it exact (`names_one_year`) or approximate."""
        if self.precision in {"decade", "century", "years"}:
            return False
        if not self.parts:
            return self.year is not None or self.earliest is None
        return all(part is not None and part.lies_in_one_year for part in self.parts) and (
            len({part.year for part in self.parts if part}) <= 1
        )

    @property
    def month_day(self) -> MonthDay | None:
        """The Gregorian month and day; None if the date is not exact to the day."""
        if self.precision != "day" or self.month is None or self.day is None:
            return None
        civil = self.civil if self.calendar == "julian" else None
        return MonthDay(civil.month, civil.day) if civil else MonthDay(self.month, self.day)

    @property
    def falls_on(self) -> MonthDay | None:
        """The Gregorian month and day on which it is remembered.

        None if the date is not exact to the day, or if its month or its day is approximate. If only
        the year is, the day is known.
        """
        if self.approximate and (self.is_about("month") or self.is_about("day")):
            return None
        return self.month_day

    @property
    def in_doubt(self) -> bool:
        """Whether readers are told "date uncertain".

        So it is with ``?``. With ``~`` it is so if the date falls on its day all the same.
        """
        return self.uncertain or (self.approximate and self.falls_on is not None)

    @property
    def days(self) -> tuple[int, int] | None:
        """The first and the last day that it may mean, as Julian day numbers.

        How far an approximate date reaches is not in it (ranges.py). None if nothing is known of
        the year. Not for an interval or a set: ask its parts.
        """
        if self.earliest is not None and self.latest is not None:
            return self.earliest, self.latest
        if self.year is None:
            return None
        if self.month and self.day:
            number = day_number(CivilDay(self.year, self.month, self.day), self.calendar)
            return number, number
        month = self.month or 12
        day = self.day or days_in_month(self.year, month, self.calendar)
        first = CivilDay(self.year, self.month or 1, self.day or 1)
        last = CivilDay(self.year, month, day)
        return day_number(first, self.calendar), day_number(last, self.calendar)

    def is_about(self, part: Literal["year", "month", "day"]) -> bool:
        """Say whether the year, the month or the day is only approximate."""
        if not self.marks:
            return self.approximate
        return self.marks[("year", "month", "day").index(part)] in "~%"
