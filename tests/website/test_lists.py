"""Lists on the site: tags, disputed entries, documents, long lists, OPML. Also pictures."""

import gzip
import html
import http.client
import json
import re
import struct
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.almanac.picture_size import size_of
from onthisday.app.publishing import website_at, write_site
from onthisday.app.workspace import Almanac
from onthisday.feeds.feed import daily_feed_of
from onthisday.service.building import file_name
from onthisday.site.page import MOST_LISTED, MOST_OF_DAY, MOST_WHOLE
from onthisday.site.website import Website
from tests.website.fixtures import SHIPPED, entry_of, open_almanac, png, serving, write_almanac

NOW = datetime(2026, 2, 25, 12, tzinfo=UTC)
ACCOUNTS = [
    {
        "question": "How many?",
        "answers": [{"says": "1,400", "document": "book"}, {"says": "1,500", "document": "book"}],
    }
]
TAGS = ("café", "история", "a,b", "c++", "80s", "日本", "x:y", "(odd)", "feed.atom", "2", "~me@")


def site_of(folder: Path, entries: list[dict[str, Any]], **site: str) -> Website:
    return website_at(open_almanac(folder, entries, **site), NOW)


def body(website: Website, path: str) -> str:
    page = website.render(path)
    assert page is not None, path
    return page.body.decode()


