"""The year in the words of a line of `calendar(1)`: ``…, 1927``, ``…, 44 BC``, ``(1613 год)``.

A year counts if it stands at the end, or after a comma: "DeWitt B. Brace born, 1859, inventor of
the spectrophotometer". Another number is no year of the line: "Michigan 49 - Stanford 0".

Called by calendar.py. Not here: the date before the tab (calendar_dates.py).
"""

import re
from typing import NamedTuple


class Year(NamedTuple):
    """A year, and the words without it.

    - ``number``: as astronomers count: 0 is 1 BC. None if no year stands there.
    - ``words``: without a year at their end, if a comma or brackets part it from them.
      Any other year stays.
    - ``uncertain``: a question mark stands behind the year.
    """

    number: int | None
    words: str
    uncertain: bool = False


_ERA = r" ?(?:B\.? ?C\.?(?: ?E\.?)?|v\. ?Chr\.?|av\. J\.-?C\.|a\. ?C\.|до н\. ?э\.)"
_AD = r" ?(?:A\.D\.|AD|CE|n\. ?Chr\.|год[ау]?|г\.|року|рік)"
_NUMBER = rf"(?P<year>\d{{3,4}}|\d{{1,2}}(?={_ERA}))(?:(?P<bc>{_ERA})|{_AD})?(?P<doubt>\?)?"
_AT_END = re.compile(rf"(?:,\s*(?:AD )?{_NUMBER}|\s\({_NUMBER.replace('?P<', '?P<in_')}\))[.\s]*$")
_LAST = re.compile(rf"(?<![-–—+/&])\s{_NUMBER}\)?[.\s]*$")
_INSIDE = re.compile(rf",\s+(?:AD )?{_NUMBER}(?=[,;.)]|\s(?:in|at|on|to|as|\())")
_BRACKETS = re.compile(r"\([^()]*\)")
_MOST = 2200
"""A larger number is no year of something that happened."""


def year_in(words: str) -> Year:
    """Return the year of a line, and its words."""
    at_end = _AT_END.search(words)
    if at_end and (found := _year(at_end, words[: at_end.start()].rstrip(" ,;"))):
        return found
    outside = _BRACKETS.sub(lambda match: "(" * len(match[0]), words)
    inside = [match for match in _INSIDE.finditer(outside) if int(match["year"]) <= _MOST]
    if len(inside) == 1:
        return _year(inside[0], words) or Year(None, words)
    last = _LAST.search(words)
    if last and not inside and (len(last["year"]) == 4 or last["bc"]):
        return _year(last, words) or Year(None, words)
    return Year(None, words)


def _year(match: re.Match[str], words: str) -> Year | None:
    parts = match.groupdict()
    number = int(parts["year"] or parts["in_year"])
    if not 0 < number <= _MOST or not words:
        return None
    is_bc = parts["bc"] or parts.get("in_bc")
    return Year(
        1 - number if is_bc else number, words, bool(parts["doubt"] or parts.get("in_doubt"))
    )
