"""Dates that people type. If a date is not EDTF, the error says what to write.

Example: ``c. 1950`` is refused, and the error ends with ``write "1950~"``. The person decides. In
an almanac, the program never uses its own guess as the date. Only edtf.py reads dates.
typed_dates.py works out what is meant.

Called by schema/, for every date in the almanac's files. importers/ use `meant_by` for dates of
files that no curator writes; the entry keeps what stood there as ``as_written``.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from onthisday.dates.calendars import Calendar
from onthisday.dates.date_advice import advice
from onthisday.dates.edtf import parse
from onthisday.dates.edtf_single import NoDate
from onthisday.dates.historical_date import HistoricalDate

if TYPE_CHECKING:
    from onthisday.dates.typed_dates import Meant

_EXAMPLES = 'write it as EDTF: "1956-02-25", "1953-03", "1964", "1934?", "1950~", "1938/1947"'

_CURLY = "“”„‘’‚«»"
"""Quotation marks that do not quote in YAML: they become part of the value."""

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3} ?bce?\b)", re.ASCII)
_IN_BRACKETS = re.compile(r"^[\[(]([^\[\]()]*)[\])]$")
"""A date that a librarian has put in brackets, because the book does not tell it."""
_ABOUT_YEARS = re.compile(r"[?~%]\d\d(\d\d)-(\d\d)", re.ASCII)
"""A mark, a year and a month, which may be meant as two years: ~1900-10."""

_DASHES = re.compile(r"[‐‑‒–—−]")


@lru_cache(10_000)  # many entries have the same date; that of an entry is asked for twice
def read(text: str, calendar: Calendar = "gregorian") -> HistoricalDate:
    """Return the date that an EDTF text names, or raise a ValueError that says what to write.

    A part of a year that people may mean as two years is refused: ``1936-37`` is January to April
    1936 in EDTF, and 1936 to 1937 for most people. Both can be written without doubt.
    """
    try:
        found = parse(text, calendar)
    except NoDate as error:
        if error.month is None:
            raise ValueError(f'"{text}" is no date; {mend(text)}') from error
        raise ValueError(f"{error}{mend_month(error.text)}") from error
    if found.precision == "day":  # nearly all are
        return found
    for part in (found, *found.parts):
        if part and (asks := _two_years(part)):
            raise ValueError(asks)
    years = _ABOUT_YEARS.fullmatch(text)
    if years and years[2] > years[1]:
        from onthisday.dates.typed_dates import MONTH_OR_YEARS

        raise ValueError(f'"{text}": {MONTH_OR_YEARS}')
    return found


def _two_years(found: HistoricalDate) -> str | None:
    """Return the error message for ``1936-37``: how to write what each person means."""
    year, number = found.year, found.month or 0
    if found.precision != "season" or year is None or number < 25:
        return None
    from onthisday.dates.typed_dates import double_year  # few dates are such
    from onthisday.dates.typed_doubts import in_months, may_be_two_years

    if not may_be_two_years(year, number):
        return None
    if number == year % 100 + 1 and year < 1753:
        return f'"{found.edtf}" is a part of {year} in EDTF; {double_year(year)}'
    years = f"{year:04}/{year - year % 100 + number:04}"
    return (
        f'"{found.edtf}" is a part of {year} in EDTF, and may be meant as two years; '
        f'write the part as "{in_months(year, number)}", or the years as "{years}"'
    )


def mend(text: str) -> str:
    """Return the last words of an error message: what to write if a text is not a date."""
    from onthisday.dates.typed_dates import Ask  # only after a mistake, as in `meant_by`

    try:
        if found := meant_by(text):
            calendar: Calendar = "julian" if found.julian else "gregorian"
            more = " with calendar: julian" if found.julian else ""
            return f'write "{parse(found.edtf, calendar).edtf}"{more}'
    except Ask as ask:
        return str(ask)
    except ValueError as error:
        if "impossible" in str(error):
            return str(error)
    return advice(text) or _EXAMPLES


def mend_month(text: str) -> str:
    """Return the last words of an error message about a month that does not exist.

    They say what to write for ``1936-42`` or ``1956-21-03``, or they are empty.
    """
    match = re.fullmatch(r"(\d\d)(\d\d)-(\d\d)", text)
    if match is None:
        is_season = re.search(r"-(?:2[1-9]|3\d|4[01])\b", text)
        return "; a season needs a year and no day" if is_season else ""
    century, year, number = match.groups()
    if int(number) == int(year) + 1 and int(century + year) < 1753:
        from onthisday.dates.typed_dates import double_year

        return f"; {double_year(int(century + year))}"
    years = f'"{century}{year}/{century}{number}"'
    return f"; if two years are meant, write {years}" if number > year else ""


def edtf_of(text: str) -> str | None:
    """Return the EDTF that a person most likely means, or None. The result is not checked yet.

    A date that is meant in the Julian calendar is not returned.
    """
    try:
        found = meant_by(text)
    except ValueError:
        return None
    return found.edtf if found and not found.julian else None


def meant_by(text: str) -> "Meant | None":
    """Return what a person most likely means, or None. Raises Ask if only the person knows.

    None also if the text is EDTF already. The date is not checked yet: it may not exist.
    """
    from onthisday.dates.typed_dates import meant

    whole = _THOUSANDS.sub("", normalize("NFC", text.lower()))  # 10,000 BC
    whole = _DASHES.sub("-", whole.strip(_CURLY)).replace("’", "'")
    plain = " ".join(whole.replace(",", " ").split())
    found = meant(_IN_BRACKETS.sub(r"\1", plain))
    return None if found is None or found.edtf == text else found
