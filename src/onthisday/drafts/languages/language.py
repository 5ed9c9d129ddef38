"""The words of a language that the grammar needs. All in small letters, without a full stop."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

NEVER = r"(?!)"
"""A pattern that never matches."""


class Language(NamedTuple):
    """The words with which a language writes dates.

    - ``months``: the names, in every form that stands beside a day or a year.
    - ``short``: short names; a full stop may follow them.
    - ``old``: names in old papers; a full stop may follow them. They stand beside a day only,
      because some are also names of people.
    - ``frequent``: frequent words, by which the language of a text is guessed.
    - ``seasons``: numbered as in EDTF, 21 for spring.
    - ``days``, ``years``: phrases such as "the next day", with the number of days or years to count
      from the one that the text named last.
    - ``numbers``: number words for ``days_later``.

    The other fields are sets of words and phrases, or regular expressions. These have no groups,
    unless their comment says so.
    """

    code: str
    months: Mapping[str, int]
    short: Mapping[str, int]
    old: Mapping[str, int]
    frequent: frozenset[str]
    seasons: Mapping[str, int]
    days: Mapping[str, int]
    years: Mapping[str, int]
    numbers: Mapping[str, int]
    day_first: bool = True
    """Whether 03/04/1956 can only mean the third of April."""
    reformed: tuple[int, int, int] = (1582, 10, 15)
    """The year, month and day from which on texts in this language count by our calendar.

    It is the last reform of the large countries of the language, since a text does not tell its
    country. For German it is that of the Protestant cantons of Switzerland, for Dutch of Drenthe.
    """
    lady_day: bool = False
    """Whether a year began on 25 March until then, so that February was in 1731/32."""
    links: frozenset[str] = frozenset()
    """Words between a date and a word that says how the date is meant: "probably **on** 4 June"."""
    sides: frozenset[str] = frozenset()
    """Words before a date that is not the day itself: "before", "after"."""
    bounds: frozenset[str] = frozenset()
    """Other words before a date that is only the beginning or the end of a time: "from", "by"."""
    bounds_after: frozenset[str] = frozenset()
    """Words after such a date: "at the latest"."""
    onward: frozenset[str] = frozenset()
    """Words after such a date, if a word of ``of`` stands before it: "vom" 3. Mai "an"."""
    ends: frozenset[str] = frozenset()
    """Words before a day on which something ended: "until"."""
    then: frozenset[str] = frozenset()
    """The first words of a sentence that tells what happened on that day: "then"."""
    when: frozenset[str] = frozenset()
    """The first words of a clause that tells it: "when"."""
    of: frozenset[str] = frozenset()
    """Words between an event and its date: after the battle "of" 3 May."""
    hedges: frozenset[str] = frozenset()
    """Words near a date that make it uncertain: "probably"."""
    ands: frozenset[str] = frozenset()
    """Words between two dates, or between two clauses: "and"."""
    either: frozenset[str] = frozenset()
    """Words between two dates of which one is right: "or"."""
    spans: frozenset[str] = frozenset()
    """Words between the first and the last day of a time: "to"."""
    night: frozenset[str] = frozenset()
    """The word for a night. A night has two dates."""
    begins: frozenset[str] = frozenset()
    """The first words of what patterns below match, if it is no number: "siglo" (siglo XIX)."""
    about: frozenset[str] = frozenset()
    """Words before a date that make it approximate: "around"."""
    leads_in: frozenset[str] = frozenset()
    """Words that show that a year or a month after them is a date: "in", "since"."""
    surely: frozenset[str] = frozenset()
    """Words that make a number a year, even if it seems to count: "in 1900 soldiers"."""
    between: frozenset[str] = frozenset()
    """Words before two years with ``joins`` between them: "between 1938 and 1947"."""
    capitals: bool = False
    """Whether a month's name always begins with a capital letter."""
    ordinal: str = NEVER
    """Stands after the number of a day: "th"."""
    spelled: Mapping[str, int] = MappingProxyType({})
    """Days in words: "fifth". A hyphen in them may also be a space."""
    of_spelled: str = ""
    """What must stand between such a day and its month, with the spaces around it."""
    the: str = NEVER
    """A word between a month and its day: "July the 4th"."""
    of_month: str = NEVER
    """A word between a day and its month: "of"."""
    of_year: str = NEVER
    """A word between a month or a season and its year: "of"."""
    in_the_year: frozenset[str] = frozenset()
    """Words before a year whose day comes after it: "Anno" 1716 den 9. September."""
    year_word: str = NEVER
    """A word after a year that belongs to it: Russian "года"."""
    joins: str = NEVER
    """Stands between two days of one month, or two years: "and"."""
    until: str = NEVER
    """Stands between the first and the last year of a time: "until"."""
    in_year: str = NEVER
    """Stands before the year of something named earlier: the October Plenum … "in" 1964."""
    in_calendar: str = NEVER
    """Stands before the name of a calendar: "by the" Julian calendar."""
    old_style: str = NEVER
    """Says that a date beside it is of the Julian calendar: "Old Style"."""
    new_style: str = NEVER
    """Says that a date beside it is of the Gregorian calendar: "New Style"."""
    before_christ: str = NEVER
    after_christ: str = NEVER
    counts: str = NEVER
    """Words for things that are counted: in "1900 men", 1900 is no year."""
    numbered: str = NEVER
    """A word whose number stands after it: "Box". In "Box 12 March", 12 is no day."""
    named: str = NEVER
    """A name or a word that may have a number after it, and may stand before a day: "Explorer"."""
    day_alone: bool = False
    """Whether a day often has no word such as "on" before it, so that any name may stand there."""
    before_day: frozenset[str] = frozenset()
    """Words that may have a capital letter, or lead to a name, right before a day: "Sunday"."""
    feasts: Mapping[str, str] = MappingProxyType({})
    """Feasts of a fixed day with month and day, and a longer time with its month alone.

    ``christmas day``: ``12-25``; ``christmas``: ``12``.
    """
    not_the_feast: str = NEVER
    """Words before a feast with which it is another day: "eve of", "Chinese"."""
    century: str = NEVER
    """A century, with a group ``nth``: digits or Roman numerals."""
    decade: str = NEVER
    """A decade, with a group ``decade`` of four digits, or a group ``short`` of two."""
    nth_day: str = NEVER
    """A day without its month, with a group ``day``: "on the 25th"."""
    days_later: str = NEVER
    """A count of days, with a group ``count`` (digits or a word): "two days later".

    A group ``back`` matches if it counts backwards: "earlier".
    """
    typical: str = NEVER
    """What only this language writes, as one more word by which it is guessed: "4. November".

    Begin it with a letter or a digit: Python finds that quickly in a text. What must stand before
    that comes after it, as a look back.
    """
    consulted: str = NEVER
    """Words that say before a date that somebody looked at a source: "retrieved on"."""
    posted: str = NEVER
    """Words that say in a short line that a page was made or changed: "published on"."""

    birth: str = NEVER
    """A word that says that a day is a person's birth: "born"."""
    death: str = NEVER
    """A word that says that a day is a person's death: "died"."""
    marriage: str = NEVER
    """A word that says that a day is a wedding: "married"."""
    is_born: str = "{} *"
    """The title of a birth: "{} is born", with the person's name for ``{}``."""
    dies: str = "{} †"
    """The title of a death, in the same way."""


