"""Figures: a number with the things that it counts, such as "1,400 Soviet delegates".

If two documents count the same things and give different numbers, the curator must look (merging.py
asks). Only English is read. Called by proposing.py.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from onthisday.drafts.languages.language import numbered, words
from onthisday.drafts.paragraphs import Unwrapped
from onthisday.drafts.small_letters import small

_SPELLED = numbered("two three four five six seven eight nine ten eleven twelve", 2)

_FIGURE = re.compile(
    r"(?<![\w.,$€£/-])(\d{1,3}(?:[, \u00a0\u202f]\d{3})+|\d{1,9}|"
    + "|".join(_SPELLED)
    + r")((?:[ \u00a0-][^\W\d_]{2,20}){1,3})"
)
_WORD = re.compile(r"[^\W\d_]+")

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

_PLURALS = words("people children")
_ENDS_OF_PLURALS = ("men", "s")


class Figure(NamedTuple):
    """A number of things. ``text[start:end]`` are its ``words``.

    For "1,400 Soviet delegates", ``amount`` is 1400 and ``thing`` is "delegates".
    """

    start: int
    end: int
    words: str
    amount: int
    thing: str


class Figures:
    """Finds the figures of one text without its wrapping. Each paragraph is read only once."""

    def __init__(self, page: Unwrapped) -> None:
        self._starts = page.starts
        self._paragraphs = [
            page.text[start:end] for start, end in pairwise([*page.starts, len(page.text)])
        ]
        self._read: dict[int, list[Figure]] = {}

    def between(self, start: int, end: int) -> Iterator[Figure]:
        """Yield the figures that begin and end between two places of the text, in order."""
        first = max(0, bisect_right(self._starts, start) - 1)
        for place in range(first, bisect_left(self._starts, end)):
            found = self._figures(place)
            for figure in found[bisect_left(found, (start,)) :]:
                if figure.end > end:
                    return
                yield figure

    def _figures(self, place: int) -> list[Figure]:
        if place not in self._read:
            start = self._starts[place]
            self._read[place] = [
                each._replace(start=start + each.start, end=start + each.end)
                for each in figures_in(self._paragraphs[place])
            ]
        return self._read[place]


def figures_in(text: str) -> Iterator[Figure]:
    """Yield the figures of a text."""
    for match in _FIGURE.finditer(small(text)):
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
    for match in _WORD.finditer(words):
        word = match[0]
        if word in _NO_PART:
            return None
        if _is_plural(word) and word not in _UNCOUNTED:
            return match
    return None


def _is_plural(word: str) -> bool:
    return word in _PLURALS or word.endswith(_ENDS_OF_PLURALS)


def _amount(digits: str) -> int:
    return _SPELLED.get(digits) or int(re.sub(r"\D", "", digits))
