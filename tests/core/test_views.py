"""The JSON of occasions: the documented keys in their order, and the whole shipped almanac."""

import json
import os
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import onthisday
from onthisday.almanac.entry import Selection
from onthisday.app.workspace import Almanac
from onthisday.dates.edtf import parse
from onthisday.locales.locale import ENGLISH
from onthisday.views.as_json import tree_of
from onthisday.views.historical_words import spoken
from onthisday.views.view import DayView, NextView
from onthisday.views.words import headline, occasion_date, since_line, since_words, tag_words
from tests.core.almanacs import ROOT, entry, opened, source

GOLDEN = Path(__file__).parent / "golden"

DAY = ["day", "zone", "occasions", "next"]
OCCASION = ["id", "occasion", "date", "calendar", "as_written", "uncertain", "observed", "years",
            "milestone", "kind", "title", "summary", "place", "tags", "tone", "image", "url",
            "sources", "accounts"]  # fmt: skip
SOURCE = ["document", "title", "author", "publisher", "published", "url", "page", "as", "locator"]
ACCOUNT = ["question", "answers"]
ANSWER = ["says", "as", "date", "document", "page", "locator"]
NEXT = ["id", "day", "title"]
IMAGE = ["url", "alt", "credit", "license"]

ADDED = {"name", "brief", "archived", "corrections", "language"}
"""Keys that were added later: the name of an answer's document, a short summary, where a document
is kept, what was put right. New keys break no program.
"""


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Almanac:
    """Open a copy of the almanac that is shipped."""
    folder = tmp_path_factory.mktemp("shipped")
    shutil.copytree(ROOT / "almanac", folder / "almanac")
    shutil.copy(ROOT / "config.yaml", folder)
    return onthisday.load(str(folder / "config.yaml"))


def keys(tree: dict[str, Any]) -> list[str]:
    """Return a tree's keys in order, without the added ones."""
    return [key for key in tree if key not in ADDED]


def test_what_comes_next_can_be_left_out_of_a_day_on_which_something_happened(
    shipped: Almanac,
) -> None:
    full, empty = date(2026, 2, 25), date(2026, 1, 1)
    assert shipped.on(full, next_always=False) == shipped.on(full)._replace(next=None)
    assert shipped.on(empty, next_always=False) == shipped.on(empty)
    assert shipped.on(empty).next is not None


def test_json_has_the_keys_of_the_interface_in_their_order(shipped: Almanac) -> None:
    tree = tree_of(shipped.on(date(2026, 2, 25)))
    assert keys(tree) == DAY
    assert keys(tree["next"]) == NEXT
    for told in tree["occasions"]:
        assert keys(told) == OCCASION
        assert told["sources"]
        assert all(keys(item) == SOURCE for item in told["sources"])
        assert all(keys(item) == ACCOUNT for item in told["accounts"])
        answers = [answer for item in told["accounts"] for answer in item["answers"]]
        assert answers
        assert all(keys(answer) == ANSWER for answer in answers)
        spans = [span for item in told["sources"] + answers for span in item["locator"]]
        assert all(list(span) == ["start", "end"] for span in spans)


def test_every_key_is_there_where_an_entry_says_little(tmp_path: Path) -> None:
    tree = tree_of(opened(tmp_path, entry("a", "1956-02-25")).on(date(2026, 2, 25)))
    (told,) = tree["occasions"]
    assert keys(told) == OCCASION
    empty = {key for key, value in told.items() if value in (None, [])}
    assert empty == {
        "as_written", "observed", "summary", "place", "tags", "image", "accounts", "brief",
        "corrections",
    }  # fmt: skip
    assert told["sources"] == [
        {"document": "gazette", "title": "The Gazette", "author": None, "publisher": None,
         "published": None, "url": None, "archived": None, "page": None, "as": "stated",
         "locator": []}
    ]  # fmt: skip
    assert tree["next"] == {"id": "a", "day": "2027-02-25", "title": "What a tells"}


def test_a_day_without_occasions_has_every_key_too(tmp_path: Path) -> None:
    tree = tree_of(opened(tmp_path).on(date(2026, 2, 25)))
    assert tree == {"day": "2026-02-25", "zone": "UTC", "occasions": [], "next": None}


