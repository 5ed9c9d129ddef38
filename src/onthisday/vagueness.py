"""Dates that name no single day, month, season or year, in English: decades, centuries, sets.

The other half of ``wording.spoken``, which is the one door for dates in words; apart from it,
because `today` seldom says any of these.
"""

from onthisday.dates.edtf import HistoricalDate
from onthisday.wording import interval_words, spoken, year_words


def spoken_vaguely(found: HistoricalDate) -> str:
    """``the 1950s``, ``the 19th century``, ``1917 or 1918``, ``1760 or earlier``."""
    return {"decade": _decade, "century": _century, "set": _set}[found.precision](found)


def _decade(found: HistoricalDate) -> str:
    """Say ``the 1950s``; the years themselves where "the 1900s" may be a century, and before 1."""
    first = found.year or 0
    if first % 100 and first > 0:
        return f"the {first}s"
    return _years(first, -1 if first == -9 else first + 9)


def _century(found: HistoricalDate) -> str:
    """Say 18XX as people do: ``the 19th century``.

    Why: 18XX is 1800 to 1899, and "the 1800s" may be the ten years from 1800. The century that
    historians count, 1801 to 1900, differs in a year that a source so vague does not mean. Before
    the year 1, -01XX is 200 to 101 BC, which is the 2nd century BC to the year.
    """
    first = found.year or 0
    if first < 0:
        return f"the {_ordinal(1 - (first + 99) // 100)} century BC"
    return f"the {_ordinal(first // 100 + 1)} century"


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in {11, 12, 13} else ending}"


def _years(first: int, last: int) -> str:
    if last <= 0:
        return f"{1 - first}–{year_words(last)}"
    return f"{year_words(first)}–{last if first > 0 else year_words(last)}"


def _set(found: HistoricalDate) -> str:
    one_of = found.edtf.startswith("[")
    words = [_member(part, one_of=one_of) for part in found.parts if part]
    last = f"{'or' if one_of else 'and'} {words[-1]}"
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last}"


def _member(part: HistoricalDate, *, one_of: bool) -> str:
    """Say a member; of ``1667..1672`` one year is meant, or each.

    What is open holds its end: ``..1760`` is 1760 or earlier, never "before 1760" (EDTF, level 2,
    sets).
    """
    if part.precision != "interval":
        return spoken(part)
    start, end = part.parts
    if start and end:
        if one_of:
            return f"between {spoken(start)} and {spoken(end)}"
        return f"all of {interval_words(part)}"
    known = start or end
    side = "later" if start else "earlier"
    return f"{spoken(known) if known else ''} {'or' if one_of else 'and'} {side}"
