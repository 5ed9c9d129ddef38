"""A feed says where its hub is (W3C, WebSub, section 4): in its document, and in HTTP headers."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest
from flask_websub.subscriber import discover

from onthisday.app.publishing import write_site
from onthisday.app.workspace import Almanac
from onthisday.site.website import Website
from tests.delivery.sink import Answer, running_sink
from tests.website.fixtures import entry_of, free_port, serving, today, write_almanac
from tests.website.servers import PROGRAMS, running

HUB = "https://hub.example.org/"
WEBSUB = f'websub: {{hub: "{HUB}"}}\n'
DAY = date(2026, 2, 25)

FEEDS = [
    f"{folder}{name}.{ending}"
    for folder, name in [
        ("/", "feed"), ("/", "daily"), ("/disputed/", "feed"), ("/tags/an-oath/", "feed"),
        ("/it/", "feed"), ("/it/tags/an-oath/", "feed"),
    ]
    for ending in ("atom", "rss", "json")
]  # fmt: skip


def website(folder: Path, config: str, hub: str = "") -> Website:
    entries = [entry_of("first", "1956-02-25", tags=["an-oath"])]
    almanac = Almanac.open(str(write_almanac(folder, entries, config, languages=["it"])))
    return Website(almanac.site._replace(hub=hub or almanac.site.hub), almanac.library, DAY)


def said(document: bytes) -> tuple[list[str], list[str]]:
    """Return the hubs that a feed's document names, and the addresses that it says are its own."""
    if document.startswith(b"{"):
        tree = json.loads(document)
        assert {hub["type"] for hub in tree.get("hubs", ())} <= {"WebSub"}
        return [hub["url"] for hub in tree.get("hubs", ())], [tree["feed_url"]]
    root = ElementTree.fromstring(document)
    top = root if root.tag.endswith("feed") else root[0]
    links = [(link.get("rel"), link.get("href") or "") for link in top.findall(LINK)]
    return tuple([href for rel, href in links if rel == what] for what in ("hub", "self"))  # type: ignore[return-value]


LINK = "{http://www.w3.org/2005/Atom}link"


@pytest.mark.parametrize("path", FEEDS)
def test_each_feed_names_the_hub_and_itself_once(tmp_path: Path, path: str) -> None:
    page = website(tmp_path, WEBSUB).render(path)
    assert page is not None
    address = f"https://almanac.example{path}"
    assert said(page.body) == ([HUB], [address])
    assert page.links == (("hub", HUB), ("self", address))


def test_without_a_hub_a_feed_is_as_it_was(tmp_path: Path) -> None:
    with_one, without = website(tmp_path, WEBSUB), website(tmp_path / "other", "")
    for path in FEEDS:
        page, plain = with_one.render(path), without.render(path)
        assert page is not None
        assert plain is not None
        assert (said(plain.body)[0], plain.links) == ([], ())
        assert re.sub(_OF_HUB, b"", page.body) == plain.body


_OF_HUB = (
    rb' *<(atom:)?link href="https://hub.example.org/" rel="hub"/>\n'
    rb'| "hubs": \[\n[^\]]*\],\n'
)


def test_a_hub_with_other_letters_is_named_as_a_uri(tmp_path: Path) -> None:
    page = website(tmp_path, "", hub="https://exämple.org/ä").render("/feed.rss")
    assert page is not None
    assert said(page.body)[0] == ["https://xn--exmple-cua.org/%C3%A4"]


@pytest.mark.parametrize("ending", ["atom", "rss"])
def test_a_subscribers_own_library_finds_the_hub_in_a_static_file(
    tmp_path: Path, ending: str
) -> None:
    page = website(tmp_path, WEBSUB).render(f"/feed.{ending}")
    assert page is not None
    with running_sink() as sink:
        sink.answer = lambda _: Answer(200, (("content-type", page.media_type),), page.body)
        found = discover(f"{sink.url}feed.{ending}")
    assert found == {"hub_url": HUB, "topic_url": f"https://almanac.example/feed.{ending}"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    config = write_almanac(tmp_path_factory.mktemp("hub"), today(tags=["oath"]), WEBSUB)
    with serving(config) as (address, _):
        yield address


@pytest.mark.program
@pytest.mark.parametrize("path", ["feed.atom", "daily.rss", "tags/oath/feed.json"])
def test_get_head_and_304_all_say_where_the_hub_is(home: str, path: str) -> None:
    got = httpx.get(f"{home}{path}")
    again = httpx.get(f"{home}{path}", headers={"If-None-Match": got.headers["etag"]})
    answers = [got, httpx.head(f"{home}{path}"), again]
    assert [answer.status_code for answer in answers] == [200, 200, 304]
    for answer in answers:
        assert answer.links["hub"]["url"] == HUB
        assert answer.links["self"]["url"] == f"https://almanac.example/{path}"


@pytest.mark.program
def test_pages_and_calendars_have_no_hub(home: str) -> None:
    for path in ("", "calendar.ics", "feeds.opml"):
        assert "link" not in httpx.get(f"{home}{path}").headers


@pytest.mark.program
@pytest.mark.parametrize("path", ["feed.atom", "feed.rss", "feed.json"])
def test_a_subscribers_own_library_finds_the_hub(home: str, path: str) -> None:
    found = {"hub_url": HUB, "topic_url": f"https://almanac.example/{path}"}
    assert discover(f"{home}{path}") == found


@pytest.mark.program
@pytest.mark.parametrize(
    ("name", "config"), [("nginx", "nginx.conf"), ("caddy", "Caddyfile")], ids=["nginx", "caddy"]
)
def test_a_web_server_says_it_of_static_files(tmp_path: Path, name: str, config: str) -> None:
    almanac = Almanac.open(str(write_almanac(tmp_path, today(tags=["café"]), WEBSUB)))
    write_site(almanac, str(tmp_path / "site"), datetime.now(UTC), lambda _: None)
    program, port = PROGRAMS[name], free_port()
    if program.path is None:
        pytest.skip(f"there is no {name}: apt install {program.package}")
    command = program.command(tmp_path, tmp_path / "site", port)
    shipped = (tmp_path / config).read_text()
    (tmp_path / config).write_text(re.sub(r'# (?=@topic|header @topic|"~.*hub\.)', "", shipped))
    with running(command, tmp_path, port):
        for path in ("feed.atom", "daily.json", "tags/caf%C3%A9/feed.rss"):
            first = httpx.get(f"http://127.0.0.1:{port}/{path}?a=b")
            again = httpx.get(str(first.url), headers={"If-None-Match": first.headers["etag"]})
            assert (first.status_code, again.status_code) == (200, 304)
            for answer in (first, again, httpx.head(str(first.url))):
                assert answer.links["hub"]["url"] == HUB
                assert answer.links["self"]["url"] == f"https://onthisday.example.org/{path}"
        for path in ("", "calendar.ics", "days/02-25/", "none"):
            assert "link" not in httpx.get(f"http://127.0.0.1:{port}/{path}").headers
