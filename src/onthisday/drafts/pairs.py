"""Two dates that stand side by side: one day in two calendars, a night, or a choice.

- "14/26 December 1825", "25 October (7 November) 1917": one day. The calendars were 10 to 13 days
  apart, so only a pair with just that distance is one. It becomes one date, the Gregorian one.
- "16th/17th April", "the night from 13 to 14 February": one night. It becomes one date, the first.
- "4 or 5 March": one of the two is wrong. "From 3 to 5 May": neither is the day of the event.

Called by mentions.py.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from onthisday.dates.calendars import CivilDay, day_number, gregorian_from_julian
from onthisday.drafts.beside import Beside
from onthisday.drafts.chronology import DatedReading
from onthisday.drafts.qualifiers import tokens_of
from onthisday.drafts.reading import Reading

_GAP = 40
"""Code points: two dates that are further apart do not stand side by side."""
_REFORM = 1582
_APART = range(10, 14)
"""How many days the two calendars are apart, from 1582 until 2100."""
_MARK = re.compile(r"[/(\[=]")
_MARKS = frozenset("'([")
"""Marks that may stand around a word between two dates."""
_DASH = re.compile(r"\s{0,2}[-‐‑–—&]\s{0,2}")
_CLOSED = re.compile(r"[^()\[\]\n]{0,30}[)\]](?:,?\s{0,2}\d{4}(?!\d))?")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_NIGHT = 5
"""In words: how far before its dates the word "night" may stand."""


def as_one(text: str, dates: Sequence[DatedReading], beside: Beside) -> list[DatedReading]:
    """Return a paragraph's dates, in order. Two dates of one day, or of one night, are one date."""
    kept: list[DatedReading] = []
    for date in dates:
        if kept and date.reading.start < kept[-1].reading.end:
            continue  # the year after a pair: 25 October (7 November) 1917
        one = _one(text, kept[-1], date, beside) if kept else None
        kept[-1:] = [one] if one else [*kept[-1:], date]
    return kept


def _one(text: str, first: DatedReading, last: DatedReading, beside: Beside) -> DatedReading | None:
    gap = text[first.reading.end : last.reading.start]
    if len(gap) > _GAP or not (_is_day(first.reading) and _is_day(last.reading)):
        return None
    return _day(text, gap, first, last, beside) or _night(text, gap, first, last, beside)


def _is_day(reading: Reading) -> bool:
    return reading.precision == "day" and reading.year is not None and reading.shift is None


def _day(
    text: str, gap: str, first: DatedReading, last: DatedReading, beside: Beside
) -> DatedReading | None:
    """Return the Gregorian one of two dates, if both are one day."""
    if not (_MARK.search(gap) or beside.style.search(gap)):
        return None
    for one, other in _in_years(text, first.reading, last.reading):
        for old, new in ((one, other), (other, one)):
            if new.style != "julian" and _are_one_day(old, new):
                end = _end(text, gap, last.reading.end)
                day = new._replace(start=first.reading.start, end=end, style="gregorian")
                written = "written" in {first.year_from, last.year_from}
                return DatedReading(day, "written" if written else last.year_from)
    return None


def _in_years(text: str, first: Reading, last: Reading) -> Iterator[tuple[Reading, Reading]]:
    """Yield two dates with the years that they may have.

    If one year is written for both, the other date may be in the year before or after it: 25
    December (6 January) 1813. The year belongs to the date that it stands beside.
    """
    own = [_YEAR.search(text, each.start, each.end) is not None for each in (first, last)]
    if all(own):
        yield first, last
        return
    for apart in (0, -1, 1):
        if own[0]:
            yield first, last._replace(year=(first.year or 0) + apart)
        else:
            yield first._replace(year=(last.year or 0) + apart), last


def _are_one_day(old: Reading, new: Reading) -> bool:
    """Say whether a Julian and a Gregorian date are one day."""
    julian = CivilDay(old.year or 0, old.month or 0, old.day or 0)
    civil = (new.year, new.month, new.day)
    return julian.year >= _REFORM and gregorian_from_julian(julian) == civil


def _end(text: str, gap: str, end: int) -> int:
    closed = _CLOSED.match(text, end) if "(" in gap or "[" in gap else None
    return closed.end() if closed else end


def _night(
    text: str, gap: str, first: DatedReading, last: DatedReading, beside: Beside
) -> DatedReading | None:
    """Return the first of two dates, if both are one night."""
    if _number(last.reading) - _number(first.reading) != 1:
        return None
    before = tokens_of(text[max(0, first.reading.start - _GAP) : first.reading.start])
    is_night = not beside.language.night.isdisjoint(before[-_NIGHT:])
    if not _is_slash(gap, beside) and not (is_night and _joins(gap, beside)):
        return None
    return first._replace(reading=first.reading._replace(end=last.reading.end, is_night=True))


def _number(reading: Reading) -> int:
    return day_number(CivilDay(reading.year or 0, reading.month or 0, reading.day or 0))


def _joins(gap: str, beside: Beside) -> bool:
    language = beside.language
    return _DASH.fullmatch(gap) is not None or _says(gap, language.ands | language.spans, beside)


def _is_slash(gap: str, beside: Beside) -> bool:
    return [word for word in tokens_of(gap) if word not in beside.language.links] == ["/"]


def _says(gap: str, words: frozenset[str], beside: Beside) -> bool:
    """Return True if a gap has only these words, and articles and the like around them."""
    tokens = [word for word in tokens_of(gap) if word not in _MARKS]
    while tokens and tokens[-1] in beside.language.links and " ".join(tokens) not in words:
        tokens.pop()
    return " ".join(tokens) in words


def bound_by_neighbours(
    text: str, dates: Sequence[Reading], bound: Sequence[bool], beside: Beside
) -> list[bool]:
    """Return which dates are no day of an event, also by the date beside them.

    ``bound`` says which ones are so by their own words (qualifiers.py).
    """
    found = list(bound)
    for place, (one, two) in enumerate(pairwise(dates)):
        gap = text[one.end : two.start]
        if len(gap) > _GAP or {one.precision, two.precision} != {"day"}:
            continue
        if _is_choice(gap, one, two, beside):
            first = _first_listed(text, dates, place)
            found[first : place + 2] = [True] * (place + 2 - first)
        elif found[place] and _joins(gap, beside):
            found[place + 1] = True
    return found


def _first_listed(text: str, dates: Sequence[Reading], place: int) -> int:
    """Return the place of the first date of a list with commas: "4, 5 or 6 March"."""
    while place and text[dates[place - 1].end : dates[place].start].strip() == ",":
        place -= 1
    return place


def _is_choice(gap: str, one: Reading, two: Reading, beside: Beside) -> bool:
    """Return True for "4 or 5 March", "from 4 to 7 March" and a pair with a wrong distance."""
    language = beside.language
    if _says(gap, language.spans, beside) or _is_slash(gap, beside):
        return True
    if _says(gap.replace(",", " "), language.either, beside):
        return True
    return gap.strip() in {"(", "["} and abs((one.day or 0) - (two.day or 0)) in _APART
