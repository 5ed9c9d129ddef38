"""The forms in which a text names a month, a season, a year or a longer time.

There is one function for each form, as in forms.py. A number alone, such as 1964, may be a year or
not. The words and marks around the number decide.

Called by date_scan.py. Not here: forms for a day (forms.py).
"""

import re

from onthisday.drafts.forms import from_about, has_old_name, month_number
from onthisday.drafts.grammar import Grammar
from onthisday.drafts.languages.language import NUMERALS
from onthisday.drafts.linked_years import linked_year
from onthisday.drafts.preceding_words import word_before
from onthisday.drafts.reading import Reading

_NO_YEAR_AFTER = frozenset("-.,:/$€£#№_’'&=?+@")
_OPENS = re.compile(r"(?:[(\[]|(?:©|\([cC]\))\s?)\Z")
_LISTED = re.compile(r"(?:[,;–—]\s{0,3}|^[\s#*•]{0,3})\Z", re.MULTILINE)
"""The beginning of a line, or a mark such as a comma, before a number."""
_CLOSES = re.compile(r"\s{0,2}[)\]]")
_ENDS = re.compile(r"\s{0,2}(?:[,;:)\]·–—]|\.(?!\d)|\Z)")
_NAMES = re.compile(r"\s{1,3}[A-ZÀ-ÞА-Я]")
"""A word with a capital after a month: both are one name, such as "the October Plenum"."""
_DAY_BEFORE = re.compile(r"(?<!\d)\d{1,2}(?:st|nd|rd|th)?\s{0,3}\Z")
_DAY_AFTER = re.compile(r"\s{1,3}\d{1,2}(?!\d)")
"""A number before or after a month that was not read as its day.

"31 February" is no date, and then "February" alone is none either.
"""
_THE = re.compile(r"\bthe\s{1,3}\Z")


def month(text: str, at: int, grammar: Grammar) -> tuple[Reading, ...]:
    """Read ``March 1953``, ``in March`` and ``the October Plenum … in 1964``."""
    match = grammar.month_year.match(text, at)
    number = month_number(match, grammar) if match else None
    if match is None or number is None or has_old_name(match, grammar):
        return ()
    if _DAY_BEFORE.search(text, max(0, at - 6), at):
        return ()
    year = linked_year(match)
    if year is not None:
        return (_with_about(text, Reading(at, match.end(), "month", year, number), grammar),)
    end = match.end("month")
    if match["month"].lower() not in grammar.language.months or _DAY_AFTER.match(text, end):
        return ()
    if _is_led_in(text, at, grammar) and not _THE.search(text, max(0, at - 6), at):
        return (_with_about(text, Reading(at, end, "month", None, number), grammar),)
    ahead = grammar.year_ahead.match(text, end) if _NAMES.match(text, end) else None
    return (Reading(at, end, "month", int(ahead["year"]), number),) if ahead else ()


def season(text: str, at: int, grammar: Grammar) -> tuple[Reading, ...]:
    """Read ``spring 1917`` and ``winter of 1941-42``. The year is the first one."""
    match = grammar.season.match(text, at)
    if match is None:
        return ()
    number = grammar.language.seasons[match["season"].lower()]
    found = Reading(at, match.end(), "season", int(match["year"]), number)
    return (_with_about(text, found, grammar),)


def year(text: str, at: int, grammar: Grammar) -> tuple[Reading, ...]:
    """Read ``1964``, if the text around it shows that it is a year."""
    match = grammar.year.match(text, at)
    if match is None or not _reads_as_year(text, at, match.end(), grammar):
        return ()
    found = Reading(at, match.end(), "year", int(match["year"]))
    return (_with_about(text, found, grammar),)


def years(text: str, at: int, grammar: Grammar) -> tuple[Reading, ...]:
    """Read ``1938–47``, ``1938 to 1947``, ``between 1938 and 1947``."""
    match = grammar.years.match(text, at)
    if match is None or text[max(0, at - 1) : at] in tuple("-./$€£"):
        return ()
    if match["also"] and word_before(text, at, grammar.language.between) is None:
        return ()
    first, last = match["year"], match["until"]
    until = int(first[: 4 - len(last)] + last)
    if int(first) >= until:
        return ()
    return (Reading(at, match.end(), "interval", int(first), until=until),)


def era(text: str, at: int, grammar: Grammar) -> tuple[Reading, ...]:
    """Read ``44 BC``, ``499–449 BC``, ``AD 79``."""
    match = grammar.era.match(text, at)
    if match is None or int(match["counted"] or match["after"]) == 0:
        return ()
    until = _astronomical(match["counted"] or match["after"], match["before"])
    since = _astronomical(match["since"], match["before"]) if match["since"] else until
    if since < until:
        return (Reading(at, match.end(), "interval", since, until=until),)
    found = Reading(at, match.end(), "year", until)
    return (_with_about(text, found, grammar),) if since == until else ()


def decade(text: str, at: int, grammar: Grammar) -> tuple[Reading, ...]:
    """Read ``the 1950s`` and ``late 80s``. Two digits are of the 20th century."""
    match = grammar.decade.match(text, at)
    if match is None:
        return ()
    first = int(match["decade"] or f"19{match['short']}")
    return (Reading(at, match.end(), "decade", first),)


def century(text: str, at: int, grammar: Grammar) -> tuple[Reading, ...]:
    """Read ``the 19th century``, ``siglo XIX`` and ``the 3rd century BC`` (years -299 to -200)."""
    match = grammar.century.match(text, at)
    if match is None:
        return ()
    numeral = match["nth"].replace("Х", "X")
    nth = int(numeral) if numeral.isdecimal() else NUMERALS.get(numeral, 0)
    if not 2 <= nth <= 21:
        return ()
    first = 100 * (nth - 1)
    return (Reading(at, match.end(), "century", -first if match["before"] else first),)


def _with_about(text: str, reading: Reading, grammar: Grammar) -> Reading:
    """Add a word such as "c." to the date after it, and make that date approximate: ``c. 1950``."""
    start = from_about(text, reading.start, grammar)
    return reading._replace(start=start, approximate=start < reading.start)


def _reads_as_year(text: str, start: int, end: int, grammar: Grammar) -> bool:
    if text[max(0, start - 1) : start] in _NO_YEAR_AFTER:
        return False
    if grammar.counts.match(text, end):
        return word_before(text, start, grammar.language.surely) is not None
    if _OPENS.search(text, max(0, start - 4), start) or _is_led_in(text, start, grammar):
        return True
    closed = _CLOSES.match(text, end) is not None
    listed = _LISTED.search(text, max(0, start - 4), start) is not None
    return closed or (listed and _ENDS.match(text, end) is not None)


def _is_led_in(text: str, at: int, grammar: Grammar) -> bool:
    return word_before(text, at, grammar.language.leads_in) is not None


def _astronomical(counted: str, before_christ: str | None) -> int:
    return 1 - int(counted) if before_christ else int(counted)
