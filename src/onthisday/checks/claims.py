"""What an entry's words claim: each figure, day, month and name in them.

Called by not_in_passage.py. said.py looks for a claim in a passage.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from onthisday.checks.named import names_in
from onthisday.checks.statements import DateWords, statements_of
from onthisday.dates.calendars import MonthDay
from onthisday.drafts.number_words import NUMBER_WORDS
from onthisday.drafts.numbers import Number

Kind = Literal["figure", "day", "month", "name"]


class Claim(NamedTuple):
    """One thing that an entry's words say, and that a passage must say too.

    - ``words``: as they are in the text.
    - ``number``: of a figure. ``month_day``: of a day. ``month``: of a month.
    - ``doubtful``: of a name. The word may be no name (`named.Name`).
    - ``length``: for a length of time its unit, such as "years". Documents need not give it, if
      they give the two dates. ``rounded``: the words say that it is not exact: "almost".
    """

    kind: Kind
    words: str
    number: Number | None = None
    month_day: MonthDay | None = None
    month: int = 0
    doubtful: bool = False
    length: str = ""
    rounded: bool = False


def claims_in(
    text: str, language: str, *, is_title: bool = False, is_name: bool = False
) -> tuple[Claim, ...]:
    """Return what a text claims. ``is_name``: the text is a name, such as that of a place."""
    found = statements_of(text, language)
    claims = [claim for date in found.dates for claim in _dated(text, date)]
    figures = (number for number in found.numbers if _is_figure(text, number, language))
    claims.extend(_figure(text, number, language) for number in figures)
    claims.extend(
        Claim("name", name.words, doubtful=name.doubtful and not is_name)
        for name in names_in(text, language, is_title=is_title)
    )
    return tuple(dict.fromkeys(claims))


def _dated(text: str, date: DateWords) -> Iterator[Claim]:
    words = _one_line(text[date.start : date.end])
    for day in date.days:
        yield Claim("day", words, month_day=MonthDay(date.month, day))
    if not date.days:
        yield Claim("month", words, month=date.month)


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
    if is_second or words.lower() in NUMBER_WORDS[language].ones.split():
        after = _NEXT.match(text, number.end)  # "First World War" claims a number
        return number.orders and after is not None and after[1][0].isupper()
    return True


def _figure(text: str, number: Number, language: str) -> Claim:
    listed = NUMBER_WORDS[language]
    after = _NEXT.match(text, number.end)
    before = _LAST.search(text, max(0, number.start - _WORD_BEFORE), number.start)
    following = after[1].lower() if after else ""
    preceding = before[1].lower() if before else ""
    units = {"years": listed.years, "days": listed.days}
    length = next((unit for unit, forms in units.items() if following in forms.split()), "")
    if not length and {following, preceding} & {*listed.aged.split()}:
        length = "years"
    words = _one_line(text[number.start : number.end])
    rounded = preceding in listed.hedges.split()
    return Claim("figure", words, number._replace(start=0, end=0), length=length, rounded=rounded)


def _one_line(text: str) -> str:
    return " ".join(text.split())
