"""Find the dates in a paragraph. Each date is read alone, without the text around it.

``readings`` goes over a paragraph once. At each number and each known word it tries the forms that
may begin there, and takes the first that fits. A date may lack its year, or count from another date
("the next day"). chronology.py completes it.

Called by mentions.py.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from functools import cache
from itertools import accumulate

from onthisday.drafts import counted_forms, forms, numeric_forms, vague_forms
from onthisday.drafts.beside import beside
from onthisday.drafts.feast_days import feast
from onthisday.drafts.forms import Form
from onthisday.drafts.grammar import Grammar, grammar_of, numeric_pattern
from onthisday.drafts.languages import LANGUAGES
from onthisday.drafts.quaker_days import quaker_day
from onthisday.drafts.reading import Reading
from onthisday.drafts.small_letters import small
from onthisday.drafts.spelled_days import spelled_day
from onthisday.drafts.styles import in_style, style_said

_TOKEN = re.compile(r"([^\W\d_]+|(?<!\w)\d+)")
_LETTERS = re.compile(r"[^\W\d_]+")

_AT_DAY: tuple[Form, ...] = (
    forms.days_of_month, numeric_forms.numeric, quaker_day, counted_forms.nth_day,
    counted_forms.days_later, vague_forms.era, vague_forms.century, vague_forms.decade,
)  # fmt: skip
_AT_COUNT: tuple[Form, ...] = (counted_forms.days_later, vague_forms.era)
_AT_YEAR: tuple[Form, ...] = (
    numeric_forms.numeric, forms.year_first, vague_forms.era, vague_forms.decade,
    vague_forms.years, vague_forms.year,
)  # fmt: skip
_AT_NUMBER = {1: _AT_DAY, 2: _AT_DAY, 3: _AT_COUNT, 4: _AT_YEAR}
"""The forms that may begin with a number, by how many digits it has."""
_AT_MONTH: tuple[Form, ...] = (forms.month_and_days, vague_forms.month)
_PHRASE: tuple[Form, ...] = (counted_forms.phrase,)
_AT_WORD: tuple[Form, ...] = (counted_forms.days_later, vague_forms.era, vague_forms.century)


def readings(text: str, language: str) -> Iterator[Reading]:
    """Yield the dates of a paragraph, in order. No two share a character.

    ``language`` is a code of ``languages.LANGUAGES``.
    """
    grammar = grammar_of(language)
    read_to = 0
    for at, forms_there in _beginnings(text, language):
        if at >= read_to:
            found = _first(forms_there, text, at, grammar)
            read_to = found[-1].end if found else read_to
            yield from found


def _beginnings(text: str, language: str) -> Iterator[tuple[int, tuple[Form, ...]]]:
    """Yield the places where a date may begin, each with the forms to try there.

    ``split`` is quicker here than a match for each of the words, of which few begin a date.
    """
    at_words, phrases = _forms_at_words(language), _phrases(language)
    pieces = _TOKEN.split(small(text))  # what is between two words, and a word, by turns
    places = [*accumulate(map(len, pieces))][::2]
    words = [*pieces[1::2], ""]
    known = [nth for nth, word in enumerate(words) if word in at_words or "0" <= word < ":"]
    for nth in known:
        word = words[nth]
        if word not in phrases or words[nth + 1] in phrases[word]:
            yield places[nth], at_words.get(word) or _AT_NUMBER.get(len(word), ())


def may_name_day(line: str) -> bool:
    """Return False if a line surely names no day with its month, in no language.

    This is quick: it looks for a month, a feast, and a day in numbers alone. ``line`` is a
    paragraph without line breaks and hyphens that part words.
    """
    words = _LETTERS.findall(line.lower())
    if not _words_of_days().isdisjoint(words):
        return True
    if _DIGIT.search(line) is None:
        return False
    return not _NUMBERED.isdisjoint(words) or numeric_pattern().search(line) is not None


_DIGIT = re.compile(r"\d")
_NUMBERED = {"month", "months", "mo"}
"""Of these words, one stands beside the number of a month, as Quakers wrote it."""


@cache
def _words_of_days() -> frozenset[str]:
    """Return the words of which a day with its month has at least one."""
    found: set[str] = set()
    for language in LANGUAGES.values():
        for name in (*language.months, *language.short, *language.old):
            found.update(_LETTERS.findall(name))
        for name in language.feasts:
            longest = max(name.replace("-", " ").split(), key=len)
            found.update((*_LETTERS.findall(longest), longest.replace("'", "")))
    return frozenset(found)


def _first(begin: tuple[Form, ...], text: str, at: int, grammar: Grammar) -> tuple[Reading, ...]:
    for form in begin:
        found = form(text, at, grammar)
        if found and (days := _styled(text, found, grammar)):
            return days
    return ()


def _styled(text: str, found: tuple[Reading, ...], grammar: Grammar) -> tuple[Reading, ...]:
    """Return the readings with their calendar, or none if one of them does not exist."""
    if found[0].precision != "day":
        return found
    start, end = found[0].start, found[-1].end
    words = beside(text[start:end], grammar.language.code)
    style = style_said(text, start, end, words)
    days = [in_style(reading, style, grammar.language) for reading in found]
    return tuple(day for day in days if day) if all(days) else ()


@cache
def _forms_at_words(code: str) -> dict[str, tuple[Form, ...]]:
    """Return the words with which a date may begin, each with the forms to try there."""
    language = LANGUAGES[code]
    words = dict.fromkeys([*language.begins, *language.numbers], _AT_WORD)
    for first in {_TOKEN.findall(phrase)[0] for phrase in (*language.days, *language.years)}:
        words[first] = (*_PHRASE, *words.get(first, ()))
    months = dict.fromkeys([*language.months, *language.short, *language.old], _AT_MONTH)
    words |= dict.fromkeys(language.seasons, (vague_forms.season,)) | months
    for first in {_TOKEN.findall(name)[0] for name in language.spelled}:
        words[first] = (spelled_day, *words.get(first, ()))
    for first in {_TOKEN.findall(name)[0] for name in language.feasts}:
        for word in ("st", "saint") if first == "st" else (first,):
            words[word] = (feast, *words.get(word, ()))
    return words


@cache
def _phrases(code: str) -> Mapping[str, Set[str]]:
    """Return the words that begin a phrase and nothing else, each with the words after it.

    Why: "the" is the most frequent word, and "the next day" is rare.
    """
    language, at_words = LANGUAGES[code], _forms_at_words(code)
    phrases = [_TOKEN.findall(phrase) for phrase in (*language.days, *language.years)]
    begins_more = {words[0] for words in phrases if at_words[words[0]] != _PHRASE or not words[1:]}
    followers: dict[str, set[str]] = defaultdict(set)
    for first, *others in phrases:
        if first not in begins_more:
            followers[first].add(others[0])
    return followers
