"""Historical dates as EDTF writes them: which text is which date.

EDTF is a standard for dates: ISO 8601-2:2019, annex A (loc.gov/standards/datetime). It has three
levels. This module reads all of them, except times of day (level 0) and dates of which nothing is
known (``XXXX``).

It checks every date against its calendar: 29 February 1955 does not exist.

Why our own reader: the library edtf accepts impossible days, and the library undate drops ``?``
and ``~``. Tests compare this reader with edtf.

What a mark inside a date means (``2004-06~-11``, level 2): each part has a mark of its own
(`HistoricalDate.marks`), because the words say which part is in doubt. If only the year is, the
day is still remembered.

Not here: the value (historical_date.py), digits that are not known (edtf_digits.py), what to write
if a text is not EDTF (human_dates.py), how dates compare (ranges.py), dates in words
(views/date_words.py), on which day a date is remembered (almanac/occasions.py).
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


def parse(text: str, calendar: Calendar = "gregorian") -> HistoricalDate:
    """Return the date that an EDTF text names.

    Raises NoDate, which is a ValueError, if the text is not EDTF or has no such month. Raises
    ValueError if the date is impossible.
    """
    if "[" in text or "{" in text:
        return _set(text, calendar)
    return _interval(text, calendar) if "/" in text else _simple(text, calendar)


_MARKS = frozenset("?~%")
_MARK = "[?~%]?"
_PARTS = (("year", YEAR), ("month", r"[\dX]{2}"), ("day", r"[\dX]{2}"))
_YEAR, _MONTH, _DAY = (
    rf"(?P<own_{name}>{_MARK})(?P<{name}>{form})(?P<group_{name}>{_MARK})" for name, form in _PARTS
)
_SIMPLE = rf"{_YEAR}(?:-{_MONTH}(?:-{_DAY})?)?"
"""A date that is no interval and no set. A mark before a part is its own; a mark after it is also
of the parts before. Not compiled here: what is compiled already is not read again by `today`."""


def _simple(text: str, calendar: Calendar) -> HistoricalDate:
    match = re.fullmatch(_SIMPLE, text, re.ASCII)
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
        marks="",
        parts=parts,
    )


def _ends_before(start: HistoricalDate, end: HistoricalDate) -> bool:
    """Say whether an interval surely ends before it begins: 1936-05/1936 does not."""
    begins, ends = start.days, end.days
    return begins is not None and ends is not None and ends[1] < begins[0]


def _order(found: HistoricalDate) -> tuple[bool, int, int, int]:
    """Return the key that sorts dates: the earliest first, dates without a year last."""
    year = found.civil_year if found.year is None else found.year
    return (year is None, year or 0, found.month or 0, found.day or 0)
