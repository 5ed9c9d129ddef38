"""Historical dates as EDTF writes them: which date, how precise, and how sure.

EDTF is a standard for dates: ISO 8601-2:2019, annex A (loc.gov/standards/datetime). It has three
levels. This module reads:

- all of level 0 except times of day,
- all of level 1,
- of level 2: the sets ``[1917,1918]``, ``{1960,1961}`` and ``[..1760]``, and a month and day
  without a year.

It checks every date against its calendar: 29 February 1955 does not exist.

Why our own reader: the library edtf accepts impossible days, and the library undate drops ``?``
and ``~``. Tests compare this reader with edtf.

Why no mark inside a date (``2004-06~-11``, level 2): readers see "perhaps" before a whole date. If
only the year is in doubt, readers would think that the day is in doubt too. So this reader refuses
the date, and human_dates.py says what to write.

Not here: what to write if a text is not EDTF (human_dates.py), how dates compare (ranges.py), dates
in words (views/date_words.py), on which day a date is remembered (almanac/occasions.py).
"""

import re
from typing import Literal, NamedTuple

from onthisday.dates.calendars import (
    MONTHS,
    Calendar,
    CivilDay,
    MonthDay,
    days_in_month,
    gregorian_from_julian,
)

Precision = Literal["day", "month", "season", "year", "decade", "century", "interval", "set"]

SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}

_YEAR = r"-?\d{4}|Y-?[1-9]\d{4,8}|-?\d{3}X|-?\d{2}XX|XXXX"
_SIMPLE = re.compile(
    rf"(?P<year>{_YEAR})(?:-(?P<month>\d\d|XX))?(?:-(?P<day>\d\d|XX))?(?P<mark>[?~%]?)", re.ASCII
)


class HistoricalDate(NamedTuple):
    """A date as a document can give it.

    ``year`` counts with a year 0, so -43 is 44 BC. It is None if the year is unknown. For a decade
    or a century it is the first year. ``month`` is 21 to 24 for a season.

    An interval or a set has its members in ``parts``. A member of a set may be an interval. A
    start or an end of an interval is None if it is open or unknown. Year, month and day are those
    of an interval's start (of its end, if there is no start) and of a set's earliest member. If
    one member is uncertain or approximate, the whole date is.
    """

    edtf: str
    precision: Precision
    year: int | None = None
    month: int | None = None
    day: int | None = None
    uncertain: bool = False
    approximate: bool = False
    calendar: Calendar = "gregorian"
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
        """The Gregorian year; "70 years ago" is counted from it. None if it is unknown."""
        return self.civil.year if self.civil else self.year

    @property
    def names_one_year(self) -> bool:
        """Whether the date names one exact year, so that "70 years ago" can be exact.

        A decade, a century, an approximate date, and a set or an interval of several years do not.
        """
        return not self.approximate and self.lies_in_one_year

    @property
    def lies_in_one_year(self) -> bool:
        """Whether the date is of one year, be it exact (`names_one_year`) or approximate."""
        if self.precision in {"decade", "century"}:
            return False
        return all(part is not None and part.lies_in_one_year for part in self.parts) and (
            len({part.year for part in self.parts if part}) <= 1
        )

    @property
    def month_day(self) -> MonthDay | None:
        """The Gregorian month and day; None if the date is not exact to the day."""
        if self.precision != "day" or self.month is None or self.day is None:
            return None
        civil = self.civil
        return MonthDay(civil.month, civil.day) if civil else MonthDay(self.month, self.day)


class NoDate(ValueError):
    """Raised if a text is not a date in the format EDTF, or if its month does not exist.

    ``month`` is the number of the month that does not exist, otherwise None. human_dates.py finds
    out what the person may mean.
    """

    def __init__(self, text: str, month: int | None = None) -> None:
        self.text, self.month = text, month
        why = "no date" if month is None else f"impossible: there is no month {month}"
        super().__init__(f'"{text}" is {why}')


def parse(text: str, calendar: Calendar = "gregorian") -> HistoricalDate:
    """Return the date that an EDTF text names.

    Raises NoDate, which is a ValueError, if the text is not EDTF or has no such month. Raises
    ValueError if the date is impossible.
    """
    if "[" in text or "{" in text:
        return _set(text, calendar)
    return _interval(text, calendar) if "/" in text else _simple(text, calendar)


