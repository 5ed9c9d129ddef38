"""The dates of GEDCOM as EDTF: ``ABT``, ``BET … AND``, ``@#DJULIAN@``, phrases.

GEDCOM 5.5.1, "DATE_VALUE"; FamilySearch GEDCOM 7, "DateValue". ``BEF`` and ``AFT`` may mean the day
itself too, as version 7 says and as many people used them before it.

A date in our calendar or in the Julian one keeps it. Other calendars are converted: a day to a day,
a month or a year to "one of these days". If a date mixes calendars, all of it is converted.

Programs also write dates that are none in GEDCOM, such as ``12. März 1850``. They are read as what
people type (dates/human_dates.py), if they can mean one thing only.

Called by gedcom_people.py and gedcom_facts.py.
"""

import re
from typing import NamedTuple

from onthisday.dates.calendars import Calendar
from onthisday.dates.historical_date import HistoricalDate
from onthisday.dates.human_dates import edtf_of, mend, read
from onthisday.dates.typed_dates import meant
from onthisday.importers.gedcom_day import Day, NoDay, day_of, in_words

_LONGEST = 200
"""Characters. No date is longer."""

_PHRASE = re.compile(r"(.*?) ?\((.*)\)")
_FORM = re.compile(
    r"(?:(?P<word>ABT|CAL|EST|INT|BEF|AFT|FROM|TO|BET)\.? ?(?=[@A-Z0-9_]))?(?P<first>.+?)"
    r"(?: (?P<and>AND|TO) (?P<second>.+))?"
)
_ALONE = {
    "": "{}", "ABT": "{}~", "CAL": "{}~", "EST": "{}~", "INT": "{}?", "BEF": "[..{}]",
    "TO": "[..{}]", "AFT": "[{}..]", "FROM": "[{}..]",
}  # fmt: skip
_BOTH = {("BET", "AND"): "[{}..{}]", ("FROM", "TO"): "{}/{}"}
_DOUBLE_YEAR = re.compile(r"(?<![0-9/])([0-9]{3,4})/([0-9]{1,2}|[0-9]{4})(?![0-9/])")
_NO_DATE = (
    "this is no date of GEDCOM; write it as in 12 MAR 1850, MAR 1850, ABT 1850, BET 1850 AND 1855"
)
_ESCAPE = re.compile(r"@#D[^@]*@ ?")


class Dated(NamedTuple):
    """A date. ``as_written``: its words in the file, if they say what EDTF cannot."""

    date: HistoricalDate
    as_written: str | None = None


def dated(text: str, phrase: str = "") -> Dated:
    """Return the date that a text on one line means. Raises NoDay.

    ``phrase``: what version 7 has in a line PHRASE below the date.
    """
    if len(text) > _LONGEST:
        raise NoDay("it is too long to be a date")
    in_brackets = _PHRASE.fullmatch(text)
    if in_brackets:
        text, phrase = in_brackets[1], in_brackets[2]
    if not text:
        raise NoDay("these are words only; write the date before them: INT 1850 (about 1850)")
    found = (
        _double(text.upper())
        if _DOUBLE_YEAR.search(text)
        else _formed(text.upper()) or _typed(text)
    )
    return found._replace(as_written=phrase) if phrase else found


def _formed(text: str) -> Dated | None:
    """Read a date as GEDCOM writes it; None if it is none."""
    form = _FORM.fullmatch(text)
    if form is None:
        return None
    days = [day_of(part) for part in (form["first"], form["second"]) if part]
    word = form["word"] or ""
    shape = _BOTH.get((word, form["and"])) if form["and"] else _ALONE.get(word)
    if shape is None or not all(days):
        return None
    told = [day for day in days if day]
    calendars = {day.ours for day in told}
    if len(calendars) == 1 and (calendar := calendars.pop()):
        return Dated(_read(shape.format(*(day.edtf for day in told)), calendar))
    return Dated(_read(_converted(shape, told), "gregorian"), in_words(text))


def _converted(shape: str, days: list[Day]) -> str:
    """Return the EDTF of dates in other calendars: the first and the last day that they mean."""
    first, last = days[0].edges()[0], days[-1].edges()[1]
    if len(days) == 2 or "[{}" in shape:
        return shape.format(first, last)
    if first == last or "{}]" in shape:
        return shape.format(last)
    return f"[{shape.format(first)}..{shape.format(last)}]"


def _double(text: str) -> Dated:
    """Read ``11 FEB 1731/32``: a year that began on 25 March. The later one is meant, and Julian.

    A date in the new style has one year. So two years say that the old style is meant.
    """
    try:
        found = meant(text.lower())
    except ValueError as error:
        raise NoDay(str(error)) from error
    if found is None:
        raise NoDay(_NO_DATE)
    calendar: Calendar = "julian" if found.julian else "gregorian"
    return Dated(_read(found.edtf, calendar), in_words(_ESCAPE.sub("", text)))


def _typed(text: str) -> Dated:
    """Read a date that is no GEDCOM, if it can mean one thing only."""
    try:
        return Dated(read(text), None)
    except ValueError:
        edtf = edtf_of(text)
    if edtf is None:
        advice = mend(text)
        raise NoDay(_NO_DATE if "EDTF" in advice else advice)
    return Dated(_read(edtf, "gregorian"), text)


def _read(edtf: str, calendar: Calendar) -> HistoricalDate:
    try:
        return read(edtf, calendar)
    except ValueError as error:
        raise NoDay(str(error)) from error
