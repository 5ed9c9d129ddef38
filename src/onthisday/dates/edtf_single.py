"""One date of EDTF, that is no interval and no set: a day, a month, a season, a year, a decade.

Each part of it, the year, the month and the day, may have marks (``?``, ``~``, ``%``) and digits
that are not known (edtf_digits.py). Called by edtf.py.
"""

import re

from onthisday.dates.calendars import MONTHS, Calendar, CivilDay, day_number, days_in_month
from onthisday.dates.edtf_digits import (
    NO_YEAR,
    YEAR,
    Years,
    leap_years,
    numbers_of,
    possible_days,
    years_of,
)
from onthisday.dates.historical_date import HistoricalDate, Precision

_A_YEAR = (1, 12)
_WINTER = (0, 15)

PARTS_OF_YEAR = {
    21: _A_YEAR, 22: _A_YEAR, 23: _A_YEAR, 24: _WINTER,
    25: (3, 6), 26: (6, 9), 27: (9, 12), 28: _WINTER,
    29: (9, 12), 30: _WINTER, 31: (3, 6), 32: (6, 9),
    33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    37: (1, 4), 38: (5, 8), 39: (9, 12),
    40: (1, 6), 41: (7, 12),
}  # fmt: skip
"""The numbers that stand for a part of a year, each with the first and the last month it may mean.

21 to 24 are the seasons, 25 to 28 those of the northern half of the earth, 29 to 32 those of the
southern half, 33 to 36 quarters, 37 to 39 thirds of a year, and 40 and 41 its halves. Month 0 is
December of the year before, month 15 is March of the year after.

Why so wide: 21 to 24 do not say which half of the earth is meant. A winter of 1956 may be the one
that begins in 1955. And some people count a season from the 1st of a month, others from an equinox.
"""


class NoDate(ValueError):
    """Raised if a text is not a date in the format EDTF, or if its month does not exist.

    ``month`` is the number of the month that does not exist, otherwise None. human_dates.py finds
    out what the person may mean.
    """

    def __init__(self, text: str, month: int | None = None) -> None:
        self.text, self.month = text, month
        why = "no date" if month is None else f"impossible: there is no month {month}"
        super().__init__(f'"{text}" is {why}')


_MARKS = frozenset("?~%")
_MARK = "[?~%]?"
_PARTS = (("year", YEAR), ("month", r"[\dX]{2}"), ("day", r"[\dX]{2}"))
_YEAR, _MONTH, _DAY = (
    rf"(?P<own_{name}>{_MARK})(?P<{name}>{form})(?P<group_{name}>{_MARK})" for name, form in _PARTS
)
_SIMPLE = re.compile(rf"{_YEAR}(?:-{_MONTH}(?:-{_DAY})?)?", re.ASCII)
"""A mark before a part is its own. A mark after it is also of the parts before it."""

_PLAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?", re.ASCII)
"""A year, a month or a day without marks, and with all its digits."""


def single(text: str, calendar: Calendar) -> HistoricalDate:
    """Return the date of a text that is no interval and no set. Raises what `edtf.parse` raises."""
    return _plain(text, calendar) or _any(text, calendar)


def _plain(text: str, calendar: Calendar) -> HistoricalDate | None:
    """Return a date that exists and is written in full, as nearly all are; else None."""
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(number) if number else None for number in match.groups())
    if month and day is not None and not 1 <= day <= days_in_month(year, month, calendar):
        return None
    precision: Precision = "year" if month is None else "month" if day is None else "day"
    return HistoricalDate(text, precision, year, month, day, calendar=calendar)


def _any(text: str, calendar: Calendar) -> HistoricalDate:
    match = _SIMPLE.fullmatch(text)
    years = years_of(match["year"]) if match else None
    if match is None or years is None:
        raise NoDate(text)
    month, day = (_known(match[part]) for part in ("month", "day"))
    if years == NO_YEAR and month is None:
        raise ValueError(f'"{text}" names neither a year nor a month')
    if match["month"] and (text.lstrip("?~%")[0] == "Y" or "S" in text):
        raise NoDate(text)
    if month is None and day is None:
        found = _year(text, years, calendar)
    elif (number := _exact(month) or 0) > 12:
        found = _part_of_year(text, years, number, day, calendar)
    else:
        found = _month_or_day(text, match["year"], years, month, day, calendar)
    return _marked(found, match)


def _known(digits: str | None) -> str | None:
    return None if digits == "XX" else digits


