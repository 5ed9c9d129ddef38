"""Dates as the findings of `check` say them: in English, as all that is said to a curator."""

from datetime import date

from onthisday.dates.historical_date import HistoricalDate
from onthisday.locales.locale import ENGLISH
from onthisday.views import date_words, historical_words


def spoken(found: HistoricalDate) -> str:
    """Return ``25 February 1956``, ``perhaps around 1950``."""
    return historical_words.spoken(ENGLISH, found)


def short_day(day: date) -> str:
    """Return ``25 February 2026``."""
    return date_words.short_day(ENGLISH, day)


def year_words(year: int) -> str:
    """Return ``1956``, ``44 BC`` for -43."""
    return date_words.year_words(ENGLISH, year)
