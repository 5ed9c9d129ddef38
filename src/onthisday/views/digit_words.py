"""Dates of which some digits are not known, in words: ``156X-12-25``, ``1984-1X``, ``1950S2``.

The words say what the date may mean: "25 December, between 1560 and 1569". Why not "25 December in
the 1560s": the years say it exactly, and many languages have another form of the words for that.

Called by historical_words.py, which loads it only for a text with X or S.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onthisday.dates.calendars import MonthDay
from onthisday.dates.edtf_digits import Written, Years, possible_days, written
from onthisday.views.date_words import dated, day_alone, month_alone, month_and_day, year_words
from onthisday.views.vague_words import ordinal

if TYPE_CHECKING:
    from onthisday.dates.historical_date import HistoricalDate
    from onthisday.locales.locale import Locale

_MOST_LISTED = 3
"""So many months or days in a row are named, one by one. Of more, the first and the last are."""


def unknown_digits(locale: Locale, found: HistoricalDate) -> str | None:
    """Return the words of a date with unknown digits; None if other words say it.

    Those are of 1964-XX, 195X and XXXX-11-07: a year, a decade, and a day without a year.
    """
    digits = written(found.edtf)
    if digits.month is None and digits.day is None:
        return _some_year(locale, digits) if found.precision == "years" else None
    parts = [each for each in (digits.month, digits.day) if each]
    is_vague_year = digits.years.exact is None and digits.years.first is not None
    is_vague_day = "X" in "".join(parts) or digits.month is None
    if found.precision == "season" or not (is_vague_year or is_vague_day):
        return None
    return _with_year(locale, digits, _month_or_day(locale, digits, found))


def _some_year(locale: Locale, digits: Written) -> str:
    """Return ``between 1000 and 1999``, ``around 1950 (between 1900 and 1999)``."""
    first, last = _ends(locale, digits.years)
    estimate = digits.years.year
    if estimate is None:
        return f"{_between(locale, first, last)}{_pattern(locale, digits)}"
    # Translators: the year is an estimate: "around 1950 (between 1900 and 1999)".
    return locale.gettext(
        "around {year} (between {first} and {last})",
        year=year_words(locale, estimate),
        first=first,
        last=last,
    )


def _with_year(locale: Locale, digits: Written, days: str) -> str:
    """Add what is known of the year, if it is not exact. Otherwise it stands in ``days``."""
    if digits.years.exact is not None:
        return days
    if digits.years.first is None:
        return locale.gettext("{date}, year unknown", date=days)
    first, last = _ends(locale, digits.years)
    # Translators: {first} and {last} are years: "25 December, between 1560 and 1569".
    words = locale.gettext("{date}, between {first} and {last}", date=days, first=first, last=last)
    return f"{words}{_pattern(locale, digits)}"


def _ends(locale: Locale, years: Years) -> tuple[str, str]:
    return year_words(locale, years.first or 0), year_words(locale, years.last or 0)


def _pattern(locale: Locale, digits: Written) -> str:
    """Return `` (19_5)``, if a digit that is known comes after one that is not."""
    year = digits.year.lstrip("-")
    return f" ({locale.digits(year.replace('X', '_'))})" if "X" in year.rstrip("X") else ""


def _month_or_day(locale: Locale, digits: Written, found: HistoricalDate) -> str:
    """Return the months and days that a date may mean, with the year if it is exact."""
    year, month, day = digits.years.exact, digits.month, digits.day
    possible = possible_days(year, month, day, found.calendar)
    months = sorted({one for one, _ in possible})
    if day is None:
        return _months(locale, year, months)
    if month and month.isdigit():
        return _days(locale, year, months[0], [one for _, one in possible])
    if "X" in day:
        first, last = (_said(locale, year, *each) for each in (possible[0], possible[-1]))
        return _between(locale, first, last)
    when = _months(locale, year, months) if month else year_words(locale, year or 0)
    words = {"ordinal": ordinal(int(day)), "day": locale.digits(int(day)), "when": when}
    if not month and year is None:
        return locale.gettext("the {ordinal} of an unknown month", **words)
    # Translators: {when} is a year, or some months: "the 25th of an unknown month, 1984". Also
    # {day} is there: the number 25.
    return locale.gettext("the {ordinal} of an unknown month, {when}", **words)


def _months(locale: Locale, year: int | None, months: list[int]) -> str:
    short = [month_alone(locale, each) for each in months]
    return _one_of(locale, months, short, [_said(locale, year, each, None) for each in months])


def _days(locale: Locale, year: int | None, month: int, days: list[int]) -> str:
    short = [day_alone(locale, each) for each in days]
    return _one_of(locale, days, short, [_said(locale, year, month, each) for each in days])


def _one_of(locale: Locale, numbers: list[int], short: list[str], whole: list[str]) -> str:
    """Return ``5, 15 or 25 December 2004``, ``between 20 and 29 December 2004``.

    Where the month stands before the day, each of the days is said as a whole.
    """
    is_last = all(said.startswith(begin) for said, begin in zip(whole, short, strict=True))
    words = [*short[:-1], whole[-1]] if is_last else whole
    in_a_row = numbers[-1] - numbers[0] == len(numbers) - 1
    if in_a_row and len(numbers) > _MOST_LISTED:
        return _between(locale, words[0], words[-1])
    return locale.listed(words, "or")


def _said(locale: Locale, year: int | None, month: int, day: int | None) -> str:
    if year is not None:
        return dated(locale, year, month, day)
    return month_and_day(locale, MonthDay(month, day)) if day else month_alone(locale, month)


def _between(locale: Locale, start: str, end: str) -> str:
    return locale.gettext("between {start} and {end}", start=start, end=end)
