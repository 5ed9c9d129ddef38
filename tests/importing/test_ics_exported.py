"""`import ics` of what `export ics` wrote: the same entries."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from onthisday.feeds import ics
from onthisday.feeds.calendar import calendar_of
from onthisday.importers.found import Found, Note, Read, Refused
from onthisday.importers.ics import read
from onthisday.service.exporting.calendars import as_ics
from tests.importing.incoming import incoming
from tests.importing.test_ics import must_be_an_entry
from tests.website.fixtures import entry_of, open_almanac

TODAY = date(2026, 2, 25)

ENTRIES = [
    entry_of("speech", "1956-02-25", place="Moscow", tags=["soviet-union", "Cold,War"]),
    entry_of("doubtful", "1957-03-01?", title="A title; with, signs (1957)", summary="One.\nTwo."),
    entry_of("ides", "-0043-03-15", calendar="julian", kind="death"),
    entry_of("october", "1917-10-25", calendar="julian", observe="11-07"),
    entry_of("yearless", "XXXX-12-24", kind="holiday"),
    entry_of("vague", "1066~", observe="10-14"),
    entry_of("fire", "1904-02-29"),
    entry_of("leaper", "1908-02-29", leap_day="mar-1", language="en"),
    entry_of("skipper", "1880-02-29", leap_day="omit", kind="birth", died=True, tone="festive"),
    entry_of("child", "1950-02-28", kind="birth", died="2001-02", featured=True, brief="Born."),
    entry_of("king", "1960-02-28", kind="birth", living="public figure"),
    entry_of("mothers", "1914", rule="5/sun+2", kind="holiday"),
    entry_of("last", "XXXX-11", rule="11/sun-last"),
    entry_of("friday", "XXXX-04", rule="easter-2", kind="holiday"),
    entry_of("ascension", "1990-05", rule="paskha+39"),
]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> list[Read]:
    almanac = open_almanac(tmp_path_factory.mktemp("exported"), ENTRIES)
    content = b"".join(as_ics(almanac.site, almanac.library, TODAY).content)
    return list(read(incoming(content, "almanac.ics")))


def facts(given: list[Read]) -> dict[str, dict[str, Any]]:
    """Return the trees that were read, by their ids."""
    found = [each for each in given if isinstance(each, Found)]
    for each in found:
        must_be_an_entry(each)
    trees = {each.id or "": each.tree for each in found}
    assert len(trees) == len(found)
    return trees


def test_each_entry_comes_back_as_it_was(exported: list[Read]) -> None:
    trees = facts(exported)
    assert set(trees) == {entry["id"] for entry in ENTRIES}
    for entry in ENTRIES:
        told = {key: text for key, text in trees[entry["id"]].items() if key != "sources"}
        assert told == {key: text for key, text in entry.items() if key not in {"id", "sources"}}


def test_the_other_years_of_a_feast_are_told_in_one_sentence(exported: list[Read]) -> None:
    notes = [each.message for each in exported if isinstance(each, Note)]
    assert sorted(notes) == [
        '"What ascension was": 40 more events are its other years',
        '"What friday was": 40 more events are its other years',
    ]
    assert not [each for each in exported if isinstance(each, Refused)]


def test_the_calendar_of_subscribers_is_refused_because_it_has_no_entries(tmp_path: Path) -> None:
    almanac = open_almanac(tmp_path, ENTRIES)
    subscribed = calendar_of(almanac.site, almanac.library.published(TODAY), TODAY)
    given = list(read(incoming(ics.render(subscribed))))
    assert given
    assert all(isinstance(each, Refused) and "is one year of" in each.reason for each in given)
