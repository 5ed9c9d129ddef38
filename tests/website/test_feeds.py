"""The content of a feed, and its three formats as readers' programs expect them."""

import json
import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.app.workspace import Almanac
from onthisday.characters import clean
from onthisday.feeds import atom, jsonfeed, rss
from onthisday.feeds.feed import Feed, daily_feed_of, feed_of
from onthisday.feeds.items import Item
from onthisday.feeds.safe_text import uri_of
from onthisday.site.website import Website
from tests.examples import examples
from tests.website.fixtures import SHIPPED, entry_of, open_almanac, write_almanac

DAY = date(2026, 2, 25)


def feed_on(almanac: Almanac, day: date = DAY) -> Feed:
    return feed_of(almanac.site, almanac.library.published(day), day)


def test_an_item_is_its_occasion_and_another_one_a_year_later(tmp_path: Path) -> None:
    almanac = open_almanac(tmp_path, [entry_of("first", "1956-02-25")])
    now, later = feed_on(almanac).items[0], feed_on(almanac, date(2027, 2, 25)).items[0]
    assert now.id == "tag:almanac.example,2026:first/2026"
    assert later.id == "tag:almanac.example,2026:first/2027"
    assert now.title == "70 years ago: What first was"


def test_no_two_items_of_any_year_have_the_same_link(tmp_path: Path) -> None:
    almanac = open_almanac(tmp_path, [entry_of("first", "1956-02-25")])
    site, library = almanac.site, almanac.library.published(date(2026, 2, 25))
    for made, stem in ((feed_of, "entries/first"), (daily_feed_of, "days/02-25")):
        links = [made(site, library, date(year, 2, 25)).items[0].url for year in (2026, 2027)]
        assert links == [f"https://almanac.example/{stem}/#{year}" for year in (2026, 2027)]


def test_an_edit_keeps_an_items_id_and_moves_updated(tmp_path: Path) -> None:
    before = feed_on(open_almanac(tmp_path, [entry_of("first", "1956-02-20")])).items[0]
    edited = entry_of("first", "1956-02-20", title="Mended", updated="2026-02-23")
    after = feed_on(open_almanac(tmp_path, [edited])).items[0]
    assert (after.id, after.published) == (before.id, before.published)
    assert after.updated == datetime(2026, 2, 23, tzinfo=UTC)


def test_a_correction_that_is_announced_for_the_future_is_ignored(tmp_path: Path) -> None:
    edited = entry_of("first", "1956-02-20", updated="2026-02-26")
    item = feed_on(open_almanac(tmp_path, [edited])).items[0]
    assert item.updated == item.published


def test_an_item_is_published_at_the_start_of_its_day_in_the_sites_zone(tmp_path: Path) -> None:
    almanac = open_almanac(tmp_path, [entry_of("first", "1956-02-25")], zone="Pacific/Kiritimati")
    assert feed_on(almanac).items[0].published == datetime(2026, 2, 24, 10, tzinfo=UTC)


def test_a_feed_has_three_whole_days_even_where_one_day_fills_it(tmp_path: Path) -> None:
    full = [
        entry_of(f"e{day}-{n}", f"19{n:02}-02-{day}") for day in (21, 22, 23, 25) for n in range(40)
    ]
    items = feed_on(open_almanac(tmp_path, full)).items
    assert [item.published.day for item in items] == [25] * 40 + [23] * 40 + [22] * 40


def test_a_feed_goes_back_a_year_and_no_further(tmp_path: Path) -> None:
    around = [entry_of("today", "1956-02-25"), entry_of("after", "1956-02-26")]
    items = feed_on(open_almanac(tmp_path, around)).items
    assert [item.id.rpartition(":")[2] for item in items] == ["today/2026", "after/2025"]


