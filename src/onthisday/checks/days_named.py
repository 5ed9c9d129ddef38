"""The days that a text names in full, in English: ``25 February 1956``, ``February 25, 1956``.

A small finder for what is wrong, not for drafts: what it does not see is not complained of.
"""

import re

from onthisday.dates.calendars import MONTHS
from onthisday.dates.edtf import parse

_NUMBERS = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}

_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" if name != "May" else name for name in MONTHS)
_MONTH = _MONTH.replace("Sep(?:tember)?", "Sept?(?:ember)?")

_DAY_FIRST = rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH})\.?,? (\d{{4}})\b"
_MONTH_FIRST = rf"\b({_MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?(?:, ?| )(\d{{4}})\b"
_NAMED = re.compile(f"{_DAY_FIRST}|{_MONTH_FIRST}")


def days_named(text: str) -> frozenset[str]:
    """Return as EDTF the days that a text names with their year; what is no day is left out."""
    found = set()
    for match in _NAMED.finditer(text):
        day, month, year, month_first, day_after, year_after = match.groups()
        number = _NUMBERS[(month or month_first)[:3].lower()]
        named = f"{year or year_after}-{number:02}-{int(day or day_after):02}"
        try:
            found.add(parse(named).edtf)
        except ValueError:
            continue
    return frozenset(found)
