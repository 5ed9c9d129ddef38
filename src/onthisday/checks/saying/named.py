"""Find the names that a text claims, and look for a name among the words of a passage.

A name is a word with a capital letter that is no ordinary word. A capital at the beginning of a
sentence says little, and in German a capital says little anywhere. Such a word is ``doubtful``,
unless the words beside it show that it is a name: it counts only if the almanac has it as a name
elsewhere.

Called by not_in_passage.py and said.py. Not here: names for drafts (drafts/names.py).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from onthisday.checks.saying.name_forms import (
    BEFORE_PLACES,
    DETERMINERS,
    ENDINGS,
    ORDINARY_ENDING,
    VERBS,
)
from onthisday.drafts.languages import LANGUAGES
from onthisday.drafts.name_words import NO_NAME, ROLES, is_german_thing
from onthisday.drafts.numbers import is_number_word

_WORD = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*")
_OPENS = re.compile(r"(?:\A|[.!?:;…]['\"’”»)\]]*\s+|[\"“„«‘(\[—–]\s*|\A\W+|\n\s*|(?:^|\s)')\Z")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_MARKS = re.compile("[\u0300-\u036f]")


class Name(NamedTuple):
    """A word that may be a name, or a part of one. ``words`` as they are in the text.

    ``family``: the names after it. One may be the last name of a person.
    """

    words: str
    doubtful: bool
    family: str = ""


def words_in(text: str) -> Iterator[str]:
    """Yield all words that may be names in any language: "d'Arc" and "Arc" of "d'Arc's"."""
    for word in _WORD.findall(text):
        bare = _POSSESSIVE.sub("", word)
        yield bare
        if article := _ELIDED.match(bare):
            yield bare[article.end() :]


def names_in(text: str, language: str, *, is_title: bool = False) -> Iterator[Name]:
    """Yield the words of a text that may be names, in order."""
    words = list(_WORD.finditer(text))
    says_little = language == "de" or (is_title and language == "en" and _has_title_case(text))
    for place, match in enumerate(words):
        if match[0].islower():  # most words are
            continue
        word, is_elided = _without_article(_POSSESSIVE.sub("", match[0]), language)
        if not word[0].isupper() or _is_ordinary(word, language):
            continue
        beside = _beside(text, words, place)
        if language == "de" and _is_german_thing_here(word, beside):
            continue
        doubtful = (
            (says_little or _opens(text, match.start()))
            and not is_elided
            and not _is_shown(word, beside, language)
        )
        yield Name(word, doubtful, _names_after(text, match.end()))


_MORE_NAMES = re.compile(r"(?:\s[^\W\d_a-zа-я]\.)*((?:\s[^\W\d_a-zа-яё][^\W\d_]+){1,3})")


def _names_after(text: str, end: int) -> str:
    more = _MORE_NAMES.match(text, end)
    return " ".join(_POSSESSIVE.sub("", name) for name in more[1].split()) if more else ""


_ELIDED = re.compile(r"([^\W\d_]+)['’](?=[^\W\d_])")


def _without_article(word: str, language: str) -> tuple[str, bool]:
    """Return a word without an article that lost its vowel, and whether it had one: "d'Arc"."""
    article = _ELIDED.match(word)
    if article is None or not (language in _ELIDING or article[0].islower()):
        return word, False
    return word[article.end() :], True


_ELIDING = {"fr", "it"}
"""In these languages an apostrophe parts two words. O'Brien is one word."""

_SHORTENED = re.compile(
    r"(?:(?<![\w.])[^\W\d_IVX]|\b(?:St|Ste|Dr|Gen|Mr|Mrs|Ms|Prof|Col|Capt|Lt|Hl|Mme|Sr|Sra|им|св))\.\s\Z"
)
"""An initial, or a short word with a full stop that ends no sentence."""


def _opens(text: str, at: int) -> bool:
    """Return True if a sentence or a quotation begins here."""
    lead = max(0, at - 7)
    return (
        _OPENS.search(text, max(0, at - 6), at) is not None
        and _SHORTENED.search(text, lead, at) is None
    )


class _Beside(NamedTuple):
    """The words before and after a word. Empty if more than a space stands between."""

    before: str
    after: str


def _beside(text: str, words: list[re.Match[str]], place: int) -> _Beside:
    before = after = ""
    if place and text[words[place - 1].end() : words[place].start()] == " ":
        before = words[place - 1][0]
    if place + 1 < len(words) and text[words[place].end() : words[place + 1].start()] == " ":
        after = words[place + 1][0]
    return _Beside(before, after)


def _has_title_case(text: str) -> bool:
    """Return True if nearly every word of a title has a capital letter."""
    long = [word for word in re.findall(r"[^\W\d_][\w'’-]*", text) if len(word) > 3]
    return len(long) > 2 and sum(word[0].isupper() for word in long) * 5 > len(long) * 4


