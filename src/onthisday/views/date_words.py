"""Days, months and years in words.

The patterns and the names of months come from CLDR (locales/locale.py). Each function takes the
locale first.

Called by the other modules of words, the pages and the messages of checks/. Not here: the dates of
entries (historical_words.py), rules (rule_words.py), dates for programs (as_json.py).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from onthisday.dates.calendars import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from onthisday.dates.calendars import CivilDay, MonthDay
    from onthisday.locales.locale import Locale


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def weekday(locale: Locale, day: date) -> str:
    """Return ``Wednesday``."""
    return locale.pgettext("weekday", _WEEKDAYS[day.weekday()])


def month_alone(locale: Locale, month: int) -> str:
    """Return ``February``, where no day stands beside it. Some languages have a form for that."""
    return locale.pgettext("month alone", MONTHS[month - 1])


def long_day(locale: Locale, day: date) -> str:
    """Return ``Wednesday, 25 February 2026``."""
    return _filled(locale, "{weekday}, {day} {month} {year}", day, day.year)


def day_of_week(locale: Locale, day: date) -> str:
    """Return ``Wednesday, 25 February``."""
    return _filled(locale, "{weekday}, {day} {month}", day)


def short_day(locale: Locale, day: date) -> str:
    """Return ``25 February 2026``."""
    return _filled(locale, "{day} {month} {year}", day, day.year)


def month_and_day(locale: Locale, day: date | MonthDay | CivilDay) -> str:
    """Return ``1 July``, for a day with or without a year."""
    return _said(locale, "{day} {month}", month=day.month, day=day.day)


def month_of_year(locale: Locale, year: int, month: int) -> str:
    """Return ``March 1953``."""
    return _said(locale, "{month} {year}", month=month, year=locale.digits(year))


def _filled(locale: Locale, pattern: str, day: date, year: int | None = None) -> str:
    return _said(
        locale,
        pattern,
        month=day.month,
        day=day.day,
        weekday=weekday(locale, day),
        year=locale.digits(year or ""),
    )


def _said(locale: Locale, pattern: str, *, month: int, day: int | None = None, **more: str) -> str:
    """Return a date by a pattern of CLDR: its own form of ``{day} {month} {year}``."""
    name, alone = _names_of(locale, month)
    written = locale.digits(day or "")
    return locale.pgettext("cldr", pattern, month=name, alone=alone, day=written, **more)


@lru_cache(maxsize=256)  # nearly every date asks for them
def _names_of(locale: Locale, month: int) -> tuple[str, str]:
    """Return the name of a month beside a day, and alone."""
    return locale.pgettext("month", MONTHS[month - 1]), month_alone(locale, month)


def days_words(locale: Locale, days: Iterable[date]) -> str:
    """Return ``on 25 February 2026``, ``on 3 and 25 February 2026``, ``from 3 May to 1 July 2026``.

    Return an empty text if there is no day.
    """
    found = sorted(set(days))
    if not found:
        return ""
    first, last = found[0], found[-1]
    if len(found) == 1:
        return locale.gettext("on {day}", day=short_day(locale, last))
    words = {"first": _shortest(locale, first, last), "last": short_day(locale, last)}
    if len(found) > 2:
        return locale.gettext("from {first} to {last}", **words)
    return locale.gettext("on {first} and {last}", **words)


def span_words(locale: Locale, first: date, last: date) -> str:
    """Return ``from 28 June to 1 July``; with the years if they differ."""
    if first.year != last.year:
        words = {"first": short_day(locale, first), "last": short_day(locale, last)}
    else:
        words = {"first": _shortest(locale, first, last), "last": month_and_day(locale, last)}
    return locale.gettext("from {first} to {last}", **words)


def _shortest(locale: Locale, first: date, last: date) -> str:
    """Return the first of two days, without what it has in common with the last."""
    if first.year != last.year:
        return short_day(locale, first)
    if first.month != last.month:
        return month_and_day(locale, first)
    return day_alone(locale, first.day)


def day_alone(locale: Locale, day: int) -> str:
    """Return the number of a day whose month is said later: ``2`` of ``from 2 to 8 March``."""
    # Translators: the number of a day, as in "from 2 to 8 March". In German it is "{day}."
    return locale.pgettext("day of the same month", "{day}", day=locale.digits(day))


def dated(locale: Locale, year: int, month: int, day: int | None) -> str:
    """Return ``15 March 44 BC``, ``March 1953``: a day or a month of any year."""
    pattern, written = _year_pattern(locale, year)
    return _before_a_year(locale, pattern, month, day).replace("{year}", written)


@lru_cache(maxsize=1024)  # a calendar has many thousand dates, and the same day in many years
def _before_a_year(locale: Locale, pattern: str, month: int, day: int | None) -> str:
    """Return ``15 March {year} BC``: a day or a month with a place for its year."""
    named = "{day} {month} " if day else "{month} "
    return _said(locale, f"{named}{pattern}", month=month, day=day, year="{year}")


def days_together(locale: Locale, first: int, last: int, month: int, year: int) -> str:
    """Return ``24–25 February 1956``, for two days of one month of a year from 100 on."""
    pattern, days = "{first}–{day} {month} {year}", locale.digits(first)
    written = locale.digits(year)
    return _said(locale, pattern, month=month, day=last, first=days, year=written)


def year_words(locale: Locale, year: int) -> str:
    """Return ``1956``, ``44 BC`` for -43, ``AD 79``.

    People know no year 0. ``AD`` keeps a small year from looking like a day of the month.
    """
    pattern, written = _year_pattern(locale, year)
    return written if pattern == "{year}" else locale.pgettext("cldr", pattern, year=written)


def _year_pattern(locale: Locale, year: int) -> tuple[str, str]:
    """Return CLDR's pattern of a year, with its era if it needs one, and the year's number."""
    number = year if year > 0 else 1 - year
    written = locale.digits(number) if number < 10_000 else locale.number(number)
    if year <= 0:
        return "{year} BC", written
    return "AD {year}" if year < 100 else "{year}", written
