"""Read what a text says that can be looked for elsewhere: figures, days, months and names.

The same code reads an entry's words and the passages that it cites, so both are read alike. Called
by said.py and not_in_passage.py.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from onthisday.dates.calendars import days_in_month
from onthisday.drafts.languages import LANGUAGES, guessed, words_heard
from onthisday.drafts.numbers import Number, numbers_in


class NamedDate(NamedTuple):
    """A date as a text names it. ``year`` and ``day`` are None if the text does not give them."""

    year: int | None
    month: int
    day: int | None


class DateWords(NamedTuple):
    """Words of a text that name dates of one month: "25–27 February 1956".

    ``whole`` is the end of the words with the year, ``end`` without it. ``named`` is false if the
    month is a number, as in "25.02.1956".
    """

    start: int
    end: int
    whole: int
    dates: tuple[NamedDate, ...]
    named: bool = True


class YearWords(NamedTuple):
    """Words that name two years together: "1948–50", "1936 and 1937"."""

    start: int
    end: int
    years: tuple[int, int]


_BROKEN = re.compile(r"\u00ad\s*|¬\s*\n\s*")


def as_read(text: str) -> str:
    """Return a text as a reader sees it: letters with their accents (NFC), and no soft hyphens."""
    return _BROKEN.sub("", unicodedata.normalize("NFC", text)) if not text.isascii() else text


class Statements(NamedTuple):
    """The figures and dates of a text. ``numbers`` has no number that is the day of a date."""

    numbers: tuple[Number, ...]
    dates: tuple[DateWords, ...]
    pairs: tuple[YearWords, ...]


def language_of(text: str, *known: str | None) -> str:
    """Return the code of a text's language.

    ``known``: languages that are likely, as BCP 47, the most likely first. If the text's words
    speak more for another one, it is that. Without any, English is likely.
    """
    codes = [code for tag in known if tag and (code := tag.partition("-")[0].lower()) in LANGUAGES]
    heard = words_heard(" ".join(dict.fromkeys(text.split())))  # one word twice tells no more
    likely = max(codes, key=lambda code: heard[code], default="en")
    return guessed(heard, likely)


def statements_of(text: str, language: str) -> Statements:
    """Return the figures and dates of a text. ``language``: a code of ``languages.LANGUAGES``."""
    dates = (*_numeric_dates(text), *_dates(text, language))
    taken = {place for date in dates for place in range(date.start, date.end)}
    numbers = tuple(each for each in numbers_in(text, language) if each.start not in taken)
    return Statements(numbers, dates, tuple(_pairs(text, numbers)))


YEARS = range(1000, 2101)
"""Numbers that may be years, if nothing else tells."""

_TOGETHER = re.compile(
    r"\s?[–—/-]\s?|\s(?:to|until|till|and|through|bis|und|et|à|au|al|e|a|y|hasta|até|tot|en|и|по|до)\s"
)


def _pairs(text: str, numbers: tuple[Number, ...]) -> Iterator[YearWords]:
    for one, other in pairwise(numbers):
        if _TOGETHER.fullmatch(text, one.end, other.start):
            first, last = (_year(each) for each in (one, other))
            if first is not None and last is not None:
                yield YearWords(one.start, other.end, (first, last))


def _year(number: Number) -> int | None:
    years = [value for value in number.values if isinstance(value, int) and value in YEARS]
    return years[0] if len(years) == 1 and number.counts else None


_NUMERIC = re.compile(
    r"(?<![\d.,/-])(?:(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"
    r"|(?P<one>\d{1,2})(?P<sign>[./-])(?P<other>\d{1,2})(?P=sign)(?=(?P<year>\d{4})\b))"
)


def _numeric_dates(text: str) -> Iterator[DateWords]:
    """Yield ``1956-02-25``, ``25.2.1956`` and ``2/25/1956``. Each may be read in two ways."""
    for match in _NUMERIC.finditer(text):
        if match["y"]:
            start, pairs = match.start("m"), [(int(match["m"]), int(match["d"]))]
        else:
            one, other = int(match["one"]), int(match["other"])
            start, pairs = match.start(), [(other, one), (one, other)]
        year = int(match["y"] or match["year"])
        dates = tuple(NamedDate(year, *pair) for pair in dict.fromkeys(pairs) if _exists(*pair))
        if dates:
            whole = match.end() if match["y"] else match.end("year")
            yield DateWords(start, match.end(), whole, dates, named=False)


def _exists(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= days_in_month(None, month)


_ENDING = r"(?:\.|[ºª°]|st|nd|rd|th|er|e|de|te[nrs]?|-?го|-?е)?"
_LINKS = r"and|or|to|und|oder|bis|et|ou|e|o|y|al|a|en|of|tot|и|или|по|auf|au"
_LINK = rf"(?:\s*[,/–—-]\s*|\s+(?:{_LINKS})\s+(?:the\s+)?|\s+)"
_DAY = rf"(?<![\d.,])\d{{1,2}}{_ENDING}"
_BEFORE = re.compile(rf"({_DAY}(?:{_LINK}{_DAY}){{0,4}})\s*(?:(?:of|de|di|day of|d')\s*)?\Z")
_AFTER_DAY = r"\d{1,2}(?!\d)(?:st|nd|rd|th)?"
_AFTER = re.compile(
    rf"\.?\s+(?:the\s+)?({_AFTER_DAY}(?:{_LINK}{_AFTER_DAY}){{0,4}})(?![\d:]|[.,]\d)"
)
_DIGITS = re.compile(r"\d+")
_REACH = 40
"""How many characters before a month are looked at for its days."""


@cache
def _months(language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    words = LANGUAGES[language]
    names = {**words.short, **words.months}
    listed = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(rf"\b(?:{listed})\b", re.IGNORECASE), names


def _dates(text: str, language: str) -> Iterator[DateWords]:
    pattern, names = _months(language)
    whole = LANGUAGES[language].months
    for match in pattern.finditer(text):
        word = match[0].lower()
        start, end, days = _days_beside(text, match, names[word], language)
        is_name = word in whole and (match[0][0].isupper() or not LANGUAGES[language].capitals)
        if days or (is_name and not _begins_sentence(text, match.start())):
            following = _YEAR.match(text, end)
            year = int(following[1]) if following else None
            dates = tuple(NamedDate(year, names[word], day) for day in days or (None,))
            yield DateWords(start, end, following.end(1) if following else end, dates)


_YEAR = re.compile(r"\.?,?\s+(?:(?:of|in|de|del|dell'anno)\s+)?(\d{4})(?![\d,.]\d|\d)")
"""The year after a date."""


_GAP = 20
"""How many characters before a word are looked at for the end of a sentence."""


def _begins_sentence(text: str, at: int) -> bool:
    return text[max(0, at - _GAP) : at].rstrip()[-1:] in {".", "!", "?", ""}


def _days_beside(
    text: str, match: re.Match[str], month: int, language: str
) -> tuple[int, int, tuple[int, ...]]:
    """Return the days before a month's name, or else those after it, and where the date stands."""
    lead = max(0, match.start() - _REACH)
    before = _BEFORE.search(text[lead : match.start()])
    if before is not None:
        days = _days_in(before[1], month)
        if days:
            return lead + before.start(), match.end(), days
    spelled = _spelled_day(text[lead : match.start()], language)
    if spelled is not None:
        return lead + spelled[0], match.end(), (spelled[1],)
    after = _AFTER.match(text, match.end())
    days = _days_in(after[1], month) if after else ()
    return match.start(), after.end() if after and days else match.end(), days


_SPELLED = re.compile(
    r"(?:([^\W\d_]+)[\s-])?([^\W\d_]+)\s+(?:(?:of|de|di|van|day of)\s+)?\Z", re.IGNORECASE
)


def _spelled_day(text: str, language: str) -> tuple[int, int] | None:
    """Return where the day in words before a month begins, and the day: "first of", "primo"."""
    match = _SPELLED.search(text)
    if match is None:
        return None
    days, last = LANGUAGES[language].spelled, match[2].lower()
    whole = f"{match[1]}-{last}".lower()
    if whole in days:
        return match.start(), days[whole]
    return (match.start(2), days[last]) if last in days else None


def _days_in(text: str, month: int) -> tuple[int, ...]:
    days = (int(digits) for digits in _DIGITS.findall(text))
    return tuple(day for day in days if _exists(month, day))
