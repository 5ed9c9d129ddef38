"""Feasts that move with Easter or with the weekday: on pages, in calendars, in lists."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest

from onthisday.almanac.occasions import next_occasion, occasions_on
from onthisday.app.publishing import website_at
from onthisday.app.workspace import Almanac
from onthisday.feeds.calendar import calendar_of
from onthisday.feeds.feed import feed_of
from onthisday.locales.locale import ENGLISH
from onthisday.site.contents import Contents, SiteFiles
from onthisday.site.day_pages import every_day
from onthisday.site.page import MOST_OF_DAY
from onthisday.site.traces import asked_in
from onthisday.site.website import Website
from onthisday.views.rule_words import rule_words
from tests.website.fixtures import entry_of, open_almanac

EASTER_2026 = datetime(2026, 4, 5, 12, tzinfo=UTC)


def feast(name: str, rule: str, date: str = "XXXX-04", **more: Any) -> dict[str, Any]:
    return entry_of(name, date, rule=rule, kind="holiday", **more)


FEASTS = [
    feast("easter", "easter", "0325-06-19", tags=["feast"]),
    feast("friday", "easter-2"),
    feast("ascension", "easter+39"),
    feast("paskha", "paskha"),
    feast("mothers", "5/sun+2", "1914-05-10"),
    feast("fair", "11/sun-last"),
    feast("to-come", "easter+1", "2040"),
    entry_of("fixed", "1900-04-05"),
    entry_of("other", "1900-02-28"),
]


@pytest.fixture(scope="module")
def almanac(tmp_path_factory: pytest.TempPathFactory) -> Almanac:
    return open_almanac(tmp_path_factory.mktemp("feasts"), FEASTS)


def html(website: Website, path: str) -> str:
    page = website.render(path)
    assert page is not None
    return page.body.decode()


def entries_of(page: str) -> list[str]:
    """Return the ids of the entries that a page shows whole."""
    return re.findall(r'<h2 class="title"><a href="[./]*/entries/([a-z-]+)/"', page)


@pytest.mark.parametrize("year", [2026, 2027, 2028, 2045])
def test_a_days_page_shows_what_falls_on_that_day_of_this_year(almanac: Almanac, year: int) -> None:
    website = website_at(almanac, datetime(year, 7, 1, tzinfo=UTC))
    for own in every_day():
        if own == (2, 29) and year % 4:
            continue
        day = date(year, own.month, own.day)
        falls = [each.entry.id for each in occasions_on(website.library, day, "feb-28")]
        page = html(website, f"/days/{own}/")
        assert sorted(entries_of(page)) == sorted(falls), day
        tree = website.render(f"/days/{own}/index.json")
        assert tree is not None
        shown = [each["id"] for each in json.loads(tree.body)["occasions"]]
        assert sorted(shown) == sorted(falls)


def test_a_days_page_says_in_which_years_a_feast_falls_on_it(almanac: Almanac) -> None:
    shown = html(website_at(almanac, EASTER_2026), "/days/04-05/")
    assert entries_of(shown) == ["fixed", "easter"]
    assert "2015, 2026, 2037" in shown
    assert ">to-come<" not in shown
    assert "2007" in html(website_at(almanac, EASTER_2026), "/days/04-06/"), "Good Friday"


def test_days_beside_are_those_of_this_year(almanac: Almanac) -> None:
    shown = html(website_at(almanac, EASTER_2026), "/days/04-05/")
    around = re.findall(r'rel="(?:prev|next)" href="../../days/([0-9-]+)/', shown)
    assert around == ["04-03", "04-12"]


def test_the_year_counts_feasts_and_lists_their_days(almanac: Almanac) -> None:
    shown = html(website_at(almanac, EASTER_2026), "/year/")
    assert "8 entries on 7 days." in shown
    assert "2 entries" in shown[shown.index("days/04-05/") - 60 : shown.index("days/04-05/")]
    listed = shown[shown.index("Feasts that move, in 2026") :]
    days = re.findall(r"days/([0-9-]+)/", listed)
    assert days == ["04-03", "04-05", "04-12", "05-10", "05-14", "11-29"]
    assert "2 days before Easter Sunday" in listed
    assert "the last Sunday of November" in listed


def test_the_page_of_a_feast_says_its_next_days(almanac: Almanac) -> None:
    shown = html(website_at(almanac, EASTER_2026), "/entries/friday/")
    assert "It falls on 3 April 2026, 26 March 2027 and 14 April 2028." in shown
    assert "2 days before Easter Sunday" in shown
    assert "year unknown" not in shown
    assert "dated to the day" not in html(website_at(almanac, EASTER_2026), "/entries/to-come/")


def test_a_year_counts_what_its_days_show_also_if_feasts_are_shut_withdrawn_or_to_come(
    tmp_path: Path,
) -> None:
    gone = {"on": "2026-01-02", "was": "It was.", "why": "It was not."}
    left_out = [
        feast("withdrawn", "easter-2", "1900", corrections=[gone]),
        feast("living", "easter+1", "1950") | {"kind": "birth"},
        feast("leap", "2/wed-last", "1900"),
    ]
    almanac = open_almanac(tmp_path, [*FEASTS, *left_out, entry_of("leap-day", "1904-02-29")])
    for year in (2025, 2026, 2027, 2028, 2040, 2061):
        known = almanac.library.published(date(year, 1, 3))
        contents = Contents(almanac.site, known, date(year, 1, 3), SiteFiles(), known.modified)
        shown = {day: [each.id for each in contents.on(day)] for day in every_day()}
        assert contents.counts == {day: len(ids) for day, ids in shown.items() if ids}
        told = {name for ids in shown.values() for name in ids}
        assert ("withdrawn" in told) == (year < 2026)
        assert ("living" in told) == (year > 2060)
        assert ("to-come" in told) == (year >= 2040)
        assert [*contents.moving()] == sorted(contents.moving(), key=itemgetter(0))
        moving = {entry.id: day for day, entry in contents.moving()}
        assert all(name in shown[day] for name, day in moving.items())


def entries_read(almanac: Almanac, path: str) -> int:
    """Return how many rows of entries a page is made from."""
    made = website_at(almanac, EASTER_2026).traced(path)
    assert made is not None
    asked = (asked_in(each) for each, _ in made.trace.asked)
    reads = ((sql, count) for _, sql, _, count, _ in (each for each in asked if len(each) == 5))
    return sum(count for sql, count in reads if "body FROM entries" in sql)


PAGES = ("/days/02-25/", "/days/02-25/index.json", "/days/04-20/index.json", "/days/04-05/", "/")


def test_a_page_reads_only_the_feasts_that_fall_on_its_day(tmp_path: Path) -> None:
    few, many = (
        open_almanac(
            tmp_path / str(count),
            [
                feast(f"{rule[0]}{n}", rule)
                for rule in ("easter", "11/sun-last")
                for n in range(count)
            ]
            + [entry_of(f"x{day}", f"1900-{day}") for day in ("02-25", "02-26", "04-21")],
        )
        for count in (1, 90)
    )
    more = {path: entries_read(many, path) - entries_read(few, path) for path in PAGES}
    own = more.pop("/"), more.pop("/days/04-05/")
    assert own[0] < MOST_OF_DAY + 10, "those of today that are shown, and of the next days a few"
    assert own[1] <= 90 + MOST_OF_DAY, "those that are shown, and the years of all"
    assert more == dict.fromkeys(more, 0)


def test_pages_of_feasts_turn_with_the_year_and_others_do_not(tmp_path: Path) -> None:
    moving, still = (
        open_almanac(tmp_path / name, entries)
        for name, entries in (("moving", FEASTS), ("still", [entry_of("fixed", "1900-04-05")]))
    )
    then, later = (datetime(year, 7, 1, tzinfo=UTC) for year in (2040, 2041))
    for path in ("/days/04-05/", "/year/", "/days/04-05/index.json"):
        before, after = (website_at(moving, now).render(path) for now in (then, later))
        assert before
        assert after
        assert after.modified == datetime(2041, 1, 1, tzinfo=UTC)
        assert before.modified < after.modified
        before, after = (website_at(still, now).render(path) for now in (then, later))
        assert before == after


def test_a_calendar_has_the_right_day_of_every_year(almanac: Almanac) -> None:
    library = almanac.library.published(date(2026, 1, 1))
    found = {
        (event.day, event.uid.partition(":")[2].partition(":")[2])
        for year in range(2026, 2031)
        for event in calendar_of(almanac.site, library, date(year, 1, 31)).events
    }
    days = [date(2026, 4, 3), date(2027, 3, 26), date(2028, 4, 14), date(2029, 3, 30)]
    assert all((day, f"friday/{day.year}") in found for day in days)
    assert all((date(year, 5, day), f"mothers/{year}") in found
               for year, day in ((2026, 10), (2027, 9), (2028, 14)))  # fmt: skip


def test_a_calendar_and_feeds_of_its_tag_have_the_feast(almanac: Almanac) -> None:
    website = website_at(almanac, EASTER_2026)
    assert b"DTSTART;VALUE=DATE:20270328" in website.render("/tags/feast/calendar.ics").body  # type: ignore[union-attr]
    assert "What easter was" in html(website, "/tags/feast/")
    feed = feed_of(almanac.site, website.library, date(2026, 5, 15))
    ids = [item.id.rpartition(":")[2] for item in feed.items]
    assert {"easter/2026", "friday/2026", "ascension/2026", "mothers/2026"} <= set(ids)


def test_what_is_next_is_the_same_everywhere(almanac: Almanac) -> None:
    library = almanac.library.published(date(2026, 1, 1))
    days = [date(2026, 1, 1) + timedelta(days=ahead) for ahead in range(365)]
    occupied = [day for day in days if list(occasions_on(library, day, "feb-28"))]
    for day, later in pairwise(occupied):
        found = next_occasion(library, day, "feb-28")
        assert found is not None
        assert found.day == later


@pytest.mark.parametrize(
    ("rule", "words"),
    [("easter", "Easter Sunday"), ("paskha-1", "1 day before Orthodox Easter Sunday"),
     ("easter+39", "39 days after Easter Sunday"), ("5/mon+3", "the third Monday of May"),
     ("11/sun-last", "the last Sunday of November")],
)  # fmt: skip
def test_a_rule_is_said_in_words(rule: str, words: str) -> None:
    assert rule_words(ENGLISH, rule) == words
