"""Which year stands beside a month: ``1956``, ``44 BC``, ``MDCCCXLVIII``, ``1731/32``.

Called by the forms of days and months.
"""

import re

from onthisday.drafts.roman import roman_year

_LAST_DOUBLE = 1751
"""The last double year is 1751/52. Then England began its years on 1 January."""
_OTHER_ERA = re.compile(
    r"(?:,?\s{1,3}\d{1,4}(?:\s(?:года|г\.))?)?,?\s{0,3}[(\[]?"
    r"(?:A\.?\s?U\.?\s?C\b|A\.?\s?H\b|(?i:a\.\s?u\.\s?c\.|ab\surbe|anno\s(?:mundi|hegirae)"
    r"|(?:de\sla|da|de\sl[’']|dell[’']|of\sthe|der)\s?(?:h[ée]gir|hijr|hidsch|egira)"
    r"|(?:от|со?)\s(?:основания|сотворения)|по\sхиджре|хиджры))"
)
"""Marks of an era that does not count from the birth of Christ, after a date."""


def linked_year(match: re.Match[str]) -> int | None:
    """Return the year that stands beside a month, or None. There is a year 0: it is 1 BC."""
    if match["counted"]:
        counted = int(match["counted"])
        return 1 - counted if match["before"] else counted
    if match["roman"]:
        return roman_year(match["roman"])
    year = match["year"] or match["after"] or match["behind"] or match["early"]
    return int(year) + is_double(match) if year else None


def is_double(match: re.Match[str]) -> bool:
    """Return True for ``1731/32``: it began on 25 March 1731, and is 1732 as years are counted now.

    In such a year the last days, from 1 January to 24 March, have both numbers.
    """
    first, second = match["year"], match["double"]
    if not second or int(first) > _LAST_DOUBLE:
        return False
    return str(int(first) + 1).endswith(second)


def is_of_other_era(text: str, end: int) -> bool:
    """Return True if the date that ends at a place does not count from the birth of Christ."""
    return _OTHER_ERA.match(text, end) is not None
