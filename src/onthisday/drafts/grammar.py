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

from onthisday.drafts.languages import LANGUAGES
from onthisday.drafts.languages.language import NEVER, Language

Pattern = re.Pattern[str]

_SPACE = r"\s{1,3}"
_GAP = r"\s{0,3}"
_DASH = r"[-‐‑–—]"
_COMMA = rf"(?:{_GAP},{_GAP}|{_SPACE})"
_NOTE = r"\.\d{1,3}(?:[-–,]\d{1,3})?(?=\s{1,3}[\"“„«(]?[A-ZÀ-ÖØ-ÞА-ЯЁ]|\s{0,3}\Z)"
"""The number of a note at the end of a sentence: ``.12`` in "12 June 1957.12 His son followed"."""
_ENDS = rf"(?:(?!\d|[.,:]\d)|(?={_NOTE}))"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d|[.:]\d|,\d{3}(?!\d))"
_YEAR = rf"(?:1\d|20)\d\d{_ENDS}"
_ASIDE = r"[(\[][^()\[\]]{1,60}[)\]]"


class Grammar(NamedTuple):
    """The patterns of one language. The name of a group says what it holds."""

    language: Language
    months: Mapping[str, int]
    day: Pattern
    day_month: Pattern
    month_day: Pattern
    year_first: Pattern
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
    old_style: Pattern
    old_style_before: Pattern
    new_style: Pattern
    new_style_before: Pattern
    style: Pattern
    happened: Pattern


@cache
def grammar_of(code: str) -> Grammar:
    """Return the grammar of a language. ``code`` is of ``LANGUAGES``. It is made only once."""
    language = LANGUAGES[code]
    month, days, year = _month(language), _days(language), _linked_year(language)
    of_month = rf"(?:[-/]|(?:{_SPACE}(?:{language.of_month}))?{_GAP})"
    return Grammar(
        language=language,
        months={**language.old, **language.short, **language.months},
        day=re.compile(rf"(?P<day>\d{{1,2}})(?:{language.ordinal})?"),
        day_month=re.compile(rf"{days}{of_month}{month}{year}?"),
        month_day=re.compile(rf"{month}{_SPACE}(?:(?:{language.the}){_SPACE})?{days}{year}?"),
        year_first=re.compile(
            rf"(?P<year>{_YEAR})(?P<double>(?!))?(?:[,:]?{_SPACE}|-){month}(?:{_SPACE}|-){days}"
            rf"(?!{_COMMA}\d{{4}})"
        ),
        month_year=re.compile(rf"{month}{year}?"),
        nth_day=re.compile(language.nth_day),
        numeric=_numeric(),
        season=_season(language),
        year=re.compile(rf"(?P<year>{_YEAR})(?:{_GAP}(?:{language.year_word}))?(?![\w%])"),
        year_ahead=re.compile(rf"[^.;!?]{{1,90}}?\s(?:{language.in_year})\s(?P<year>{_YEAR})"),
        years=_years(language),
        era=_era(language),
        decade=re.compile(rf"(?:{language.decade})(?!\w)"),
        century=re.compile(
            rf"(?:{language.century})(?!\w)(?:{_SPACE}(?P<before>{language.before_christ}))?"
        ),
        counts=re.compile(rf"{_SPACE}(?:{language.counts})\b"),
        phrase=_phrase((*language.days, *language.years)),
        days_later=re.compile(rf"(?:{language.days_later})(?!\w)", re.IGNORECASE),
        numbered=_numbered(language),
        feasts={feast_key(name): date for name, date in language.feasts.items()},
        feast=re.compile(rf"(?P<feast>(?i:{_feasts(language)}))(?!\w){year}(?!{_DASH}|/\d)"),
        not_the_feast=re.compile(rf"(?<!\w)(?i:{language.not_the_feast})\s{{0,3}}\Z"),
        named=re.compile(rf"(?<!\w)(?i:{language.named})\s{{1,3}}\Z"),
        old_style=_style(language.old_style),
        old_style_before=_style_before(language.old_style, language),
        new_style=_style(language.new_style),
        new_style_before=_style_before(language.new_style, language),
        style=re.compile(_styles(language)),
        happened=_happened(language),
    )


