"""Feeds and calendars of a site in several languages, and programs that follow two of them."""

import json
from contextlib import closing
from datetime import date
from pathlib import Path
from urllib.parse import quote

import feedparser
import icalendar
import pytest
import reader

from onthisday.app.publishing import write_site
from onthisday.app.workspace import Almanac
from onthisday.feeds import atom, jsonfeed
from onthisday.feeds.feed import feed_of
from tests.core.almanacs import entry, opened
from tests.website.languages import LANGUAGES, ROOT, TITLES, bodies, open_languages, website_of
from tests.website.test_readers import NOW

FEEDS = ("feed", "daily", "disputed/feed", "tags/μύλος/feed")


@pytest.fixture(scope="module")
def almanac(tmp_path_factory: pytest.TempPathFactory) -> Almanac:
    return open_languages(tmp_path_factory.mktemp("languages") / "site")


@pytest.fixture(scope="module")
def pages(almanac: Almanac) -> dict[str, bytes]:
    """Return the bytes of every path."""
    return dict(bodies(website_of(almanac)))


def test_items_have_the_same_ids_in_all_languages_and_links_of_their_own(
    pages: dict[str, bytes],
) -> None:
    for name in FEEDS:
        ids = set()
        page = quote(name.removesuffix("feed").removesuffix("daily"))
        for folder, language in LANGUAGES.items():
            stem = f"/{folder}{name}"
            feed = json.loads(pages[f"{stem}.json"])
            items = feed["items"]
            assert all(item["url"].startswith(f"{ROOT}{folder}") for item in items)
            assert feed["feed_url"] == f"{ROOT}{folder}{quote(name)}.json"
            assert feed["language"] == language
            assert TITLES[folder] in feed["title"]
            ids.add(tuple(item["id"] for item in items))
            for ending in ("atom", "rss"):
                parsed = feedparser.parse(pages[f"{stem}.{ending}"])
                ids.add(tuple(entry.id for entry in parsed.entries))
                assert parsed.feed.link == f"{ROOT}{folder}{page}"
        assert len(ids) == 1


def test_a_feed_has_an_id_of_its_own_in_each_language(pages: dict[str, bytes]) -> None:
    atoms = [path for path in pages if path.endswith(".atom")]
    assert len({feedparser.parse(pages[path]).feed.id for path in atoms}) == len(atoms) >= 15


def test_events_have_the_same_ids_in_all_languages_and_links_of_their_own(
    pages: dict[str, bytes],
) -> None:
    found = []
    for folder in LANGUAGES:
        calendar = icalendar.Calendar.from_ical(pages[f"/{folder}calendar.ics"])
        assert all(str(each["URL"]).startswith(f"{ROOT}{folder}") for each in calendar.events)
        assert str(calendar["NAME"]) == TITLES[folder]
        found.append([str(each["UID"]) for each in calendar.events])
    assert found[0] == found[1] == found[2] != []


def test_the_json_has_the_same_occasions_and_pictures_in_all_languages(
    pages: dict[str, bytes],
) -> None:
    for folder in LANGUAGES:
        (whole,) = json.loads(pages[f"/{folder}entries/whole/index.json"])["occasions"]
        assert whole["url"] == f"{ROOT}{folder}entries/whole/"
        assert whole["image"]["url"] == f"{ROOT}images/wide.png"
        ids = [each["occasion"] for each in json.loads(pages[f"/{folder}index.json"])["occasions"]]
        assert ids == [each["occasion"] for each in json.loads(pages["/index.json"])["occasions"]]


@pytest.mark.program
def test_a_feed_reader_that_follows_two_languages_has_each_item_once_in_each(
    almanac: Almanac, tmp_path: Path
) -> None:
    write_site(almanac, str(tmp_path / "site"), NOW, lambda _: None)
    with closing(reader.make_reader(":memory:", feed_root=str(tmp_path / "site"))) as library:
        for name in ("feed.atom", "it/feed.atom"):
            library.add_feed(name)
        library.update_feeds()
        told = {
            name: {entry.id: entry.link for entry in library.get_entries(feed=name)}
            for name in ("feed.atom", "it/feed.atom")
        }
        assert told["feed.atom"].keys() == told["it/feed.atom"].keys()
        for name, link in told["feed.atom"].items():
            assert told["it/feed.atom"][name] == (link or "").replace(ROOT, f"{ROOT}it/")
        assert library.get_feed("it/feed.atom").title == "Accadde oggi"
        assert not [
            result
            for result in library.update_feeds_iter()
            if result.value and not isinstance(result.value, Exception) and result.value.new
        ]


def test_an_item_whose_texts_are_in_another_language_than_the_feed_says_so(tmp_path: Path) -> None:
    translated = {"de": {"title": "Ein Titel", "summary": "Eine Zeile."}}
    almanac = opened(
        tmp_path,
        entry("own", "1956-02-25", language="en", title="A title", summary="A line."),
        entry("told", "1957-02-25", language="en", summary="A line.", languages=translated),
        config="site: {language: de}\n",
    )
    day = date(2026, 2, 25)
    feed = feed_of(almanac.site, almanac.published(day), day)
    items = {item["id"].split(":")[-1]: item for item in json.loads(jsonfeed.render(feed))["items"]}
    assert items["own/2026"]["language"] == "en"
    assert '<p lang="en" dir="ltr">A line.</p>' in items["own/2026"]["content_html"]
    assert "language" not in items["told/2026"]
    assert "lang=" not in items["told/2026"]["content_html"]
    parsed = feedparser.parse(atom.render(feed))
    languages = {entry.id.split(":")[-1]: entry.title_detail.language for entry in parsed.entries}
    assert languages == {"own/2026": "en", "told/2026": "de"}
