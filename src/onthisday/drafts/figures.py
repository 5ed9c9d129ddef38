"""Figures: a number with the things that it counts, such as "1,400 Soviet delegates".

If two documents count the same things and give different numbers, the curator must look (merging.py
asks). Only English is read. Called by proposing.py.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from onthisday.drafts.languages.language import numbered, words

_SPELLED = numbered("two three four five six seven eight nine ten eleven twelve", 2)

_FIGURE = re.compile(
    r"(?<![\w.,$€£/-])(\d{1,3}(?:[, \u00a0\u202f]\d{3})+|\d{1,9}|"
    + "|".join(_SPELLED)
    + r")((?:[ \u00a0-][^\W\d_]{2,20}){1,3})",
    re.IGNORECASE,
)

_NO_PART = words(
    "of the and or in on at by to from for with as was were is are had have has who that which "
    "when after before until but not than per am pm january february march april may june july "
    "august september october november december"
)
"""The name of the counted things ends before these words."""

_UNCOUNTED = words(
    "is was this his its years days months weeks times hours minutes s congress news towards "
    "always less members"
)
"""Words that look like a plural but are no counted things.

Lengths of time stand here too: documents round them, so they differ without a reason.
"""

_PLURAL = re.compile(r"people|children|[^\W\d_]*men|[^\W\d_]+s")


class Figure(NamedTuple):
    """A number of things. ``text[start:end]`` are its ``words``.

    For "1,400 Soviet delegates", ``amount`` is 1400 and ``thing`` is "delegates".
    """

    start: int
    end: int
    words: str
    amount: int
    thing: str


def figures_in(text: str) -> Iterator[Figure]:
    """Yield the figures of a text."""
    for match in _FIGURE.finditer(text):
        counted = _counted(match[2])
        if counted is not None:
            end = match.start(2) + counted.end()
            amount = _amount(match[1])
            if not (1000 <= amount <= 2100 and match[1].isdigit()):  # it is a year
                words = " ".join(text[match.start() : end].split())
                yield Figure(match.start(), end, words, amount, counted[0].casefold())


def _counted(words: str) -> re.Match[str] | None:
    """Return the counted things: the first plural after the number.

    Return None if a word such as "of" or "and" stands before it.
    """
    for match in re.finditer(r"[^\W\d_]+", words):
        word = match[0].casefold()
        if word in _NO_PART:
            return None
        if _PLURAL.fullmatch(word) and word not in _UNCOUNTED:
            return match
    return None


def _amount(digits: str) -> int:
    return _SPELLED.get(digits.casefold()) or int(re.sub(r"\D", "", digits))
