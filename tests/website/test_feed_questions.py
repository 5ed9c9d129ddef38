"""How often a feed and a calendar ask the library. It does not depend on how much there is."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from onthisday.almanac.entry import Entry
from onthisday.almanac.library import Library
from onthisday.app.workspace import Almanac
from onthisday.dates.calendars import MonthDay
from onthisday.site.website import Website
from tests.website.fixtures import entry_of, open_almanac

DAY = date(2026, 2, 25)


class Counting:
    """A library that counts how often each of its questions is asked, and the entries it gives.

    ``days``: the days of the last question about several.
    """

    def __init__(self, whole: Any) -> None:
        self._whole, self.asked, self.given = whole, Counter[str](), 0
        self.days: set[MonthDay] = set()

    def published(self, day: date) -> "Counting":
        self._whole = self._whole.published(day)
        return self

    def with_withdrawn(self) -> "Counting":
        return self

    def noting(self) -> "Counting":
        return self

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._whole, name)
        return self._noted(name, found) if callable(found) else found

    def _noted(self, name: str, ask: Any) -> Any:
        def asking(*about: Any, **more: Any) -> Any:
            self.asked[name] += 1
            self.days = set(about[0]) if name == "on_days" else self.days
            answer = ask(*about, **more)
            return self._counted(answer) if isinstance(answer, Iterator) else answer

        return asking

    def _counted(self, entries: Iterator[Entry]) -> Iterator[Entry]:
        for each in entries:
            self.given += 1
            yield each


def entries(of_a_day: int, of_today: int) -> Iterator[dict[str, Any]]:
    """Yield so many entries of each day of the year. Each has the tag "all", some are disputed."""
    answers = [{"says": says, "document": "book"} for says in ("few", "many")]
    for ahead in range(365):
        day = date(2025, 1, 1) + timedelta(days=ahead)
        count = of_today if (day.month, day.day) == (DAY.month, DAY.day) else of_a_day
        for number in range(count):
            disputed = {"accounts": [{"question": "How many?", "answers": answers}]}
            written = f"{1700 + number % 300}-{day:%m-%d}"
            more: dict[str, Any] = disputed if number % 3 == 0 else {}
            yield entry_of(f"e{ahead}-{number}", written, tags=["all"], **more)


@pytest.fixture(scope="module", params=[(1, 1), (4, 900)], ids=["few", "a crowded day"])
def almanac(tmp_path_factory: pytest.TempPathFactory, request: Any) -> Almanac:
    return open_almanac(tmp_path_factory.mktemp("almanac"), [*entries(*request.param)])


def asked_for(almanac: Almanac, *paths: str) -> Counting:
    """Render some paths of the site. Return what its library was asked."""
    counting = Counting(almanac.library)
    website = Website(almanac.site, cast("Library", counting), DAY)
    counting.asked.clear()
    for path in paths:
        assert website.render(path) is not None, path
    return counting


ONCE = {"counts": 2, "on_days": 1, "document": 1}
"""The entries are asked for once. On which days there are any: also to know how long it lasts."""


@pytest.mark.parametrize("folder", ["/", "/tags/all/", "/disputed/"])
def test_a_feed_asks_the_library_once_for_what_it_shows(almanac: Almanac, folder: str) -> None:
    counting = asked_for(almanac, f"{folder}feed.atom")
    assert {**counting.asked, "document": 1} == ONCE


@pytest.mark.parametrize("folder", ["/", "/tags/all/", "/disputed/"])
def test_all_formats_of_a_feed_ask_the_library_once(almanac: Almanac, folder: str) -> None:
    one = asked_for(almanac, f"{folder}feed.atom")
    all_three = asked_for(almanac, *(f"{folder}feed.{each}" for each in ("atom", "rss", "json")))
    assert all_three.asked == one.asked


def test_a_feed_with_an_item_a_day_asks_the_library_once(almanac: Almanac) -> None:
    counting = asked_for(almanac, "/daily.atom", "/daily.rss", "/daily.json")
    assert {**counting.asked, "document": 1} == ONCE


@pytest.mark.parametrize("folder", ["/", "/tags/all/", "/disputed/"])
def test_a_calendar_asks_the_library_once_for_the_year(almanac: Almanac, folder: str) -> None:
    asked = asked_for(almanac, f"{folder}calendar.ics").asked
    assert {**asked, "document": 1, "has": 1} == {**ONCE, "has": 1}


def test_a_calendar_asks_for_a_document_once_for_all_its_events(tmp_path: Path) -> None:
    undisputed = [entry_of(f"e{year}", f"{year}-02-25") for year in range(1900, 1950)]
    almanac = open_almanac(tmp_path, undisputed)
    assert asked_for(almanac, "/calendar.ics").asked["document"] == 1


def test_a_feed_of_a_crowded_day_reads_the_entries_of_its_own_days_alone(almanac: Almanac) -> None:
    counts = almanac.library.published(DAY).counts()
    is_crowded = counts[MonthDay(2, 25)] > 1
    days = [DAY - timedelta(days=back) for back in range(3 if is_crowded else 30)]
    shown = sum(counts[MonthDay(day.month, day.day)] for day in days)
    assert asked_for(almanac, "/feed.atom").given == shown


@pytest.mark.parametrize("path", ["/tags/rare/feed.atom", "/tags/rare/calendar.ics"])
def test_a_feed_of_a_tag_asks_only_for_the_days_that_the_tag_has(tmp_path: Path, path: str) -> None:
    rare = [
        entry_of("rare", "1900-02-20", tags=["rare"]),
        entry_of("leap", "1904-02-29", tags=["rare"]),
        entry_of("feast", "1900", rule="easter+1", tags=["rare"]),
    ]
    almanac = open_almanac(tmp_path, [*entries(1, 1), *rare])
    counting = asked_for(almanac, path)
    assert counting.days == {MonthDay(2, 20), MonthDay(2, 29)}
    page = Website(almanac.site, almanac.library, DAY).render(path)
    assert page is not None
    assert all(each["id"].encode() in page.body for each in rare)