def test_a_day_gives_a_hundred_items_milestones_first_and_a_link_to_the_rest(
    tmp_path: Path,
) -> None:
    many = [entry_of(f"e{year}", f"{year}-02-25") for year in range(1800, 1930)]
    items = feed_on(open_almanac(tmp_path, many)).items
    assert len(items) == 100 + 1
    assert items[0].title == "225 years ago: What e1801 was"
    assert items[-1].title == "30 more on 25 February"
    assert items[-1].url == "https://almanac.example/days/02-25/#2026"
    milestones = [int(item.title.split()[0]) for item in items[:20]]
    assert all(years % 10 == 0 or years % 25 == 0 for years in milestones[:15])


def test_an_empty_almanac_has_valid_feeds(tmp_path: Path) -> None:
    (tmp_path / "almanac").mkdir()
    config = tmp_path / "config.yaml"
    config.write_text("site: {title: Empty}\n")
    feed = feed_on(Almanac.open(str(config)))
    assert feed.items == ()
    for form in (atom, rss):
        assert not feedparser.parse(form.render(feed)).bozo


def shipped(form: Any) -> Any:
    return feedparser.parse(form.render(feed_on(Almanac.open(str(SHIPPED / "config.yaml")))))


@pytest.mark.parametrize("form", [atom, rss])
def test_a_reader_finds_id_link_dates_and_text_of_the_shipped_feed(form: Any) -> None:
    parsed = shipped(form)
    assert not parsed.bozo
    assert parsed.feed.link == "http://127.0.0.1:8080/"
    newest = parsed.entries[0]
    assert newest.id == "tag:example.org,2026:secret-speech/2026"
    assert newest.link == "http://127.0.0.1:8080/entries/secret-speech/#2026"
    assert newest.published_parsed[:3] == (2026, 2, 25)
    assert newest.title == "70 years ago: Khrushchev denounces Stalin in a closed session"
    assert "1,500 delegates" in newest.content[0].value
    assert len({entry.id for entry in parsed.entries}) == len(parsed.entries) == 7


def test_atom_and_rss_name_themselves_once() -> None:
    for form, ending in ((atom, "atom"), (rss, "rss")):
        own = [link for link in shipped(form).feed.links if link.rel == "self"]
        assert [link.href for link in own] == [f"http://127.0.0.1:8080/feed.{ending}"]


def test_atom_links_to_the_documents_that_have_an_address(tmp_path: Path) -> None:
    feed = feed_on(open_almanac(tmp_path, [entry_of("first", "1956-02-25")]))
    entry = feedparser.parse(atom.render(feed)).entries[0]
    via = [link.href for link in entry.links if link.rel == "via"]
    assert via == ["https://books.example/1"]
    assert entry.link == "https://almanac.example/entries/first/#2026"


def test_the_json_feed_is_version_1_1_with_the_same_items() -> None:
    feed = feed_on(Almanac.open(str(SHIPPED / "config.yaml")))
    tree = json.loads(jsonfeed.render(feed))
    assert tree["version"] == "https://jsonfeed.org/version/1.1"
    assert tree["feed_url"] == "http://127.0.0.1:8080/feed.json"
    assert [item["id"] for item in tree["items"]] == [item.id for item in feed.items]
    first = tree["items"][0]
    assert first["date_published"] == first["date_modified"] == "2026-02-25T00:00:00Z"
    assert all(first[key] for key in ("content_html", "summary", "tags"))


RENDER = """
import sys
from datetime import date
from onthisday.app.workspace import Almanac
from onthisday.feeds import atom, rss, jsonfeed
from onthisday.feeds.feed import feed_of
almanac = Almanac.open(sys.argv[1])
day = date(2026, 2, 25)
feed = feed_of(almanac.site, almanac.library.published(day), day)
for form in (atom, rss, jsonfeed):
    sys.stdout.buffer.write(form.render(feed))
"""


@pytest.mark.program
def test_two_builds_in_other_zones_and_locales_give_the_same_bytes() -> None:
    def rendered(**environment: str) -> bytes:
        command = [sys.executable, "-c", RENDER, str(SHIPPED / "config.yaml")]
        return subprocess.run(
            command, env={**os.environ, **environment}, capture_output=True, check=True
        ).stdout

    here = rendered(TZ="UTC", LC_ALL="C")
    there = rendered(TZ="Asia/Tokyo", LC_ALL="C.UTF-8", PYTHONHASHSEED="7")
    assert here == there
    assert len(here) > 10_000


