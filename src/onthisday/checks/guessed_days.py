"""Find days that somebody may have guessed: the 1st and the 15th of a month, and 1 January.

Programs and people that know only a year write 1 January; if they know only a month, they write the
1st or the 15th. So an entry of such a day is told in two cases. Its passages give the month or the
year alone. Or they give no date at all, and so many entries stand like this that it is no chance.

The texts come one after another, so this remembers the entries of these days, which are few, and of
all others their number. Called by service/checking/.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from math import sqrt
from typing import NamedTuple

from onthisday.almanac.entry import Entry
from onthisday.checks.faults import Fault
from onthisday.checks.said import spoken
from onthisday.dates.edtf import parse
from onthisday.dates.historical_date import HistoricalDate
from onthisday.dates.ranges import may_overlap
from onthisday.drafts.languages import LANGUAGES
from onthisday.drafts.mentions import find_mentions

_LEAST = 5
"""Entries. Fewer may always be chance."""

_SURELY = 3
"""Standard deviations above what chance gives. That happens by chance once in a thousand times."""

_YEAR = 365.25
_DAYS = {"1 January": 1, "the 1st of a month": 11, "the 15th of a month": 12}
"""The groups of days that are guessed, and how many days of a year each has."""


class _Vague(NamedTuple):
    """The words of a passage that give a date without its day, and what to write as the date."""

    words: str
    edtf: str


class _Seen(NamedTuple):
    """An entry of a day that is often guessed, and what its passages say.

    - ``left``: how many of its documents were not seen yet.
    - ``alone``: true if it cites one document.
    - ``vague``: None if the passages that were seen give no date at all.
    """

    date: HistoricalDate
    left: int
    alone: bool
    vague: _Vague | None = None


class GuessedDays:
    """Looks at the passages of entries, document by document, and says which days may be guessed.

    An entry counts only if each citation has a locator, and each text is there.
    """

    def __init__(self) -> None:
        self._seen: dict[str, _Seen | None] = {}
        self._others = 0

    def see(self, entry: Entry, document: str, text: str) -> None:
        """Look at the passages that an entry cites from a document. ``text`` is the document's."""
        date = entry.date
        if date.precision != "day" or date.approximate or date.year is None:
            return
        if not all(each.locator for each in entry.citations):
            return
        spans = (
            span for each in entry.citations if each.document == document for span in each.locator
        )
        passages = [text[span.start : span.end] for span in spans]
        is_named = any(_names_day(passage, date) for passage in passages)
        documents = len({each.document for each in entry.citations})
        if _group(date) is None:
            self._others += documents == 1 and not is_named
            return
        before = self._seen.get(entry.id, _Seen(date, documents, documents == 1))
        self._seen[entry.id] = None if is_named or before is None else _seen(before, passages)

    def faults(self) -> Iterator[tuple[str, Fault]]:
        """Yield the entries whose day may be guessed, each with its fault. Call this at the end."""
        silent = {name: seen for name, seen in self._seen.items() if seen and not seen.left}
        many = dict(self._many(silent.values()))
        for name, seen in silent.items():
            group = _group(seen.date) or ""
            if seen.vague:
                yield name, _fault(name, seen.date, f', only "{seen.vague.words}"', seen.vague.edtf)
            elif group in many:
                message = f"; {many[group]} entries stand so on {group}, more than chance gives"
                yield name, _fault(name, seen.date, message, _shorter(seen.date, group))

    def _many(self, silent: Iterable[_Seen]) -> Iterator[tuple[str, int]]:
        """Yield the groups of days with more entries than chance gives, and how many they have."""
        groups = [_group(seen.date) for seen in silent if seen.alone]
        whole = self._others + len(groups)
        for group, days in _DAYS.items():
            count, chance = groups.count(group), whole * days / _YEAR
            if count >= _LEAST and count > chance + _SURELY * sqrt(chance):
                yield group, count


def _seen(before: _Seen, passages: Iterable[str]) -> _Seen | None:
    """Return what is known after some more passages; None if one of them names any day."""
    vague = before.vague
    for passage in passages:
        for mention in find_mentions(passage):
            if mention.precision == "day":
                return None
            if vague is None and mention.precision in {"month", "year"}:
                given = parse(mention.value)
                if may_overlap(given, before.date):
                    shorter = _shorter(before.date, "" if given.month else "1 January")
                    vague = _Vague(mention.text, shorter)
    return before._replace(left=before.left - 1, vague=vague)


def _fault(entry: str, date: HistoricalDate, why: str, instead: str) -> Fault:
    message = (
        f'entry "{entry}" is dated {spoken(date)}, but its passages name no day{why}; write '
        f'date: "{instead}", or cite the passage that names the day'
    )
    return Fault(("date",), "guessed-day", message)


def _group(date: HistoricalDate) -> str | None:
    """Return which of the guessed days a date is. A Julian date is taken as it is written."""
    if date.day == 1:
        return "1 January" if date.month == 1 else "the 1st of a month"
    return "the 15th of a month" if date.day == 15 else None


def _shorter(date: HistoricalDate, group: str) -> str:
    """Return a date's EDTF without the day; for 1 January also without the month."""
    return date.edtf.rstrip("?").rsplit("-", 2 if group == "1 January" else 1)[0]


def _names_day(passage: str, date: HistoricalDate) -> bool:
    """Return True if the number of the day is in a passage, in digits or in words.

    In doubt it is: any 15 may be the day. For a Julian date, the day in our calendar counts too.
    """
    days = {date.day, date.month_day and date.month_day.day}
    return not days.isdisjoint(_numbers_in(passage))


@lru_cache(10_000)  # many entries may cite one passage
def _numbers_in(passage: str) -> frozenset[int]:
    """Return the numbers of days in a passage: in digits, and in words of any language."""
    numbers = {int(digits) for digits in _DIGITS.findall(passage)}
    words = _WORD.findall(passage.lower().replace("-", " "))
    return frozenset(numbers.union(n for word in words for n in _spelled().get(word, ())))


_DIGITS = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _spelled() -> dict[str, set[int]]:
    """Return the numbers of days that begin or end with a word: "first" also ends twenty-first."""
    found: dict[str, set[int]] = {}
    for language in LANGUAGES.values():
        for words, number in language.spelled.items():
            for word in words.replace("-", " ").split():
                found.setdefault(word, set()).add(number)
    return found
