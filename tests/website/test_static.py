"""A real nginx and a real Caddy serve the files of `build` as `serve` does.

They run with deploy/nginx.conf and deploy/Caddyfile.
"""

import gzip
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from onthisday.adapters.web.cached_answers import FRAMED, SEARCHING, SECURE
from onthisday.app.publishing import website_at, write_site
from onthisday.app.workspace import Almanac
from tests.website.fixtures import SHIPPED, entry_of, open_almanac, png, serving, write_almanac
from tests.website.servers import PROGRAMS, ask, serving_files

pytestmark = pytest.mark.program

NOW = datetime(2026, 2, 25, 12, tzinfo=UTC)
ENTRIES = [
    entry_of(
        "first", "1956-02-25", tags=["café", "x:y"], image={"file": "dot.png", "alt": "A dot"}
    ),
    entry_of("second", "1957-03-01", summary="long " * 200),
]


LOGO = '<svg xmlns="http://www.w3.org/2000/svg"><style>.a { fill: red }</style></svg>'


class Served(NamedTuple):
    """A site that a web server serves: its folder, the almanac's folder, and the port."""

    root: Path
    folder: Path
    port: int


def built(folder: Path, entries: list[dict[str, object]]) -> Path:
    """Build the site of these entries. Return its folder."""
    almanac = open_almanac(folder, entries, logo="logo.svg", languages=["it"])
    write_site(almanac, str(folder / "site"), NOW, lambda _: None)
    return folder / "site"


@pytest.fixture(scope="module", params=PROGRAMS)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    folder, state = tmp_path_factory.mktemp("almanac"), tmp_path_factory.mktemp("state")
    (folder / "almanac").mkdir()
    (folder / "almanac" / "dot.png").write_bytes(png(3, 2))
    (folder / "logo.svg").write_text(LOGO)
    root = built(folder, ENTRIES)
    with serving_files(request.param, state, root) as port:
        yield Served(root, folder, port)


def test_every_file_has_the_bytes_and_the_type_that_serve_gives(site: Served) -> None:
    website = website_at(Almanac.open(str(site.folder / "config.yaml")), NOW)
    for path in website.paths():
        page, reply = website.render(path), ask(site.port, quoted(path))
        assert page is not None
        assert (reply.status, reply.body) == (200, page.body), path
        assert reply.headers["content-type"] == page.media_type, path


def test_the_page_that_is_lost_is_in_the_language_of_its_path(site: Served) -> None:
    for path, folder in (
        ("/none", ""),
        ("/it/none/", "it/"),
        ("/it/tags/a/", "it/"),
        ("/de/x", ""),
    ):
        reply = ask(site.port, path)
        assert (reply.status, reply.body) == (404, (site.root / folder / "404.html").read_bytes())


def quoted(path: str) -> str:
    return path.replace("café", "caf%C3%A9")


def test_headers_are_those_of_serve(site: Served, tmp_path: Path) -> None:
    with serving(write_almanac(tmp_path)) as (home, _):
        port = int(home.rstrip("/").rpartition(":")[2])
        for path, status in (("/", 200), ("/feed.atom", 200), ("/none", 404)):
            there, here = ask(port, path), ask(site.port, path)
            assert there.status == here.status == status
            assert {name: here.headers[name] for name in SECURE} == SECURE
            assert {name: there.headers[name] for name in SECURE} == SECURE
        for framed in (ask(port, "/embed/"), ask(site.port, "/embed/")):
            assert {name: framed.headers[name] for name in FRAMED} == FRAMED
            assert "x-frame-options" not in framed.headers
        for searching in (ask(port, "/search/"), ask(site.port, "/search/")):
            assert {name: searching.headers[name] for name in SEARCHING} == SEARCHING
        for asked in (ask(port, "/feed.atom", "OPTIONS"), ask(site.port, "/feed.atom", "OPTIONS")):
            assert asked.status == 204
            assert asked.headers["access-control-allow-origin"] == "*"
            assert asked.headers["access-control-allow-headers"] == "*"


@pytest.mark.parametrize(
    "path", ["/", "/feed.atom", "/feed.json", "/tags/caf%C3%A9/calendar.ics", "/images/dot.png"]
)
@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_its_etag_and_its_date_get_304(site: Served, path: str, coding: str) -> None:
    first = ask(site.port, path, Accept_Encoding=coding)
    etag, modified = first.headers["etag"], first.headers["last-modified"]
    assert etag.startswith('"')
    for condition in ({"If_None_Match": etag}, {"If_Modified_Since": modified}):
        again = ask(site.port, path, Accept_Encoding=coding, **condition)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == etag
        assert again.headers["cache-control"] == first.headers["cache-control"]
    assert ask(site.port, path, If_None_Match='"other"').status == 200


def test_what_build_compressed_is_given_to_who_takes_it(site: Served) -> None:
    plain = ask(site.port, "/feed.atom")
    packed = ask(site.port, "/feed.atom", Accept_Encoding="br, gzip")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.body) == plain.body
    assert packed.body == (site.root / "feed.atom.gz").read_bytes()
    assert packed.headers["etag"] != plain.headers["etag"]


def test_pages_and_feeds_are_kept_for_an_hour_at_most(site: Served) -> None:
    for path in ("/", "/feed.rss", "/days/02-25/"):
        age = re.fullmatch(r"public, max-age=(\d+)", ask(site.port, path).headers["cache-control"])
        assert age is not None
        assert 0 <= int(age[1]) <= 3600
    assert ask(site.port, "/none").headers["cache-control"] is None


