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
from functools import cache
from typing import NamedTuple

from onthisday.almanac.entry import Kind
from onthisday.drafts.languages import LANGUAGES
from onthisday.drafts.names import names_in

_SIGNS = {"birth": r"\*(?=\s?\d)", "death": r"[†✝✞](?=\s?\d)|(?<=[\s(])\+(?=\s?\d)"}
"""The signs that genealogists write before a day."""

_PLACE = r"[^\W\d_][^()\[\]\d;*†]{0,60}"
_OPENS = re.compile(rf"[(\[]\s?(?:{_PLACE}[,.]\s)?\Z")
_TO = re.compile(rf"(?:,\s?{_PLACE})?\s?[-–—]\s?(?:{_PLACE},\s)?")
_CLOSES = re.compile(rf"\s?(?:,\s?{_PLACE})?[)\]]")
_SURNAME_FIRST = re.compile(r"[^\W\d_][\w'’-]+, [^\W\d_][\w'’-]+(?: [^\W\d_][\w'’.-]*){0,2}\Z")
"""Before and between the days of "(Basel, 9 January 1811 – Rome, 30 June 1879)"."""

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
    return found


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
    for place in range(len(days)):
        before, after = gaps[place], gaps[place + 1]
        further = gaps[place + 2] if place + 2 < len(gaps) else None
        if before:
            found.append(before.pop().kind)
        elif after and (further is None or further or len(after) > 1):
            found.append(after.pop(0).kind)
        else:
            found.append(None)
    return found


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


def _words_in(text: str, language: str) -> list[_Word]:
    found = _pattern(language).finditer(text)
    return [_Word(each.start(), each.end(), each.lastgroup) for each in found]  # type: ignore[arg-type]


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
