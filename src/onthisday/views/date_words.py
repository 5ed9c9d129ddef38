"""Dates in words, in English: the one door for every date that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onthisday.dates.calendars import LEAP_DAY, MONTHS, MonthDay
from onthisday.dates.edtf import SEASONS, HistoricalDate

if TYPE_CHECKING:
    from datetime import date


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def long_day(day: date) -> str:
    """``Wednesday, 25 February 2026``."""
    return f"{WEEKDAYS[day.weekday()]}, {short_day(day)}"


def short_day(day: date) -> str:
    """``25 February 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_day(day: MonthDay) -> str:
    """``25 February``."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def month_and_day(day: date | MonthDay) -> str:
    """``1 July``, of a day of any year."""
    return month_day(MonthDay(day.month, day.day))


def spoken(found: HistoricalDate) -> str:
    """``25 February 1956``, ``March 1953``, ``around 1950``, ``1938–1947``, ``15 March 44 BC``.

    Every date in words comes through here: a second language is a second one of
    these, with its own date_words.py.
    """
    if found.precision == "interval":
        return interval_words(found)
    if found.precision in {"decade", "century", "set"}:
        from onthisday.views.date_words import spoken_vaguely  # seldom on the path of `today`

        words = spoken_vaguely(found)
    else:
        words = _plain(found)
    if found.parts:  # each of which says how sure it is
        return words
    words = f"around {words}" if found.approximate else words
    return f"perhaps {words}" if found.uncertain else words


def interval_words(found: HistoricalDate) -> str:
    """Say an interval; an end that is unknown is said to be, one that is open goes on."""
    start, end = found.parts
    if start and end:
        words = spoken(start), spoken(end)
        return "–".join(words) if max(map(len, words)) <= 4 else " to ".join(words)
    if start:
        return f"from {spoken(start)}{'' if found.edtf.endswith('..') else ' to an unknown date'}"
    known = spoken(end) if end else ""
    return f"until {known}" if found.edtf.startswith("..") else f"from an unknown date to {known}"


def observed_words(own: HistoricalDate) -> str:
    """Say an entry's own date, where another day remembers it: ``29 February``, ``March 1953``."""
    if own.month_day == LEAP_DAY:
        return month_day(own.month_day)
    return spoken(own) if own.calendar == "gregorian" else f"{spoken(own)} Old Style"


def year_words(year: int) -> str:
    """``1956``, ``44 BC`` for -43, ``AD 79``: there is no year 0, and none looks like a day."""
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
    """``the 1950s``, ``the 19th century``, ``1917 or 1918``, ``1760 or earlier``."""
    return {"decade": _decade, "century": _century, "set": _set}[found.precision](found)


def _decade(found: HistoricalDate) -> str:
    """Say ``the 1950s``; the years themselves where "the 1900s" may be a century, and before 1."""
    first = found.year or 0
    if first % 100 and first > 0:
        return f"the {first}s"
    return _years(first, -1 if first == -9 else first + 9)


def _century(found: HistoricalDate) -> str:
    """Say 18XX as people do: ``the 19th century``.

    Why: 18XX is 1800 to 1899, and "the 1800s" may be the ten years from 1800. The century that
    historians count, 1801 to 1900, differs in a year that a source so vague does not mean. Before
    the year 1, -01XX is 200 to 101 BC, which is the 2nd century BC to the year.
    """
    first = found.year or 0
    if first < 0:
        return f"the {_ordinal(1 - (first + 99) // 100)} century BC"
    return f"the {_ordinal(first // 100 + 1)} century"


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in {11, 12, 13} else ending}"


def _years(first: int, last: int) -> str:
    if last <= 0:
        return f"{1 - first}–{year_words(last)}"
    return f"{year_words(first)}–{last if first > 0 else year_words(last)}"


def _set(found: HistoricalDate) -> str:
    one_of = found.edtf.startswith("[")
    words = [_member(part, one_of=one_of) for part in found.parts if part]
    last = f"{'or' if one_of else 'and'} {words[-1]}"
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last}"


def _member(part: HistoricalDate, *, one_of: bool) -> str:
    """Say a member; of ``1667..1672`` one year is meant, or each.

    What is open holds its end: ``..1760`` is 1760 or earlier, never "before 1760" (EDTF, level 2,
    sets).
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