def _any(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", _SPACE) for word in longest_first) or NEVER


def _month(language: Language) -> str:
    full, short = _any(language.months), _any({**language.old, **language.short})
    begins = {name[0] for name in (*language.months, *language.short, *language.old)}
    letter = r"[^\W\d_]"
    ahead = "".join(sorted({*begins, *(letter.upper() for letter in begins)}))
    return rf"(?=[{ahead}])(?P<month>(?i:{full})(?!{letter})|(?i:{short})(?!{letter})\.?)"


def _days(language: Language) -> str:
    """Return the pattern of one day, or of several in a month.

    ``6-7``, ``25th to the 27th``, ``4, 5 and 6``.
    """
    day = rf"{_DAY}(?:{language.ordinal})?(?:(?<=\.)|(?!\w))"
    last = rf"{_GAP}(?:(?:{_DASH}|[/&]){_GAP}{day}|[(\[]{day}[)\]])"
    joins = rf"(?:{language.joins})(?:{_SPACE}(?:{_any(language.links)}))?"
    listed = rf"(?:,{_GAP}{day}){{0,3}},?{_SPACE}{joins}{_SPACE}{day}"
    return rf"(?P<days>{day}(?:{last}|{listed})?)"


def _linked_year(language: Language) -> str:
    """Return the pattern of a year after a month or a day.

    Brackets may stand between: ``7 November [O.S. 25 October] 1917``.
    """
    before, after = language.before_christ, language.after_christ
    with_era = (
        rf"(?P<counted>\d{{1,4}}){_SPACE}(?:(?P<before>{before})|{after})(?!\w)"
        rf"|(?:{after}){_SPACE}(?P<after>\d{{1,4}})(?!\d)"
    )
    roman = r"(?P<roman>M[DCLXVI]{2,14})(?!\w)"
    not_month = rf"(?!{_SPACE}{_any_month(language)})"
    double = rf"(?:{_DASH}|/)(?P<double>\d{{4}}|\d\d?)(?![\w/]|[.,:-]\d){not_month}"
    alone = rf"(?P<year>{_YEAR})(?:{double})?(?:{_GAP}(?:{language.year_word})(?!\w))?"
    early = rf"(?P<early>[1-9]\d\d)(?=\s{{0,3}}(?:[.;)]|,\s|\Z|(?:{language.year_word})(?!\w)))"
    link = rf"(?:[-/]|(?<=\.)|{_COMMA}(?:(?:{language.of_year}){_SPACE})?)"
    aside = rf"{_SPACE}(?:{_ASIDE}|{_styles(language)})"
    behind = rf"(?=(?:{aside}|[)\]]){_COMMA}(?P<behind>{_YEAR})(?!(?:{_DASH}|/)\d))"
    return rf"(?:{link}(?:{with_era}|{alone}|{roman}|(?<!,\s){early})|{behind})"


def _any_month(language: Language) -> str:
    return rf"(?:{language.of_month})?{_GAP}(?i:{_any(language.months)})"


def _styles(language: Language) -> str:
    return rf"(?:{language.old_style}|{language.new_style})"


def _style(mark: str) -> Pattern:
    """Return the pattern of a style after a date.

    In "[O.S. 25 October]" it is the style of the date after it, so a day must not follow.
    """
    a_day = r"[:\s]{0,2}\d{1,2}(?!\d)|\s[A-Z][a-z]{2,8}\s\d"
    return re.compile(rf"[\s,]{{0,2}}[(\[]?(?:{mark})(?!{a_day})")


def _style_before(mark: str, language: Language) -> Pattern:
    """Return the pattern of a style before a date. Articles and the like may stand between."""
    link = rf"(?:(?:{_any(language.links)})\s){{0,2}}"
    return re.compile(rf"(?<!\w)(?:{mark}):?\s{{0,2}}{link}\Z")


def _happened(language: Language) -> Pattern:
    """Return the pattern of what may stand between "until 3 May" and what happened on that day."""
    then = rf"[.;!]\s{{1,3}}(?=(?:{_any(language.then)})(?!\w))"
    when = rf",?{_SPACE}(?:{_any(language.when)})(?!\w)\s{{1,3}}"
    return re.compile(rf"{then}|{when}", re.IGNORECASE)


def _numeric() -> Pattern:
    return re.compile(
        r"(?P<first>\d{1,4})(?P<mark>[-./ ])(?:(?<=\.)\s{1,2})?"
        r"(?:(?P<second>\d{1,2})|(?P<roman>[IVX]{1,4}|[ivx]{1,4}))"
        r"(?P=mark)(?:(?<=\.)\s{1,2})?(?P<third>\d{1,4})"
        rf"(?:(?![^\W_T]|[-./:]\d)|(?={_NOTE}))",
        re.ASCII,
    )


def _season(language: Language) -> Pattern:
    link = rf"{_SPACE}(?:(?:{language.of_year}){_SPACE})?"
    rest = rf"(?:(?:{_DASH}|/)\d{{2,4}}(?!\d))?"
    return re.compile(rf"(?P<season>(?i:{_any(language.seasons)})){link}(?P<year>{_YEAR}){rest}")


def _years(language: Language) -> Pattern:
    to = rf"{_GAP}(?:{_DASH}|/){_GAP}|{_SPACE}(?:{language.until}){_SPACE}"
    also = rf"(?P<also>{_SPACE}(?:{language.joins}){_SPACE})"
    last = rf"(?P<until>{_YEAR}|\d\d{_ENDS})(?!{_DASH}|\w)"
    return re.compile(rf"(?P<year>{_YEAR})(?:{to}|{also}){last}(?:{_GAP}(?:{language.year_word}))?")


def _era(language: Language) -> Pattern:
    before, after = language.before_christ, language.after_christ
    since = rf"(?:(?P<since>\d{{1,4}}){_GAP}{_DASH}{_GAP})?"
    return re.compile(
        rf"{since}(?P<counted>\d{{1,4}}){_GAP}(?:(?P<before>{before})|{after})(?!\w)"
        rf"|(?:{after}){_SPACE}(?P<after>\d{{1,4}}){_ENDS}"
    )


def _phrase(phrases: Iterable[str]) -> Pattern:
    return re.compile(rf"(?:{_any(phrases)})(?!\w)", re.IGNORECASE)


def _numbered(language: Language) -> Pattern:
    """Return the pattern of a word and its number up to a second number: "nos. 11 and "."""
    link = rf"{_GAP}(?:{_DASH}|[/&]|(?:{language.joins})(?!\w)){_GAP}"
    before = rf"(?:\d{{1,4}}(?:,{_GAP}\d{{1,4}}){{0,3}},?{link})?"
    return re.compile(rf"(?<!\w)(?i:{language.numbered})\.?{_GAP}{before}\Z")


def feast_key(words: str) -> str:
    """Return the name of a feast without what people write in several ways: "St.", "’"."""
    spaced = " ".join(words.lower().replace("-", " ").split())
    letters = "".join(letter for letter in spaced if letter.isalpha() or letter == " ")
    return letters.removeprefix("saint ").removeprefix("st ")


def _feasts(language: Language) -> str:
    """Return the pattern of the feasts: "St. John's Day", "Saint John’s Day"."""
    names = _any(language.feasts).replace("'", "[’']?").replace(r"\-", "[- ]")
    names = names.replace(_SPACE, r"(?:\s{1,3}|-)")
    return names.replace(r"st\.", r"(?:st\.?|saint)")
