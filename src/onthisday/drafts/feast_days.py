"""Read a feast with its year as a day: "Christmas Day 1914", "Allerheiligen 1755".

Only feasts that have the same date each year are known, not Easter. A time such as "Christmas 1914"
is a month. Without its year a feast is no date.

Called by date_scan.py.
"""

from onthisday.drafts.forms import exists, from_about
from onthisday.drafts.grammar import Grammar, feast_key
from onthisday.drafts.linked_years import linked_year
from onthisday.drafts.reading import Reading

_SEEN = 40
"""How many code points before a feast to look at."""


def feast(text: str, at: int, grammar: Grammar) -> tuple[Reading, ...]:
    """Read ``Christmas Day 1914``, but not "the eve of Christmas Day 1914".

    Nor "Silvester 1899/1900": that is a night, and nobody knows which of the two years is meant.
    """
    match = grammar.feast.match(text, at)
    if match is None or grammar.not_the_feast.search(text, max(0, at - _SEEN), at):
        return ()
    month, _, day = grammar.feasts[feast_key(match["feast"])].partition("-")
    year = linked_year(match)
    if year is None or match["double"] or not exists(year, int(month), [int(day or 1)]):
        return ()
    begins = from_about(text, at, grammar)
    said = Reading(
        begins, match.end(), "day" if day else "month", year, int(month),
        int(day) if day else None, approximate=begins < at,
        ambiguous=match["early"] is not None,
    )  # fmt: skip
    return (said,)
