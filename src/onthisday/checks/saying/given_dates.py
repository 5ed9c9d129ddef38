"""The days, months and years of a date that an entry or a document gives.

Called by said.py, read_text.py and times.py, which compare them with what a text names.
"""

from collections.abc import Iterator

from onthisday.checks.saying.statements import NamedDate
from onthisday.dates.historical_date import HistoricalDate


def _parts_of(date: HistoricalDate) -> Iterator[HistoricalDate]:
    if not date.parts:
        yield date
    for part in date.parts:
        if part is not None:
            yield from _parts_of(part)


def named(date: HistoricalDate) -> Iterator[NamedDate]:
    """Yield the days and months of a date. A Julian date gives its own day and the Gregorian."""
    for part in _parts_of(date):
        if part.month and part.month <= 12:
            yield NamedDate(part.year, part.month, part.day)
        if part.civil is not None:
            yield NamedDate(*part.civil)


def years_of(date: HistoricalDate) -> Iterator[int]:
    """Yield the years of a date. A year before our era is written without its sign: 44 BC."""
    for part in _parts_of(date):
        if part.year is not None:
            for year in {part.year, part.civil_year or part.year}:
                yield year if year > 0 else 1 - year
