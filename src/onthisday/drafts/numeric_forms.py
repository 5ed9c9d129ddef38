"""Read days that are written in numbers: ``1956-02-25``, ``25. 2. 1956``, ``25.II.1956``.

Called by date_scan.py.
"""

import re

from onthisday.drafts.forms import exists
from onthisday.drafts.grammar import Grammar
from onthisday.drafts.not_days import belongs_to_word, is_torn_before
from onthisday.drafts.reading import Reading
from onthisday.drafts.roman import MONTHS


def numeric(text: str, at: int, grammar: Grammar) -> tuple[Reading, ...]:
    """Read ``1956-02-25``, ``25.02.1956``, ``25/02/1956``, ``25. 2. 1956``, ``25.II.1956``.

    If the year is last, the day comes first, unless that is impossible.
    """
    match = grammar.numeric.match(text, at)
    if match is None or text[max(0, at - 1) : at] in tuple("-./,:") or _is_loose(match):
        return ()
    if is_torn_before(text, at) or belongs_to_word(text, at, grammar):
        return ()
    first, third = int(match["first"]), int(match["third"])
    roman = match["roman"]
    second = MONTHS.get(roman.upper(), 0) if roman else int(match["second"])
    if len(match["first"]) == 4 and len(match["third"]) <= 2:
        year, month, day, ambiguous = first, second, third, False
    elif len(match["third"]) == 4 and len(match["first"]) <= 2:
        month, day = (first, second) if second > 12 else (second, first)
        year, ambiguous = third, max(first, second) <= 12 and first != second and not roman
    else:
        return ()
    if not exists(year, month, [day]):
        return ()
    spaced = "." in match["mark"] and any(map(str.isspace, match[0]))  # never month first
    ambiguous = ambiguous and not grammar.language.day_first and not spaced
    return (Reading(at, match.end(), "day", year, month, day, ambiguous=ambiguous),)


def _is_loose(match: re.Match[str]) -> bool:
    """Return True if spaces show that numbers are no date: only ``5. 8. 1896``, ``5 VIII 1896``."""
    if not any(map(str.isspace, match[0])):
        return False
    roman = match["roman"] or ""
    spaced = match["mark"] == "." or (len(roman) > 1 and roman.isupper())
    return not spaced or len(match["third"]) != 4
