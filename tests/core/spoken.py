"""How dates are said in each language: a table that a native can read through.

    python -m tests.core.spoken            write golden/spoken/*.txt anew
    python -m tests.core.spoken de it      write those of these languages, also for the first time

test_spoken.py compares the tables with what the code says. A change of words is a change of a
table: read it before you commit it.
"""

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from onthisday.dates.edtf import parse
from onthisday.locales.locale import Locale, locale_of
from onthisday.views.date_words import (
    day_of_week,
    days_words,
    long_day,
    month_and_day,
    month_of_year,
    short_day,
    span_words,
)
from onthisday.views.historical_words import in_both_styles, in_old_style, spoken
from onthisday.views.rule_words import rule_words
from onthisday.views.words import years_ago

HERE = Path(__file__).parent
FOLDER = HERE / "golden" / "spoken"

_MORE = """
# Before the year 100, and before the year 1
0079-08-24 0079 0099 0100 0001 0000 -0043-03-15 -0043-03 -0043 -0043? -0043~ -0100/-0043 -0005/0009
# Decades, centuries, far years
195X 190X 000X -000X -004X 18XX 20XX 00XX 03XX -00XX -01XX -02XX 195X? 195X~ 18XX% Y17000 Y-17000
# Seasons
1953-21 1953-22 1953-23 1953-24 1953-21? 1953-22~ -0043-23
# Without a year
XXXX-11-07 XXXX-12 XXXX-02-29 XXXX-11-07? XXXX-11-07~
# Sure, uncertain, approximate, both
1956-02-25 1956-02-25? 1956-02-25~ 1956-02-25% 1953-03 1953-03? 1953-03~ 1953-03%
1964 1964? 1964~ 1964%
# One part uncertain or approximate
2004?-06-11 2004-?06-11 2004-06-?11 2004-06?-11 ?2004-06-?11 2004-?06-?11
2004~-06-11 2004-~06-11 2004-06-~11 2004-06~-11 ~2004-06-~11 2004-~06-~11
2004%-06-11 2004-%06-11 2004-06-%11 2004-06%-11 %2004-06-%11 2004-%06-%11
?2004-06-~11 2004?-~06-%11 2004?-06 2004-~06
# Intervals
1938/1947 1956-02-24/1956-02-25 1956-02-24/1956-03-01 1956-02/1956-03 1956-02-25/1957 1938?/1947~
156X-12-25/1570 2004-12-2X/2005-01-03 1938/.. 1938/ ../1947 /1947 195X/196X
XXXX-12-24/XXXX-12-25 0079-08-24/0079-08-25
# One of several, and all of several
[1917,1918] [1917,1918,1920] [1917..1920] [..1760] [1760..] [1917?,1918~] [1956-02-25,1956-02-26]
{1917,1918} {1917,1918,1920} {1917..1920} {..1760} {1760..} {1960,1962..1964}
# Digits that are not known
156X-12-25 15XX-12 1XXX 19X5 -156X-12-25 156X-12-25? 156X~-12-25 1XXX~ 000X-03-01 156X-21
1984-0X 1984-1X 1984-X2 2004-12-0X 2004-12-2X 2004-12-X5 1985-02-2X 1984-XX-25 1984-1X-25 156X-XX-01
XXXX-1X XXXX-12-2X 156X-1X 1984-1X? 2004-12-2X~
1950S2 1950S3 -1985S2 Y171010000S3 Y-17E7
"""

_MONTHS = " ".join(f"1956-{month:02}-{month:02} 1956-{month:02}" for month in range(1, 13))
_JULIAN = """
1917-10-25 1900-12-25 1582-10-04 1066-10-14 -0043-03-15 0079-08-24 1648-10 1731 1917-10-25?
1704?-06-11 1917-10-25/1917-10-26
"""
_RULES = """
easter easter-1 easter-2 easter-46 easter+1 easter+39 paskha paskha-1 paskha-2 paskha+1 paskha+49
1/mon+1 5/mon+3 9/wed+2 10/thu+4 11/sun-last 2/tue+5 6/fri+1 7/sat+2 10/sat+2-2 5/thu+1+1
"""
_YEARS = (0, 1, 2, 3, 4, 5, 10, 11, 20, 21, 22, 25, 70, 100, 101, 102, 111, 1000, 2070, 12_000)