def _marked(found: HistoricalDate, match: re.Match[str]) -> HistoricalDate:
    """Give each part its marks. A part of which no digit is known counts for nothing."""
    if _MARKS.isdisjoint(found.edtf):
        return found
    marks, after = {}, ""
    for part, _ in reversed(_PARTS):
        after += match[f"group_{part}"] or ""
        if (match[part] or "").strip("X"):
            marks[part] = _mark((match[f"own_{part}"] or "") + after)
    return found._replace(
        uncertain=any(mark in "?%" for mark in marks.values()),
        approximate=any(mark in "~%" for mark in marks.values()),
        marks="".join(marks.get(part, " ") for part, _ in _PARTS) if _differ(marks) else "",
    )


def _differ(marks: dict[str, str]) -> bool:
    return len(set(marks.values())) > 1


def _mark(marks: str) -> str:
    both = "%" in marks or {"?", "~"} <= set(marks)
    return "%" if both else marks[:1] or " "


def _year(text: str, years: Years, calendar: Calendar) -> HistoricalDate:
    found = HistoricalDate(text, years.precision, years.year, calendar=calendar)
    return found if years.precision == "year" else _between(found, years, (1, 1), (12, 31))


def _part_of_year(
    text: str, years: Years, number: int, day: str | None, calendar: Calendar
) -> HistoricalDate:
    """Read a season, a quarter, a third or a half of a year."""
    if number not in PARTS_OF_YEAR or day is not None or years.first is None or years.last is None:
        raise NoDate(text, number)
    first, last = PARTS_OF_YEAR[number]
    found = HistoricalDate(text, "season", years.exact, number, calendar=calendar)
    end_year, end = years.last + (last > 12), (last - 1) % 12 + 1
    begin = CivilDay(years.first - (first == 0), first or 12, 1)
    ended = CivilDay(end_year, end, days_in_month(end_year, end, calendar))
    return found._replace(earliest=day_number(begin, calendar), latest=day_number(ended, calendar))


def _month_or_day(
    text: str, year: str, years: Years, month: str | None, day: str | None, calendar: Calendar
) -> HistoricalDate:
    """Read a date with a month or a day, of which some digits may be unknown."""
    possible = _possible(text, years.exact, month, day, calendar)
    if possible[0] == possible[-1] == (2, 29) and years.exact is None and years.first is not None:
        years = _leap(text, year, years)
    exact_month = _exact(month)
    exact_day = _exact(day) if exact_month else None
    if exact_day and calendar == "julian" and years.exact is None:
        raise ValueError(f'"{text}" needs its year: without it a Julian day has no Gregorian')
    precision = "day" if exact_day else "month" if exact_month else years.precision
    known = years.exact if exact_month else years.year
    found = HistoricalDate(text, precision, known, exact_month, exact_day, calendar=calendar)
    is_plain = years.precision == "year" and exact_month and (day is None or exact_day)
    return found if is_plain else _between(found, years, possible[0], possible[-1])


def _exact(digits: str | None) -> int | None:
    return int(digits) if digits and digits.isdigit() else None


def _leap(text: str, year: str, years: Years) -> Years:
    """Return the first and the last of the years that have a 29 February."""
    leap = tuple(leap_years(year))
    if not leap:
        raise ValueError(f'"{text}" is impossible: none of these years has a 29 February')
    return years._replace(first=leap[0], last=leap[-1])


def _possible(
    text: str, year: int | None, month: str | None, day: str | None, calendar: Calendar
) -> list[tuple[int, int]]:
    """Return the months and days that a text may mean. Raises ValueError if there are none."""
    found = possible_days(year, month, day, calendar)
    if found:
        return found
    number = _exact(month)
    if number is None and month and not numbers_of(month, 12):
        raise ValueError(f'"{text}" is impossible: there is no month {month}')
    if number is None:
        raise ValueError(f'"{text}" is impossible: none of these months has a day {day}')
    if not 1 <= number <= 12:
        raise NoDate(text, number)
    where = MONTHS[number - 1] + (f" {year}" if year is not None else "")
    length = days_in_month(year, number, calendar)
    raise ValueError(f'"{text}" is impossible: {where} has {length} days')


def _between(
    found: HistoricalDate, years: Years, first: tuple[int, int], last: tuple[int, int]
) -> HistoricalDate:
    if years.first is None or years.last is None:
        return found
    calendar = found.calendar
    end = min(last[1], days_in_month(years.last, last[0], calendar))
    return found._replace(
        earliest=day_number(CivilDay(years.first, *first), calendar),
        latest=day_number(CivilDay(years.last, last[0], end), calendar),
    )
