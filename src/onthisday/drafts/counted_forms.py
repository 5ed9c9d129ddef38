"""Read days and years that count from another one: "on the 25th", "the next day", "two days later".

chronology.py finds the other one. Called by date_scan.py.
"""

import re

from onthisday.drafts.grammar import Grammar
from onthisday.drafts.reading import Reading

_ANCHORED = re.compile(r"the (?:day|year) (?:before|after)")
_ENDS = re.compile(r"\s{0,2}(?:[,.;:)\]]|\Z)")


def nth_day(text: str, at: int, grammar: Grammar) -> tuple[Reading, ...]:
    """Read ``on the 25th``. The month is the one that the text named last."""
    match = grammar.nth_day.match(text, at)
    if match is None or not 1 <= int(match["day"]) <= 31:
        return ()
    return (Reading(at, match.end(), "day", day=int(match["day"])),)


def phrase(text: str, at: int, grammar: Grammar) -> tuple[Reading, ...]:
    """Read ``the next day``, ``later that year``, but not "the day before the battle"."""
    match = grammar.phrase.match(text, at)
    if match is None:
        return ()
    words = " ".join(match[0].lower().split())
    if _ANCHORED.fullmatch(words) and not _ENDS.match(text, match.end()):
        return ()
    days, years = grammar.language.days, grammar.language.years
    if words in days:
        return (Reading(at, match.end(), "day", shift=days[words]),)
    return (Reading(at, match.end(), "year", shift=years[words]),)


def days_later(text: str, at: int, grammar: Grammar) -> tuple[Reading, ...]:
    """Read ``two days later``, ``three days earlier``."""
    match = grammar.days_later.match(text, at)
    if match is None:
        return ()
    word = match["count"].lower()
    count = int(word) if word.isdecimal() else grammar.language.numbers.get(word, 0)
    back = "back" in match.re.groupindex and match["back"]
    return (Reading(at, match.end(), "day", shift=-count if back else count),) if count else ()
