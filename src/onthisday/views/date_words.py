"""Dates in words, in English. Every date that people read is written here.

Called by words.py, the pages and the messages of checks/. Not here: dates for programs
(as_json.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onthisday.dates.calendars import LEAP_DAY, MONTHS, MonthDay
from onthisday.dates.edtf import SEASONS, HistoricalDate

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from onthisday.dates.calendars import CivilDay


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def long_day(day: date) -> str:
    """Return ``Wednesday, 25 February 2026``."""
    return f"{WEEKDAYS[day.weekday()]}, {short_day(day)}"


def short_day(day: date) -> str:
    """Return ``25 February 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def days_words(days: Iterable[date]) -> str:
    """Return ``on 25 February 2026``, ``on 3 and 25 February 2026``, ``from 3 May to 1 July 2026``.

    Return an empty text if there is no day.
    """
    found = sorted(set(days))
    if not found:
        return ""
    first, last = found[0], found[-1]
    words = [short_day(first), short_day(last)]
    if first.year == last.year:
        words[0] = str(first.day) if first.month == last.month else month_and_day(first)
    if len(found) > 2:
        return f"from {words[0]} to {words[1]}"
    return f"on {words[0]} and {words[1]}" if len(found) == 2 else f"on {words[1]}"


def month_day(day: MonthDay) -> str:
    """Return ``25 February``."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def month_and_day(day: date | MonthDay | CivilDay) -> str:
    """Return ``1 July``, for a day with or without a year."""
    return month_day(MonthDay(day.month, day.day))


def spoken(found: HistoricalDate) -> str:
    """Return a date in words.

    ``25 February 1956``, ``March 1953``, ``around 1950``, ``1938–1947``, ``15 March 44 BC``. To add
    a language, write this module a second time.
    """
    if found.precision == "interval":
        return interval_words(found)
    if found.precision in {"decade", "century", "set"}:
        words = spoken_vaguely(found)
    else:
        words = _plain(found)
    if found.parts:  # each part says itself how sure it is
        return words
    words = f"around {words}" if found.approximate else words
    return f"perhaps {words}" if found.uncertain else words


def interval_words(found: HistoricalDate) -> str:
    """Return an interval in words: ``1938–1947``, ``from 1938``, ``from 1938 to an unknown date``.

    Days of one month stand together: ``24–25 February 1956``. An open end (``..``) and an unknown
    end are not the same.
    """
    start, end = found.parts
    if start and end and _are_days_of_one_month(start, end):
        return f"{start.day}–{spoken(end)}"
    if start and end:
        words = spoken(start), spoken(end)
        return "–".join(words) if max(map(len, words)) <= 4 else " to ".join(words)
    if start:
        return f"from {spoken(start)}{'' if found.edtf.endswith('..') else ' to an unknown date'}"
    known = spoken(end) if end else ""
    return f"until {known}" if found.edtf.startswith("..") else f"from an unknown date to {known}"


def _are_days_of_one_month(*parts: HistoricalDate) -> bool:
    """Return True if dates are precise to the day, sure, and in the same month."""
    plain = all(
        part.precision == "day" and not (part.uncertain or part.approximate) for part in parts
    )
    return plain and len({(part.year, part.month) for part in parts}) == 1


def observed_words(own: HistoricalDate) -> str:
    """Return an entry's own date in words, for a day that is another one.

    ``29 February``, ``March 1953``.
    """
    if own.month_day == LEAP_DAY:
        return month_day(own.month_day)
    return spoken(own) if own.calendar == "gregorian" else f"{spoken(own)} {old_style(own)}"


def rule_words(rule: str) -> str:
    """Return the day of a rule in words.

    ``Easter Sunday``, ``2 days before Easter Sunday``, ``the last Sunday of November``.
    """
    from onthisday.dates.feasts import WeekdayOfMonth, parts_of  # loaded here: few entries have one

    parts = parts_of(rule)
    if isinstance(parts, WeekdayOfMonth):
        nth = "last" if parts.nth is None else _NTH[parts.nth - 1]
        return f"the {nth} {WEEKDAYS[parts.weekday]} of {MONTHS[parts.month - 1]}"
    sunday = f"{'Orthodox ' if parts.orthodox else ''}Easter Sunday"
    if not parts.shift:
        return sunday
    days = f"{abs(parts.shift)} day{'' if abs(parts.shift) == 1 else 's'}"
    return f"{days} {'before' if parts.shift < 0 else 'after'} {sunday}"


_NTH = ("first", "second", "third", "fourth", "fifth")


def old_style(found: HistoricalDate) -> str:
    """Return how to name the calendar of a Julian date: ``Old Style``, or ``(Julian calendar)``.

    Old Style is said only of days since 15 October 1582: before, there was no other style.
    """
    return "Old Style" if _has_two_styles(found) else "(Julian calendar)"


def new_style(found: HistoricalDate) -> str:
    """Return how to name the calendar of a Julian date's Gregorian day."""
    return "New Style" if _has_two_styles(found) else "(Gregorian calendar)"