_DAY = date(2026, 2, 25)
_DAYS: dict[str, Callable[[Locale], str]] = {
    "2026-02-25 with its weekday": lambda locale: long_day(locale, _DAY),
    "2026-02-25": lambda locale: short_day(locale, _DAY),
    "02-25 with its weekday": lambda locale: day_of_week(locale, _DAY),
    "02-25": lambda locale: month_and_day(locale, _DAY),
    "2026-02": lambda locale: month_of_year(locale, 2026, 2),
    "on one day": lambda locale: days_words(locale, [_DAY]),
    "on two days": lambda locale: days_words(locale, [date(2026, 2, 3), _DAY]),
    "on two days of two months": lambda locale: days_words(locale, [date(2026, 1, 3), _DAY]),
    "from a day to another": lambda locale: span_words(locale, date(2026, 2, 3), _DAY),
    "of two months": lambda locale: span_words(locale, _DAY, date(2026, 7, 1)),
    "of two years": lambda locale: span_words(locale, date(2025, 12, 31), _DAY),
}


_HEAD = """\
# How dates are said in this language. On the left is what an almanac writes: EDTF, or a rule.
# tests/core/spoken.py writes this file; the words are in src/onthisday/locales/catalogues/."""


def table(tag: str) -> str:
    """Return the whole table of a language."""
    locale = locale_of(tag)
    lines = (f"{key:34}{words}" if words else f"\n{key}" for key, words in _said(locale))
    return "\n".join([_HEAD, *lines, ""])


def _said(locale: Locale) -> Iterator[tuple[str, str]]:
    """Yield what is said, as EDTF or a rule writes it, and its words; a heading has no words."""
    yield "# Days", ""
    yield from ((name, say(locale)) for name, say in _DAYS.items())
    yield "# Months", ""
    yield from _dates(locale, _MONTHS)
    yield "# Years since", ""
    yield from ((str(years), years_ago(locale, years) or "") for years in _YEARS)
    yield from _dates(locale, "\n".join(_of_the_specification()))
    yield from _dates(locale, _MORE)
    yield "# In the Julian calendar", ""
    yield from ((text, _julian(locale, text)) for text in _JULIAN.split())
    yield "# Days that move", ""
    yield from ((rule, rule_words(locale, rule)) for rule in _RULES.split())


def _dates(locale: Locale, lines: str) -> Iterator[tuple[str, str]]:
    for line in filter(None, lines.splitlines()):
        if line.startswith("#"):
            yield line, ""
        else:
            yield from ((text, spoken(locale, parse(text))) for text in line.split())


def _of_the_specification() -> Iterator[str]:
    """Yield the headings and the dates of cases/edtf.tsv that are read."""
    heading = ""
    for line in (HERE / "cases" / "edtf.tsv").read_text("utf-8").splitlines():
        if line.startswith("# Level"):
            heading = line
        elif "\t" in line and "refused" not in line:
            yield from filter(None, (heading, line.partition("\t")[0]))
            heading = ""


def _julian(locale: Locale, text: str) -> str:
    found = parse(text, "julian")
    return in_both_styles(locale, found, in_old_style(locale, found))


def write(*tags: str) -> None:
    """Write the tables of languages; without a language, those that are there."""
    for tag in tags or languages():
        (FOLDER / f"{tag}.txt").write_text(table(tag), encoding="utf-8", newline="\n")


def languages() -> list[str]:
    """Return the languages that have a table."""
    return sorted(file.stem for file in FOLDER.glob("*.txt"))


if __name__ == "__main__":
    write(*sys.argv[1:])
