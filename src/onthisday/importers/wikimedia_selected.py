"""The selected events of an answer, and which events of the other lists they are.

Wikipedia's editors tell a selected event in other words than the page of the day. Called by
wikimedia.py.
"""

from typing import NamedTuple

from onthisday.dates.calendars import MonthDay
from onthisday.importers.wikimedia_facts import Happening

MOST = 1_000
"""So many selected events are compared. A day has about ten."""

_OF_A_YEAR = 10


class _One:
    """A selected event. ``twin``: the words of the same event in another list, once it is found."""

    def __init__(self, happening: Happening) -> None:
        self.text = happening.text
        self.pages = _pages(happening)
        self.twin: str | None = None

    def is_same(self, other: Happening) -> bool:
        """Return True for the same words, the same pages, or two and most of the pages."""
        pages = _pages(other)
        common = len(self.pages & pages)
        most = common >= 2 and 2 * common >= min(len(self.pages), len(pages))
        return self.text == other.text or most or (bool(common) and self.pages == pages)


class _Year(NamedTuple):
    day: MonthDay | None
    year: int | None


class Selected:
    """The selected events of a file, in their order."""

    def __init__(self) -> None:
        self._all: list[_One] = []
        self._by_year: dict[_Year, list[_One]] = {}

    def add(self, day: MonthDay | None, happening: Happening) -> None:
        """Remember a selected event."""
        one = _One(happening)
        if len(self._all) < MOST:
            self._all.append(one)
            self._by_year.setdefault(_Year(day, happening.year), []).append(one)

    def take(self, day: MonthDay | None, happening: Happening) -> bool:
        """Return True if an event of another list is selected. Its twin is then known."""
        for one in self._by_year.get(_Year(day, happening.year), ())[:_OF_A_YEAR]:
            if one.twin is None and one.is_same(happening):
                one.twin = happening.text
                return True
        return False

    def twin(self, number: int) -> str | None:
        """Return the words of the same event in another list, of a selected one by its number."""
        return self._all[number].twin if number < len(self._all) else None


def _pages(happening: Happening) -> frozenset[str]:
    return frozenset(page.canonical for page in happening.pages)
