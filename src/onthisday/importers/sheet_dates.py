"""The date in a cell, as EDTF: typed by a person, or made by a spreadsheet program.

A program turns what people type into its own dates, and writes them into a CSV file as they look on
the screen: ``2/25/1956``, ``1956-02-25 00:00:00``, ``20510``. Where only the person knows what is
meant, nothing is guessed: NoDate asks.

Called by sheet_rows.py.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from onthisday.dates import human_dates
from onthisday.dates import typed_words as words
from onthisday.dates.calendars import Calendar
from onthisday.dates.date_advice import days_of_numbers
from onthisday.dates.typed_parts import part_of

Order = Literal["day", "month"]
"""What comes first in ``12/05/1920``."""


class Dated(NamedTuple):
    """The date of a cell. ``as_written``: what stood there, if a person wrote it in another way."""

    edtf: str
    julian: bool = False
    as_written: str | None = None


class NoDate(ValueError):
    """A cell is no date, or may be several. The message says so, and what to write."""


_MIDNIGHT = re.compile(r"[T ]+(?:0?0:00(?::00(?:[.,]0+)?)?|12:00(?::00)? ?[AaPp][Mm])$")
"""The time of day that spreadsheets write after a day that has none."""

_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})[./-](?:\d{4}|\d\d)", re.ASCII)
_NUMBER = re.compile(r"\d\d?")
_COUNTED = re.compile(r"\d{5}(?:[.,]\d+)?", re.ASCII)
_YEAR = re.compile(r"(\d)[.,' \u00a0\u202f]?(\d{3})(?:[.,]0+)?", re.ASCII)
"""A year that a spreadsheet takes for an amount: ``1,956``, ``1956.0``."""

_WITH_HYPHENS = re.compile(r"(?<=[^\W\d_])\.?-(?=\d)|(?<=\d)-(?=[^\W\d_])")
_FIRST_YEARS = re.compile(
    rf"(?P<between>{words.BETWEEN}) (?P<one>\d{{1,3}}) {words.AND} (?P<other>\d{{1,3}})",
    re.IGNORECASE,
)
_CIRCA_BY = re.compile(r"^c(?:irca|a\.?|\.)\d{1,3}[dmy] ", re.IGNORECASE)
"""About, by so many days, months or years, as the package historicaldate writes it."""

_NOTHING = {"?", "??", "-", "–", "—", "n/a", "n. a.", "unknown", "unbekannt", "none", "null", "nan"}


def order_of(cells: Iterable[str], sign: str) -> Order | None:
    """Return what comes first in all dates of a column, or None if nothing decides, or too much.

    A number above 12 decides, because it is no month. ``sign``: what stands between the numbers.
    Why only these dates count: ``02/29/1956`` says nothing of ``07.01.1904`` beside it.
    """
    found = set[Order]()
    for cell in cells:
        numbers = _NUMBERS.match(cell.strip())
        if numbers and numbers[2] == sign:
            if int(numbers[1]) > 12:
                found.add("day")
            if int(numbers[3]) > 12:
                found.add("month")
    return found.pop() if len(found) == 1 else None


def is_nothing(cell: str) -> bool:
    """Return True for what people and programs write into a cell of which they know nothing."""
    return cell.casefold() in _NOTHING


def date_of(
    cell: str, order: Callable[[str], Order | None] = lambda _: None, *, julian: bool = False
) -> Dated:
    """Return the date of a cell. Raises NoDate.

    ``order`` is asked only if the day and the month cannot be told from each other. It gets the
    sign between them.
    """
    whole = cell.strip()
    whole = whole if whole.isascii() else "".join(map(_ascii_digit, whole))
    text = _MIDNIGHT.sub("", whole)
    found = _by_numbers(text, order) or _by_words(text, "julian" if julian else "gregorian")
    typed = found.as_written and text == whole
    return found._replace(as_written=cell.strip() if typed else None)


def date_of_parts(year: str, month: str, day: str, *, julian: bool = False) -> Dated:
    """Return the date of three cells. Month and day may be empty. Raises NoDate."""
    if day and not month:
        raise NoDate("has a day and no month; add the month, or take the day out")
    years = _YEAR.fullmatch(year)
    whole = "".join(years.groups()) if years else year
    parts = [whole, *(part for part in (month, day) if part)]
    if re.fullmatch(r"-?\d{4}", whole, re.ASCII) and all(map(_NUMBER.fullmatch, parts[1:])):
        written = "-".join([whole, *(f"{int(part):02}" for part in parts[1:])])
        return date_of(written, julian=julian)._replace(as_written=None)
    if whole.startswith("-"):
        raise NoDate(f'"{whole}": {human_dates.mend(whole)}')
    named = _MONTHS.get(month.lstrip("0"), month)
    return date_of(" ".join(part for part in (day, named, whole) if part), julian=julian)


_MONTHS = {str(number): name for name, number in reversed(words.MONTHS.items())}


def _ascii_digit(char: str) -> str:
    return str(int(char)) if char.isdecimal() and not char.isascii() else char


def _by_numbers(text: str, order: Callable[[str], Order | None]) -> Dated | None:
    if years := _YEAR.fullmatch(text):
        return Dated("".join(years.groups()))
    if _COUNTED.fullmatch(text):
        raise NoDate(_counted(text))
    days = _days(text)
    if len(days) == 2 and days[0] != days[1]:
        sign = next(char for char in text if not char.isdigit())
        return Dated(_in_order(text, days, order(sign)), as_written=text)
    return Dated(days[0], as_written=text) if days else None


_days = lru_cache(4096)(days_of_numbers)  # many rows have one date


def _in_order(text: str, days: tuple[str, ...], order: Order | None) -> str:
    if order is None:
        raise NoDate(
            f'"{text}" may be "{days[0]}" or "{days[1]}", and the other rows do not say '
            "whether the day or the month comes first; write the one that is meant"
        )
    return days[0] if order == "day" else days[1]


def _counted(text: str) -> str:
    """Return the message about a day that a spreadsheet counts from 1900, or from 1904."""
    days = timedelta(int(text[:5]))
    first, other = date(1899, 12, 30) + days, date(1904, 1, 1) + days
    return (
        f'"{text}" is a day as spreadsheets count them: {first}, or {other} if they count from '
        "1904; give the column a format of dates, and save the file again"
    )


@lru_cache(4096)
def _by_words(text: str, calendar: Calendar) -> Dated:
    try:
        found = human_dates.read(text, calendar)
    except ValueError as error:
        return _meant(text, calendar, str(error))
    return Dated(found.edtf, julian=calendar == "julian")


def _meant(text: str, calendar: Calendar, otherwise: str) -> Dated:
    """Return what a person means. ``otherwise``: what to say if it is not known."""
    plain = _CIRCA_BY.sub("circa ", _WITH_HYPHENS.sub(" ", text))
    plain = _FIRST_YEARS.sub(_four_digits, plain)
    try:
        found = human_dates.meant_by(plain)
        julian = calendar == "julian" or (found is not None and found.julian)
        if found is not None:
            edtf = human_dates.read(found.edtf, "julian" if julian else "gregorian").edtf
            return Dated(edtf, julian=julian, as_written=text)
    except ValueError as error:
        raise NoDate(f'"{text}": {error}') from error
    part = part_of(plain.lower())
    if part and part.month and part.year is None:
        raise NoDate(f'"{text}" has no year; add it')
    raise NoDate(otherwise)


def _four_digits(years: re.Match[str]) -> str:
    """Return ``between 0047 and 0050``: two numbers that follow each other are the first years."""
    return f"{years['between']} {int(years['one']):04} and {int(years['other']):04}"
