"""Read days in words: "the twenty-fifth of March 1672", "le premier mai 1848".

Without its year, no day is read: "the first of May" is often no date.

Called by date_scan.py.
"""

import re

from onthisday.drafts.forms import exists, may_count, month_number
from onthisday.drafts.grammar import Grammar
from onthisday.drafts.linked_years import is_of_other_era, linked_year
from onthisday.drafts.reading import Reading

_GOES_ON = re.compile(r"(?:\w-|\s(?:and|und|et|e|y|en|и|двадцать|тридцать|twenty|thirty|cent)\s)\Z")
"""If this stands before a number, it is the end of a longer one: "hundred and fifth"."""


def spelled_day(text: str, at: int, grammar: Grammar) -> tuple[Reading, ...]:
    """Read ``the fourth day of July 1776``, ``am ersten Mai 1848``."""
    match = grammar.spelled.match(text, at)
    if match is None or _GOES_ON.search(text, max(0, at - 12), at):
        return ()
    year, month = linked_year(match), month_number(match, grammar, sure=True)
    day = grammar.language.spelled["-".join(match["spelled"].lower().split())]
    if year is None or month is None or match["double"] or not exists(year, month, [day]):
        return ()
    if is_of_other_era(text, match.end()):
        return ()
    doubtful = may_count(text, match, year, grammar)
    return (Reading(at, match.end(), "day", year, month, day, ambiguous=doubtful),)
