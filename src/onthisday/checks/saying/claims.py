"""What an entry's words claim: each figure, day, month and name in them.

Called by not_in_passage.py. said.py looks for a claim in a passage.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from onthisday.checks.saying.named import folded, names_in
from onthisday.checks.saying.statements import YEARS, DateWords, NamedDate, as_read, statements_of
from onthisday.drafts.number_words import NUMBER_WORDS
from onthisday.drafts.numbers import Number

Kind = Literal["figure", "day", "month", "name"]


class Claim(NamedTuple):
    """One thing that an entry's words say, and that a passage must say too.

    - ``words``: as they are in the text.
    - ``number``: of a figure. ``years``: of two years that are named together. ``date``: of a day
      or a month.
    - ``doubtful``: of a name. The word may be no name (`named.Name`).
    - ``century``: the figure counts a century. A year in it says it.
    - ``family``: the names after a name. A passage may have one with an initial: "W. Röntgen".
    - ``length``: for a length of time its unit, such as "years". Documents need not give it, if
      they give the two dates. ``rounded``: the words say that it is not exact: "almost".
    - ``of``: the name before a Roman numeral, folded: "louis" of "Louis XIV".
    - ``may_be_day``: a figure such as "the 25th" may be the day of a date.
    - ``counted``: the word after a figure, folded: "delegates". A passage that has this word after
      other figures alone does not say it.
    """

    kind: Kind
    words: str
    number: Number | None = None
    date: NamedDate | None = None
    doubtful: bool = False
    length: str = ""
    rounded: bool = False
    may_be_day: bool = False
    counted: str = ""
    of: str = ""
    family: str = ""
    century: bool = False
    years: tuple[int, int] | None = None


def claims_in(
    text: str, language: str, *, is_title: bool = False, is_name: bool = False
) -> tuple[Claim, ...]:
    """Return what a text claims. ``is_name``: the text is a name, such as that of a place."""
    text = as_read(text)
    found = statements_of(text, language)
    claims = [claim for date in found.dates for claim in _dated(text, date)]
    for pair in found.pairs:
        words = _one_line(text[pair.start : pair.end])
        claims.append(Claim("figure", words, years=pair.years))
    clear = (date for date in found.dates if _is_clear(date))
    years = {place for date in clear for place in range(date.end, date.whole)}  # of dates
    figures = (each for each in found.numbers if each.start not in years)
    claims.extend(
        _figure(text, each, language) for each in figures if _is_figure(text, each, language)
    )
    claims.extend(
        Claim("name", name.words, doubtful=name.doubtful and not is_name, family=name.family)
        for name in names_in(text, language, is_title=is_title)
    )
    return tuple(dict.fromkeys(claims))


def _dated(text: str, found: DateWords) -> Iterator[Claim]:
    """Yield the dates of some words. A date in figures that can be read in two ways is left out."""
    words = _one_line(text[found.start : found.whole])
    if _is_clear(found):
        for date in found.dates:
            yield Claim("day" if date.day else "month", words, date=date)


def _is_clear(found: DateWords) -> bool:
    return found.named or len(found.dates) == 1


_NEXT = re.compile(r"[\s-]*([^\W\d_]+)")
_LAST = re.compile(r"([^\W\d_]+)[\s-]*\Z")
_WORD_BEFORE = 30
"""How many characters before a number are looked at for the word before it."""


def _is_figure(text: str, number: Number, language: str) -> bool:
    """Return False for a number that claims nothing: "one", "millions", "first"."""
    words = text[number.start : number.end]
    if number.vague:
        return False
    is_second = number.orders and number.values == {2} and words.isalpha() and not words.isupper()
    if is_second or words.lower() in NUMBER_WORDS[language].ones:
        after = _NEXT.match(text, number.end)  # "First World War" claims a number
        return number.orders and after is not None and after[1][0].isupper()
    return True


def _figure(text: str, number: Number, language: str) -> Claim:
    listed = NUMBER_WORDS[language]
    after = _NEXT.match(text, number.end)
    before = _LAST.search(text, max(0, number.start - _WORD_BEFORE), number.start)
    following = after[1].lower() if after else ""
    preceding = before[1].lower() if before else ""
    length = "years" if following in listed.years else "days" if following in listed.days else ""
    if following in listed.aged or preceding in listed.aged:
        length = "years"
    words = _one_line(text[number.start : number.end])
    return Claim(
        "figure",
        words,
        number._replace(start=0, end=0, values=frozenset() if _is_typo(words) else number.values),
        length=length,
        rounded=preceding in listed.hedges,
        may_be_day=number.orders and not words.isupper() and not _counts_on(text, number.end),
        of=name_before(text, number),
        century=not {following, preceding}.isdisjoint(listed.centuries),
        counted="" if length or is_year(number) else counted_after(text, number.end, 1),
    )


_ENGLISH_ORDINAL = re.compile(r"(\d+)(st|nd|rd|th)", re.IGNORECASE)


def _is_typo(words: str) -> bool:
    """Return True for "2rd" and "11st": no passage says that, because it is no number."""
    match = _ENGLISH_ORDINAL.fullmatch(words)
    if match is None:
        return False
    is_teen = match[1][-2:] in {"11", "12", "13"}
    right = "th" if is_teen else {"1": "st", "2": "nd", "3": "rd"}.get(match[1][-1], "th")
    return match[2].lower() != right


def name_before(text: str, number: Number) -> str:
    """Return the name right before a Roman numeral, folded: "louis" for "Louis XIV"."""
    before = _LAST.search(text, max(0, number.start - _WORD_BEFORE), number.start)
    is_roman = number.orders and text[number.start : number.end].isupper()
    return folded(before[1]) if before and is_roman and before[1][0].isupper() else ""


def is_year(number: Number) -> bool:
    """Return True if a number may be a year: 1966, but not 1,966."""
    return number.counts and len(number.values) == 1 and all(v in YEARS for v in number.values)


_COUNTED = re.compile(r"[ \u00a0\n-]+([^\W\d_]{4,})")


def counted_after(text: str, end: int, most: int) -> str:
    """Return the ``most`` words after a number, folded. They end with the sentence."""
    found: list[str] = []
    while len(found) < most and (match := _COUNTED.match(text, end)) is not None:
        found.append(folded(match[1]))
        end = match.end()
    return " ".join(found)


def _counts_on(text: str, end: int) -> bool:
    """Return True if a name follows, "the 20th Congress", or words that are left out."""
    after = _NEXT.match(text, end)
    return text.startswith("…", end) or (after is not None and after[1][0].isupper())


def _one_line(text: str) -> str:
    return " ".join(text.split())
