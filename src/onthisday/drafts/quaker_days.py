"""Read days in whose dates a month has only a number: "the 3rd of the 5th month 1672".

Quakers wrote so in English. Before 1752 their first month was March, of the Julian calendar. From
1753 on it is January. A year began on 25 March: the 11th and the 12th month of 1672 are January and
February 1673. Of the days from the 1st to the 24th of the first month nobody knows the year, so
they are left out. So is the time when England changed its calendar, from 1751 to 1752.

A text about China or Japan counts months too, by the moon. So a day is certain only if the name of
the month stands beside it: "the 5th month, called July".

Called by date_scan.py.
"""

import re

from onthisday.dates.calendars import Calendar
from onthisday.drafts.forms import exists
from onthisday.drafts.grammar import Grammar
from onthisday.drafts.languages.language import numbered
from onthisday.drafts.reading import Reading

_WORDS = numbered(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
)
_ORDINAL = r"(?:st|nd|rd|th|d)?"
_MONTH = (
    rf"(?:(?P<nth>\d{{1,2}}){_ORDINAL}|(?P<word>(?i:{'|'.join(_WORDS)})))[ -](?i:months?|mo)\.?"
)
_YEAR = (
    r"(?:,?\s\(?called\s(?P<called>\w{3,9})\)?)?,?\s{1,3}"
    r"(?P<year>1[678]\d\d)(?:[/-](?P<next>\d{1,4}))?(?![\w/-])"
)
_DAY_FIRST = re.compile(
    rf"(?P<day>\d{{1,2}}){_ORDINAL}(?:\sday)?(?:\sof)?(?:\s(?:the|ye))?\s{_MONTH}{_YEAR}"
)
_MONTH_FIRST = re.compile(rf"{_MONTH}(?:\sthe)?\s(?P<day>\d{{1,2}}){_ORDINAL}{_YEAR}")


def quaker_day(text: str, at: int, grammar: Grammar) -> tuple[Reading, ...]:
    """Read ``3rd of the 5th month, called July, 1672`` and ``5th mo. 3, 1672``."""
    if grammar.language.code != "en":
        return ()
    match = _DAY_FIRST.match(text, at) or _MONTH_FIRST.match(text, at)
    if match is None:
        return ()
    nth = _WORDS.get((match["word"] or "").lower()) or int(match["nth"])
    day, year, julian = int(match["day"]), int(match["year"]), int(match["year"]) < 1753
    month = (nth + 1) % 12 + 1 if julian else nth
    year += julian and month <= 2
    if not _is_known(match, nth, day) or not exists(year, month, [day]):
        return ()
    sure = grammar.months.get((match["called"] or "").lower()) == month
    style: Calendar = "julian" if julian else "gregorian"
    return (Reading(at, match.end(), "day", year, month, day, style=style, ambiguous=not sure),)


def _is_known(match: re.Match[str], nth: int, day: int) -> bool:
    """Return True if the year is known that a date means."""
    year = int(match["year"])
    if year >= 1753:
        return match["next"] is None
    return year < 1751 and 1 <= nth <= 12 and (nth > 1 or day > 24)