@examples(60)
@given(text=st.text(st.characters(exclude_categories=()), min_size=1, max_size=200))
def test_any_text_gives_well_formed_feeds(text: str) -> None:
    said = f"say: {clean(text)}"
    instant = datetime(2026, 2, 25, tzinfo=UTC)
    item = Item(
        "tag:x,2026:a/2026", "https://x.example/", said, said, said, instant, instant, (said,)
    )
    feed = Feed(
        "tag:x,2026:feed", said, said, "https://x.example/", "https://x.example/feed", "A", said,
        "en", instant, (item,),
    )  # fmt: skip
    for form in (atom, rss):
        assert not feedparser.parse(form.render(feed)).bozo
    assert json.loads(jsonfeed.render(feed))["items"][0]["content_html"] == said


ATOM = "{http://www.w3.org/2005/Atom}"
FAMILY = "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL} \N{RIGHT-TO-LEFT MARK}\u05e9\u05dc\u05d5\u05dd"
ODD = f"2 < 3 &amp; so\nA new line\u2028and\x85one\x7f more\x9f <b>\ufdd0\U0001ffff{FAMILY}"
SHOWN = ["2 < 3 &amp; so", "A new line", "and", f"one more <b>{FAMILY}"]


def test_an_rss_description_is_html_that_shows_the_summary_as_it_is(tmp_path: Path) -> None:
    feed = feed_on(open_almanac(tmp_path, [entry_of("first", "1956-02-25", summary=ODD)]))
    (item,) = ElementTree.fromstring(rss.render(feed)).iter("item")
    described = item.findtext("description", "")
    assert [unescape(line) for line in described.split("<br>")] == SHOWN
    assert described in item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded", "")
    entry = ElementTree.fromstring(atom.render(feed)).find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}summary") == described
    assert json.loads(jsonfeed.render(feed))["items"][0]["summary"] == "\n".join(SHOWN)


LIKE_HTML = [
    ("A & B < C", b"<title>70 years ago: A &#x26; B &#x3C; C</title>", None),
    ("&amp; is &lt;", b"<title>70 years ago: &#x26;amp; is &#x26;lt;</title>", None),
    ("a <b> alone", b"<title>70 years ago: a &#x3C;b&#x3E; alone</title>", None),
    ("<b>x</b> & y", b"<title>70 years ago: &#x3C;b&#x3E;x&#x3C;/b&#x3E; &#x26; y</title>", "html"),
]


@pytest.mark.parametrize(("title", "written", "declared"), LIKE_HTML)
def test_a_title_that_looks_like_html_is_taken_for_text(
    tmp_path: Path, title: str, written: bytes, declared: str | None
) -> None:
    feed = feed_on(open_almanac(tmp_path, [entry_of("first", "1956-02-25", title=title)]))
    assert written in rss.render(feed)
    entry = ElementTree.fromstring(atom.render(feed)).find(f"{ATOM}entry")
    assert entry is not None
    shown = entry.find(f"{ATOM}title")
    assert shown is not None
    assert shown.get("type") == declared
    text = unescape(shown.text or "") if declared else shown.text
    assert text == f"70 years ago: {title}"
    (item,) = ElementTree.fromstring(rss.render(feed)).iter("item")
    assert item.findtext("title") == f"70 years ago: {title}"


def test_no_two_entries_of_atom_were_updated_at_once_and_their_order_stays(tmp_path: Path) -> None:
    entries = [entry_of(f"e{n}", f"{1900 + n}-02-25") for n in range(30)]
    feed = feed_on(open_almanac(tmp_path, entries))
    tree = ElementTree.fromstring(atom.render(feed))
    updated = [entry.findtext(f"{ATOM}updated", "") for entry in tree.iter(f"{ATOM}entry")]
    assert updated == sorted(set(updated), reverse=True)
    assert {at[:19] for at in updated} == {"2026-02-25T00:00:00"}
    assert tree.findtext(f"{ATOM}updated") == updated[0]
    parsed = feedparser.parse(atom.render(feed)).entries
    assert all(entry.updated_parsed == entry.published_parsed for entry in parsed)