def test_the_shipped_25_february_is_told_as_its_golden_file_says(shipped: Almanac) -> None:
    tree = tree_of(shipped.on(date(2026, 2, 25)))
    text = json.dumps(tree, ensure_ascii=False, indent=2) + "\n"
    path = GOLDEN / "2026-02-25.json"
    if os.environ.get("ONTHISDAY_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text("utf-8"), "ONTHISDAY_GOLDEN=write pytest … writes it anew"


def test_what_is_loaded_is_frozen_and_the_same(shipped: Almanac) -> None:
    day = shipped.on(date(2026, 2, 25))
    assert isinstance(day, DayView)
    assert day.occasions[0].sources[0].as_ == "stated"
    assert day == shipped.on(date(2026, 2, 25))
    assert hash(day) == hash(shipped.on(date(2026, 2, 25)))
    with pytest.raises(AttributeError):
        day.zone = "x"  # type: ignore[misc]


def test_ids_and_addresses_are_made_of_the_sites_tag_and_url(tmp_path: Path) -> None:
    config = 'site: {url: "https://a.example/days", tag: "a.example,2020", zone: Asia/Tokyo}\n'
    day = opened(tmp_path, entry("a", "1956-02-25"), config=config).on(date(2026, 2, 25))
    (told,) = day.occasions
    assert told.occasion == "tag:a.example,2020:a/2026"
    assert told.url == "https://a.example/days/entries/a/#2026"
    assert day.zone == "Asia/Tokyo"


def test_everything_an_entry_says_is_told(tmp_path: Path) -> None:
    answers = [{"says": "x", "document": "gazette", "as": "rumoured", "date": "1956-03"},
               {"says": "y", "document": "gazette", "locator": {"start": 1, "end": 2}}]  # fmt: skip
    tree = entry(
        "a", "1917-10-25?", calendar="julian", as_written="25 October (O.S.)", place="Petrograd",
        kind="holiday", tone="festive", tags=["b", "a"], summary="S.",
        image={"url": "https://a.b/c.jpg", "alt": "A"},
        sources=[source(page=58, **{"as": "reported"})],
        accounts=[{"question": "?", "answers": answers}],
    )  # fmt: skip
    (told,) = opened(tmp_path, tree).on(date(2017, 11, 7)).occasions
    found = tree_of(told)
    assert found["date"] == "1917-10-25?"
    assert (found["calendar"], found["as_written"]) == ("julian", "25 October (O.S.)")
    assert (found["uncertain"], found["years"], found["milestone"]) == (True, 100, True)
    assert (found["kind"], found["tone"], found["tags"]) == ("holiday", "festive", ["b", "a"])
    assert list(found["image"]) == IMAGE
    assert found["image"]["url"] == "https://a.b/c.jpg"
    assert (found["sources"][0]["page"], found["sources"][0]["as"]) == ("58", "reported")
    first, second = found["accounts"][0]["answers"]
    assert (first["as"], first["date"], first["locator"]) == ("rumoured", "1956-03", [])
    assert (second["as"], second["date"], second["locator"]) == (
        "stated", None, [{"start": 1, "end": 2}])  # fmt: skip


def test_an_observed_day_says_for_what(tmp_path: Path) -> None:
    almanac = opened(tmp_path, entry("leap", "1956-02-29"), entry("m", "1953-03", observe="02-28"))
    months, leap = almanac.on(date(2026, 2, 28)).occasions
    assert tree_of(months)["observed"] == "March 1953"
    assert tree_of(leap)["observed"] == "29 February"
    assert (months.observed, leap.observed) == (parse("1953-03"), parse("1956-02-29"))
    (own,) = almanac.on(date(2028, 2, 29)).occasions
    assert own.observed is None


def test_a_julian_date_that_is_observed_on_another_day_is_said_to_be_old_style(
    tmp_path: Path,
) -> None:
    almanac = opened(tmp_path, entry("a", "1917-10-25", calendar="julian", observe="03-01"))
    (told,) = almanac.on(date(2026, 3, 1)).occasions
    assert tree_of(told)["observed"] == "25 October 1917 Old Style"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1956-02-25", "25 February 1956"),
        ("1953-03", "March 1953"),
        ("1964", "1964"),
        ("1956-02-26?", "perhaps 26 February 1956"),
        ("1950~", "around 1950"),
        ("1950%", "perhaps around 1950"),
        ("1938/1947", "1938–1947"),
        ("1956-02-24/1956-02-25", "24–25 February 1956"),
        ("1956-02-24/1956-02-25~", "24 February 1956 to around 25 February 1956"),
        ("1956-02-24/1956-03-25", "24 February 1956 to 25 March 1956"),
        ("1956-02-24/1957-02-25", "24 February 1956 to 25 February 1957"),
        ("1938/..", "from 1938"),
        ("../1938", "until 1938"),
        ("[1917,1918]", "1917 or 1918"),
        ("{1960,1961}", "1960 and 1961"),
        ("-0043-03-15", "15 March 44 BC"),
        ("0000", "1 BC"),
        ("0001", "AD 1"),
        ("0079-08-24", "24 August AD 79"),
        ("Y17000", "17,000"),
        ("195X", "the 1950s"),
        ("195X~", "around the 1950s"),
        ("190X", "1900–1909"),
        ("000X", "1 BC–AD 9"),
        ("-004X", "50–41 BC"),
        ("18XX", "the 19th century"),
        ("20XX?", "perhaps the 21st century"),
        ("-00XX", "the 1st century BC"),
        ("-01XX", "the 2nd century BC"),
        ("1938/", "from 1938 to an unknown date"),
        ("/1938", "from an unknown date to 1938"),
        ("1936?/1937~", "perhaps 1936 to around 1937"),
        ("[1667,1668,1670..1672]", "1667, 1668 or between 1670 and 1672"),
        ("[..1760]", "1760 or earlier"),
        ("[1760-12..]", "December 1760 or later"),
        ("{1667..1672}", "all of 1667–1672"),
        ("{..1983}", "1983 and earlier"),
        ("1956-22", "summer 1956"),
        ("XXXX-11-07", "7 November, year unknown"),
    ],
)
def test_a_date_is_said_in_words(text: str, words: str) -> None:
    assert spoken(ENGLISH, parse(text)) == words


