"""Dates as people type them of which one part alone is in doubt, and quarters and halves of a year.

EDTF level 2 can say them: ``25 December c. 1890`` is 1890~-12-25, ``12 March [1874?]`` is
1874?-03-12, ``25 Dec 1560s`` is 156X-12-25, ``Q2 2001`` is 2001-34. Used by typed_dates.py and
human_dates.py.
"""

import re

from onthisday.dates import typed_words as words
from onthisday.dates.edtf_single import PARTS_OF_YEAR
from onthisday.dates.typed_parts import part_of

_END = r"(?![^\W\d_])[ ]?"
_YEAR_ALONE = tuple(
    (re.compile(rf"(?P<day>.+?) {form}"), mark)
    for form, mark in (
        (rf"{words.ABOUT}{_END}(?P<year>\d{{4}})", "~"),
        (rf"{words.PERHAPS}{_END}(?P<year>\d{{4}})", "?"),
        (r"[\[(](?P<year>\d{4}) ?\?[\])]", "?"),
        (r"[\[(](?P<year>\d{4})[\])]", ""),
        (r"(?:the )?(?P<year>\d\d[1-9])(?:0'?s|[-x])", "X"),
        (r"(?P<year>\d\d)(?:--|xx)", "XX"),
    )
)
"""A day or a month whose year is in doubt, and what to write after the digits of the year.

Not "the 1900s", which may be a century.
"""

_NTH = {
    nth: number
    for number, names in enumerate(("first i", "second ii", "third iii", "fourth iv"), 1)
    for nth in (str(number), *names.split())
}
_NUMBER = rf"(?P<nth>[1-4]|i{{1,3}}|iv|first|second|third|fourth){words.ORDINAL}"
_YEAR = rf"{words.OF} ?(?P<year>\d{{4}}){words.YEAR_WORD}"
_PARTS = tuple(
    (re.compile(form), before)
    for letter, names, before in (("q", words.QUARTER, 32), ("h", words.HALF, 39))
    for form in (
        rf"{letter}(?P<nth>[1-4])[ /-]?(?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}})[ /-]?{letter}(?P<nth>[1-4])",
        rf"(?:the )?{_NUMBER} ?{names} ?{_YEAR}",
    )
)
"""A part of a year, and the number of EDTF before its first one."""


def doubted(text: str) -> str | None:
    """Return the EDTF of a date whose year alone is in doubt, or of a part of a year."""
    return _year_in_doubt(text) or _part_of_year(text)


def _year_in_doubt(text: str) -> str | None:
    for form, mark in _YEAR_ALONE:
        match = form.fullmatch(text)
        digits = match["year"].ljust(4, "0") if match else ""
        day = match and part_of(f"{match['day']} {digits}")
        if match and day and day.month and day.edtf.startswith(f"{digits}-"):
            return f"{match['year']}{mark}{day.edtf[4:]}"
    return None


def _part_of_year(text: str) -> str | None:
    for form, before in _PARTS:
        match = form.fullmatch(text)
        number = before + _NTH[match["nth"]] if match else 0
        if match and number in PARTS_OF_YEAR:
            year = int(match["year"])
            return (
                in_months(year, number) if may_be_two_years(year, number) else f"{year:04}-{number}"
            )
    return None


def may_be_two_years(year: int, number: int) -> bool:
    """Return True if a part of a year looks as two years: ``1936-37``, ``1914-33``.

    ``2001-34`` does not: two years from 2000 on that do not follow each other would end after our
    days.
    """
    if year < 0 or number < 25:
        return False
    return number == year % 100 + 1 or (number > year % 100 and year < 2000)


def in_months(year: int, number: int) -> str:
    """Return a part of a year as nobody can misread it: as a season, or from month to month."""
    if number <= 32:
        return f"{year:04}-{21 + (number - 25) % 4}"
    first, last = PARTS_OF_YEAR[number]
    return f"{year:04}-{first:02}/{year:04}-{last:02}"
