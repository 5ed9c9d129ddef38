"""The forms in which a text names a day: one function for each form.

A function takes the paragraph, a place in it and the grammar of the language. It returns the dates
that begin at the place: none, one, or several if the days share a month ("6-7 April"). An
impossible day (31 February) is not a date.

Not here: forms for a month, a year or longer (vague_forms.py). Called by date_scan.py.
"""

import re
from collections.abc import Callable

from onthisday.dates.calendars import days_in_month
from onthisday.drafts.grammar import Grammar
from onthisday.drafts.not_days import (
    belongs_to_word,
    is_torn,
    is_torn_before,
    may_belong_to_name,
)
from onthisday.drafts.preceding_words import word_before
from onthisday.drafts.reading import Reading
from onthisday.drafts.roman import MONTHS, roman_year

Form = Callable[[str, int, Grammar], tuple[Reading, ...]]

_FIGURE = re.compile(r"[\d$€£][.,:]?\Z|[+=×@]\Z|(?<!\d)\d{1,3}[-/]\Z")
"""If this stands before a number, the number is no day but goes on from it: $5.25, 12/25, D+12.

A dash after four digits is no sign of that: a year may stand before it.
"""
_OTHER_ERA = re.compile(
    r"(?:,?\s{1,3}\d{1,4}(?:\s(?:года|г\.))?)?,?\s{0,3}[(\[]?(?:A\.?\s?U\.?\s?C\b|A\.?\s?H\b|(?i:a\.\s?u\.\s?c\.|ab\surbe"
    r"|anno\s(?:mundi|hegirae)|(?:de\sla|da|de\sl[’']|dell[’']|of\sthe|der)\s?(?:h[ée]gir|hijr|hidsch|egira)"
    r"|(?:от|со?)\s(?:основания|сотворения)|по\sхиджре|хиджры))"
)
"""Marks of an era that does not count from the birth of Christ, after a date."""
_ANCHORED = re.compile(r"the (?:day|year) (?:before|after)")
_ENDS = re.compile(r"\s{0,2}(?:[,.;:)\]]|\Z)")
_LAST_DOUBLE = 1751
"""The last double year is 1751/52. Then England began its years on 1 January."""
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
    is_of_word = mark in {"", "."} and belongs_to_word(text, at, grammar)
    if is_of_word and not mark:
        return _month_alone(match, year, grammar)
    doubtful = is_of_word or (not mark and may_belong_to_name(text, at, match.end(), grammar))
    days = _days(text, match, year, grammar)
    return tuple(day._replace(ambiguous=True) for day in days) if doubtful else days


def month_and_days(text: str, at: int, grammar: Grammar) -> tuple[Reading, ...]:
    """Read ``February 25, 1956``, ``April 6-7``, ``May 4 and 5, 1865``."""
    match = grammar.month_day.match(text, at)
    return _days(text, match, linked_year(match), grammar) if match else ()


def year_first(text: str, at: int, grammar: Grammar) -> tuple[Reading, ...]:
    """Read ``1956 February 25``, ``1956-Feb-25``."""
    match = grammar.year_first.match(text, at)
    return _days(text, match, int(match["year"]), grammar) if match else ()


def nth_day(text: str, at: int, grammar: Grammar) -> tuple[Reading, ...]:
    """Read ``on the 25th``. The month is the one that the text named last."""
    match = grammar.nth_day.match(text, at)
    if match is None or not 1 <= int(match["day"]) <= 31:
        return ()
    return (Reading(at, match.end(), "day", day=int(match["day"])),)


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
    spaced = match["mark"] == "." or ((match["roman"] or "").isupper() and match["roman"] != "I")
    return not spaced or len(match["third"]) != 4


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


def _days(
    text: str, match: re.Match[str], year: int | None, grammar: Grammar
) -> tuple[Reading, ...]:
    month = month_number(match, grammar, sure=year is not None)
    days = list(grammar.day.finditer(text, match.start("days"), match.end("days")))
    numbers = [int(day["day"]) for day in days]
    if month is None or not exists(year, month, _in_order(match["days"], numbers)):
        return ()
    if _OTHER_ERA.match(text, match.end()):
        return ()
    if year is None and is_torn(text, match.start(), match.end()):
        return ()
    old = _is_double(match) and grammar.language.lady_day and (month, numbers[-1]) < _NEW_YEAR
    begins = from_about(text, match.start(), grammar)
    starts = [begins, *(day.start() for day in days[1:])]
    ends = [*(day.end() for day in days[:-1]), match.end()]
    said = Reading(
        begins, match.end(), "day", year, month, approximate=begins < match.start(),
        ambiguous=_may_count(text, match, year, grammar) or (bool(match["double"]) and not old),
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


def _may_count(text: str, match: re.Match[str], year: int | None, grammar: Grammar) -> bool:
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


def linked_year(match: re.Match[str]) -> int | None:
    """Return the year that stands beside a month, or None. There is a year 0: it is 1 BC."""
    if match["counted"]:
        counted = int(match["counted"])
        return 1 - counted if match["before"] else counted
    if match["roman"]:
        return roman_year(match["roman"])
    year = match["year"] or match["after"] or match["behind"] or match["early"]
    return int(year) + _is_double(match) if year else None


def _is_double(match: re.Match[str]) -> bool:
    """Return True for ``1731/32``: it began on 25 March 1731, and is 1732 as years are counted now.

    In such a year the last days, from 1 January to 24 March, have both numbers.
    """
    first, second = match["year"], match["double"]
    if not second or int(first) > _LAST_DOUBLE:
        return False
    return str(int(first) + 1).endswith(second)


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
