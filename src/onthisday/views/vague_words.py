"""Seasons, quarters, decades and centuries in words.

Called by historical_words.py, which loads it only for such a date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onthisday.dates.edtf_digits import written
from onthisday.locales.locale import N_
from onthisday.views.date_words import year_words

if TYPE_CHECKING:
    from onthisday.dates.historical_date import HistoricalDate
    from onthisday.locales.locale import Locale


def vague(locale: Locale, found: HistoricalDate) -> str:
    """Return ``spring 1956``, ``the 1950s``, ``the 19th century``."""
    first = found.year or 0
    if found.precision == "season":
        return _season_of(locale, found)
    return (_decade if found.precision == "decade" else _century)(locale, first)


def _season_of(locale: Locale, found: HistoricalDate) -> str:
    """Return a season in words. If its year has unknown digits, all these years are named."""
    if found.year is not None:
        return _part_of_year(locale, found.month or 0, year_words(locale, found.year))
    years = written(found.edtf).years
    first, last = years.first or 0, years.last or 0
    words = _part_of_year(locale, found.month or 0, years_words(locale, first, last))
    return locale.gettext("{date}, year unknown", date=words)


def _part_of_year(locale: Locale, number: int, year: str) -> str:
    """Return ``spring 1956``. The number is EDTF's, from 21 to 41."""
    if number <= 24:
        return _season(locale, number - 21, year)
    if number <= 28:
        season = _season(locale, number - 25, year)
        return locale.gettext("{season} (northern hemisphere)", season=season)
    if number <= 32:
        season = _season(locale, number - 29, year)
        return locale.gettext("{season} (southern hemisphere)", season=season)
    return locale.gettext(_PARTS_OF_YEAR[number], year=year)


_PARTS_OF_YEAR = {
    # Translators: three months, as in "the first quarter of 2001".
    33: N_("the first quarter of {year}"),
    34: N_("the second quarter of {year}"),
    35: N_("the third quarter of {year}"),
    36: N_("the fourth quarter of {year}"),
    37: N_("the first four months of {year}"),
    38: N_("the second four months of {year}"),
    39: N_("the last four months of {year}"),
    40: N_("the first half of {year}"),
    41: N_("the second half of {year}"),
}


def _season(locale: Locale, nth: int, year: str) -> str:
    """Return ``spring 1956``; ``nth`` is 0 for spring."""
    if nth == 0:
        return locale.gettext("spring {year}", year=year)
    if nth == 1:
        return locale.gettext("summer {year}", year=year)
    if nth == 2:
        return locale.gettext("autumn {year}", year=year)
    return locale.gettext("winter {year}", year=year)


def _decade(locale: Locale, first: int) -> str:
    """Return ``the 1950s``.

    Return the years (``1900–1909``) if "the 1900s" could be a century, and before the year 1.
    """
    if first % 100 and first > 0:
        # Translators: {year} is the first year of a decade and {last} is its last.
        return locale.pgettext(
            "decade", "the {year}s", year=locale.digits(first), last=locale.digits(first + 9)
        )
    return years_words(locale, first, -1 if first == -9 else first + 9)


def _century(locale: Locale, first: int) -> str:
    """Return ``the 19th century`` for 18XX.

    Why not "the 1800s": people may think of 1800 to 1809 only.

    18XX means 1800 to 1899, and the 19th century is 1801 to 1900. This difference of one year does
    not matter: a source that names only a century does not know the year.

    Years BC have no such difference. EDTF has a year 0, which is 1 BC. So -01XX means 200 BC to
    101 BC, which is the 2nd century BC.
    """
    number = 1 - (first + 99) // 100 if first < 0 else first // 100 + 1
    written = {
        "ordinal": ordinal(number),
        "number": locale.digits(number),
        "roman": _roman(number),
    }
    if first < 0:
        # Translators: also {number} and {roman} are there: "2" and "II" for the 2nd century.
        return locale.npgettext(
            "century", "the {ordinal} century BC", "the {ordinal} century BC", number, **written
        )
    # Translators: also {number} and {roman} are there: "19" and "XIX" for the 19th century.
    return locale.npgettext(
        "century", "the {ordinal} century", "the {ordinal} century", number, **written
    )


def ordinal(number: int) -> str:
    """Return ``19th``, as English writes it."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in {11, 12, 13} else ending}"


def _roman(number: int) -> str:
    """Return ``XIX`` for 19. A century has at most the number 100."""
    tens = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC", "C")
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return tens[number // 10] + ones[number % 10]


def years_words(locale: Locale, first: int, last: int) -> str:
    """Return ``1950–1959``, ``99–90 BC``; ``1956`` if both are the same year."""
    if first == last:
        return year_words(locale, first)
    if last <= 0:
        years = f"{locale.digits(1 - first)}–{locale.digits(1 - last)}"
        return locale.pgettext("cldr", "{year} BC", year=years)
    end = locale.digits(last) if first > 0 else year_words(locale, last)
    return f"{year_words(locale, first)}–{end}"
