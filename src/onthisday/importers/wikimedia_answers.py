"""The values of the lists of an answer of Wikimedia's API, one at a time, with their places.

Called by wikimedia.py. Not here: what such a value tells (wikimedia_facts.py).
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from onthisday.almanac.entry import Span
from onthisday.dates.calendars import MonthDay
from onthisday.importers.found import Broken, Note, Place
from onthisday.importers.json_places import JsonText
from onthisday.importers.wikimedia_days import day_of_text

LISTS = ("selected", "births", "deaths", "events", "holidays")

_MOST_NOTES = 20
"""So many names that nobody knows are told."""


class Item(NamedTuple):
    """A value of a list. ``day``: None if it is that of the file. ``value``: as JSON has it."""

    kind: str
    day: MonthDay | None
    place: Place
    text: str
    value: Any


def items_of(text: str) -> Iterator[Item | Note]:
    """Yield the values of all lists, and what is not read. Raises Broken."""
    answers = _Answers(text)
    yield from answers.read()


class _Answers:
    def __init__(self, text: str) -> None:
        self._json = JsonText(text)
        self._unknown: set[str] = set()
        self._begun = False

    def read(self) -> Iterator[Item | Note]:
        if self._json.next == "[":
            for _ in self._json.items():
                yield from self._answer(None)
        else:
            yield from self._answer(None)
        if self._json.next:
            raise Broken("there is more after the end of its JSON", self._json.line)
        if not self._begun:
            raise Broken(f"this is no answer of the API: it has none of {', '.join(LISTS)}")

    def _answer(self, day: MonthDay | None) -> Iterator[Item | Note]:
        for name in self._json.members():
            if name in LISTS and self._json.next == "[":
                yield from self._list(name, day)
            elif day is None and self._json.next == "{" and (own := day_of_text(name[:40])):
                yield from self._answer(own)
            else:
                place = Place(self._json.line)
                self._json.value()
                yield from self._skipped(name, place)

    def _list(self, kind: str, day: MonthDay | None) -> Iterator[Item]:
        self._begun = True
        for _ in self._json.items():
            line, start = self._json.line, self._json.at
            value, end = self._json.value(), self._json.end
            yield Item(kind, day, Place(line, Span(start, end)), self._json.text[start:end], value)

    def _skipped(self, name: str, place: Place) -> Iterator[Note]:
        if name not in self._unknown and len(self._unknown) < _MOST_NOTES:
            self._unknown.add(name)
            yield Note(place, f'"{name[:40]}" is no list of events, and is not read')
