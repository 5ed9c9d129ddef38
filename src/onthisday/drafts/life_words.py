"""Which day of a sentence is a birth, a death or a marriage, as the words around it say.

A sentence may tell several: "Born on 9 January 1811, she died on 30 June 1879." Each day gets the
word that belongs to it. In most languages the word stands before the day, in German and Dutch often
after it. So a day takes the last free word before it, back to the day before; otherwise the first
word after it, if the next day does not need that one.

Two days in brackets after a person's name, with a dash between them, are a birth and a death.

Called by proposing.py. The words of each language are in languages/.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple, cast

from onthisday.almanac.entry import Kind
from onthisday.drafts.languages import LANGUAGES
from onthisday.drafts.names import names_in

_SIGNS = {"birth": r"\*(?=\s?\d)", "death": r"[†✝✞](?=\s?\d)|(?<=[\s(])\+(?=\s?\d)"}
"""The signs that genealogists write before a day."""

_PLACE = r"[^\W\d_][^()\[\]\d;*†]{0,60}"
_OPENS = re.compile(rf"[(\[]\s?(?:{_PLACE}[,.]\s)?\Z")
_TO = re.compile(rf"(?:,\s?{_PLACE})?\s?[-–—]\s?(?:{_PLACE},\s)?")
_CLOSES = re.compile(rf"\s?(?:,\s?{_PLACE})?[)\]]")
_OPEN_END = re.compile(r"\s?(?:[-–—]\s?)?[)\]]")
_SURNAME_FIRST = re.compile(r"[^\W\d_][\w'’-]+, [^\W\d_][\w'’-]+(?: [^\W\d_][\w'’.-]*){0,2}\Z")
"""Before and between the days of "(Basel, 9 January 1811 – Rome, 30 June 1879)"."""

_NOUN = re.compile(
    r"births?|birthda(?:y|te)s?|deaths?|marriages?|weddings?|Geburt(?:stag|sdatum)?|Tod(?:es)?(?:tag)?|Hochzeit|Trauung|Heirat"
    r"|Eheschließung|naissances?|morte?s?|décès|mariage|noces|nascita|matrimonio|nozze|nacimiento"
    r"|muertes?|fallecimiento|defunción|boda|nascimento|falecimento|óbito|casamento|núpcias"
    r"|geboorte(?:dag|datum)?|dood|sterfdag|huwelijk|bruiloft|рождени\w|смерт\w|свадьб\w|венчани\w"
    r"|бракосочетани\w",
    re.IGNORECASE,
)
"""Words that tell of a day only if they stand close before it: "the death of King Charles on …".

