"""What is slow to make holds nobody up: it is made once, beside the loop, from few questions."""

import asyncio
import socket
import threading
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from onthisday.adapters.web.server import Server, Snapshot
from onthisday.almanac.occasions import occasions_of_days, occasions_on
from onthisday.app.publishing import website_at
from onthisday.site.page import Page
from onthisday.site.website import Website
from tests.website.fixtures import entry_of, open_almanac, serving, write_almanac
from tests.website.servers import ask

NOON = datetime(2026, 2, 25, 12, tzinfo=UTC)


def many(count: int, **more: Any) -> list[dict[str, Any]]:
    """Return entries over all days of the year, also 29 February."""
    days = (date(2000, 1, 1) + timedelta(days=turn % 366) for turn in range(count))
    years = (1904 + 4 * (turn % 20) for turn in range(count))
    return [
        entry_of(f"e{turn}", f"{year}-{day:%m-%d}", tags=[f"t{turn % 40}"], **more)
        for turn, (day, year) in enumerate(zip(days, years, strict=True))
    ]


@contextmanager
def questions(library: Any) -> Iterator[list[str]]:
    """Collect the questions to SQLite while the block runs."""
    rows = library.rows
    asked: list[str] = []
    rows.connection.set_trace_callback(asked.append)
    yield asked
    rows.connection.set_trace_callback(None)


@pytest.mark.parametrize(
    "path",
    ["/feed.atom", "/daily.rss", "/calendar.ics", "/disputed/feed.json", "/disputed/calendar.ics",
     "/tags/t1/feed.atom", "/tags/t1/calendar.ics", "/"],
)  # fmt: skip
def test_a_feed_and_a_calendar_ask_the_library_a_few_questions(tmp_path: Path, path: str) -> None:
    almanac = open_almanac(tmp_path, many(1000))
    with questions(almanac.library) as asked:
        assert website_at(almanac, NOON).render(path) is not None
    assert len(asked) <= (18 if path == "/" else 6), asked


@pytest.mark.parametrize("leap_day", ["feb-28", "mar-1", "omit"])
@pytest.mark.parametrize("rules", [[], [entry_of("easter", "1900", rule="easter")]])
@pytest.mark.parametrize("at_once", [1, 30, 5000])
def test_many_days_at_once_have_the_occasions_of_each_day_alone(
    tmp_path: Path, leap_day: Any, rules: list[dict[str, Any]], at_once: int
) -> None:
    library = open_almanac(tmp_path, many(500) + rules).library.published(date(2026, 2, 25))
    days = [date(2026, 2, 25) + timedelta(days=ahead) for ahead in range(-400, 800)]
    one_by_one = [(day, list(occasions_on(library, day, leap_day))) for day in days]
    together = occasions_of_days(library, days, leap_day, at_once=at_once)
    assert list(together) == [each for each in one_by_one if each[1]]


def test_several_threads_read_the_library_at_a_time(tmp_path: Path) -> None:
    library = open_almanac(tmp_path, many(2000)).library
    days = sorted(library.days())
    alone = {day: [entry.id for entry in library.on(day)] for day in days}

    def read(turn: int) -> bool:
        mine = days[turn % 7 :: 3]
        return all([entry.id for entry in library.on(day)] == alone[day] for day in mine)

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(read, range(64)))


class Slow(Website):
    """A site whose pages take a moment. ``made`` has the threads and paths of those made."""

    made: list[tuple[str, str]]

    def render(self, path: str) -> Page | None:
        self.made.append((threading.current_thread().name, path))
        time.sleep(0.3)
        return super().render(path)


def test_what_several_readers_ask_for_is_made_once_and_beside_the_loop(tmp_path: Path) -> None:
    almanac = open_almanac(tmp_path, many(10))
    site = Slow(almanac.site, almanac.library, NOON.date())
    site.made = []
    snapshot = Snapshot(site, 0, 0)

    async def turns_of_others() -> int:
        turns = 0
        asked = asyncio.gather(*(snapshot.answer("/feed.atom") for _ in range(20)))
        while not asked.done():
            await asyncio.sleep(0.005)
            turns += 1
        return turns

    assert asyncio.run(turns_of_others()) > 2
    ((thread, path),) = site.made
    assert path == "/feed.atom"
    assert thread != threading.current_thread().name
    assert "/feed.atom" in snapshot.kept