@pytest.mark.parametrize(
    ("file", "rule"),
    [("nginx.conf", r'"~T(23:\d\d?)"\s+"public, max-age=(\d+)"'),
     ("Caddyfile", r'\\s(23:\d\d?)\s+"public, max-age=(\d+)"')],
)  # fmt: skip
def test_no_copy_outlives_its_day(file: str, rule: str) -> None:
    rules = re.findall(rule, (SHIPPED / "deploy" / file).read_text())
    for minute in range(60):
        kept = next(int(age) for begin, age in rules if f"23:{minute:02}".startswith(begin))
        assert kept <= (59 - minute) * 60 + 1


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_a_correction_of_the_same_length_is_no_304(site: Served, coding: str) -> None:
    path = "/entries/second/"
    before = ask(site.port, path, Accept_Encoding=coding)
    title = str(ENTRIES[1]["title"])
    mended = {**ENTRIES[1], "title": title[::-1]}
    built(site.folder, [ENTRIES[0], mended])
    try:
        conditions = {
            "If_None_Match": before.headers["etag"],
            "If_Modified_Since": before.headers["last-modified"],
        }
        after = ask(site.port, path, Accept_Encoding=coding, **conditions)
        assert after.status == 200
        body = gzip.decompress(after.body) if coding == "gzip" else after.body
        assert title[::-1].encode() in body
        if coding == "identity":
            assert len(after.body) == len(before.body)
    finally:
        built(site.folder, ENTRIES)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/days/02-30/", 404), ("POST", "/", 405), ("DELETE", "/feed.atom", 405),
     ("GET", "/.onthisday", 404), ("GET", "/feed.atom.gz", 404), ("GET", "/index.html", 404),
     ("GET", "/../config.yaml", 0), ("GET", "/%2e%2e/%2e%2e/etc/passwd", 0),
     ("GET", "/days/", 404), ("GET", "/images/", 404),
     ("POST", "/days/02-25", 405), ("POST", "/none", 405), ("GET", "/images", 404),
     ("GET", "/days", 404), ("GET", "/feed.atom/", 404)],
)  # fmt: skip
def test_what_is_no_page_is_refused(site: Served, method: str, path: str, status: int) -> None:
    reply = ask(site.port, path, method)
    assert reply.status in ({status} if status else {400, 404}), "a path that leaves is no path"
    assert b"root:" not in reply.body
    assert reply.headers["server"] in {"nginx", "Caddy"}, "without its version"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Yield the port of `serve` with the same entries."""
    folder = tmp_path_factory.mktemp("live")
    (folder / "logo.svg").write_text(LOGO)
    with serving(write_almanac(folder, ENTRIES, logo="logo.svg", languages=["it"])) as (home, _):
        yield int(home.rstrip("/").rpartition(":")[2])


@pytest.mark.parametrize(
    ("path", "leads"),
    [("/days/02-25", "./02-25/"), ("/tags/caf%C3%A9", "./caf%C3%A9/"), ("/year", "./year/"),
     ("/embed?items=3&theme=dark", "./embed/?items=3&theme=dark"), ("/entries", "./entries/"),
     ("/tags", "./tags/"), ("/days", None), ("/nothing", None), ("/entries/first?", "./first/"),
     ("/tags/x:y", "./x:y/")],
)  # fmt: skip
def test_a_page_without_its_slash_leads_to_it_as_with_serve(
    site: Served, live: int, path: str, leads: str | None
) -> None:
    for port in (site.port, live):
        for method in ("GET", "HEAD"):
            reply = ask(port, path, method)
            assert (reply.status, reply.headers["location"]) == (308 if leads else 404, leads)


@pytest.mark.parametrize("path", ["/none", "/entries/none/", "/days/02-30/", "/.onthisday"])
def test_an_address_that_leads_nowhere_has_the_same_page_everywhere(
    site: Served, live: int, path: str
) -> None:
    page = (site.root / "404.html").read_bytes()
    for port in (site.port, live):
        reply = ask(port, path)
        assert (reply.status, reply.body) == (404, page)
        assert reply.headers["content-type"] == "text/html; charset=utf-8"
        assert ask(port, path, "HEAD").status == 404


@pytest.mark.parametrize("path", ["/feed.atom", "/", "/nothing", "/days/02-25"])
def test_a_page_of_another_site_may_ask_for_everything(site: Served, live: int, path: str) -> None:
    asked = {
        "Origin": "https://other.example",
        "Access_Control_Request_Method": "GET",
        "Access_Control_Request_Headers": "if-none-match",
    }
    for port in (site.port, live):
        before = ask(port, path, "OPTIONS", **asked)
        assert (before.status, before.body) == (204, b"")
        assert before.headers["access-control-allow-origin"] == "*"
        assert before.headers["access-control-allow-methods"] == "GET, HEAD"
        assert before.headers["access-control-allow-headers"] == "*"
        for method in ("GET", "HEAD", "POST"):
            reply = ask(port, path, method, Origin="https://other.example")
            assert reply.headers.get_all("access-control-allow-origin") == ["*"]
            assert reply.headers["access-control-expose-headers"] == "ETag"
            assert reply.headers["access-control-allow-methods"] is None