class Links(HTMLParser):
    """Collects the links of a page, with their ``rel``."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str | None, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if target := said.get("href") or said.get("src"):
            self.found.append((said.get("rel"), target))

    def of(self, relation: str) -> list[str]:
        return [target for found, target in self.found if found == relation]


def path_of(link: str, page: str) -> str:
    """Return the path that a link of a page leads to."""
    return unquote(urlsplit(urljoin(f"https://almanac.example{quote(page)}", link)).path)


# Tags


@pytest.fixture(scope="module")
def tagged(tmp_path_factory: pytest.TempPathFactory) -> Website:
    entries = [entry_of(f"e{n}", f"19{50 + n}-02-25", tags=[tag]) for n, tag in enumerate(TAGS)]
    return site_of(tmp_path_factory.mktemp("tagged"), entries)


@pytest.mark.parametrize("tag", TAGS)
def test_a_tag_has_a_page_feeds_and_a_calendar_that_its_links_lead_to(
    tagged: Website, tag: str
) -> None:
    page = f"/tags/{tag}/"
    links = Links(body(tagged, page))
    own = {path_of(link, page) for link in links.of("alternate")}
    for name in ("feed.atom", "feed.rss", "feed.json", "calendar.ics"):
        assert f"/tags/{tag}/{name}" in own
        assert f"/tags/{tag}/{name}" in set(tagged.paths())
    assert all(tagged.render(path) for path in own)
    first = path_of(links.of("alternate")[0], page)
    assert first == f"/tags/{tag}/feed.atom", "many readers take the first"
    assert path_of(links.of("canonical")[0], "/") == page


@pytest.mark.parametrize("tag", TAGS)
def test_a_tags_feed_names_itself_and_its_page_by_addresses_that_exist(
    tagged: Website, tag: str
) -> None:
    for ending in ("atom", "rss"):
        feed = feedparser.parse(body(tagged, f"/tags/{tag}/feed.{ending}"))
        [own] = [link.href for link in feed.feed.links if link.rel == "self"]
        assert own.isascii()
        assert path_of(own, "/") == f"/tags/{tag}/feed.{ending}"
        assert path_of(feed.feed.link, "/") == f"/tags/{tag}/"
        assert feed.entries[0].tags[0].term == tag
    tree = json.loads(body(tagged, f"/tags/{tag}/feed.json"))
    assert path_of(tree["feed_url"], "/") == f"/tags/{tag}/feed.json"


def test_all_tags_are_listed_with_how_often_they_are_used(tagged: Website) -> None:
    shown = body(tagged, "/tags/")
    linked = {path_of(link, "/tags/") for _, link in Links(shown).found}
    assert {f"/tags/{tag}/" for tag in TAGS} <= linked


@pytest.mark.slow
def test_tags_are_built_to_files_of_their_names(tmp_path: Path) -> None:
    entries = [entry_of("first", "1956-02-25", tags=list(TAGS))]
    write_site(open_almanac(tmp_path, entries), str(tmp_path / "site"), NOW, lambda _: None)
    for tag in TAGS:
        assert (tmp_path / "site" / "tags" / tag / "feed.atom").is_file()


@pytest.mark.program
def test_tags_are_served_however_they_are_quoted(tmp_path: Path) -> None:
    config = write_almanac(tmp_path, [entry_of("first", "1956-02-25", tags=["café", "x:y"])])
    with serving(config) as (home, _):
        for path in ("/tags/caf%C3%A9/", "/tags/caf%c3%a9/", "/tags/x:y/", "/tags/x%3Ay/feed.rss"):
            assert get(home, path)[0] == 200, path
        status, headers, _ = get(home, "/tags/x:y")
        assert (status, urljoin(f"{home}tags/x:y", headers["location"])) == (
            308,
            f"{home}tags/x:y/",
        )
        status, headers, _ = get(home, "/tags/caf%C3%A9")
        assert (status, headers["location"]) == (308, "./caf%C3%A9/")
        assert get(home, "/tags/caf%E9/")[0] == 404


def get(home: str, path: str) -> tuple[int, Any, bytes]:
    connection = http.client.HTTPConnection(urlsplit(home).netloc, timeout=10)
    connection.request("GET", path)
    reply = connection.getresponse()
    found = reply.status, reply.headers, reply.read()
    connection.close()
    return found


# Where sources differ


def test_what_is_disputed_is_listed_and_has_feeds_of_its_own(tmp_path: Path) -> None:
    entries = [entry_of("sure", "1956-02-25"), entry_of("open", "1957-02-25", accounts=ACCOUNTS)]
    website = site_of(tmp_path, entries)
    shown = body(website, "/disputed/")
    assert "What open was" in shown
    assert "What sure was" not in shown
    assert "How many?" in shown
    for ending in ("atom", "rss"):
        [item] = feedparser.parse(body(website, f"/disputed/feed.{ending}")).entries
        assert item.id == "tag:almanac.example,2026:open/2026"
        assert "1,400 (A press)" in item.content[0].value
    assert len(json.loads(body(website, "/disputed/feed.json"))["items"]) == 1


def test_where_nothing_is_disputed_the_page_says_so(tmp_path: Path) -> None:
    website = site_of(tmp_path, [entry_of("sure", "1956-02-25")])
    assert "No entry has answers that differ." in body(website, "/disputed/")
    assert feedparser.parse(body(website, "/disputed/feed.atom")).entries == []


# An item a day


def test_the_daily_feed_has_an_item_a_day_with_all_that_happened(tmp_path: Path) -> None:
    entries = [
        entry_of("first", "1956-02-25"), entry_of("second", "1957-02-25", updated="2026-02-25"),
        entry_of("before", "1958-02-20?"),
    ]  # fmt: skip
    website = site_of(tmp_path, entries)
    for ending in ("atom", "rss"):
        today, earlier = feedparser.parse(body(website, f"/daily.{ending}")).entries
        assert today.id == "tag:almanac.example,2026:daily/2026-02-25"
        assert today.title == "25 February: What first was, and 1 more"
        assert today.link == "https://almanac.example/days/02-25/#2026"
        assert "What second was" in today.content[0].value
        assert earlier.title == "20 February: What before was (date uncertain)"


def test_a_daily_item_of_a_crowded_day_links_to_the_rest(tmp_path: Path) -> None:
    entries = [entry_of(f"e{year}", f"{year}-02-25") for year in range(1800, 1930)]
    almanac = open_almanac(tmp_path, entries)
    day = date(2026, 2, 25)
    [item] = daily_feed_of(almanac.site, almanac.library.published(day), day).items
    assert item.content.count("<h3>") == 100 + 1
    assert "30 more on 25 February" in item.content


# OPML


def test_opml_lists_every_feed_by_an_address_that_exists(tagged: Website) -> None:
    page = tagged.render("/feeds.opml")
    assert page is not None
    assert page.media_type == "text/x-opml; charset=utf-8"
    root = ElementTree.fromstring(page.body)
    assert (root.tag, root.attrib) == ("opml", {"version": "2.0"})
    assert root.findtext("head/title") == "On this day"
    outlines = root.findall("body/outline")
    assert len(outlines) == 3 + len(TAGS)
    assert {outline.get("type") for outline in outlines} == {"rss"}
    for outline in outlines:
        for name in ("xmlUrl", "htmlUrl"):
            address = outline.attrib[name]
            assert address.startswith("https://almanac.example/")
            assert tagged.render(path_of(address, "/")) is not None, address
        assert outline.get("text") == outline.get("title")


def test_a_title_with_markup_is_text_in_opml(tmp_path: Path) -> None:
    website = site_of(tmp_path, [entry_of("first", "1956-02-25")], title='<b> & "q" \'s')
    root = ElementTree.fromstring(body(website, "/feeds.opml"))
    assert root.findtext("head/title") == '<b> & "q" \'s'


# Parts of a hundred


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Website:
    """Return a site: 250 disputed entries with one tag on one day, and 101 entries on no day."""
    dated = [
        entry_of(f"e{n:03}", f"{1700 + n}-02-25", tags=["t"], accounts=ACCOUNTS) for n in range(250)
    ]
    undated = [entry_of(f"u{n:03}", f"{1800 + n}-03", summary=None) for n in range(101)]
    return site_of(tmp_path_factory.mktemp("long"), [*dated, *map(without_none, undated)])


def without_none(tree: dict[str, Any]) -> dict[str, Any]:
    return {name: item for name, item in tree.items() if item is not None}


LISTS = {
    "/days/02-25/": 250, "/tags/t/": 250, "/disputed/": 250, "/documents/book/": 351, "/year/": 101,
}  # fmt: skip


@pytest.mark.parametrize(("first", "count"), LISTS.items())
def test_a_long_list_has_parts_that_lead_to_each_other_and_hold_every_entry_once(
    long: Website, first: str, count: int
) -> None:
    most = MOST_OF_DAY if first == "/days/02-25/" else MOST_LISTED
    parts = [first, *(f"{first}{number}/" for number in range(2, -(-count // most) + 1))]
    listed = [path for path in long.paths() if re.fullmatch(rf"{first}(\d+/)?", path)]
    assert listed == parts
    seen: list[str] = []
    for here, path in enumerate(parts):
        links = Links(body(long, path))
        pager = [link for link in links.of("next") if "days/" not in link or "02-25" in link]
        after = [path_of(link, path) for link in pager]
        assert after == parts[here + 1 : here + 2]
        back = [path_of(link, path) for link in links.of("prev")]
        assert [link for link in back if link in parts] == parts[max(0, here - 1) : here]
        assert path_of(links.of("canonical")[0], "/") == path
        entries = [path_of(link, path) for _, link in links.found if "/entries/e" in link]
        entries += [path_of(link, path) for _, link in links.found if "/entries/u" in link]
        own = list(dict.fromkeys(entries))
        seen += [entry for entry in own if first != "/days/02-25/" or "/e" in entry]
    assert len(seen) == len(set(seen)) == count


@pytest.mark.parametrize("first", LISTS)
@pytest.mark.parametrize("number", ["0", "1", "02", "99", "1000000", "-1", "٣", "2 "])
def test_there_is_no_part_of_another_number(long: Website, first: str, number: str) -> None:
    assert long.render(f"{first}{number}/") is None


def test_titles_of_parts_tell_them_apart(long: Website) -> None:
    for first in LISTS:
        titles = [re.findall("<title>(.*?)</title>", body(long, path))[0]
                  for path in (first, f"{first}2/")]  # fmt: skip
        assert len(set(titles)) == 2, titles


def test_the_first_page_of_a_crowded_day_shows_some_names_others_and_leads_to_all(
    long: Website,
) -> None:
    shown = body(long, "/")
    assert shown.count("<article") == MOST_WHOLE
    assert f"{250 - MOST_WHOLE} more on 25 February" in shown
    named = re.findall(r'href="./entries/(e\d+)/"', shown)
    assert named[:MOST_OF_DAY] == [f"e{n:03}" for n in range(MOST_OF_DAY)]
    assert '<span class="by">300 years ago</span>' in shown
    assert 'All of <a href="./days/02-25/">25 February</a>' in shown


def test_the_page_of_a_crowded_day_shows_some_and_names_the_others(long: Website) -> None:
    first, second = body(long, "/days/02-25/"), body(long, "/days/02-25/2/")
    assert first.count("<article") == MOST_WHOLE
    assert f"{250 - MOST_WHOLE} more on 25 February" in first
    assert "<article" not in second
    assert "Nothing is recorded" not in second
    assert "25 February 1750" in second


def test_the_page_of_a_day_names_a_few_of_its_month_and_leads_to_the_others(long: Website) -> None:
    march = body(long, "/days/03-01/")
    assert march.count("/entries/u") == 10
    assert '<a href="../../year/#undated">' in march
    assert 'id="undated"' in body(long, "/year/")


@pytest.mark.slow
def test_a_page_of_a_hundred_is_under_thirty_kilobytes_as_it_is_sent(long: Website) -> None:
    for path in long.paths():
        page = long.render(path)
        assert page is not None
        if page.media_type.startswith("text/html"):
            assert len(gzip.compress(page.body, 9)) < 30_000, path


def test_every_page_of_the_shipped_site_is_under_thirty_kilobytes() -> None:
    almanac = Almanac.open(str(SHIPPED / "config.yaml"))
    website = website_at(almanac, NOW)
    for path in website.paths():
        page = website.render(path)
        assert page is not None
        if page.media_type.startswith("text/html"):
            assert len(page.body) < 30_000, path


def test_what_is_not_dated_to_the_day_stands_below_the_year_and_beside_its_month(
    tmp_path: Path,
) -> None:
    entries = [
        entry_of("day", "1956-02-25"), entry_of("month", "1953-03"), entry_of("year", "1950"),
        entry_of("about", "1938-03-02~"),
    ]  # fmt: skip
    website = site_of(tmp_path, entries)
    year = body(website, "/year/")
    assert year.index("What month was") > year.index("Not dated to the day")
    assert "What year was" in year
    assert "What day was" not in year
    march = body(website, "/days/03-02/")
    assert march.index("What month was") > march.index("Also in March")
    assert "What about was" in march
    assert "What month was" not in body(website, "/days/02-25/")


def test_the_year_shows_every_day_and_how_much_is_on_it(long: Website) -> None:
    shown = body(long, "/year/")
    days = {path_of(link, "/year/") for _, link in Links(shown).found if "/days/" in link}
    assert len(days) == 366
    assert '<a class="n4" title="250 entries" href="../days/02-25/">25</a>' in shown
    assert '<a href="../days/02-26/">26</a>' in shown


# Pictures

SIZES = st.tuples(st.integers(1, 16383), st.integers(1, 16383))


def gif(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\0\0" + b"\0" * 6 + b";"


def jpeg(width: int, height: int, *, progressive: bool = False) -> bytes:
    """Return the head of a JPEG: fill bytes, JFIF, a table, a frame, where the scan begins."""
    frame = b"\xff\xc2" if progressive else b"\xff\xc0"
    return (
        b"\xff\xd8\xff\xff\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
        b"\xff\xdb\0\x43\0" + b"\1" * 64
        + frame + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\1\x11\0"
        + b"\xff\xda\0\x08\1\1\0\0\x3f\0\0\xff\xd9"
    )  # fmt: skip


def webp(width: int, height: int, kind: bytes) -> bytes:
    chunks = {
        b"VP8 ": b"\x30\1\0\x9d\1\x2a" + struct.pack("<HH", width, height),
        b"VP8L": b"\x2f" + struct.pack("<I", width - 1 | (height - 1) << 14),
        b"VP8X": b"\0\0\0\0" + (width - 1).to_bytes(3, "little")
        + (height - 1).to_bytes(3, "little"),
    }  # fmt: skip
    data = chunks[kind] + b"\0" * 10
    chunk = kind + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


@given(size=SIZES)
def test_a_pictures_size_is_read_whatever_its_format(size: tuple[int, int]) -> None:
    pictures = [
        gif(*size),
        jpeg(*size),
        jpeg(*size, progressive=True),
        *(webp(*size, kind) for kind in (b"VP8 ", b"VP8L", b"VP8X")),
    ]
    for picture in pictures:
        assert size_of(picture) == size


def test_a_photo_that_is_turned_has_its_turned_size() -> None:
    photo = jpeg(40, 30)
    turned = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
    exif = b"Exif\0\0" + turned
    segment = b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif
    assert size_of(photo[:2] + segment + photo[2:]) == (30, 40)


@given(size=st.tuples(st.integers(1, 60), st.integers(1, 60)))
def test_a_pngs_size_is_read(size: tuple[int, int]) -> None:
    assert size_of(png(*size)) == size


@given(content=st.binary(max_size=60), keep=st.integers(0, 60))
def test_what_is_no_picture_or_half_of_one_has_no_size_and_does_no_harm(
    content: bytes, keep: int
) -> None:
    for whole in (png(9, 9), gif(9, 9), jpeg(9, 9), webp(9, 9, b"VP8X"), b"\xff\xd8"):
        assert size_of(whole[:keep] + content) is not None
    assert size_of(b"<svg>" + content) == (None, None)


@pytest.fixture(scope="module")
def pictured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """Yield the folder of a built almanac with pictures, and the address that serves it."""
    folder = tmp_path_factory.mktemp("pictured")
    kept = {"dot.png": png(40, 30), "été 1.jpg": jpeg(7, 5), "a'b.webp": webp(8, 6, b"VP8L")}
    said = {"alt": 'A "dot"', "credit": "Nobody", "license": "CC0"}
    entries = [
        entry_of(f"e{n}", f"19{n + 10}-02-25", image={"file": name, **said})
        for n, name in enumerate([*kept, "missing.png", "documents.yaml", "../config.yaml"])
    ]
    entries.append(
        entry_of("far", "1990-02-25", image={"url": "https://pictures.example/1.png", **said})
    )
    config = write_almanac(folder, entries)
    for name, content in kept.items():
        (folder / "almanac" / name).write_bytes(content)
    with serving(config) as (home, _):
        yield folder, home


@pytest.mark.program
def test_pictures_are_shown_with_size_words_credit_and_licence(
    pictured: tuple[Path, str],
) -> None:
    website = website_at(Almanac.open(str(pictured[0] / "config.yaml")), NOW)
    shown = body(website, "/entries/e0/")
    assert 'src="../../images/dot.png" alt="A &#34;dot&#34;" width="40" height="30"' in shown
    assert "Nobody, CC0" in shown
    assert '<meta property="og:image" content="https://almanac.example/images/dot.png">' in shown
    assert 'width="7" height="5"' in body(website, "/entries/e1/")
    assert 'width="8" height="6"' in body(website, "/entries/e2/")
    assert 'src="https://pictures.example/1.png"' in body(website, "/entries/far/")


@pytest.mark.program
@pytest.mark.parametrize("entry", ["e3", "e4", "e5"])
def test_a_picture_that_is_missing_or_no_picture_is_left_out(
    pictured: tuple[Path, str], entry: str
) -> None:
    website = website_at(Almanac.open(str(pictured[0] / "config.yaml")), NOW)
    shown = body(website, f"/entries/{entry}/")
    assert "<img" not in shown
    assert "og:image" not in shown
    for path in ("/feed.atom", "/feed.rss", "/daily.json"):
        assert not re.search(r"missing|documents\.yaml|config\.yaml", body(website, path))
    said = json.loads(body(website, f"/entries/{entry}/index.json"))["occasions"][0]
    assert said["image"] is None


@pytest.mark.program
def test_the_name_of_a_picture_is_quoted_in_feeds_and_json(pictured: tuple[Path, str]) -> None:
    almanac = Almanac.open(str(pictured[0] / "config.yaml"))
    address = "https://almanac.example/images/%C3%A9t%C3%A9%201.jpg"
    website = website_at(almanac, NOW)
    for path in ("/feed.rss", "/daily.atom"):
        assert f'src="{address}"' in html.unescape(body(website, path))
    assert f'src=\\"{address}\\"' in body(website, "/feed.json")
    shown = json.loads(body(website, "/entries/e1/index.json"))["occasions"][0]
    assert shown["image"]["url"] == address
    views = {view.id: view.image for view in almanac.on(NOW.date()).occasions}
    assert views["e1"] is not None
    assert views["e1"].url == address
    assert views["e3"] is None


@pytest.mark.program
def test_pictures_are_built_and_served_alike_and_not_compressed(
    pictured: tuple[Path, str],
) -> None:
    folder, home = pictured
    almanac = Almanac.open(str(folder / "config.yaml"))
    write_site(almanac, str(folder / "site"), NOW, lambda _: None)
    paths = [path for path in website_at(almanac, NOW).paths() if path.startswith("/images/")]
    assert paths == ["/images/a'b.webp", "/images/dot.png", "/images/été 1.jpg"]
    for path in paths:
        status, headers, served = get(home, quote(path))
        built = folder / "site" / file_name(path)
        assert (status, served) == (200, built.read_bytes())
        assert headers["content-type"].startswith("image/")
        assert headers["content-encoding"] is None
        assert not built.with_name(f"{built.name}.gz").exists()


@pytest.mark.program
@pytest.mark.parametrize(
    "name",
    ["../config.yaml", "%2e%2e/config.yaml", "..%2fconfig.yaml", "documents.yaml", "all.jsonl",
     ".hidden.png", "a%00.png", "x/../dot.png", "%2fetc%2fpasswd.png", "missing.png",
     "..%5cconfig.png", "a" * 300 + ".png", "%ff.png", "dot.png/"],
)  # fmt: skip
def test_no_other_file_is_to_be_had_as_a_picture(pictured: tuple[Path, str], name: str) -> None:
    status, _, content = get(pictured[1], f"/images/{name}")
    assert status == 404
    assert b"almanac.example" not in content.replace(b"https://almanac.example/", b"")
    assert b"A press" not in content


# Compressed copies


@pytest.mark.slow
def test_a_compressed_copy_stands_beside_each_text_and_goes_with_it(tmp_path: Path) -> None:
    site = tmp_path / "site"
    two = [entry_of("first", "1956-02-25"), entry_of("second", "1957-03-01")]

    def write(entries: list[dict[str, Any]]) -> int:
        return write_site(open_almanac(tmp_path, entries), str(site), NOW, lambda _: None).written

    write(two)
    for path in site.rglob("*"):
        packed = path.with_name(f"{path.name}.gz")
        if path.suffix in {".html", ".json", ".atom", ".rss", ".css", ".opml", ".ics"}:
            assert packed.exists() == (path.stat().st_size >= 400), path
        if packed.exists():
            assert gzip.decompress(packed.read_bytes()) == path.read_bytes()
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in site.rglob("*")}
    assert write(two) == 0
    assert before == {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in before}
    write(two[:1])
    assert not (site / "entries" / "second").exists()


@pytest.mark.slow
def test_a_compressed_copy_that_is_gone_is_made_again_with_the_same_bytes(tmp_path: Path) -> None:
    site = tmp_path / "site"
    almanac = open_almanac(tmp_path, [entry_of("first", "1956-02-25")])
    write_site(almanac, str(site), NOW, lambda _: None)
    copy = site / "feed.atom.gz"
    before = copy.read_bytes()
    copy.unlink()
    assert write_site(almanac, str(site), NOW, lambda _: None).written == 0
    assert copy.read_bytes() == before


@pytest.mark.slow
def test_a_compressed_copy_gets_a_later_time_with_a_correction(tmp_path: Path) -> None:
    site = tmp_path / "site"
    copy = site / "entries/first/index.html.gz"

    def write(title: str) -> float:
        almanac = open_almanac(tmp_path, [entry_of("first", "1956-02-25", title=title)])
        write_site(almanac, str(site), NOW, lambda _: None)
        return copy.stat().st_mtime

    first = write("abc")
    assert write("abd") > first