def numbered(names: str, first: int = 1) -> dict[str, int]:
    """Return the words with their numbers, counted from ``first``."""
    return {name: number for number, name in enumerate(names.split(), first)}


def words(listed: str) -> frozenset[str]:
    """Return the words of a list that has spaces between them."""
    return frozenset(listed.split())


def phrases(listed: str) -> frozenset[str]:
    """Return the phrases of a list that has ``, `` between them. A phrase may have spaces."""
    return frozenset(listed.split(", "))


NAMED = (
    r"airbus|apoll?on?|ariane|boeing|cosmos|discoverer|explorer|gemini|luna|lunik|mariner|pioneer"
    r"|ranger|sal[yj]ut|skylab|so[jy]u[sz]|soyouz|sojoez|sput?nik|spoutnik|surveyor|telstar"
    r"|vanguard|venera|viking|vos[ck]h?od|[vw]ostok|voyager|windows|zond"
)
"""Names with numbers that are the same in many languages."""

NUMBERED = (
    r"tom[eo]s?|vols?|volumes?|hefte?|bde?|b[aä]nd|bl\.|blatt|seiten?|nrs?|№|n[°º]|núms?|págs?|pp?\."
    r"|pages?|páginas?|pagina|blz|fol|kap|chap|cap\.|art\.|figs?\.|box|boxes|carton|caja|caixa|busta"
    r"|doos|fasc|mss?|op\.|s\.|kartons?|apollo|apolo|стр|том|№№"
)
"""Words with a number behind them, in texts of any language: papers cite each other."""

NUMERALS = numbered("II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI", 2)
"""Roman numerals for centuries, with their numbers."""
