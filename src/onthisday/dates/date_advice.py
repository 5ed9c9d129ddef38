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
    if not days:
        return "there is no such day; write year, month and day: YYYY-MM-DD"
    return f"write year, month and day: {days}"


def _unknown_digits(text: str) -> str:
    return f'write X for a digit that is not known: "{text.replace("?", "X")}"'


def _one_mark(text: str) -> str:
    mark = "%" if {"?", "~"} <= set(text) or "%" in text else text[-1]
    return f'write one mark: "{text.rstrip("?~%")}{mark}"; "%" is uncertain and approximate'


def _with_y(text: str) -> str:
    return f'begin such a year with Y: "Y{text}"'


def _year_alone(text: str) -> str:
    year = "-".join(text.split("-")[: 2 if text.startswith("Y-") else 1])
    return f"such a year stands alone: {year}"


def _four_digits(text: str) -> str:
    digits, _, zeros = text.removeprefix("Y").partition("E")
    year = int(digits) * 10 ** int(zeros or 0)
    written = f"{'-' if year < 0 else ''}{abs(year):04}"
    if text.startswith("Y"):
        return f"write a year of four digits without the Y: {written}"
    return f"write the year with four digits: {written} is {1 - year} BC"


_SAID: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = tuple(
    (re.compile(form, re.ASCII), said)
    for form, said in (
        (r"^\d{4}-\d\d-\d\d[T ]\d", lambda text: f'leave the time of day out: "{text[:10]}"'),
        (r"T\d|\d:\d", lambda _: "leave the time of day out, and write YYYY-MM-DD"),
        (r"^(?=.*\?)[\d?]{4}(?:-[\d?]{2}){0,2}$", _unknown_digits),
        (r"^-?[\dX]{4}(?:-[\dX]{2}){0,2}[?~%]{2,}$", _one_mark),
        (r"^Y-?\d+(?:E\d+)?(?:S\d+)?-\d|^-?\d{4}S\d+-\d", _year_alone),
        (r"^Y-?0*\d{1,4}(?:E[0-4])?$|^-\d{1,3}$", _four_digits),
        (r"^-?[1-9]\d*E\d{1,2}$", _with_y),
        (r"^\d{1,2}[./-]\d{1,2}[./-]\d{4}$", _days),
    )
)
"""Forms that people type, each with the function that makes the advice."""