def test_the_first_page_and_that_of_the_day_are_made_before_anybody_asks(tmp_path: Path) -> None:
    almanac = open_almanac(tmp_path, many(10))
    snapshot = Snapshot(Website(almanac.site, almanac.library, NOON.date()), 0, 0)
    asyncio.run(server_of(snapshot).begin())
    assert list(snapshot.kept) == ["/", "/days/02-25/"]


class Broken(Website):
    """A site whose pages cannot be made."""

    def render(self, path: str) -> Page | None:
        raise OSError(path)


def test_a_server_begins_also_if_its_first_page_cannot_be_made(tmp_path: Path) -> None:
    almanac = open_almanac(tmp_path, many(10))
    snapshot = Snapshot(Broken(almanac.site, almanac.library, NOON.date()), 0, 0)
    asyncio.run(server_of(snapshot).begin())
    assert not snapshot.kept


def server_of(snapshot: Snapshot) -> Server:
    """Return a server that has one snapshot, for what asks nothing else of it."""
    nothing: Any = None
    return Server(lambda _now: snapshot, nothing, nothing, nothing, nothing)


def test_an_answer_that_nobody_asked_for_meanwhile_is_still_kept(tmp_path: Path) -> None:
    almanac = open_almanac(tmp_path, many(10))
    website = Website(almanac.site, almanac.library, NOON.date())
    first = Snapshot(website, 0, 0)
    kept = asyncio.run(first.answer("/feed.atom"))
    third = Snapshot(website, 0, 0, Snapshot(website, 0, 0, first))
    assert asyncio.run(third.answer("/feed.atom")) is kept


def test_a_feed_that_is_kept_does_not_wait_behind_a_calendar_that_is_made(tmp_path: Path) -> None:
    almanac = open_almanac(tmp_path, many(10))
    before = Snapshot(Website(almanac.site, almanac.library, NOON.date()), 0, 0)
    kept = asyncio.run(before.answer("/feed.atom"))
    site = Slow(almanac.site, almanac.library, NOON.date())
    site.made = []
    snapshot = Snapshot(site, 0, 0, before)

    async def asked() -> bool:
        calendar = asyncio.create_task(snapshot.answer("/calendar.ics"))
        await asyncio.sleep(0.05)
        assert await snapshot.answer("/feed.atom") is kept
        is_first = not calendar.done()
        await calendar
        return is_first

    assert asyncio.run(asked())


@pytest.mark.program
@pytest.mark.slow
def test_a_calendar_of_many_thousand_entries_holds_up_no_feed_and_no_page(tmp_path: Path) -> None:
    with serving(write_almanac(tmp_path, many(20_000))) as (home, _):
        port = int(home.rstrip("/").rpartition(":")[2])
        while b'"ticked":null' in urllib.request.urlopen(f"{home}healthz", timeout=10).read():
            time.sleep(0.05)  # the first tick looks at files that are new, and makes pages anew
        ask(port, "/feed.atom")
        answered = 0
        with ThreadPoolExecutor(1) as other:
            calendar = other.submit(_whole_calendar, port)
            while not calendar.done():
                for path in ("/feed.atom", "/healthz", f"/entries/e{answered}/"):
                    assert ask(port, path).status == 200
                    answered += 1
            assert calendar.result() > 1_000_000
        assert answered > 20, "while the calendar was made"


def _whole_calendar(port: int) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/calendar.ics", timeout=120) as reply:
        return len(reply.read())


@pytest.mark.program
@pytest.mark.slow
def test_readers_who_take_nothing_of_a_large_answer_hold_up_nobody(tmp_path: Path) -> None:
    with serving(write_almanac(tmp_path, many(8000))) as (home, _), ExitStack() as stack:
        port = int(home.rstrip("/").rpartition(":")[2])
        assert _whole_calendar(port) > 1_000_000
        for _ in range(400):
            stream = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
            stream.sendall(b"GET /calendar.ics HTTP/1.1\r\nHost: x\r\n\r\n")
        begun = time.monotonic()
        assert ask(port, "/feed.atom").status == 200
        assert time.monotonic() - begun < 4
