"""Searching beside the event loop: what a reader is told while the index is made, or cannot be."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onthisday.adapters.sqlite import search_file
from onthisday.adapters.sqlite.search_file import PASSING, NoSearch, SearchFile
from onthisday.adapters.web.questions import Asked
from onthisday.app import searching
from onthisday.app.searching import SearchCache, Searching
from onthisday.app.workspace import Almanac
from onthisday.search.finding import Found
from onthisday.site.website import Website
from tests.search.test_finding import DAY, ENTRIES
from tests.website.fixtures import open_almanac

LODZ = Asked("/search/", "lodz", 20)


@pytest.fixture
def website(tmp_path: Path) -> Website:
    almanac: Almanac = open_almanac(tmp_path, ENTRIES)
    return Website(almanac.site, almanac.library, DAY)


class SlowCache(SearchCache):
    """A cache whose index is made only when the test says so."""

    def __init__(self) -> None:
        super().__init__([])
        self.go_on, self.made = threading.Event(), 0

    def _made(self, library: Any, languages: Any) -> SearchFile:
        assert self.go_on.wait(20)
        self.made += 1
        return search_file.make(PASSING, library, languages)


class BrokenCache(SearchCache):
    """A cache on a SQLite without FTS5."""

    def _made(self, library: Any, languages: Any) -> SearchFile:
        raise NoSearch


@pytest.fixture
def slow() -> Iterator[SlowCache]:
    cache = SlowCache()
    yield cache
    cache.go_on.set()


def test_a_reader_is_told_that_the_index_is_being_made_and_the_loop_goes_on(
    website: Website, slow: SlowCache
) -> None:
    async def asked() -> list[Found | str]:
        both = Searching(slow, patience=0.05)
        first = await asyncio.gather(*(both.find(website, LODZ) for _ in range(5)))
        slow.go_on.set()
        found: Found | str = "making"
        while found == "making":
            found = await both.find(website, LODZ)
        return [*first, found]

    *first, found = asyncio.run(asked())
    assert first == ["making"] * 5
    assert isinstance(found, Found)
    assert [hit.id for hit in found.hits] == ["place"]
    assert slow.made == 1, "it is made once, however many ask"


def test_a_reader_waits_a_moment_if_the_index_is_made_soon(
    website: Website, slow: SlowCache
) -> None:
    slow.go_on.set()
    found = asyncio.run(Searching(slow).find(website, LODZ))
    assert isinstance(found, Found)


def test_more_than_can_wait_are_told_to_come_again(website: Website, slow: SlowCache) -> None:
    async def asked() -> list[Found | str]:
        all_of_them = Searching(slow, patience=0.5)
        many = range(searching.MOST_WAITING + 10)
        return await asyncio.gather(*(all_of_them.find(website, LODZ) for _ in many))

    assert asyncio.run(asked()).count("busy") == 10


def test_a_search_that_cannot_work_says_so_and_the_log_says_why_once(
    website: Website, caplog: pytest.LogCaptureFixture
) -> None:
    broken = Searching(BrokenCache([]))
    for _ in range(3):
        assert asyncio.run(broken.find(website, LODZ)) == "failed"
    assert [line for line in caplog.messages if "FTS5" in line] == [f"searching: {NoSearch()}"]


@pytest.mark.parametrize("why", ["making", "busy", "failed"])
def test_the_page_says_why_nothing_is_found_now(website: Website, why: str) -> None:
    page = website.refusal("/search/", '<"lodz">', why).body.decode()
    assert 'value="&lt;&#34;lodz&#34;&gt;"' in page
    assert "<noscript>" not in page
    assert b'"error"' in website.refusal("/search/index.json", "lodz", why).body
