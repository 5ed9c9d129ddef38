"""Qualifiers: the words beside a date that say how it is meant.

"before 12 March" names a day, but not the day of the event. "probably on 4 June" is a guess. "until
31 October" is the day on which something ended. The words are fields of ``Language``. This module
says where they must stand:

- A bound stands right before the date or right after it. Only an article, a weekday and the like
  may stand between: "before Monday, the 3rd of May".
- "After the battle of 3 May" is a bound too.
- A hedge may stand a few words away, in the same clause: "she was probably born on 4 June".

Why only so near: a word further away mostly speaks of something else. So reading also takes time by
the length of the text. Called by mentions.py.
"""

import re
from collections.abc import Set as AbstractSet
from functools import cache
from typing import NamedTuple

from onthisday.drafts.beside import Beside
from onthisday.drafts.languages.language import Language

_LOOKED_AT = 80
"""Code points before a date and after it."""
_NEAR_BEFORE = 8
_NEAR_AFTER = 4
"""In words: how far away a hedge may stand."""
_NOUN = 4
"""In words: how far before a date "after" may stand in "after the battle of 3 May"."""
_PHRASE = 4
"""In words: the longest phrase."""
_TOKEN = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*|\d+|[^\w\s]")
_ABOUT = (["~"], ["≈"], ["±"])
_ASKED = re.compile(r"\s?[(\[]?\?")
_ASKED_BEFORE = re.compile(r"\?")
_BETWEEN = frozenset(",()[]–—.'")
"""Marks that may stand between a hedge and its date."""
_STOPS = frozenset(".;:!?()[]–—…")
"""Marks that end a clause."""


class Qualified(NamedTuple):
    """What the words beside a date make of it.

    - ``bound``: the date is not the day of the event.
    - ``uncertain``: the text says "probably" or the like.
    - ``approximate``: the text says "around" or the like.
    - ``happened``: after "until", where the words begin that tell what happened on that day. None
      if there are none.
    """

    bound: bool = False
    uncertain: bool = False
    approximate: bool = False
    happened: int | None = None


def qualified(text: str, start: int, end: int, words: Beside) -> Qualified:
    """Return what the words beside ``text[start:end]`` make of this date."""
    language = words.language
    before = tokens_of(text[max(0, start - _LOOKED_AT) : start])
    after = tokens_of(text[end : end + _LOOKED_AT])
    place = _without(before, language.links)
    said = _phrases_before(before, len(before))
    if place < len(before):
        said |= _phrases_before(before, place)
    happened = None if said.isdisjoint(language.ends) else words.happened.match(text, end)
    bound = _is_bound(said, before, place, language) or _is_bound_after(before, after, language)
    asked = _ASKED_BEFORE.search(text, max(0, start - 1), start) or _ASKED.match(text, end)
    return Qualified(
        bound=bound and happened is None,
        uncertain=bool(asked) or _is_uncertain(before, after, language),
        approximate=not said.isdisjoint(language.about) or before[-1:] in _ABOUT,
        happened=happened.end() if happened else None,
    )


def tokens_of(text: str) -> list[str]:
    """Return the words, numbers and marks of a short text, in small letters."""
    return _TOKEN.findall(text.lower().replace("’", "'"))


def _without(tokens: list[str], links: AbstractSet[str]) -> int:
    """Return how many tokens are left without the links and apostrophes at the end."""
    place = len(tokens)
    while place:
        last = tokens[place - 1]
        weekday = last == "," and place > 1 and tokens[place - 2] in links  # Monday, 3 May
        if last not in links and last != "'" and not weekday:
            break
        place -= 1
    return place


def _phrases_before(tokens: list[str], place: int) -> set[str]:
    """Return each phrase that ends at a place of the tokens, an abbreviation with its full stop."""
    begins = range(max(0, place - _PHRASE), place)
    return {" ".join(tokens[begin:place]).replace(" .", ".") for begin in begins}


def _phrases_after(tokens: list[str], place: int) -> dict[str, int]:
    """Return each phrase that begins at a place of the tokens, with the place after it."""
    ends = range(place + 1, min(len(tokens), place + _PHRASE) + 1)
    return {" ".join(tokens[place:end]): end for end in ends}


def _is_bound(said: set[str], tokens: list[str], place: int, language: Language) -> bool:
    bounds = (language.sides, language.bounds, language.either)
    if not all(map(said.isdisjoint, bounds)):
        return True
    if language.of.isdisjoint(tokens[max(0, place - 1) :]):
        return False
    near = range(place - 1, max(-1, place - 1 - _NOUN), -1)
    side = next((one for one in near if tokens[one] in language.sides), None)
    return side is not None and _STOPS.isdisjoint(tokens[side:]) and "," not in tokens[side:]


def _is_bound_after(before: list[str], tokens: list[str], language: Language) -> bool:
    """Say whether "or later", "onwards" or the like follows. A single word must end its clause."""
    if not (language.of.isdisjoint(before[-1:]) or language.onward.isdisjoint(tokens[:1])):
        return True  # vom 3. Mai an
    place = 1 if tokens[:1] in ([","], ["("]) else 0
    ends = [
        end
        for phrase, end in _phrases_after(tokens, place).items()
        if phrase in language.bounds_after
    ]
    return any(
        end - place > 1 or end == len(tokens) or not tokens[end][0].isalnum() for end in ends
    )


def _is_uncertain(before: list[str], after: list[str], language: Language) -> bool:
    telling = _telling(language.hedges)
    return (not telling.isdisjoint(before) and _is_hedged(before, language)) or (
        not telling.isdisjoint(after) and _is_hedged_after(after, language)
    )


@cache
def _telling(phrases: frozenset[str]) -> frozenset[str]:
    """Return the longest word of each phrase. Where none of them stands, none of the phrases does.

    To look for them is quick, and near most dates there is none.
    """
    return frozenset(max(tokens_of(phrase), key=len) for phrase in phrases)


def _is_hedged(tokens: list[str], language: Language) -> bool:
    place = _without(tokens, language.links | _BETWEEN)
    if not _phrases_before(tokens, place).isdisjoint(language.hedges):
        return True
    for end in range(len(tokens), max(0, len(tokens) - _NEAR_BEFORE), -1):
        token, comma = tokens[end - 1], tokens[end - 1] == ","
        said = _phrases_before(tokens, end - 1 if comma else end)
        if not said.isdisjoint(language.hedges):
            return True
        if comma or token in _STOPS or token in language.ands or token.isdigit():
            return False
    return False


def _is_hedged_after(tokens: list[str], language: Language) -> bool:
    place = 1 if tokens[:1] in ([","], ["("], ["["]) else 0
    for begin in range(place, min(len(tokens), place + _NEAR_AFTER)):
        if not language.hedges.isdisjoint(_phrases_after(tokens, begin)):
            return True
        if not tokens[begin][0].isalpha() or tokens[begin] in language.ands:
            return False
    return False
