"""Dates that people type. If a date is not EDTF, the error says what to write.

Example: ``c. 1950`` is refused, and the error ends with ``write "1950~"``. The person decides. The
program never uses its own guess as the date. Only edtf.py reads dates.

Called by schema/, for every date in the almanac's files.
"""

import re
from collections.abc import Callable

from onthisday.dates.calendars import MONTHS, Calendar
from onthisday.dates.date_advice import advice
from onthisday.dates.edtf import HistoricalDate, NoDate, parse

_EXAMPLES = 'write it as EDTF: "1956-02-25", "1953-03", "1964", "1934?", "1950~", "1938/1947"'

_CURLY = "“”„‘’‚«»"
"""Quotation marks that do not quote in YAML: they become part of the value."""

_NAMES = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)} | {
    "spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24,
}  # fmt: skip

_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|fall|winter)\.?"
)
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_ERA = r"((?:ad ?)?\d{1,4}(?: ?(?:bce?|ad|ce))?|\d{5} ?bce?)"
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3} ?bce?\b)", re.ASCII)
_ABOUT = re.compile(r"(?:(?:c|ca|cca|circa|about|around|approx|approximately)\b\.?|~) ?", re.ASCII)
_PERHAPS = re.compile(r"(?:perhaps|possibly|probably|maybe)\b ?", re.ASCII)


def read(text: str, calendar: Calendar = "gregorian") -> HistoricalDate:
    """Return the date that an EDTF text names, or raise a ValueError that says what to write."""
    try:
        return parse(text, calendar)
    except NoDate as error:
        if error.month is None:
            raise ValueError(f"{error}; {mend(error.text)}") from error
        raise ValueError(f"{error}{mend_month(error.text)}") from error


def mend(text: str) -> str:
    """Return the last words of an error message: what to write if a text is not a date."""
    proposal = edtf_of(text)
    try:
        if proposal is not None:
            return f'write "{parse(proposal).edtf}"'
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
    if 25 <= int(number) <= 41:
        months = f'"{century}{year}-01/{century}{year}-03"'
        years = f', and years as "{century}{year}/{century}{number}"' if number > year else ""
        return f"; write some months as an interval, {months}{years}"
    years = f'"{century}{year}/{century}{number}"'
    return f"; if two years are meant, write {years}" if number > year else ""


def edtf_of(text: str) -> str | None:
    """Return the EDTF that a person most likely means, or None. The result is not checked yet."""
    whole = _THOUSANDS.sub("", text.lower())  # 10,000 BC
    whole = whole.strip(_CURLY)
    plain = " ".join(whole.replace("\N{EN DASH}", "-").replace(",", " ").split())
    proposal = _qualified(plain)
    return None if proposal == text else proposal


def _qualified(text: str) -> str | None:
    """Take off words such as "perhaps" and "about", and put ``?``, ``~`` or ``%`` at the end."""
    doubt = _PERHAPS.match(text)
    sure = text[doubt.end() :] if doubt else text.removesuffix("(?)")
    near = _ABOUT.match(sure)
    exact = sure[near.end() :] if near else sure
    marks = ("?" if sure != text else "") + ("~" if near else "")
    found = _bare(exact.strip())
    mark = "%" if len(marks) > 1 else marks
    return found and found.replace("/", f"{mark}/") + mark  # each end of an interval has it


def _bare(text: str) -> str | None:
    for form, written in _FORMS:
        match = form.fullmatch(text)
        if match is not None:
            return written(*match.groups())
    return None


def _year(text: str) -> str:
    """Return a year as EDTF writes it: ``-0043`` for ``44 bc``, ``Y-11999`` for ``12000 bc``."""
    number = int(re.sub(r"\D", "", text))
    if number > 10_000:
        return f"Y-{number - 1}"
    return f"-{number - 1:04}" if "b" in text and number > 1 else f"{number - ('b' in text):04}"


def _month(text: str) -> str:
    return f"{_NAMES.get(text) or _NAMES[text[:3]]:02}"


def _named(day: str | None, month: str, year: str) -> str:
    return f"{_year(year)}-{_month(month)}" + (f"-{int(day):02}" if day else "")


def _numbered(year: str, month: str, day: str) -> str:
    return f"{year}-{int(month):02}-{int(day):02}"


def _century(number: str, era: str | None) -> str | None:
    return None if era or int(number) == 0 else f"{int(number) - 1:02}XX"


_FORMS: tuple[tuple[re.Pattern[str], Callable[..., str | None]], ...] = tuple(
    (re.compile(form, re.ASCII), written)
    for form, written in (
        (_ERA, _year),
        (r"(-?\d{4}) \?", lambda year: f"{year}?"),
        (r"(-?\d{4}) ~", lambda year: f"{year}~"),
        (r"(?:the )?(\d{3})0'?s", lambda decade: f"{decade}X"),
        (r"(?:the )?(\d{1,2})(?:st|nd|rd|th) century( bce?)?", _century),
        (rf"{_DAY} (?:of )?{_MONTH} {_ERA}", _named),
        (rf"{_MONTH} {_DAY} {_ERA}", lambda month, day, year: _named(day, month, year)),
        (rf"{_MONTH} (?:of )?{_ERA}", lambda month, year: _named(None, month, year)),
        (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", _numbered),
        (r"(\d{4})(\d\d)(\d\d)", _numbered),
        (r"(\d{4})[-/.](\d)", lambda year, month: f"{year}-{int(month):02}"),
        (r"(?:from )?(\d{4}) ?(?:-|to|until|\.\.) ?(\d{4})", lambda a, b: f"{a}/{b}"),
        (r"(\d{4}) (?:or|/) (\d{4})", lambda a, b: f"[{a},{b}]"),
        (r"between (\d{4}) and (\d{4})", lambda a, b: f"[{a}..{b}]"),
        (r"before (\d{4})", lambda year: f"[..{int(year) - 1:04}]"),
        (r"after (\d{4})", lambda year: f"[{int(year) + 1:04}..]"),
        (r"(?:by|until) (\d{4})", lambda year: f"[..{year}]"),
        (r"(?:since|from) (\d{4})", lambda year: f"[{year}..]"),
    )
)