def test_a_title_is_one_line(tmp_path: Path) -> None:
    feed = feed_on(open_almanac(tmp_path, [entry_of("first", "1956-02-25", title=ODD)]))
    assert feed.items[0].title == f"70 years ago: \u2068{' '.join(SHOWN)}\u2069"


IRIS = [
    ("https://exämple.org/ä b/", "https://xn--exmple-cua.org/%C3%A4%20b/"),
    ("https://a.example/{x}|[1]%zz?q=é", "https://a.example/%7Bx%7D%7C%5B1%5D%25zz?q=%C3%A9"),
    ("https://a.example:443/~x/%C3%A9?a=1&b#c", "https://a.example:443/~x/%C3%A9?a=1&b#c"),
    ("https://[::1]:8080/", "https://[::1]:8080/"),
    ("https://\u2063.example/é", "https://%E2%81%A3.example/%C3%A9"),
]


@pytest.mark.parametrize(("written", "uri"), IRIS)
def test_an_address_is_written_as_a_uri(written: str, uri: str) -> None:
    assert uri_of(written) == uri


def test_every_address_of_a_feed_a_calendar_and_an_opml_is_a_uri(tmp_path: Path) -> None:
    image = {"url": "https://bücher.example/ö.png"}
    config = write_almanac(
        tmp_path, [entry_of("first", "1956-02-25", image=image)], url="https://exämple.org/ä/"
    )
    documents = config.parent / "almanac" / "documents.yaml"
    documents.write_text("- {id: book, title: A book, url: 'https://bücher.example/ß'}\n")
    almanac = Almanac.open(str(config))
    website = Website(almanac.site, almanac.library, DAY)
    for path in (
        "/feed.atom",
        "/feed.rss",
        "/feed.json",
        "/daily.rss",
        "/calendar.ics",
        "/feeds.opml",
    ):
        page = website.render(path)
        assert page is not None
        said = re.findall(r"https?://[^\"'<>\s\\]+", page.body.decode().replace("\r\n ", ""))
        assert any("xn--exmple-cua.org/%C3%A4/" in address for address in said)
        assert all(address.isascii() for address in said)


def test_the_daily_feed_has_thirty_days_however_many_things_happened(tmp_path: Path) -> None:
    days = [date(1960, 1, 1) + timedelta(days=n) for n in range(366)]
    entries = [entry_of(f"{name}{day:%m-%d}", str(day)) for day in days for name in "abc"]
    almanac = open_almanac(tmp_path, entries)
    items = daily_feed_of(almanac.site, almanac.library.published(DAY), DAY).items
    assert len(items) == 30
    assert items[-1].published == datetime(2026, 1, 27, tzinfo=UTC)


def test_markup_in_an_entry_is_shown_as_text(tmp_path: Path) -> None:
    nasty = entry_of("first", "1956-02-25", title="<script>alert(1)</script>", summary="a & <b>")
    item = feed_on(open_almanac(tmp_path, [nasty])).items[0]
    assert "<p>a &amp; &lt;b&gt;</p>" in item.content
    assert "<script" not in item.content


def test_a_feed_shows_as_many_of_a_day_as_it_may_and_these_change_with_the_years(
    tmp_path: Path,
) -> None:
    many = [entry_of(f"e{year}", f"{year}-02-25") for year in range(1800, 1830)]
    almanac = open_almanac(tmp_path, many)
    site = almanac.site._replace(feed_at_most=4)
    shown = set()
    for year in range(2026, 2026 + 2 * 8):
        day = date(year, 2, 25)
        items = feed_of(site, almanac.library.published(day), day).items
        assert items[4].title == "26 more on 25 February"
        shown |= {item.id.rpartition(":")[2].partition("/")[0] for item in items[:4]}
    assert len(shown) == 30