@pytest.mark.parametrize(
    ("date_", "more", "words"),
    [
        ("1917-10-25", {}, "25 October 1917 Old Style, 7 November New Style"),
        ("1900-12-25", {}, "25 December 1900 Old Style, 7 January 1901 New Style"),
        ("1917-10", {}, "October 1917 Old Style"),
        ("1582-10-05", {}, "5 October 1582 Old Style, 15 October New Style"),
        ("1582-10-04", {}, "4 October 1582 (Julian calendar), 14 October (Gregorian calendar)"),
        ("-0043-03-15", {}, "15 March 44 BC (Julian calendar), 13 March (Gregorian calendar)"),
        ("1066", {}, "1066 (Julian calendar)"),
        ("1917-10-25", {"as_written": "25 Oct. (O.S.)"}, "25 Oct. (O.S.), 7 November New Style"),
    ],
)
def test_a_julian_date_is_said_in_both_calendars(
    tmp_path: Path, date_: str, more: dict[str, str], words: str
) -> None:
    almanac = opened(tmp_path, entry("a", date_, calendar="julian", **more))
    found = almanac.library.entry("a")
    assert found is not None
    assert occasion_date(ENGLISH, almanac.presenter.entry(found)) == words


@pytest.mark.parametrize(
    ("date_", "words"),
    [
        ("1956-02-26", "70 years ago: A title"),
        ("1956-02-26?", "Perhaps 70 years ago: A title"),
        ("XXXX-02-26", "A title"),
        ("XXXX-02-26?", "A title (date uncertain)"),
        ("1956~-02-26", "About 70 years ago: A title"),
        ("1956?-02-26", "Perhaps 70 years ago: A title"),
        ("1956-02-?26", "Perhaps 70 years ago: A title"),
        ("195X-02-26", "A title"),
    ],
)
def test_the_title_in_a_feed_says_if_the_date_is_uncertain(
    tmp_path: Path, date_: str, words: str
) -> None:
    almanac = opened(tmp_path, entry("a", date_, title="A title"))
    (told,) = almanac.on(date(2026, 2, 26)).occasions
    assert headline(ENGLISH, told) == words


def test_an_entry_that_is_remembered_on_a_day_of_its_own_says_its_date_once(
    tmp_path: Path,
) -> None:
    almanac = opened(tmp_path, entry("a", "1239", observe="03-01"))
    (told,) = almanac.on(date(2026, 3, 1)).occasions
    assert since_line(ENGLISH, told) == "787 years ago · 1239 · remembered on this day"


@pytest.mark.parametrize(
    ("date_", "words"),
    [
        ("1956-02-26?", "70 years ago · perhaps 26 February 1956 · date uncertain"),
        ("1956?-02-26", "70 years ago · 26 February 1956 (year uncertain)"),
        ("1956~-02-26", "about 70 years ago · 26 February 1956 (year approximate)"),
        ("195X-02-26?", "26 February, between 1950 and 1959 (date uncertain)"),
        ("195X-02-26", "26 February, between 1950 and 1959"),
    ],
)
def test_what_is_in_doubt_is_said_once(tmp_path: Path, date_: str, words: str) -> None:
    almanac = opened(tmp_path, entry("a", date_))
    (told,) = almanac.on(date(2026, 2, 26)).occasions
    assert since_line(ENGLISH, told) == words
    assert told.uncertain is (date_ != "195X-02-26")


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("soviet-union", "soviet union"), ("20th-century", "20th century"),
        ("covid-19", "covid-19"),
        ("de-stalinization", "de-stalinization"), ("Anti-war-movement", "Anti-war movement"),
        ("café", "café"), ("-", "-"), ("a--b", "a- b"), ("日本", "日本"),
    ],
)  # fmt: skip
def test_a_tag_is_read_with_spaces(tag: str, words: str) -> None:
    assert tag_words(tag) == words