def _is_shown(word: str, beside: _Beside, language: str) -> bool:
    """Return True if the words beside a word with a capital show that it is a name."""
    if _NUMBER_OF_KING.fullmatch(beside.after):
        return True
    if language == "en":
        leads = beside.after[:1].isupper() and not _is_ordinary(beside.after, "en")
        does = beside.after in VERBS and not word.endswith("s")
        return (leads or does) and ORDINARY_ENDING.search(word) is None
    if language == "de":
        return (
            _may_be_german_name(beside.before)
            or _may_be_german_name(beside.after)
            or (beside.before in BEFORE_PLACES and not word.endswith(("en", "e")))
        )
    return False


_NUMBER_OF_KING = re.compile(r"[IVX]+")


def _may_be_german_name(word: str) -> bool:
    return word[:1].isupper() and not _is_ordinary(word, "de") and not is_german_thing(word)


@lru_cache(maxsize=65536)
def _is_ordinary(word: str, language: str) -> bool:
    """Return True if a word with a capital is no name in this language: "The", "March", "Two"."""
    small = word.casefold()
    listed = LANGUAGES[language]
    return (
        len(small) < 2
        or small in NO_NAME[language]
        or small in ROLES[language]
        or small in listed.months
        or small in listed.short
        or small in listed.frequent
        or is_number_word(small, language)
        or _NUMERAL.fullmatch(word) is not None
        or (language == "de" and small.endswith(_GERMAN_ROLES))
    )


_GERMAN_ROLES = tuple(role for role in ROLES["de"] if len(role) > 4)
"""Roles at the end of a compound: "Polizeisenator"."""

_NUMERAL = re.compile(r"[IVXLC]{2,}(?:th|e|er|ème)?|[IVX](?:er|e|ère)")
"""A Roman numeral."""


_ADJECTIVE = re.compile(r"[a-zäöüß]{3,}(?:e|en|er|es|em)\Z")


def _is_german_thing_here(word: str, beside: _Beside) -> bool:
    """Return True if a German word is a thing: its ending or the word before it shows that."""
    before = beside.before
    return (
        is_german_thing(word)
        or before.lower() in DETERMINERS
        or (_ADJECTIVE.match(before) is not None and before not in NO_NAME["de"])
    )


@lru_cache(maxsize=65536)
def folded(word: str) -> str:
    """Return a word without case, accents and other ways to write the same sound."""
    small = word.casefold().replace("ё", "е")
    if not small.isascii():
        small = _MARKS.sub("", unicodedata.normalize("NFKD", small)).translate(_LETTERS)
    return small.replace("ph", "f").replace("’", "").replace("'", "").replace(".", "")


_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})

_PLACE_ENDING = re.compile(r"(?<=\w{3})(?:[ое]в|ин|[ая]н)?ск\w{2,3}\Z")
"""Endings of Russian adjectives of a place: "московских"."""

_CYRILLIC_REST = 3
_SHORT = 5


def is_form_of(one: str, other: str) -> bool:
    """Return True if two folded words are forms of one name: "stalin" and "stalinist"."""
    shared = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        shared += 1
    longest = max(len(one), len(other))
    if "а" <= one[0] <= "я":
        one, other = _PLACE_ENDING.sub("", one), _PLACE_ENDING.sub("", other)
        shared, longest = min(shared, len(one), len(other)), max(len(one), len(other))
        return longest - shared <= _CYRILLIC_REST and shared >= max(
            3, min(len(one), len(other)) - 2
        )
    least = 3 if longest <= _SHORT else 4
    return any(
        one[stem:] in ENDINGS and other[stem:] in ENDINGS
        for stem in range(shared, max(least, shared - 3) - 1, -1)
    )


_CAPITAL = r"[A-ZÀ-ÖØ-ÞА-ЯЁ][\w'’-]*"
_SMALL = r"(?:of|the|and|for|de|der|des|du|la|del|di|da|do|van|von|и)"
_WHOLE_NAME = re.compile(rf"(?<![\w'’-]){_CAPITAL}(?:(?:\s{_SMALL})*\s{_CAPITAL})+")


_INITIALLED = re.compile(r"((?:(?<![^\W_])[^\W\d_]\.[\s-]?){1,4})((?:[^\W\d_]+\s)??[^\W\d_]{2,})")


def initialled_names(text: str) -> Iterator[tuple[str, str]]:
    """Yield last names, folded, with the initials before them: "rontgen" and "wc"."""
    for match in _INITIALLED.finditer(text):
        letters = "".join(filter(str.isalpha, folded(match[1])))
        yield folded(match[2].split()[-1]), letters


def initials_in(text: str) -> Iterator[str]:
    """Yield the initials of names: "cpsu" for Communist Party of the Soviet Union."""
    for match in _WHOLE_NAME.finditer(text):
        yield "".join(word[0] for word in match[0].split() if word[0].isupper()).casefold()
