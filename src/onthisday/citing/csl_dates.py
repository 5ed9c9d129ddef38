"""A date as CSL has it. Called by csl.py."""

from typing import Any, TypedDict

from onthisday.dates.historical_date import HistoricalDate
from onthisday.locales.locale import Locale
from onthisday.views.historical_words import spoken

YEARS_OF: dict[str, int] = {"decade": 10, "century": 100}
"""How many years these are."""

_FIRST_SEASON, _LAST_SEASON = 21, 24
"""Spring and winter in EDTF, which are the seasons 1 and 4 of CSL."""


CslDate = TypedDict(
    "CslDate",
    {"date-parts": list[list[int]], "season": int, "circa": bool, "literal": str},
    total=False,
)
"""A date as CSL has it."""


def csl_date(locale: Locale, found: HistoricalDate) -> dict[str, Any]:
    """Return a date as a ``date-variable`` of CSL-JSON.

    CSL has days, months, years, seasons and ranges of them, and "circa" for all that is doubtful.
    What it cannot say, such as an open end, it gets in words.
    """
    said = _structured(found)
    if said is None:
        return {"literal": spoken(locale, found)}
    return said | {"circa": True} if _is_doubtful(found) else said


def _structured(found: HistoricalDate) -> dict[str, Any] | None:
    if found.precision == "season" and _is_season(found):
        season = (found.month or 0) - _FIRST_SEASON + 1
        return {"date-parts": [[_civil(found.year or 0)]], "season": season}
    parts = _range(found) if found.precision == "interval" else _span(found)
    return {"date-parts": parts} if parts else None


def _range(found: HistoricalDate) -> list[list[int]]:
    ends = [_span(end) for end in found.parts if end]
    if len(ends) != 2 or not all(ends):
        return []
    return [ends[0][0], ends[1][-1]]


def _span(found: HistoricalDate) -> list[list[int]]:
    """Return a day, a month or a year, or the first and the last year of a longer time."""
    if found.year is None:
        return []
    if found.precision in YEARS_OF:
        last = found.year + YEARS_OF[found.precision] - 1
        return [[_civil(found.year)], [_civil(last)]]
    if found.precision not in {"day", "month", "year"} or found.earliest is not None:
        return []
    return [[_civil(found.year), *(part for part in (found.month, found.day) if part)]]


def _is_season(found: HistoricalDate) -> bool:
    return found.year is not None and _FIRST_SEASON <= (found.month or 0) <= _LAST_SEASON


def _civil(year: int) -> int:
    """Return a year as CSL counts: 44 BC is -44, and there is no year 0."""
    return year if year > 0 else year - 1


def _is_doubtful(found: HistoricalDate) -> bool:
    parts = (found, *(part for part in found.parts if part))
    return any(part.uncertain or part.approximate for part in parts)
