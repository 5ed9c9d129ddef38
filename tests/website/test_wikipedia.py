"""The almanac in the shape of Wikipedia's on-this-day API, and how faults are told there."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from onthisday.site.contents import SiteFiles
from onthisday.site.website import Website
from tests.website.fixtures import entry_of, open_almanac, png, serving, write_almanac
from tests.website.test_server import ask

ENTRIES = [
    entry_of("caesar", "-0043-03-15", calendar="julian", kind="death", featured=True),
    entry_of("rome", "0000-03-13"),
    entry_of("wedding", "1981-03-13", kind="marriage", place="London", updated="2026-02-03"),
    entry_of("rumour", "1901-03-13?", image={"file": "rumour.png"}),
    entry_of("nobody-knows", "19XX-03-13"),
    entry_of("zoe", "1990-03-13", kind="birth"),
    entry_of("old", "1880-03-13", kind="birth", featured=True),
    entry_of("moved", "1950-06-01", observe="03-13"),
    entry_of("pi", "XXXX-03-13", kind="holiday"),
    entry_of("easter", "0325-06-19", rule="easter", kind="holiday"),
    entry_of("leap", "1904-02-29"),
    entry_of("gone", "1950-03-13", corrections=[{"on": "2026-01-02", "was": "A", "why": "B"}]),
]


@pytest.fixture(scope="module")
def website(tmp_path_factory: pytest.TempPathFactory) -> Website:
    folder = tmp_path_factory.mktemp("wikipedia")
    almanac = open_almanac(folder, ENTRIES, languages=["ar"])
    (folder / "almanac" / "rumour.png").write_bytes(png(40, 30))
    files = SiteFiles(almanac.pictures)
    return Website(almanac.site, almanac.library, date(2026, 2, 25), files)


def answer(website: Website, path: str, language: str = "") -> dict[str, list[dict[str, Any]]]:
    page = website.render(f"{language}/api/rest_v1/feed/onthisday/{path}")
    assert page is not None
    assert page.media_type == "application/json"
    found: dict[str, list[dict[str, Any]]] = json.loads(page.body)
    return found


def ids(happenings: list[dict[str, Any]]) -> list[str]:
    return [
        each["pages"][0]["content_urls"]["desktop"]["page"].split("/")[-2] for each in happenings
    ]


def test_each_entry_of_a_day_is_in_its_list_the_newest_first(website: Website) -> None:
    found = answer(website, "all/03/13")
    assert {name: ids(listed) for name, listed in found.items()} == {
        "selected": ["old", "caesar"],
        "births": ["old"],
        "deaths": ["caesar"],
        "events": ["wedding", "moved", "rumour", "nobody-knows", "rome"],
        "holidays": ["pi"],
    }
    for name, listed in found.items():
        assert answer(website, f"{name}/03/13") == {name: listed}


def test_years_before_christ_are_negative_and_unknown_ones_are_not_there(website: Website) -> None:
    found = answer(website, "all/03/13")
    years = {name: each.get("year") for listed in found.values()
             for name, each in zip(ids(listed), listed, strict=True)}  # fmt: skip
    assert years == {"old": 1880, "caesar": -44, "wedding": 1981, "moved": 1950, "rumour": 1901,
                     "rome": -1, "nobody-knows": None, "pi": None}  # fmt: skip


def test_a_feast_and_the_leap_day_fall_as_on_the_pages_of_days(website: Website) -> None:
    assert ids(answer(website, "holidays/04/05")["holidays"]) == ["easter"]
    assert "year" not in answer(website, "holidays/04/05")["holidays"][0]
    assert ids(answer(website, "events/02/29")["events"]) == ["leap"]
    assert answer(website, "events/02/28") == {"events": []}


def test_a_page_has_all_that_programs_read(website: Website) -> None:
    wedding = answer(website, "events/3/13")["events"][0]
    page, source = wedding["pages"]
    assert wedding["text"] == "What wedding was"
    assert page["titles"] == {
        "canonical": "What_wedding_was",
        "normalized": "What wedding was",
        "display": "What wedding was",
    }
    assert (page["lang"], page["dir"], page["namespace"]) == ("en", "ltr", {"id": 0, "text": ""})
    assert page["timestamp"] == "2026-02-03T00:00:00Z"
    assert page["description"] == "13 March 1981 · London"
    assert page["extract"] == "The summary of wedding. Source: A press."
    link = '<a href="https://books.example/1">A press, A book, p.\u00a07</a>'
    assert link in page["extract_html"]
    assert set(page["content_urls"]["mobile"]) == {"page", "revisions", "edit", "talk"}
    assert source["content_urls"]["desktop"]["page"] == "https://almanac.example/documents/book/"
    assert source["timestamp"] == "2026-01-01T00:00:00Z"
    assert "thumbnail" not in page


def test_a_picture_that_the_site_shows_has_its_size_and_doubt_is_told(website: Website) -> None:
    rumour = answer(website, "events/03/13")["events"][2]
    picture = {"source": "https://almanac.example/images/rumour.png", "width": 40, "height": 30}
    assert rumour["pages"][0]["thumbnail"] == rumour["pages"][0]["originalimage"] == picture
    assert rumour["text"] == "What rumour was (date uncertain)"


def test_another_language_of_the_site_has_its_own_answers(website: Website) -> None:
    page = answer(website, "events/03/13", "/ar")["events"][0]["pages"][0]
    assert page["content_urls"]["desktop"]["page"] == "https://almanac.example/ar/entries/wedding/"
    assert (page["lang"], page["dir"]) == ("en", "ltr")


def test_a_number_of_a_page_stays_and_its_revision_changes_with_what_it_says(
    tmp_path: Path,
) -> None:
    def page(folder: str, **more: Any) -> dict[str, Any]:
        almanac = open_almanac(tmp_path / folder, [entry_of("first", "1956-02-25", **more)])
        site = Website(almanac.site, almanac.library, date(2026, 2, 25))
        found: dict[str, Any] = answer(site, "events/02/25")["events"][0]["pages"][0]
        return found

    before, same, after = page("a"), page("b"), page("c", summary="Another.")
    assert before == same
    assert before["pageid"] == after["pageid"] > 0
    assert before["revision"] != after["revision"]
    assert before["tid"] != after["tid"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    config = write_almanac(tmp_path_factory.mktemp("served"), ENTRIES)
    with serving(config) as (address, _):
        yield address


@pytest.mark.program
@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("feed/onthisday/all/02/30", 404, "not_found"),
        ("feed/onthisday/all/13/01", 404, "not_found"),
        ("feed/onthisday/all/00/01", 404, "not_found"),
        ("feed/onthisday/all/march/1", 404, "not_found"),
        ("feed/onthisday/all/003/13", 404, "not_found"),
        ("feed/onthisday/wars/03/13", 400, "bad_request"),
        ("feed/onthisday/all/03", 404, "not_found#route"),
        ("page/summary/Caesar", 404, "not_found#route"),
    ],
)
def test_a_fault_is_a_problem_as_the_api_tells_it(
    home: str, path: str, status: int, kind: str
) -> None:
    reply = ask(home, f"/api/rest_v1/{path}")
    assert reply.status == status
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.headers["access-control-allow-origin"] == "*"
    told = json.loads(reply.read_body)  # type: ignore[attr-defined]
    assert told.keys() == {"type", "title", "method", "detail", "uri"}
    assert told["type"] == f"https://mediawiki.org/wiki/HyperSwitch/errors/{kind}"
    assert (told["method"], told["uri"]) == ("get", f"/api/rest_v1/{path}")


@pytest.mark.program
def test_pages_of_other_sites_may_ask_and_caches_may_keep_the_answer(home: str) -> None:
    path = "/api/rest_v1/feed/onthisday/all/03/13"
    first = ask(home, f"{path}?origin=*", Origin="https://other.example")
    assert first.status == 200
    assert first.headers["access-control-allow-origin"] == "*"
    assert first.headers["cache-control"].startswith("public, max-age=")
    assert ask(home, path, If_None_Match=first.headers["etag"]).status == 304
    assert ask(home, path, "OPTIONS", Origin="https://other.example").status == 204
    refused = ask(home, path, "POST")
    assert (refused.status, refused.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert refused.headers["content-type"] == "application/problem+json"
