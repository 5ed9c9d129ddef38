"""Advice about a text that is not EDTF, if human_dates.py cannot guess a whole date from it.

The advice is made from the text. Example: for ``1956-02-25T10:00`` it says to leave the time of day
out. Called by human_dates.py and schema/nearest_forms.py.
"""

import re
from collections.abc import Callable

from onthisday.dates.edtf import parse


def advice(text: str) -> str | None:
    """Return the last words of an error message: what to write. None if there is no advice."""
    return next((said(text) for form, said in _SAID if form.search(text)), None)


def days_of_numbers(text: str) -> tuple[str, ...]:
    """Return the days that ``3/4/1956`` may mean, as EDTF: ``1956-04-03`` and ``1956-03-04``.

    A day that does not exist is left out, so ``25/4/1956`` has only one meaning.
    """
    match = re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", text.strip(), re.ASCII)
    if match is None:
        return ()
    one, other, year = match.groups()
    written = tuple(f"{year}-{int(m):02}-{int(d):02}" for m, d in ((other, one), (one, other)))
    return tuple(dict.fromkeys(day for day in written if _is_date(day)))


def _is_date(text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


def _days(text: str) -> str:
    days = " or ".join(f'"{day}"' for day in days_of_numbers(text))
    return f"write year, month and day: {days or 'YYYY-MM-DD'}"


def _marked_last(text: str) -> str:
    marks = set(re.findall("[?~%]", text))
    mark = marks.pop() if len(marks) == 1 else "%"
    return f'put the mark after the whole date: "{re.sub("[?~%]", "", text)}{mark}"'


def _written_out(text: str) -> str:
    match = re.fullmatch(r"Y?(-?\d{1,9})E(\d)", text)
    year = f"Y{int(match[1]) * 10 ** int(match[2])}" if match else text.partition("S")[0]
    return f"write the year out, without E and S: {year}"


def _year_alone(text: str) -> str:
    year = "-".join(text.split("-")[: 2 if text.startswith("Y-") else 1])
    return f"a year of five digits stands alone: {year}"


def _month_alone(text: str) -> str:
    month = text.lstrip("-").partition("-")[2]
    return f'a month in an unknown year is written with XXXX for the year: "XXXX-{month}"'


def _four_digits(text: str) -> str:
    year = int(text.removeprefix("Y"))
    written = f"{'-' if year < 0 else ''}{abs(year):04}"
    if text.startswith("Y"):
        return f"write a year of four digits without the Y: {written}"
    return f"write the year with four digits: {written} is {1 - year} BC"


_SAID: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = tuple(
    (re.compile(form, re.ASCII), said)
    for form, said in (
        (r"^\d{4}-\d\d-\d\d[T ]\d", lambda text: f'leave the time of day out: "{text[:10]}"'),
        (r"T\d|\d:\d", lambda _: "leave the time of day out, and write YYYY-MM-DD"),
        (r"^-?\d{3}X-|^-?\d\dXX-", _month_alone),
        (r"[?~%]-?\d|[?~%]X", _marked_last),
        (r"^Y-?\d+-\d", _year_alone),
        (r"^Y-?0*\d{1,4}$|^-\d{1,3}$", _four_digits),
        (r"^Y?-?\d+E\d|\dS\d", _written_out),
        (r"^\d{1,2}[./-]\d{1,2}[./-]\d{4}$", _days),
    )
)
"""Forms that people type, each with the function that makes the advice."""