def _simple(text: str, calendar: Calendar) -> HistoricalDate:
    match = _SIMPLE.fullmatch(text)
    if match is None:
        raise NoDate(text)
    year, precision = _year(match["year"])
    month, day, mark = match["month"], match["day"], match["mark"]
    if day and day != "XX" and month == "XX":
        raise ValueError(f'"{text}" has a day without a month')
    if month == "XX" or (month is None and year is None):
        if year is None:
            raise ValueError(f'"{text}" names nothing')
        month = day = None
    if month is not None:
        if precision != "year" or text[0] == "Y":
            raise NoDate(text)
        precision = "day" if day and day != "XX" else "month"
    found = HistoricalDate(
        edtf=text,
        precision=precision,
        year=year,
        month=int(month) if month else None,
        day=int(day) if precision == "day" else None,
        uncertain=mark in {"?", "%"},
        approximate=mark in {"~", "%"},
        calendar=calendar,
    )
    return _checked(found)


def _year(text: str) -> tuple[int | None, Precision]:
    """Return the year. Of a decade or a century, return the first year: -49 for -004X."""
    if text == "XXXX":
        return None, "year"
    if text == "-0000":
        raise ValueError('"-0000" is no year; the year before 1 is "0000", which is 1 BC')
    if not text.endswith("X"):
        return int(text.lstrip("Y")), "year"
    precision: Precision = "century" if text.endswith("XX") else "decade"
    return int(text.replace("X", "9" if text[0] == "-" else "0")), precision


def _checked(found: HistoricalDate) -> HistoricalDate:
    month, day = found.month, found.day
    if month is None:
        return found
    if month in SEASONS and day is None and found.year is not None:
        return found._replace(precision="season")
    if not 1 <= month <= 12:
        raise NoDate(found.edtf, month)
    if day is None:
        return found
    length = days_in_month(found.year, month, found.calendar)
    if not 1 <= day <= length:
        where = MONTHS[month - 1] + (f" {found.year}" if found.year is not None else "")
        raise ValueError(f'"{found.edtf}" is impossible: {where} has {length} days')
    if found.calendar == "julian" and found.year is None:
        raise ValueError(f'"{found.edtf}" needs its year: without it a Julian day has no Gregorian')
    return found


def _interval(text: str, calendar: Calendar) -> HistoricalDate:
    ends = text.split("/")
    if len(ends) != 2:
        raise NoDate(text)
    start, end = (None if end in {"", ".."} else _simple(end, calendar) for end in ends)
    first = start or end
    if first is None:
        raise ValueError(f'"{text}" has neither a beginning nor an end')
    if start and end and _ends_before(start, end):
        raise ValueError(f'"{text}" ends before it begins')
    return _of_parts(text, "interval", first, (start, end))


def _set(text: str, calendar: Calendar) -> HistoricalDate:
    if (text[0], text[-1]) not in {("[", "]"), ("{", "}")}:
        raise ValueError(f'"{text}" is no set; write it as "[1917,1918]"')
    written = [part.strip() for part in text[1:-1].split(",")]
    if any(part.startswith("..") for part in written[1:]):
        raise ValueError(f'"{text}" has a beginning that is open; put ".." first: "[..1760]"')
    if any(part.endswith("..") for part in written[:-1]):
        raise ValueError(f'"{text}" has an end that is open; put ".." last: "[1760..]"')
    members = tuple(_member(part, calendar) for part in written)
    return _of_parts(text, "set", min(members, key=_order), members)


def _member(text: str, calendar: Calendar) -> HistoricalDate:
    """Read a member of a set. ``1667..1672`` and ``..1760`` become intervals."""
    start, dots, end = text.partition("..")
    return (
        _interval(f"{start or '..'}/{end or '..'}", calendar) if dots else _simple(text, calendar)
    )


def _of_parts(
    text: str,
    precision: Precision,
    first: HistoricalDate,
    parts: tuple[HistoricalDate | None, ...],
) -> HistoricalDate:
    return first._replace(
        edtf=text,
        precision=precision,
        uncertain=any(part.uncertain for part in parts if part),
        approximate=any(part.approximate for part in parts if part),
        parts=parts,
    )


def _ends_before(start: HistoricalDate, end: HistoricalDate) -> bool:
    """Say whether an interval ends before it begins.

    Compare only the parts that both dates have: 1936-05/1936 is right, and so is 1956/195X.
    """
    for first, last in zip(_known(start), _known(end), strict=True):
        if first is None or last is None:
            return False
        if first != last:
            return last < first
    return False


def _known(found: HistoricalDate) -> tuple[int | None, int | None, int | None]:
    """Return the year, month and day to compare; None for each that is not known.

    For a decade or a century, the year is its last year. For a season, the month is None.
    """
    reach = {"decade": 9, "century": 99}.get(found.precision, 0)
    year = None if found.year is None else found.year + reach
    return (year, None if found.month in SEASONS else found.month, found.day)


def _order(found: HistoricalDate) -> tuple[bool, int, int, int]:
    """Return the key that sorts dates: the earliest first, dates without a year last."""
    return (found.year is None, found.year or 0, found.month or 0, found.day or 0)
