"""Find dates that belong to the page and not to an event.

They stand in a masthead (a title line: ``HISTORY TODAY FEBRUARY 2006``), a stamp (the date and time
of printing or posting), a copyright line, or where a page says when it was changed, archived or
looked at. No entry is proposed from such a date, and it does not
help to find the year of other dates.

Called by mentions.py.
"""

import re

from onthisday.drafts.languages import LANGUAGES
from onthisday.drafts.reading import Reading
from onthisday.drafts.small_letters import small


def _words_of(field: str) -> str:
    """Return the words of all languages: a page's own words may be in another one than its text."""
    return "|".join(getattr(language, field) for language in LANGUAGES.values())


_COPYRIGHT = re.compile(r"(?:\(c\)\s?|\bcopyright\W{0,8})\Z")
_COPYRIGHT_SEEN = len("copyright") + 8
_CLOCK = re.compile(
    r"(?:T|[ ,]{1,2}(?:(?:at|à|um|в|om|alle(?:\sore)?|a\slas|às|-|\|)\s)?)\d{1,2}\s?(?::|h)\s?\d\d",
    re.IGNORECASE,
)
_CONSULTED = re.compile(rf"\s{{0,2}}(?:{_words_of('consulted')})\s?:?\s{{0,3}}")
_POSTED = re.compile(rf"\s{{0,2}}(?:{_words_of('posted')})\s?:?\s{{0,3}}")
_CLAUSE = re.compile(r"[|·•()\[.;,»–—]")
_FIELD = re.compile(r"[|·•(]")
"""Marks before the words that say that somebody looked at a source, or that a page was made."""
_WEEKDAY = re.compile(r"\b(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY\b")
_WORD = re.compile(r"[^\W\d_]{2,}")
_SHORT = 80
"""Code points: a longer line is no masthead and no stamp."""
_MOST_WORDS = 6
_BEFORE = 90


def is_furniture(paragraph: str, reading: Reading) -> bool:
    """Return True if a date belongs to a masthead, a stamp or a copyright line."""
    begin = paragraph.rfind("\n", 0, reading.start) + 1
    before = small(paragraph[max(begin, reading.start - _BEFORE) : reading.start])
    if _is_copyright(before) or _CONSULTED.fullmatch(_CLAUSE.split(before)[-1]):
        return True
    line = paragraph[begin : begin + _SHORT + 1].partition("\n")[0]
    return len(line) <= _SHORT and (
        _is_masthead(line, reading)
        or _is_stamp(paragraph, line, reading)
        or _POSTED.fullmatch(_FIELD.split(before.lstrip())[-1]) is not None
    )


def _is_copyright(before: str) -> bool:
    return "©" in before or _COPYRIGHT.search(before[-_COPYRIGHT_SEEN:]) is not None


def _is_masthead(line: str, reading: Reading) -> bool:
    """Return True for ``HISTORY TODAY FEBRUARY 2006``, not for ``STALIN DIES MARCH 5, 1953``.

    A masthead is a short line in capital letters. Its date is only a month, or has a weekday.
    """
    if not line.isupper() or not 2 < len(_WORD.findall(line)) <= _MOST_WORDS:
        return False
    return reading.precision == "month" or _WEEKDAY.search(line) is not None


def _is_stamp(paragraph: str, line: str, reading: Reading) -> bool:
    """Return True for ``Feb 25, 2025 03:12 29``: a date with a time and few other words."""
    clock = _CLOCK.match(paragraph, reading.end)
    return clock is not None and len(_WORD.findall(line)) <= _MOST_WORDS
