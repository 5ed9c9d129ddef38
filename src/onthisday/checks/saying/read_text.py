"""What a text has that may be claimed: its words, names, numbers and dates.

Each is read once, and only if a claim needs it. Called by said.py, which compares.
"""

import re
from functools import cached_property

from onthisday.checks.saying.claims import counted_after, is_year, name_before
from onthisday.checks.saying.given_dates import named
from onthisday.checks.saying.name_forms import PEOPLES, SHORT
from onthisday.checks.saying.named import folded, initialled_names, initials_in
from onthisday.checks.saying.statements import NamedDate, Statements, as_read, statements_of
from onthisday.dates.edtf import parse
from onthisday.drafts.mentions import find_mentions
from onthisday.drafts.numbers import Number
from onthisday.drafts.spelled_numbers import Value

_WORD = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*")
_AFTER_ARTICLE = re.compile(r"(?<=['’])[^\W\d_]+(?:['’.][^\W\d_]+)*")
_PARTED = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[-‐]\s*\n\s*([^\W\d_]+)")
"""A word that is parted at the end of a line."""

_FOLLOWED = re.compile(r"[\s-]*\w")

_NEAR = 3
"""How many words after a number may be what it counts."""


class ReadText:
    """A text, read as far as it is asked for. ``language``: its code."""

    def __init__(self, text: str, language: str) -> None:
        self.text, self.language = as_read(text), language

    @cached_property
    def words(self) -> frozenset[str]:
        """The words, folded, also those that follow an article or were parted."""
        return _words(self.text)

    @cached_property
    def starting(self) -> dict[str, list[str]]:
        """The words by their first three letters."""
        starting: dict[str, list[str]] = {}
        for word in self.words:
            starting.setdefault(word[:3], []).append(word)
        return starting

    @cached_property
    def whole_names(self) -> frozenset[str]:
        """The names of which the text has a short one, or that of a people."""
        peoples = {PEOPLES[word] for word in self.words if word in PEOPLES}
        return frozenset(peoples.union(*(SHORT[word] for word in self.words if word in SHORT)))

    @cached_property
    def initialled(self) -> tuple[tuple[str, str], ...]:
        """The last names that stand after initials (`initialled_names`)."""
        return tuple(initialled_names(self.text))

    @cached_property
    def initials(self) -> frozenset[str]:
        """The initials of names (`initials_in`)."""
        return frozenset(initials_in(self.text))

    @cached_property
    def statements(self) -> Statements:
        """The figures and dates."""
        return statements_of(self.text, self.language)

    @cached_property
    def dates_read(self) -> frozenset[NamedDate]:
        """The days that the text names only together with other words: "the 25th"."""
        found = find_mentions(self.text, self.language)
        days = (parse(mention.day) for mention in found if mention.precision == "day")
        return frozenset().union(*map(named, days))

    @cached_property
    def counted(self) -> dict[str, frozenset[Value]]:
        """The numbers before a word. Between them may stand words: "1,400 Soviet delegates".

        Those that no word follows are under "". They may count anything.
        """
        counted: dict[str, frozenset[Value]] = {}
        for number in self.statements.numbers:
            if not is_year(number):
                for word in self._words_counted(number):
                    counted[word] = counted.get(word, frozenset()) | number.values | number.parts
        return counted

    def _words_counted(self, number: Number) -> list[str]:
        words = counted_after(self.text, number.end, _NEAR).split()
        is_alone = not number.orders and _FOLLOWED.match(self.text, number.end) is None
        return words or ([""] if is_alone else [])

    @cached_property
    def numerals(self) -> dict[str, frozenset[Value]]:
        """The Roman numerals after a name."""
        numerals: dict[str, frozenset[Value]] = {}
        for number in self.statements.numbers:
            if name := name_before(self.text, number):
                numerals[name] = numerals.get(name, frozenset()) | number.values
        return numerals


def _words(text: str) -> frozenset[str]:
    found = set(map(folded, _WORD.findall(text)))
    found.update(folded(tail) for tail in _AFTER_ARTICLE.findall(text))
    found.update(folded(match[1] + match[2]) for match in _PARTED.finditer(text))
    return frozenset(found | {word.removesuffix("s") for word in found if len(word) > 4})
