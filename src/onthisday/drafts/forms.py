"""The forms in which a text names a day: one function for each form.

A function takes the paragraph, a place in it and the grammar of the language. It returns the dates
that begin at the place: none, one, or several if the days share a month ("6-7 April"). An
impossible day (31 February) is not a date.

Not here: days in numbers alone (numeric_forms.py), days that count from another (counted_forms.py),
feasts (feast_days.py), and forms for a month, a year or longer (vague_forms.py).

Called by date_scan.py.
"""

import re
from collections.abc import Callable

from onthisday.dates.calendars import days_in_month
from onthisday.drafts.grammar import Grammar
from onthisday.drafts.linked_years import is_double, is_of_other_era, linked_year
from onthisday.drafts.not_days import (
    belongs_to_word,
    is_torn,
    is_torn_before,
    may_belong_to_name,
)
from onthisday.drafts.preceding_words import word_before
from onthisday.drafts.reading import Reading

Form = Callable[[str, int, Grammar], tuple[Reading, ...]]

_FIGURE = re.compile(r"[\d$€£][.,:]?\Z|[+=×@]\Z|(?<!\d)\d{1,3}[-/]\Z")
"""If this stands before a number, the number is no day but goes on from it: $5.25, 12/25, D+12.

A dash after four digits is no sign of that: a year may stand before it.
"""
_NEW_YEAR = (3, 25)
_APART = range(10, 14)
"""How many days the Julian and the Gregorian calendar are apart, from 1582 until 2100."""


def days_of_month(text: str, at: int, grammar: Grammar) -> tuple[Reading, ...]:
    """Read ``25 February 1956``, ``25–27 March``, ``25th of February, 1956``."""
    match = grammar.day_month.match(text, at)
    if match is None or _FIGURE.search(text[max(0, at - 5) : at]):
        return ()
    if is_torn_before(text, at):
        return ()
    year = linked_year(match)
    other = grammar.month_day.match(text, match.start("month"))
    if year is None and other is not None and linked_year(other) is not None:
        return ()  # 29 is no day in "page 29, February 25, 1956"
    mark = _mark_of(match["days"], grammar)
    if year is None and len(mark) > 1 and mark[-1] == ".":
        return ()  # "on the 25th. February was cold"
    is_of_word = mark in {"", ".", "d", "d."} and belongs_to_word(text, at, grammar)
    if is_of_word and not mark:
        return _month_alone(match, year, grammar)
    doubtful = is_of_word or (not mark and may_belong_to_name(text, at, match.end(), grammar))
    days = _days(text, match, year, grammar)
    return tuple(day._replace(ambiguous=True) for day in days) if doubtful else days


def month_and_days(text: str, at: int, grammar: Grammar) -> tuple[Reading, ...]:
    """Read ``February 25, 1956``, ``April 6-7``, ``May 4 and 5, 1865``."""
    match = grammar.month_day.match(text, at)
    year = linked_year(match) if match else None
    if match is None or (year is None and has_old_name(match, grammar)):
        return ()  # "Karl May 25. Februar 1842"
    return _days(text, match, year, grammar)


def year_first(text: str, at: int, grammar: Grammar) -> tuple[Reading, ...]:
    """Read ``1956 February 25``, ``1956-Feb-25``, and ``Anno 1716 den 9. September``."""
    match = grammar.year_first.match(text, at)
    if match is None:
        match = grammar.year_and_day.match(text, at)
        if match and word_before(text, at, grammar.language.in_the_year) is None:
            return ()
    return _days(text, match, int(match["year"]), grammar) if match else ()


def _days(
    text: str, match: re.Match[str], year: int | None, grammar: Grammar
) -> tuple[Reading, ...]:
    month = month_number(match, grammar, sure=year is not None)
    days = list(grammar.day.finditer(text, match.start("days"), match.end("days")))
    numbers = [int(day["day"]) for day in days]
    if month is None or not exists(year, month, _in_order(match["days"], numbers)):
        return ()
    if is_of_other_era(text, match.end()):
        return ()
    if year is None and is_torn(text, match.start(), match.end()):
        return ()
    old = is_double(match) and grammar.language.lady_day and (month, numbers[-1]) < _NEW_YEAR
    begins = from_about(text, match.start(), grammar)
    starts = [begins, *(day.start() for day in days[1:])]
    ends = [*(day.end() for day in days[:-1]), match.end()]
    said = Reading(
        begins, match.end(), "day", year, month, approximate=begins < match.start(),
        ambiguous=may_count(text, match, year, grammar) or (bool(match["double"]) and not old),
        style="julian" if old else None,
    )  # fmt: skip
    return tuple(
        said._replace(start=start, end=end, day=number)
        for start, end, number in zip(starts, ends, numbers, strict=True)
    )


def _mark_of(days: str, grammar: Grammar) -> str:
    """Return what stands at the first number of a match and shows that it is a day: "th"."""
    first = grammar.day.match(days)
    return first[0][len(first["day"]) :] if first else ""


def _month_alone(match: re.Match[str], year: int | None, grammar: Grammar) -> tuple[Reading, ...]:
    """Return the month and the year of a match whose number is no day."""
    month = month_number(match, grammar)
    if month is None or year is None:
        return ()
    return (Reading(match.start("month"), match.end(), "month", year, month),)


def may_count(text: str, match: re.Match[str], year: int | None, grammar: Grammar) -> bool:
    """Return True if the year may be a number of things: "On May 5, 2000 soldiers"."""
    if "early" in match.re.groupindex and match["early"]:
        return True
    is_round = year is not None and year % 100 == 0
    return is_round and grammar.counts.match(text, match.end()) is not None


def month_number(match: re.Match[str], grammar: Grammar, *, sure: bool = False) -> int | None:
    """Return the month of a match. None if the word is not a month, such as the verb "may".

    ``sure``: a day and a year beside it show that it is one, even in small letters.
    """
    word = match["month"]
    if grammar.language.capitals and word[0].islower() and not sure:
        return None
    return grammar.months.get(word.lower().removesuffix("."))


def has_old_name(match: re.Match[str], grammar: Grammar) -> bool:
    """Return True if a month has a name of old papers, which may be a person's too: "Merz"."""
    word, language = match["month"].lower().removesuffix("."), grammar.language
    return word not in language.months and word not in language.short


def from_about(text: str, start: int, grammar: Grammar) -> int:
    """Return where a date begins, together with a word such as "around" before it."""
    about = word_before(text, start, grammar.language.about)
    return start if about is None else about


def _in_order(words: str, days: list[int]) -> list[int]:
    """Return the days in order, if they may stand so: 26./14. July is one day in two calendars."""
    is_pair = len(days) == 2 and abs(days[0] - days[1]) in _APART
    if is_pair and re.search(r"[/(\[]", words):
        return sorted(days)
    return [] if "(" in words or "[" in words else days


def exists(year: int | None, month: int, days: list[int]) -> bool:
    """Return True if days are in order, and exist in one of the calendars (styles.py)."""
    if not 1 <= month <= 12:
        return False
    length = days_in_month(year, month, "julian")
    return bool(days) and days == sorted(set(days)) and days[0] >= 1 and days[-1] <= length
