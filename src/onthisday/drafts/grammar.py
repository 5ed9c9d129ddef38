"""The patterns (regular expressions) with which a language writes dates, made from its words.

A pattern is tried only where a number or a known word begins, and each of its parts has a limit. So
a text that is twice as long takes twice the time, even if the text was made to be slow.

Why no date library: several were tried on texts of history, and none found more than half of the
days. If a date has no year, they take today's year and not the year that the text speaks of
(tests/benchmarks/mentions.py).

Not here: what a match means (forms.py, vague_forms.py).
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from onthisday.drafts.date_parts import (
    COMMA,
    DASH,
    ENDS,
    GAP,
    NO_DOUBLE,
    NOTE,
    SPACE,
    YEAR,
    any_of,
    days_pattern,
    linked_year_pattern,
    month_pattern,
)
from onthisday.drafts.languages import LANGUAGES
from onthisday.drafts.languages.language import NUMBERED, Language

Pattern = re.Pattern[str]


class Grammar(NamedTuple):
    """The patterns of one language. The name of a group says what it holds."""

    language: Language
    months: Mapping[str, int]
    day: Pattern
    day_month: Pattern
    month_day: Pattern
    spelled: Pattern
    year_first: Pattern
    year_and_day: Pattern
    month_year: Pattern
    nth_day: Pattern
    numeric: Pattern
    season: Pattern
    year: Pattern
    year_ahead: Pattern
    years: Pattern
    era: Pattern
    decade: Pattern
    century: Pattern
    counts: Pattern
    phrase: Pattern
    days_later: Pattern
    numbered: Pattern
    named: Pattern
    feasts: Mapping[str, str]
    feast: Pattern
    not_the_feast: Pattern


@cache
def grammar_of(code: str) -> Grammar:
    """Return the grammar of a language. ``code`` is of ``LANGUAGES``. It is made only once."""
    language = LANGUAGES[code]
    month, days, year = (
        month_pattern(language),
        days_pattern(language),
        linked_year_pattern(language),
    )
    of_month = rf"(?:[-/]|(?:{SPACE}(?:{language.of_month}))?{GAP})"
    return Grammar(
        language=language,
        months={**language.old, **language.short, **language.months},
        day=re.compile(rf"(?P<day>\d{{1,2}})(?:{language.ordinal})?"),
        day_month=re.compile(rf"{days}{of_month}{month}{year}?"),
        month_day=re.compile(rf"{month}{SPACE}(?:(?:{language.the}){SPACE})?{days}{year}?"),
        spelled=re.compile(
            rf"(?P<spelled>(?i:{any_of(language.spelled)}))(?!\w)".replace(r"\-", "[- ]")
            + rf"{language.of_spelled}{month}{year}"
        ),
        year_first=re.compile(
            rf"(?P<year>{YEAR}){NO_DOUBLE}(?:[,:]?{SPACE}|-){month}(?:{SPACE}|-){days}"
            rf"(?!{COMMA}\d{{4}})"
        ),
        year_and_day=re.compile(
            rf"(?P<year>{YEAR}){NO_DOUBLE}(?:{SPACE}(?:{language.year_word}))?,?{SPACE}"
            rf"(?:(?:{any_of(language.links)}){SPACE}){{0,2}}{days}{of_month}{month}"
            rf"(?!{COMMA}(?:(?:{language.of_year}){SPACE})?\d{{3}}|[-/]\d)"
        ),
        month_year=re.compile(rf"{month}{year}?"),
        nth_day=re.compile(language.nth_day),
        numeric=numeric_pattern(),
        season=_season(language),
        year=re.compile(rf"(?P<year>{YEAR})(?:{GAP}(?:{language.year_word}))?(?![\w%])"),
        year_ahead=re.compile(rf"[^.;!?]{{1,90}}?\s(?:{language.in_year})\s(?P<year>{YEAR})"),
        years=_years(language),
        era=_era(language),
        decade=re.compile(rf"(?:{language.decade})(?!\w)"),
        century=re.compile(
            rf"(?:{language.century})(?!\w)(?:{SPACE}(?P<before>{language.before_christ}))?"
        ),
        counts=re.compile(rf"{SPACE}(?:{language.counts})\b"),
        phrase=_phrase((*language.days, *language.years)),
        days_later=re.compile(rf"(?:{language.days_later})(?!\w)", re.IGNORECASE),
        numbered=_numbered(language),
        feasts={feast_key(name): date for name, date in language.feasts.items()},
        feast=re.compile(rf"(?P<feast>(?i:{_feasts(language)}))(?!\w){year}(?!{DASH}|/\d)"),
        not_the_feast=re.compile(rf"(?<!\w)(?i:{language.not_the_feast})\s{{0,3}}\Z"),
        named=re.compile(rf"(?<!\w)(?:{language.named})\s{{1,3}}\Z"),
    )


@cache
def numeric_pattern() -> Pattern:
    """Return the pattern of a day in numbers alone. It is the same in every language."""
    return re.compile(
        r"(?P<first>\d{1,4})(?P<mark>[-./ ])(?:(?<=\.)\s{1,2})?"
        r"(?:(?P<second>\d{1,2})|(?P<roman>[IVX]{1,4}|[ivx]{1,4}))"
        r"(?P=mark)(?:(?<=\.)\s{1,2})?(?P<third>\d{1,4})"
        rf"(?:(?![^\W_T]|[-./:]\d)|(?={NOTE}))",
        re.ASCII,
    )


def _season(language: Language) -> Pattern:
    link = rf"{SPACE}(?:(?:{language.of_year}){SPACE})?"
    rest = rf"(?:(?:{DASH}|/)\d{{2,4}}(?!\d))?"
    return re.compile(rf"(?P<season>(?i:{any_of(language.seasons)})){link}(?P<year>{YEAR}){rest}")


def _years(language: Language) -> Pattern:
    to = rf"{GAP}(?:{DASH}|/){GAP}|{SPACE}(?:{language.until}){SPACE}"
    also = rf"(?P<also>{SPACE}(?:{language.joins}){SPACE})"
    last = rf"(?P<until>{YEAR}|\d\d{ENDS})(?!{DASH}|\w)"
    return re.compile(rf"(?P<year>{YEAR})(?:{to}|{also}){last}(?:{GAP}(?:{language.year_word}))?")


def _era(language: Language) -> Pattern:
    before, after = language.before_christ, language.after_christ
    since = rf"(?:(?P<since>\d{{1,4}}){GAP}{DASH}{GAP})?"
    return re.compile(
        rf"{since}(?P<counted>\d{{1,4}}){GAP}(?:(?P<before>{before})|{after})(?!\w)"
        rf"|(?:{after}){SPACE}(?P<after>\d{{1,4}}){ENDS}"
    )


def _phrase(phrases: Iterable[str]) -> Pattern:
    return re.compile(rf"(?:{any_of(phrases)})(?!\w)", re.IGNORECASE)


def _numbered(language: Language) -> Pattern:
    """Return the pattern of a word and its number up to a second number: "nos. 11 and ".

    It is for a text in small letters (small_letters.py).
    """
    link = rf"{GAP}(?:{DASH}|[/&]|(?:{language.joins})(?!\w)){GAP}"
    before = rf"(?:\d{{1,4}}(?:,{GAP}\d{{1,4}}){{0,3}},?{link})?"
    return re.compile(rf"(?<!\w)(?<!\b\w\.)(?:{NUMBERED}|{language.numbered})\.?{GAP}{before}\Z")


def feast_key(words: str) -> str:
    """Return the name of a feast without what people write in several ways: "St.", "’"."""
    spaced = " ".join(words.lower().replace("-", " ").split())
    letters = "".join(letter for letter in spaced if letter.isalpha() or letter == " ")
    return letters.removeprefix("saint ").removeprefix("st ")


def _feasts(language: Language) -> str:
    """Return the pattern of the feasts: "St. John's Day", "Saint John’s Day"."""
    names = any_of(language.feasts).replace("'", "[’']?").replace(r"\-", "[- ]")
    names = names.replace(SPACE, r"(?:\s{1,3}|-)")
    return names.replace(r"st\.", r"(?:st\.?|saint)")
