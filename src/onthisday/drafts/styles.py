"""Styles: Old Style counts the days by the Julian calendar, New Style by the Gregorian one.

- Words beside a date may say its style: "25 October 1917 (Old Style)", "14 декабря ст. ст.".
- If nothing says it, the day and the language tell whether the calendar must be asked about. Before
  1582 nobody counted by the Gregorian calendar. England began in 1752, Russia in 1918. The text may
  be a translation or of another country, so this is never decided here.

Called by date_scan.py and mentions.py. Not here: two dates that are one day (pairs.py).
"""

import re

from onthisday.dates.calendars import Calendar, days_in_month
from onthisday.drafts.beside import Beside
from onthisday.drafts.languages.language import Language
from onthisday.drafts.reading import Reading

_DIGIT = re.compile(r"\d")
_BEFORE = 50
"""Code points before a date."""


def style_said(text: str, start: int, end: int, words: Beside) -> Calendar | None:
    """Return the calendar that the words beside ``text[start:end]`` name, or None."""
    found = words.style_after.match(text, end) or _before(text, start, words)
    if found is None:
        return None
    return "julian" if found["old"] else "gregorian"


def _before(text: str, start: int, words: Beside) -> re.Match[str] | None:
    """Return the style right before a date, or None. In "7 May O.S., 18 May" it is another's."""
    before = text[max(0, start - _BEFORE) : start]
    found = words.style_before.search(before)
    is_of_another = found and found["comma"] and _DIGIT.search(before, 0, found.start())
    return None if is_of_another else found


def in_style(reading: Reading, style: Calendar | None, language: Language) -> Reading | None:
    """Return a day with its style. Return None if the day does not exist.

    29 February 1900 is a day of the Julian calendar alone.
    """
    style = reading.style or style
    if _exists(reading, style or "gregorian"):
        return reading._replace(style=style) if style else reading
    if must_ask(reading._replace(style=style), language) and _exists(reading, "julian"):
        return reading._replace(style="julian")
    return None


def must_ask(reading: Reading, language: Language) -> bool:
    """Return True if a text in this language may count a day by the Julian calendar."""
    if reading.style is not None or reading.year is None or reading.day is None:
        return False
    return (reading.year, reading.month or 0, reading.day) < language.reformed


def _exists(reading: Reading, calendar: Calendar) -> bool:
    if reading.month is None or reading.day is None:
        return True
    return reading.day <= days_in_month(reading.year, reading.month, calendar)