def _has_two_styles(found: HistoricalDate) -> bool:
    civil = found.civil
    if civil is None:
        return (found.year or 0) > 1582
    return (civil.year, civil.month, civil.day) >= (1582, 10, 15)


def span_words(first: date, last: date) -> str:
    """Return ``from 28 June to 1 July``; with the years if they differ."""
    if first.year != last.year:
        return f"from {short_day(first)} to {short_day(last)}"
    start = str(first.day) if first.month == last.month else month_and_day(first)
    return f"from {start} to {month_and_day(last)}"


def year_words(year: int) -> str:
    """Return ``1956``, ``44 BC`` for -43, ``AD 79``.

    People know no year 0. ``AD`` keeps a small year from looking like a day of the month.
    """
    if year <= 0:
        return f"{1 - year if year > -9999 else f'{1 - year:,}'} BC"
    return f"AD {year}" if year < 100 else str(year) if year < 10_000 else f"{year:,}"


def _plain(found: HistoricalDate) -> str:
    if found.year is None:
        known = _month_and_day(found)
        return f"{known}, year unknown"
    if found.month in SEASONS:
        return f"{SEASONS[found.month]} {year_words(found.year)}"
    return f"{_month_and_day(found)} {year_words(found.year)}".strip()


def _month_and_day(found: HistoricalDate) -> str:
    if found.month is None:
        return ""
    name = MONTHS[found.month - 1]
    return f"{found.day} {name}" if found.day else name


def spoken_vaguely(found: HistoricalDate) -> str:
    """Return ``the 1950s``, ``the 19th century``, ``1917 or 1918``, ``1760 or earlier``."""
    return {"decade": _decade, "century": _century, "set": _set}[found.precision](found)


def _decade(found: HistoricalDate) -> str:
    """Return ``the 1950s``.

    Return the years (``1900–1909``) if "the 1900s" could be a century, and before the year 1.
    """
    first = found.year or 0
    if first % 100 and first > 0:
        return f"the {first}s"
    return years_words(first, -1 if first == -9 else first + 9)


def _century(found: HistoricalDate) -> str:
    """Return ``the 19th century`` for 18XX.

    Why not "the 1800s": people may think of 1800 to 1809 only.

    18XX means 1800 to 1899, and the 19th century is 1801 to 1900. This difference of one year does
    not matter: a source that names only a century does not know the year.

    Years BC have no such difference. EDTF has a year 0, which is 1 BC. So -01XX means 200 BC to
    101 BC, which is the 2nd century BC.
    """
    first = found.year or 0
    if first < 0:
        return f"the {_ordinal(1 - (first + 99) // 100)} century BC"
    return f"the {_ordinal(first // 100 + 1)} century"


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in {11, 12, 13} else ending}"


def years_words(first: int, last: int) -> str:
    """Return ``1950–1959``, ``99–90 BC``; ``1956`` if both are the same year."""
    if first == last:
        return year_words(first)
    if last <= 0:
        return f"{1 - first}–{year_words(last)}"
    return f"{year_words(first)}–{last if first > 0 else year_words(last)}"


def _set(found: HistoricalDate) -> str:
    one_of = found.edtf.startswith("[")
    words = [_member(part, one_of=one_of) for part in found.parts if part]
    last = f"{'or' if one_of else 'and'} {words[-1]}"
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last}"


def _member(part: HistoricalDate, *, one_of: bool) -> str:
    """Return a member of a set in words.

    ``1667..1672`` means one of these years (``one_of``), or all of them. ``..1760`` includes 1760,
    so the words are "1760 or earlier" and never "before 1760" (EDTF, level 2, sets).
    """
    if part.precision != "interval":
        return spoken(part)
    start, end = part.parts
    if start and end:
        if one_of:
            return f"between {spoken(start)} and {spoken(end)}"
        return f"all of {interval_words(part)}"
    known = start or end
    side = "later" if start else "earlier"
    return f"{spoken(known) if known else ''} {'or' if one_of else 'and'} {side}"
