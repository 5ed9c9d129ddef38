"""Dates that people type. If a date is not EDTF, the error says what to write.

Example: ``c. 1950`` is refused, and the error ends with ``write "1950~"``. The person decides. The
program never uses its own guess as the date. Only edtf.py reads dates. typed_dates.py works out
what is meant.

Called by schema/, for every date in the almanac's files.
"""

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from onthisday.dates.calendars import Calendar
from onthisday.dates.date_advice import advice
from onthisday.dates.edtf import HistoricalDate, NoDate, parse

if TYPE_CHECKING:
    from onthisday.dates.typed_dates import Meant

_EXAMPLES = 'write it as EDTF: "1956-02-25", "1953-03", "1964", "1934?", "1950~", "1938/1947"'

_CURLY = "“”„‘’‚«»"
"""Quotation marks that do not quote in YAML: they become part of the value."""

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3} ?bce?\b)", re.ASCII)
_IN_BRACKETS = re.compile(r"^[\[(]([^\[\]()]*)[\])]$")
"""A date that a librarian has put in brackets, because the book does not tell it."""
_DASHES = re.compile(r"[‐‑‒–—−]")


def read(text: str, calendar: Calendar = "gregorian") -> HistoricalDate:
    """Return the date that an EDTF text names, or raise a ValueError that says what to write."""
    try:
        return parse(text, calendar)
    except NoDate as error:
        if error.month is None:
            raise ValueError(f'"{text}" is no date; {mend(text)}') from error
        raise ValueError(f"{error}{mend_month(error.text)}") from error


def mend(text: str) -> str:
    """Return the last words of an error message: what to write if a text is not a date."""
    from onthisday.dates.typed_dates import Ask  # only after a mistake, as in `_meant`

    try:
        if found := _meant(text):
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

    They say what to write for ``1936-37`` or ``1956-33``, or they are empty. A number from 25 to 41
    may be meant as a season, as three or four months (EDTF level 2 has such numbers), or as a
    second year.
    """
    match = re.fullmatch(r"(\d\d)(\d\d)-(\d\d)", text)
    if match is None:
        return "; a season needs a year and no day" if re.search(r"-2[1-4]\b", text) else ""
    century, year, number = match.groups()
    if int(number) == int(year) + 1 and int(century + year) < 1753:
        from onthisday.dates.typed_dates import double_year

        return f"; {double_year(int(century + year))}"
    if 25 <= int(number) <= 41:
        months = f'"{century}{year}-01/{century}{year}-03"'
        years = f', and years as "{century}{year}/{century}{number}"' if number > year else ""
        return f"; write some months as an interval, {months}{years}"
    years = f'"{century}{year}/{century}{number}"'
    return f"; if two years are meant, write {years}" if number > year else ""


def edtf_of(text: str) -> str | None:
    """Return the EDTF that a person most likely means, or None. The result is not checked yet.

    A date that is meant in the Julian calendar is not returned.
    """
    try:
        found = _meant(text)
    except ValueError:
        return None
    return found.edtf if found and not found.julian else None


def _meant(text: str) -> "Meant | None":
    """Return what a person most likely means, or None. Raises Ask if only the person knows."""
    from onthisday.dates.typed_dates import meant

    whole = _THOUSANDS.sub("", normalize("NFC", text.lower()))  # 10,000 BC
    whole = _DASHES.sub("-", whole.strip(_CURLY)).replace("’", "'")
    plain = " ".join(whole.replace(",", " ").split())
    found = meant(_IN_BRACKETS.sub(r"\1", plain))
    return None if found is None or found.edtf == text else found
