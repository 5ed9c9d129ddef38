"""What the grammar must know of a language. Words are in lower case, without a full stop."""

from collections.abc import Mapping
from typing import NamedTuple

NEVER = r"(?!)"
"""A pattern that nothing matches."""


class Language(NamedTuple):
    """The words with which a language writes dates.

    ``months`` are the names in every form that stands beside a day or a year; ``short`` may end in
    a full stop. ``frequent`` are words by which the language is known. ``seasons`` are numbered as
    in EDTF, 21 for spring. ``days`` and ``years`` are phrases that count from the day or the year
    told last; ``numbers`` are the words that ``days_later`` may count with.

    The rest are patterns: regular expressions, without groups save where said.
    """

    code: str
    months: Mapping[str, int]
    short: Mapping[str, int]
    frequent: frozenset[str]
    seasons: Mapping[str, int]
    days: Mapping[str, int]
    years: Mapping[str, int]
    numbers: Mapping[str, int]
    day_first: bool = True
    """Whether 03/04/1956 can only be the third of April."""
    begins: frozenset[str] = frozenset()
    """Words with which what a pattern below matches may begin, other than a number."""
    about: frozenset[str] = frozenset()
    """Words before a date that they make approximate."""
    leads_in: frozenset[str] = frozenset()
    """Words before a year, or a month, that is a date by itself."""
    surely: frozenset[str] = frozenset()
    """Words before a number that is a year even where it seems to count what follows."""
    between: frozenset[str] = frozenset()
    """Words before two years that ``joins`` joins to a time."""
    capitals: bool = False
    """Whether a month's name always begins with a capital letter."""
    ordinal: str = NEVER
    """After a day's number."""
    of_month: str = NEVER
    """Between a day and its month, where it is a word."""
    of_year: str = NEVER
    """Between a month or a season and its year, where it is a word."""
    year_word: str = NEVER
    """After a year, and a part of it."""
    joins: str = NEVER
    """Between two days of one month."""
    until: str = NEVER
    """Between the first and the last year of a time."""
    in_year: str = NEVER
    """Before a year at the end of what it dates."""
    before_christ: str = NEVER
    after_christ: str = NEVER
    counts: str = NEVER
    """After a number that counts things, and so is no year."""
    century: str = NEVER
    """With a group ``nth``: digits, or Roman numerals."""
    decade: str = NEVER
    """With a group ``decade`` of four digits, or ``short`` of two."""
    nth_day: str = NEVER
    """A day that leaves its month to the text before; with a group ``day``."""
    days_later: str = NEVER
    """With groups ``count``, digits or a word, and ``back`` where it counts backwards."""


def numbered(names: str, first: int = 1) -> dict[str, int]:
    """Return words in their order with their numbers."""
    return {name: number for number, name in enumerate(names.split(), first)}


def words(listed: str) -> frozenset[str]:
    """Return what is listed with spaces."""
    return frozenset(listed.split())


def phrases(listed: str) -> frozenset[str]:
    """Return what is listed with commas: words, or several with a space between."""
    return frozenset(listed.split(", "))


NUMERALS = numbered("II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI", 2)
"""The centuries as they are written in Roman numerals."""
