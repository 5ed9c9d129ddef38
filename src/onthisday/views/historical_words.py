"""The dates of entries in words: how precise and how sure they are, and their calendar.

Called by the other modules of words, the pages and the messages of checks/. Not here: days and
years (date_words.py), what decades, centuries and seasons are called (vague_words.py), digits that
are not known (digit_words.py), and parts of a date that are in doubt (doubt_words.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onthisday.dates.calendars import LEAP_DAY, MonthDay
from onthisday.views.date_words import (
    dated,
    day_alone,
    days_together,
    month_alone,
    month_and_day,
    year_words,
)

if TYPE_CHECKING:
    from onthisday.dates.calendars import CivilDay
    from onthisday.dates.historical_date import HistoricalDate
    from onthisday.locales.locale import Locale


def spoken(locale: Locale, found: HistoricalDate) -> str:
    """Return a date in words.

    ``25 February 1956``, ``March 1953``, ``around 1950``, ``1938–1947``, ``15 March 44 BC``.
    """
    if found.precision == "interval":
        return interval_words(locale, found)
    if found.precision == "set":
        return _set(locale, found)
    words = _of_unknown_digits(locale, found)
    if found.marks or (words and (found.uncertain or found.approximate)):
        from onthisday.views.doubt_words import with_doubts  # loaded here: few dates are such

        return with_doubts(locale, found, words or _plain(locale, found))
    words = words or _plain(locale, found)
    if found.approximate:
        words = _around(locale, found, words)
    return locale.gettext("perhaps {date}", date=words) if found.uncertain else words


def says_which_part(found: HistoricalDate) -> bool:
    """Return True if the words of a day say in brackets what is in doubt: ``(year uncertain)``."""
    return bool(found.marks) or (found.precision == "day" and found.earliest is not None)


def _around(locale: Locale, found: HistoricalDate, words: str) -> str:
    if found.precision == "day":
        return locale.pgettext("a day", "around {date}", date=words)
    if found.precision == "year":
        return locale.pgettext("a year", "around {date}", date=words)
    return locale.pgettext("a month, season, decade or century", "around {date}", date=words)


def _of_unknown_digits(locale: Locale, found: HistoricalDate) -> str | None:
    if "X" not in found.edtf and "S" not in found.edtf:
        return None
    from onthisday.views.digit_words import unknown_digits  # loaded here: few dates are such

    return unknown_digits(locale, found)


def _plain(locale: Locale, found: HistoricalDate) -> str:
    """Return a date in words without its doubts."""
    if found.precision in {"season", "decade", "century"}:
        from onthisday.views.vague_words import vague  # loaded here: few dates are vague

        return vague(locale, found)
    if found.year is None:
        known = _of_no_year(locale, found.month, found.day)
        return locale.gettext("{date}, year unknown", date=known)
    if found.month is None:
        return year_words(locale, found.year)
    return dated(locale, found.year, found.month, found.day)


def _of_no_year(locale: Locale, month: int | None, day: int | None) -> str:
    if month is None:
        return ""
    if day is None:
        return month_alone(locale, month)
    return month_and_day(locale, MonthDay(month, day))


def interval_words(locale: Locale, found: HistoricalDate) -> str:
    """Return an interval in words: ``1938–1947``, ``from 1938``, ``from 1938 to an unknown date``.

    Days of one month stand together: ``24–25 February 1956``. An open end (``..``) and an unknown
    end are not the same.
    """
    start, end = found.parts
    if start and end:
        return _both_ends(locale, start, end)
    if start:
        first = spoken(locale, start)
        if found.edtf.endswith(".."):
            return locale.pgettext("an open end", "from {date}", date=first)
        return locale.gettext("from {date} to an unknown date", date=first)
    last = spoken(locale, end) if end else ""
    if found.edtf.startswith(".."):
        return locale.pgettext("an open beginning", "until {date}", date=last)
    return locale.gettext("from an unknown date to {date}", date=last)


def _both_ends(locale: Locale, start: HistoricalDate, end: HistoricalDate) -> str:
    if _are_days_of_one_month(start, end):
        return _days_together(locale, start, end)
    words = spoken(locale, start), spoken(locale, end)
    if max(map(len, words)) <= 4:
        return "–".join(words)
    if any(_of_unknown_digits(locale, each) for each in (start, end)):
        # Translators: of an interval: "beginning: 25 December, between 1560 and 1569; end: 1570".
        return locale.gettext("beginning: {start}; end: {end}", start=words[0], end=words[1])
    return locale.pgettext("cldr", "{start} to {end}", start=words[0], end=words[1])


def _are_days_of_one_month(*parts: HistoricalDate) -> bool:
    """Return True if dates are precise to the day, sure, and in the same month."""
    plain = all(
        part.precision == "day"
        and not (part.uncertain or part.approximate)
        and part.earliest is None
        for part in parts
    )
    return plain and len({(part.year, part.month) for part in parts}) == 1


def _days_together(locale: Locale, start: HistoricalDate, end: HistoricalDate) -> str:
    """Return ``24–25 February 1956``, for two days of one month."""
    if end.year is None or end.year < 100:
        return f"{day_alone(locale, start.day or 0)}–{spoken(locale, end)}"
    return days_together(locale, start.day or 0, end.day or 0, end.month or 0, end.year)


def _set(locale: Locale, found: HistoricalDate) -> str:
    one_of = found.edtf.startswith("[")
    words = [_member(locale, part, one_of=one_of) for part in found.parts if part]
    return locale.listed(words, "or" if one_of else "and")


def _member(locale: Locale, part: HistoricalDate, *, one_of: bool) -> str:
    """Return a member of a set in words.

    ``1667..1672`` means one of these years (``one_of``), or all of them. ``..1760`` includes 1760,
    so the words are "1760 or earlier" and never "before 1760" (EDTF, level 2, sets).
    """
    if part.precision != "interval":
        return spoken(locale, part)
    start, end = part.parts
    if start and end:
        return _stretch(locale, part, start, end, one_of=one_of)
    known = start or end
    return _open(locale, spoken(locale, known) if known else "", later=bool(start), one_of=one_of)


def _stretch(
    locale: Locale,
    part: HistoricalDate,
    start: HistoricalDate,
    end: HistoricalDate,
    *,
    one_of: bool,
) -> str:
    if one_of:
        words = {"start": spoken(locale, start), "end": spoken(locale, end)}
        return locale.gettext("between {start} and {end}", **words)
    return locale.gettext("all of {dates}", dates=interval_words(locale, part))


def _open(locale: Locale, date: str, *, later: bool, one_of: bool) -> str:
    if one_of and later:
        return locale.gettext("{date} or later", date=date)
    if one_of:
        return locale.gettext("{date} or earlier", date=date)
    if later:
        return locale.gettext("{date} and later", date=date)
    return locale.gettext("{date} and earlier", date=date)


def observed_words(locale: Locale, own: HistoricalDate) -> str:
    """Return an entry's own date in words, for a day that is another one.

    ``29 February``, ``March 1953``.
    """
    if own.month_day == LEAP_DAY:
        return month_and_day(locale, own.month_day)
    return spoken(locale, own) if own.calendar == "gregorian" else in_old_style(locale, own)


def in_old_style(locale: Locale, found: HistoricalDate) -> str:
    """Return ``25 October 1917 Old Style``, for a date in the Julian calendar.

    Old Style is said only of days since 15 October 1582: before, there was no other style.
    """
    words = spoken(locale, found)
    civil = found.civil
    if _has_two_styles(civil) if civil else (found.year or 0) > 1582:
        return locale.gettext("{date} Old Style", date=words)
    return locale.gettext("{date} (Julian calendar)", date=words)


def in_both_styles(locale: Locale, found: HistoricalDate, own: str) -> str:
    """Return ``25 October 1917 Old Style, 7 November New Style``: both days of a Julian date.

    ``own``: the words of the date in its own calendar. The year stands once if it is the same.
    """
    civil = found.civil
    if civil is None:
        return own
    same = civil.year == found.year
    words = month_and_day(locale, civil) if same else dated(locale, *civil)
    if _has_two_styles(civil):
        return locale.gettext("{own}, {date} New Style", own=own, date=words)
    return locale.gettext("{own}, {date} (Gregorian calendar)", own=own, date=words)


def _has_two_styles(civil: CivilDay) -> bool:
    return (civil.year, civil.month, civil.day) >= (1582, 10, 15)
