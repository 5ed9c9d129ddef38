"""Find names of people and places in a text.

Only capital letters and the words before them are looked at; there is no list of names. If a name
is not clear, it is left out, and the curator can add it. It is made for English. In a language that
writes every noun with a capital letter, such as German, no places are found.

Called by proposing.py and context.py. merging.py compares the names.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from onthisday.drafts.languages.language import words

_CAPITAL = r"[^\W\d_a-zß-öø-ÿа-яё]"
_WORD = rf"{_CAPITAL}[\w'’-]{{1,30}}"
_PARTICLE = r"(?:de|von|van|der|den|della|di|da|dos|al|bin|ibn|la|le)"
_NAME = re.compile(rf"{_WORD}(?:[ \t\u00a0](?:{_CAPITAL}\.|{_PARTICLE}\b|{_WORD})){{0,4}}")
_BEFORE_PLACE = r"(?:in|at|near|outside|à|a|en|em|te)"
_AFTER_PLACE = r"(?:on|in|at|and|by|where|when|during|after|before|from|for|to|le|el|il|em)"
_PLACE = re.compile(
    rf"\b{_BEFORE_PLACE}[ \u00a0]({_WORD}(?:,?[ \u00a0]{_WORD}){{0,2}})"
    rf"(?=[.,;:)\]]|[ \u00a0]{_AFTER_PLACE}\b|\s*$)"
)

_NO_NAME = words(
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday the this that these those his her "
    "its their he she it they we you i on in at by from after before during until since when "
    "while as and but or if for with of to a an one two three several many most some all both "
    "no not only then there here what who how why mr mrs ms dr prof sir saint"
)
"""Words that may have a capital but begin no name."""

_ROLES = words(
    "president premier chancellor king queen emperor tsar pope general marshal admiral colonel "
    "captain major senator governor secretary minister chairman first leader comrade prime "
    "prince princess bishop archbishop cardinal judge professor soviet"
)
"""Roles that stand before a person's name."""

_NO_PERSON = words(
    "party congress union soviet communist committee central council world war cold square red "
    "great hall house united states kingdom university church street city county museum library "
    "society company institute academy army navy force court act treaty conference republic "
    "empire league association department ministry office government parliament senate press "
    "times history today north south east west new international national federal kremlin prize "
    "peace cemetery temple speech cult personality day post castle palace bridge river lake mount "
    "island station railway school college hospital battle revolution league club"
)
"""If one of these is among words with capitals, they are no person's name."""

_POSSESSIVE = re.compile(r"['’]s?$")


class Names(NamedTuple):
    """The names in a text.

    ``people``: in order. ``place``: the first place. ``words``: every word that is a name or a part
    of one, in small letters; by them two passages are compared.
    """

    people: tuple[str, ...]
    place: str | None
    words: frozenset[str]


def names_in(text: str) -> Names:
    """Return the names in a passage."""
    found = [_trimmed(match[0].split()) for match in _NAME.finditer(text)]
    people = dict.fromkeys(" ".join(name) for name in map(_person, found) if name)
    words = frozenset(
        word.casefold() for name in found for word in name if len(word) > 3 and _is_name(word)
    )
    place = next((match[1] for match in _PLACE.finditer(text) if _is_place(match[1])), None)
    return Names(tuple(people), place, words)


def shortest(people: Iterable[str]) -> tuple[str, ...]:
    """Return each person once: of "Nikita Khrushchev" and "Nikita S. Khrushchev" the first."""
    by_ends: dict[tuple[str, str], str] = {}
    for name in people:
        ends = (name.split()[0], name.split()[-1])
        by_ends[ends] = min(by_ends.get(ends, name), name, key=len)
    return tuple(by_ends.values())


def _trimmed(words: list[str]) -> list[str]:
    """Return the words of a name, without words before it and without 's."""
    while words and not _is_name(words[0]):
        words = words[1:]
    return [_POSSESSIVE.sub("", word) for word in words]


def _is_name(word: str) -> bool:
    return word.casefold().rstrip(".") not in _NO_NAME


def _person(words: list[str]) -> list[str] | None:
    """Return a person's name without the role before it. Return None if it may not be a person."""
    bare = words
    while bare and bare[0].casefold() in _ROLES:
        bare = bare[1:]
    has_role = len(bare) < len(words)
    if not 1 + (not has_role) <= len(bare) <= 4 or not bare[-1][0].isupper():
        return None
    return None if any(word.casefold() in _NO_PERSON for word in bare) else bare


def _is_place(name: str) -> bool:
    words = re.split(r"[, \u00a0]+", name)
    return all(_is_name(word) for word in words) and words[0].casefold() not in _ROLES - {"first"}
