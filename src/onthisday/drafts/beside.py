"""The words that may stand beside a date, as the patterns and sets in which they are looked up.

A date such as 13.5.1850 or 12 November 1850 may be of many languages, and a short text may not show
its own. So beside such a date the words of all languages count. A word that another language uses
all the time ("na", "of") counts only in its own.

Called by qualifiers.py, styles.py and pairs.py, which say where the words must stand.
"""

import re
from collections import Counter
from functools import cache
from typing import Any, NamedTuple

from onthisday.drafts.date_parts import SPACE, any_of, new_style_pattern, old_style_pattern
from onthisday.drafts.grammar import Pattern
from onthisday.drafts.languages import LANGUAGES
from onthisday.drafts.languages.language import Language

_WORD = re.compile(r"[^\W\d_]{3,20}")
_MONTHS = Counter(month for language in LANGUAGES.values() for month in language.months)


class Beside(NamedTuple):
    """The words and patterns that count beside a date.

    - ``style``: the name of a calendar, anywhere. Its group ``old`` or ``new`` says which one.
    - ``style_after``: matches such a name after a date. ``style_before`` is searched before it.
    - ``happened``: between "until 3 May" and what happened on that day.
    """

    language: Language
    style: Pattern
    style_after: Pattern
    style_before: Pattern
    happened: Pattern


def beside(date: str, code: str) -> Beside:
    """Return the words that count beside a date. ``date`` is how it is written.

    ``code`` is the language of the text, as in ``LANGUAGES``.
    """
    words = _WORD.findall(date.lower())
    is_of_one = any(_MONTHS[word] == 1 for word in words)
    return beside_words(code) if is_of_one else _beside_any(code)


@cache
def beside_words(code: str) -> Beside:
    """Return the words of one language that count beside a date."""
    return _beside(LANGUAGES[code])


@cache
def _beside_any(code: str) -> Beside:
    """Return the words of all languages."""
    own = LANGUAGES[code]
    others = [language for language in LANGUAGES.values() if language is not own]
    every: dict[str, Any] = {
        name: words.union(*(_rare(each, name) for each in others))
        for name, words in own._asdict().items()
        if isinstance(words, frozenset)
    }
    for name in ("in_calendar", "old_style", "new_style"):
        every[name] = "|".join(getattr(each, name) for each in (own, *others))
    every["links"] = own.links.union(*(each.links for each in others))
    return _beside(own._replace(**every))


def _rare(language: Language, name: str) -> frozenset[str]:
    """Return the words of a language that no other language uses all the time."""
    others = (each.frequent for each in LANGUAGES.values() if each is not language)
    words: frozenset[str] = getattr(language, name)
    return words.difference(*others)


def _beside(language: Language) -> Beside:
    old, new = old_style_pattern(language), new_style_pattern(language)
    style = rf"(?:(?P<old>{old})|(?P<new>{new}))"
    return Beside(
        language=language,
        style=re.compile(style),
        style_after=_style_after(style, language),
        style_before=_style_before(style, language),
        happened=_happened(language),
    )


def _style_after(style: str, language: Language) -> Pattern:
    """Return the pattern of a style after a date.

    In "[O.S. 25 October]" it is the style of the date after it, so a day must not follow.
    """
    a_day = r"[:\s]{0,2}\d{1,2}(?!\d)|\s[A-Z][a-z]{2,8}\s\d"
    by = rf"(?:(?:{language.in_calendar})\s?)?"
    return re.compile(rf"[\s,]{{0,2}}[(\[]?{by}{style}(?!{a_day})")


def _style_before(style: str, language: Language) -> Pattern:
    """Return the pattern of a style before a date. Articles and the like may stand between."""
    link = rf"(?:(?:{any_of(language.links)})\s){{0,2}}"
    return re.compile(rf"(?<!\w)(?=[^\W\d_]){style}(?:(?P<comma>,)|:)?\s{{0,2}}{link}\Z")


def _happened(language: Language) -> Pattern:
    """Return the pattern of what leads to the words that tell what happened.

    "Then it was moved" and "It was then moved" do; "The town was then small" tells no event.
    """
    then = rf"[.;!]\s{{1,3}}(?=(?:\w{{1,12}}\s){{0,2}}(?:{any_of(language.then)})(?!\w))"
    when = rf",?{SPACE}(?:{any_of(language.when)})(?!\w)\s{{1,3}}"
    return re.compile(rf"{then}|{when}", re.IGNORECASE)