@pytest.mark.parametrize(
    ("date_", "since"),
    [
        ("1956", "70 years ago"),
        ("1956-02-XX", "70 years ago"),
        ("1956-02-14/1956-02-25", "70 years ago"),
        ("[1956-02-14,1956-02-25]", "70 years ago"),
        ("1956/1957", "about 70 years ago"),
        ("1956-12-31/1957-01-01", "about 70 years ago"),
        ("1956/..", "about 70 years ago"),
        ("1956/", "about 70 years ago"),
        ("{1956,1976}", "about 70 years ago"),
        ("19XX", "about 126 years ago"),
        ("1956~", "about 70 years ago"),
        ("195X", "about 76 years ago"),
        ("[1956,1957]", "about 70 years ago"),
        ("../1956", "about 70 years ago"),
        ("1956~-02", "about 70 years ago"),
        ("1956-~02", "70 years ago"),
        ("1956-1X", "70 years ago"),
        ("1956-33", "70 years ago"),
        ("1956S3", "about 70 years ago"),
        ("195X-02", None),
        ("1XXX", None),
    ],
)
def test_years_are_about_where_the_year_itself_is_not_certain(
    tmp_path: Path, date_: str, since: str | None
) -> None:
    almanac = opened(tmp_path, entry("a", date_, observe="03-01"))
    (told,) = almanac.on(date(2026, 3, 1)).occasions
    assert since_words(ENGLISH, told) == since


def test_the_speech_is_told_after_70_years_with_its_documents_and_questions(
    shipped: Almanac,
) -> None:
    day = shipped.on(date(2026, 2, 25))
    (speech,) = day.occasions
    assert (speech.id, speech.years, speech.milestone) == ("secret-speech", 70, True)
    assert (speech.place, speech.tone, speech.uncertain) == ("Moscow", "solemn", False)
    assert [item.document for item in speech.sources] == [
        "fakti-2025", "history-today-2006", "accade-oggi", "smile-of-the-day-2022",
        "becomes-premier",
    ]  # fmt: skip
    said = {account.question: account.answers for account in speech.accounts}
    many = [(a.says, a.document) for a in said["How many delegates listened?"]]
    assert many == [("1,400 Soviet delegates", "fakti-2025"),
                    ("1,500 delegates", "history-today-2006")]  # fmt: skip
    assert len(said) == 6
    assert "rumoured" in {a.as_ for a in said["How did the hall take it?"]}
    assert day.next is not None
    assert day.next.id == "speech-reported-abroad"


@pytest.mark.parametrize(
    ("day", "expected", "years"),
    [
        (date(2026, 2, 14), "congress-opens", 70),
        (date(2026, 3, 27), "khrushchev-premier", 68),
        (date(2026, 6, 4), "speech-published", 70),
        (date(2026, 10, 31), "stalin-reburied", 65),
        (date(2026, 9, 11), "khrushchev-dies", 55),
    ],
)
def test_the_shipped_days_hold_one_entry_each(
    shipped: Almanac, day: date, expected: str, years: int
) -> None:
    (told,) = shipped.on(day).occasions
    assert (told.id, told.years, told.uncertain) == (expected, years, False)


def test_the_26th_is_uncertain(shipped: Almanac) -> None:
    (told,) = shipped.on(date(2026, 2, 26)).occasions
    assert (told.id, told.uncertain) == ("speech-reported-abroad", True)
    assert told.date == parse("1956-02-26?")


def test_the_shipped_almanac_has_these_days_and_no_other(shipped: Almanac) -> None:
    days = {str(day) for day in shipped.library.days()}
    assert days == {"02-14", "02-25", "02-26", "03-27", "06-04", "09-11", "10-31"}


def test_1_july_holds_nothing_and_11_september_is_next(shipped: Almanac) -> None:
    day = shipped.on(date(2026, 7, 1))
    assert day.occasions == ()
    assert day.next == NextView(
        "khrushchev-dies", date(2026, 9, 11), "Nikita Khrushchev dies", "en"
    )


def test_in_1956_khrushchev_is_first_secretary_and_never_premier(shipped: Almanac) -> None:
    of_1956 = [found for found in shipped.library.entries() if found.date.year == 1956]
    assert len(of_1956) >= 5
    told = " ".join(f"{found.title} {found.summary}" for found in of_1956)
    assert "First Secretary" in told
    assert "Premier" not in told


def test_filters_narrow_what_is_told_and_what_is_next(shipped: Almanac) -> None:
    day = shipped.on(date(2026, 2, 25), Selection(kinds=("death",)))
    assert day.occasions == ()
    assert day.next is not None
    assert day.next.id == "khrushchev-dies"


def test_what_load_returns_has_a_public_name() -> None:
    from onthisday import Almanac as Public

    assert isinstance(onthisday.load(str(ROOT / "config.yaml")), Public)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = onthisday.nothing
