"""Find names of people and places in a text.

Only capital letters and the words before them are looked at; there is no list of names. If a name
is not clear, it is left out, and the curator can add it. The words that are no names are in
name_words.py. German writes every noun with a capital letter, so there no places are found, and
words whose ending shows an adjective or a thing make no person.

Called by proposing.py and context.py. merging.py compares the names.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from onthisday.drafts.name_words import NO_NAME, NO_PERSON, ROLES, is_german_thing

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

_POSSESSIVES = ("'", "’", "'s", "’s")
_POSSESSIVE = re.compile(r"['’]s?$")


class Names(NamedTuple):
    """The names in a text.

    ``people``: in order. ``place``: the first place. ``words``: every word that is a name or a part
    of one, in small letters; by them two passages are compared.
    """

    people: tuple[str, ...]
    place: str | None
    words: frozenset[str]


def names_in(text: str, language: str = "en") -> Names:
    """Return the names in a passage. ``language`` is a code of ``languages.LANGUAGES``."""
    found = [_trimmed(words.split(), language) for words in _NAME.findall(text)]
    persons = (_person(name, language) for name in found)
    people = dict.fromkeys(" ".join(name) for name in persons if name)
    words = frozenset(
        word.casefold()
        for name in found
        for word in name
        if len(word) > 3 and _is_name(word, language)
    )
    place = next(
        (match[1] for match in _PLACE.finditer(text) if _is_place(match[1], language)), None
    )
    return Names(tuple(people), place, words)


def shortest(people: Iterable[str]) -> tuple[str, ...]:
    """Return each person once: of "Nikita Khrushchev" and "Nikita S. Khrushchev" the first."""
    by_ends: dict[tuple[str, str], str] = {}
    for name in people:
        ends = (name.split()[0], name.split()[-1])
        by_ends[ends] = min(by_ends.get(ends, name), name, key=len)
    return tuple(by_ends.values())


def _trimmed(words: list[str], language: str) -> list[str]:
    """Return the words of a name, without words before it and without 's."""
    while words and (not _is_name(words[0], language) or words[0][0].islower()):
        words = words[1:]
    return [_POSSESSIVE.sub("", word) if word.endswith(_POSSESSIVES) else word for word in words]


def _is_name(word: str, language: str) -> bool:
    return word.casefold().rstrip(".") not in NO_NAME[language]


def _person(words: list[str], language: str) -> list[str] | None:
    """Return a person's name without the role before it. Return None if it may not be a person."""
    bare = words
    while bare and bare[0].casefold() in ROLES[language]:
        bare = bare[1:]
    if language == "de" and any(map(is_german_thing, bare)):
        return None
    has_role = len(bare) < len(words)
    if not 1 + (not has_role) <= len(bare) <= 4 or not bare[-1][0].isupper():
        return None
    return None if any(word.casefold() in NO_PERSON[language] for word in bare) else bare


def _is_place(name: str, language: str) -> bool:
    words = re.split(r"[, \u00a0]+", name)
    return all(_is_name(word, language) for word in words) and words[0].casefold() not in ROLES[
        language
    ] - {"first"}
