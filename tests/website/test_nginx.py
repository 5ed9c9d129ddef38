"""deploy/nginx.conf on a real nginx, over what `build` wrote: it answers as `serve` does."""

import gzip
import http.client
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from onthisday.app import Almanac
from onthisday.publishing import website_at, write_site
from onthisday.web.answers import SECURE
from tests.website.fixtures import (
    SHIPPED,
    entry_of,
    free_port,
    open_almanac,
    png,
    serving,
    wait_for,
    write_almanac,
)

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/opt/nginx/sbin")
NOW = datetime(2026, 2, 25, 12, tzinfo=UTC)
ENTRIES = [
    entry_of("first", "1956-02-25", tags=["café"], image={"file": "dot.png", "alt": "A dot"}),
    entry_of("second", "1957-03-01", summary="long " * 200),
]

pytestmark = pytest.mark.skipif(NGINX is None, reason="there is no nginx: apt install nginx-light")

WHOLE = """\
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
worker_processes 1;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
    uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
{site}
}}
"""


def configured(folder: Path, root: Path, port: int) -> Path:
    """Write the shipped server block into a whole configuration; return its path."""
    site = (SHIPPED / "deploy" / "nginx.conf").read_text()
    site = site.replace("listen      [::]:80;", "").replace("/srv/onthisday/public", str(root))
    site = site.replace("listen      80;", f"listen 127.0.0.1:{port};")
    assert str(root) in site
    config = folder / "nginx.conf"
    user = "user root;\n" if os.geteuid() == 0 else ""  # or its workers may not read these
    config.write_text(user + WHOLE.format(folder=folder, site=site))
    return config


class Served(NamedTuple):
    """A site under nginx: the folder it was built to, the almanac's folder, and the port."""

    root: Path
    folder: Path
    port: int


class Reply(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes


def ask(port: int, path: str, method: str = "GET", **headers: str) -> Reply:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=sent)
    reply = connection.getresponse()
    found = Reply(reply.status, reply.headers, reply.read())
    connection.close()
    return found


def answers(port: int) -> bool:
    try:
        return ask(port, "/").status == 200
    except OSError:
        return False


def built(folder: Path, entries: list[dict[str, object]]) -> Path:
    """Build the site of these entries beside them; return where."""
    almanac = open_almanac(folder, entries)
    write_site(almanac, str(folder / "site"), NOW, lambda _: None)
    return folder / "site"


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder, state = tmp_path_factory.mktemp("almanac"), tmp_path_factory.mktemp("nginx")
    (folder / "almanac").mkdir()
    (folder / "almanac" / "dot.png").write_bytes(png(3, 2))
    root, port = built(folder, ENTRIES), free_port()
    command = [NGINX or "", "-p", str(state), "-e", str(state / "error.log"), "-c"]
    process = subprocess.Popen([*command, str(configured(state, root, port))])
    try:
        wait_for(lambda: answers(port), seconds=10)
        yield Served(root, folder, port)
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_every_file_has_the_bytes_and_the_type_that_serve_gives(nginx: Served) -> None:
    website = website_at(Almanac.open(str(nginx.folder / "config.yaml")), NOW)
    for path in website.paths():
        page, reply = website.render(path), ask(nginx.port, quoted(path))
        assert page is not None
        assert (reply.status, reply.body) == (200, page.body), path
        assert reply.headers["content-type"] == page.media_type, path


def quoted(path: str) -> str:
    return path.replace("café", "caf%C3%A9")