French and Italian "mort", "morte" are verbs too. So "est mort" close before a day is found as well.
"""
_NEAR_NOUN, _NEAR_COMMA = 6, 3
"""Words: at most so many stand between a noun and its day, and after a comma before the day."""

_LONGEST_LIFE, _SHORTEST_LIFE = 115, 10
"""Years. Days in brackets that are nearer may be of a reign or a war, and make no birth."""


class Day(NamedTuple):
    """A date in a sentence. ``start``, ``end``: its place in it; ``year``: None if not known."""

    start: int
    end: int
    year: int | None


class _Word(NamedTuple):
    start: int
    end: int
    kind: Kind
    is_noun: bool


def kinds_of(sentence: str, days: Sequence[Day], language: str) -> list[Kind | None]:
    """Return what each date of a sentence is: its kind, or None if no word says it.

    ``days`` are in order. ``language`` is a code of ``languages.LANGUAGES``.
    """
    found = _by_words(sentence, days, language)
    for place in range(len(days) - 1):
        pair = days[place : place + 2]
        if found[place : place + 2] == [None, None] and _is_life(
            sentence, pair[0], pair[1], language
        ):
            found[place : place + 2] = ["birth", "death"]
    if len(days) == 1 and found == [None] and _is_still_open(sentence, days[0], language):
        return ["birth"]
    return found


def has_life_words(text: str, language: str) -> bool:
    """Return True if a text has a word for a birth, a death or a marriage."""
    return bool(_words_in(text, language))


def kind_in(text: str, language: str) -> Kind | None:
    """Return the only kind that the words of a text name; None if there is none, or another."""
    kinds = {word.kind for word in _words_in(text, language)}
    return kinds.pop() if len(kinds) == 1 else None


def subject(sentence: str, days: Sequence[Day], language: str) -> str | None:
    """Return whose life a sentence tells: the person named before its first life word or date.

    Return None if nobody or several people are named there.
    """
    words = _words_in(sentence, language)
    first = min([day.start for day in days] + [word.start for word in words])
    people = names_in(sentence[:first], language).people
    return people[0] if len(people) == 1 else None


def _by_words(sentence: str, days: Sequence[Day], language: str) -> list[Kind | None]:
    ends = [0, *(day.end for day in days)]
    starts = [*(day.start for day in days), len(sentence)]
    words = _words_in(sentence, language)
    gaps = [
        [word for word in words if end <= word.start and word.end <= start]
        for end, start in zip(ends, starts, strict=True)
    ]
    found: list[Kind | None] = []
    for place, day in enumerate(days):
        before = [word for word in gaps[place] if _leads_to(word, sentence[word.end : day.start])]
        after = [word for word in gaps[place + 1] if _follows(word, sentence[day.end : word.start])]
        further = gaps[place + 2] if place + 2 < len(gaps) else None
        word = None
        if before:
            word = before[-1]
        elif after and (further is None or further or len(after) > 1):
            word = after[0]
        found.append(word and word.kind)
        for gap in gaps[place : place + 2]:
            gap[:] = [each for each in gap if each is not word]
    return found


def _leads_to(word: _Word, between: str) -> bool:
    """Return True if a word may tell of the day after it, with only these words ``between``.

    In "born in Basel, opened her shop on 3 May 1840" the day is of another clause.
    """
    last = between.rpartition(",")[2] if "," in between else ""
    near = len(between.split()) <= _NEAR_NOUN or not word.is_noun
    return ";" not in between and len(last.split()) <= _NEAR_COMMA and near


def _follows(word: _Word, between: str) -> bool:
    """Return True if a word may tell of the day before it, with only these words ``between``."""
    return not word.is_noun and not re.search(r"[,;:()]", between.removeprefix(","))


def _is_life(sentence: str, born: Day, died: Day, language: str) -> bool:
    """Return True if two days stand as a life in brackets after a person's name."""
    years = died.year - born.year if born.year is not None and died.year is not None else 0
    if not _SHORTEST_LIFE <= years <= _LONGEST_LIFE:
        return False
    opens = _OPENS.search(sentence, max(0, born.start - 70), born.start)
    closed = _CLOSES.match(sentence, died.end)
    if opens is None or closed is None or not _TO.fullmatch(sentence, born.end, died.start):
        return False
    before = sentence[: opens.start()].rstrip()
    people = names_in(before[-120:], language).people
    return any(map(before.endswith, people)) or bool(
        _SURNAME_FIRST.fullmatch(before.lstrip("#*- "))
    )


def _is_still_open(sentence: str, day: Day, language: str) -> bool:
    """Return True if the only day is a birth in brackets: (Madrid, 9 January 1950), (9 May 1950 –).

    A day alone in brackets may be of anything.
    """
    opens = _OPENS.search(sentence, max(0, day.start - 70), day.start)
    closes = _OPEN_END.match(sentence, day.end)
    if opens is None or closes is None or (len(opens[0]) < 3 and len(closes[0]) < 2):
        return False
    before = sentence[: opens.start()].rstrip()
    return any(map(before.endswith, names_in(before[-120:], language).people))


@lru_cache(maxsize=8)  # several rules ask for the words of a passage, one after the other
def _words_in(text: str, language: str) -> tuple[_Word, ...]:
    found = _pattern(language).finditer(text)
    return tuple(
        _Word(
            each.start(),
            each.end(),
            cast("Kind", each.lastgroup),
            _NOUN.fullmatch(each[0]) is not None,
        )
        for each in found
    )


@cache
def _pattern(language: str) -> re.Pattern[str]:
    spoken = LANGUAGES[language]
    kinds = {"birth": spoken.birth, "death": spoken.death, "marriage": spoken.marriage}
    return re.compile(
        "|".join(
            rf"(?P<{kind}>\b(?:{words})(?!\w)|{_SIGNS.get(kind, '(?!)')})"
            for kind, words in kinds.items()
        ),
        re.IGNORECASE,
    )
