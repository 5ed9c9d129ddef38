"""The languages in which dates are found. This module also guesses the language of a text.

Each other module here holds the words of one language, and no code. grammar.py makes patterns from
these words. To add a language, write a module and name it in ``LANGUAGES``.
"""

import re
from collections import Counter
from collections.abc import Mapping

from onthisday.drafts.languages.dutch import DUTCH
from onthisday.drafts.languages.english import ENGLISH
from onthisday.drafts.languages.french import FRENCH
from onthisday.drafts.languages.german import GERMAN
from onthisday.drafts.languages.italian import ITALIAN
from onthisday.drafts.languages.language import NEVER, Language
from onthisday.drafts.languages.portuguese import PORTUGUESE
from onthisday.drafts.languages.russian import RUSSIAN
from onthisday.drafts.languages.spanish import SPANISH

LANGUAGES: dict[str, Language] = {
    language.code: language
    for language in (ENGLISH, RUSSIAN, ITALIAN, GERMAN, FRENCH, SPANISH, PORTUGUESE, DUTCH)
}

_WORD = re.compile(r"[^\W\d_]+")
_HEARD = 400
"""Code points of a paragraph that are looked at. That is enough: it is in one language."""

_SPEAKS: dict[str, Counter[str]] = {}
"""How much each word tells, by language: a month tells more than a frequent word."""
for _language in LANGUAGES.values():
    for _word in _language.frequent:
        _SPEAKS.setdefault(_word, Counter())[_language.code] += 1
    for _word in _language.months:
        _SPEAKS.setdefault(_word, Counter())[_language.code] += 3
_TYPICAL = [
    (language.code, re.compile(language.typical))
    for language in LANGUAGES.values()
    if language.typical != NEVER
]


def words_heard(text: str) -> Counter[str]:
    """Return how many words of a paragraph belong to each language. A month counts as three."""
    heard: Counter[str] = Counter()
    for word, times in Counter(_WORD.findall(text[:_HEARD].lower())).items():
        if word in _SPEAKS:
            for code, weight in _SPEAKS[word].items():
                heard[code] += times * weight
    for code, typical in _TYPICAL:
        if typical.search(text, 0, _HEARD):
            heard[code] += 1
    return heard


def guessed(heard: Mapping[str, float], otherwise: str, ahead: float = 2) -> str:
    """Return the code of the language of a paragraph, of which ``heard`` are the words.

    The language with the most words must be ``ahead`` of ``otherwise``. Otherwise return
    ``otherwise``, because one foreign name does not make a foreign text.
    """
    if not heard:
        return otherwise
    best = max(heard, key=heard.__getitem__)
    return best if heard[best] >= heard.get(otherwise, 0) + ahead else otherwise