def test_headers_are_those_of_serve(nginx: Served, tmp_path: Path) -> None:
    with serving(write_almanac(tmp_path)) as (home, _):
        port = int(home.rstrip("/").rpartition(":")[2])
        for path, status in (("/", 200), ("/feed.atom", 200), ("/none", 404)):
            there, here = ask(port, path), ask(nginx.port, path)
            assert there.status == here.status == status
            assert {name: here.headers[name] for name in SECURE} == SECURE
            assert {name: there.headers[name] for name in SECURE} == SECURE
            if status == 200:
                assert here.headers["access-control-allow-origin"] == "*"
                assert there.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "path", ["/", "/feed.atom", "/feed.json", "/tags/caf%C3%A9/calendar.ics", "/images/dot.png"]
)
@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_its_etag_and_its_date_get_304(nginx: Served, path: str, coding: str) -> None:
    first = ask(nginx.port, path, Accept_Encoding=coding)
    etag, modified = first.headers["etag"], first.headers["last-modified"]
    assert etag.startswith('"')
    for condition in ({"If_None_Match": etag}, {"If_Modified_Since": modified}):
        again = ask(nginx.port, path, Accept_Encoding=coding, **condition)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == etag
        assert again.headers["cache-control"] == first.headers["cache-control"]
    assert ask(nginx.port, path, If_None_Match='"other"').status == 200


def test_what_build_compressed_is_given_to_who_takes_it(nginx: Served) -> None:
    plain = ask(nginx.port, "/feed.atom")
    packed = ask(nginx.port, "/feed.atom", Accept_Encoding="br, gzip")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.body) == plain.body
    assert packed.body == (nginx.root / "feed.atom.gz").read_bytes()
    assert packed.headers["etag"] != plain.headers["etag"]


def test_pages_and_feeds_are_kept_for_an_hour_at_most(nginx: Served) -> None:
    for path in ("/", "/feed.rss", "/days/02-25/"):
        age = re.fullmatch(r"public, max-age=(\d+)", ask(nginx.port, path).headers["cache-control"])
        assert age is not None
        assert 0 <= int(age[1]) <= 3600
    assert ask(nginx.port, "/none").headers["cache-control"] is None


def test_no_copy_outlives_its_day() -> None:
    site = (SHIPPED / "deploy" / "nginx.conf").read_text()
    rules = re.findall(r'"~(T23:\d\d?)"\s+"public, max-age=(\d+)"', site)
    for minute in range(60):
        clock = f"T23:{minute:02}"
        kept = next(int(age) for begin, age in rules if clock.startswith(begin))
        assert kept <= (59 - minute) * 60 + 1


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_a_correction_of_the_same_length_is_no_304(nginx: Served, coding: str) -> None:
    path = "/entries/second/"
    before = ask(nginx.port, path, Accept_Encoding=coding)
    title = str(ENTRIES[1]["title"])
    mended = {**ENTRIES[1], "title": title[::-1]}
    built(nginx.folder, [ENTRIES[0], mended])
    try:
        conditions = {
            "If_None_Match": before.headers["etag"],
            "If_Modified_Since": before.headers["last-modified"],
        }
        after = ask(nginx.port, path, Accept_Encoding=coding, **conditions)
        assert after.status == 200
        body = gzip.decompress(after.body) if coding == "gzip" else after.body
        assert title[::-1].encode() in body
        if coding == "identity":
            assert len(after.body) == len(before.body)
    finally:
        built(nginx.folder, ENTRIES)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/days/02-30/", 404), ("POST", "/", 405), ("DELETE", "/feed.atom", 405),
     ("GET", "/.onthisday", 404), ("GET", "/feed.atom.gz", 404), ("GET", "/index.html", 404),
     ("GET", "/../config.yaml", 400), ("GET", "/%2e%2e/%2e%2e/etc/passwd", 400),
     ("GET", "/entries/", 404), ("GET", "/images/", 404)],
)  # fmt: skip
def test_what_is_no_page_is_refused(nginx: Served, method: str, path: str, status: int) -> None:
    reply = ask(nginx.port, path, method)
    assert reply.status == status
    assert b"nginx/" not in reply.body
    assert reply.headers["server"] == "nginx"


def test_a_page_without_its_slash_leads_to_it_on_any_host(nginx: Served) -> None:
    reply = ask(nginx.port, "/days/02-25")
    assert reply.status in {301, 308}
    assert reply.headers["location"] == "/days/02-25/"
