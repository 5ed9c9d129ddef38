"""deploy/Caddyfile on a real Caddy, over what `build` wrote: it answers as `serve` does."""

import gzip
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from onthisday.app import Almanac
from onthisday.publishing import website_at
from onthisday.web.answers import SECURE
from tests.website.fixtures import SHIPPED, free_port, png, serving, wait_for, write_almanac
from tests.website.test_nginx import ENTRIES, NOW, Served, answers, ask, built, quoted

CADDY = shutil.which("caddy")

pytestmark = pytest.mark.skipif(CADDY is None, reason="there is no Caddy: apt install caddy")

SITE = SHIPPED / "deploy" / "Caddyfile"


def environ(state: Path) -> dict[str, str]:
    """Keep what Caddy writes below a folder; the clock is the site's."""
    return {**os.environ, "XDG_DATA_HOME": str(state), "XDG_CONFIG_HOME": str(state), "TZ": "UTC"}


def configured(state: Path, root: Path, port: int) -> Path:
    """Write the shipped site for loopback, without certificates; return its path."""
    site = SITE.read_text().replace("/srv/onthisday/public", str(root))
    site = site.replace("onthisday.example.org {", f"http://127.0.0.1:{port} {{")
    assert str(root) in site
    config = state / "Caddyfile"
    config.write_text(f"{{\n\tadmin off\n\tauto_https off\n}}\n{site}")
    return config


@contextmanager
def running(config: Path, state: Path, port: int, **more: str) -> Iterator[None]:
    """Run Caddy on a configuration for as long as the block does."""
    command = [CADDY or "", "run", "--adapter", "caddyfile", "--config", str(config)]
    with (state / "log").open("w") as log:
        process = subprocess.Popen(command, env=environ(state) | more, stderr=log)
        try:
            wait_for(lambda: answers(port), seconds=10)
            yield
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture(scope="module")
def caddy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder, state = tmp_path_factory.mktemp("almanac"), tmp_path_factory.mktemp("caddy")
    (folder / "almanac").mkdir()
    (folder / "almanac" / "dot.png").write_bytes(png(3, 2))
    root, port = built(folder, ENTRIES), free_port()
    with running(configured(state, root, port), state, port):
        yield Served(root, folder, port)


def test_in_front_of_serve_it_changes_nothing_and_keeps_metrics_inside(tmp_path: Path) -> None:
    proxy, port = tmp_path / "Caddyfile", free_port()
    shipped = (SHIPPED / "deploy" / "compose" / "Caddyfile").read_text()
    proxy.write_text(f"{{\n\tadmin off\n\tauto_https off\n}}\n{shipped}")
    with serving(write_almanac(tmp_path)) as (home, _):
        behind = int(home.rstrip("/").rpartition(":")[2])
        names = {"SITE": f"http://127.0.0.1:{port}", "UPSTREAM": f"127.0.0.1:{behind}"}
        with running(proxy, tmp_path, port, **names):
            for coding in ("identity", "gzip"):
                direct = ask(behind, "/feed.atom", Accept_Encoding=coding)
                through = ask(port, "/feed.atom", Accept_Encoding=coding)
                assert through.body == direct.body
                for name in ("etag", "content-type", "content-encoding", "vary", *SECURE):
                    assert through.headers[name] == direct.headers[name]
                etag = through.headers["etag"]
                again = ask(port, "/feed.atom", Accept_Encoding=coding, If_None_Match=etag)
                assert (again.status, again.body) == (304, b"")
            assert ask(behind, "/metrics").status == 200
            assert ask(port, "/metrics").status == 404
            assert ask(port, "/healthz").status == 200
            assert ask(port, "/days/02-25").headers["location"] == "./02-25/"


@pytest.mark.parametrize("name", ["Caddyfile", "compose/Caddyfile"])
def test_caddy_takes_the_shipped_files_as_they_are(name: str, tmp_path: Path) -> None:
    file = SHIPPED / "deploy" / name
    for words in (("validate", "--adapter", "caddyfile", "--config"), ("fmt", "--diff")):
        said = subprocess.run(
            [CADDY or "", *words, str(file)],
            env=environ(tmp_path) | {"SITE": "onthisday.example.org"},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert said.returncode == 0, said.stdout + said.stderr


def test_every_file_has_the_bytes_and_the_type_that_serve_gives(caddy: Served) -> None:
    website = website_at(Almanac.open(str(caddy.folder / "config.yaml")), NOW)
    for path in website.paths():
        page, reply = website.render(path), ask(caddy.port, quoted(path))
        assert page is not None
        assert (reply.status, reply.body) == (200, page.body), path
        assert reply.headers["content-type"] == page.media_type, path
        assert {name: reply.headers[name] for name in SECURE} == SECURE, path
        assert reply.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "path", ["/", "/feed.atom", "/feed.json", "/tags/caf%C3%A9/calendar.ics", "/images/dot.png"]
)
@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_its_etag_and_its_date_get_304(caddy: Served, path: str, coding: str) -> None:
    first = ask(caddy.port, path, Accept_Encoding=coding)
    etag, modified = first.headers["etag"], first.headers["last-modified"]
    assert etag.startswith('"')
    for condition in ({"If_None_Match": etag}, {"If_Modified_Since": modified}):
        again = ask(caddy.port, path, Accept_Encoding=coding, **condition)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == etag
        assert again.headers["cache-control"] == first.headers["cache-control"]
    assert ask(caddy.port, path, If_None_Match='"other"').status == 200


def test_what_build_compressed_is_given_to_who_takes_it(caddy: Served) -> None:
    plain = ask(caddy.port, "/feed.atom")
    packed = ask(caddy.port, "/feed.atom", Accept_Encoding="br, gzip")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert packed.body == (caddy.root / "feed.atom.gz").read_bytes()
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["etag"] != plain.headers["etag"]


def test_a_correction_of_the_same_length_is_no_304(caddy: Served) -> None:
    path, title = "/entries/second/", str(ENTRIES[1]["title"])
    before = ask(caddy.port, path)
    built(caddy.folder, [ENTRIES[0], {**ENTRIES[1], "title": title[::-1]}])
    try:
        after = ask(caddy.port, path, If_None_Match=before.headers["etag"])
        assert (after.status, len(after.body)) == (200, len(before.body))
        assert title[::-1].encode() in after.body
    finally:
        built(caddy.folder, ENTRIES)


def test_no_copy_outlives_its_day() -> None:
    rules = re.findall(r'\\s(23:\d\d?)\s+"public, max-age=(\d+)"', SITE.read_text())
    for minute in range(60):
        kept = next(int(age) for begin, age in rules if f"23:{minute:02}".startswith(begin))
        assert kept <= (59 - minute) * 60 + 1


def test_pages_are_kept_for_an_hour_at_most_and_errors_not_at_all(caddy: Served) -> None:
    for path in ("/", "/feed.rss", "/days/02-25/"):
        said = ask(caddy.port, path).headers["cache-control"]
        assert 0 <= int(said.removeprefix("public, max-age=")) <= 3600
    assert ask(caddy.port, "/none").headers["cache-control"] is None


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/days/02-30/", 404), ("POST", "/", 405), ("DELETE", "/feed.atom", 405),
     ("GET", "/.onthisday", 404), ("GET", "/feed.atom.gz", 404), ("GET", "/index.html", 404),
     ("GET", "/../config.yaml", 404), ("GET", "/%2e%2e/%2e%2e/etc/passwd", 404),
     ("GET", "/entries/", 404), ("GET", "/images/", 404)],
)  # fmt: skip
def test_what_is_no_page_is_refused(caddy: Served, method: str, path: str, status: int) -> None:
    reply = ask(caddy.port, path, method)
    assert reply.status == status
    assert b"root:" not in reply.body


def test_a_page_without_its_slash_leads_to_it_on_any_host(caddy: Served) -> None:
    reply = ask(caddy.port, "/days/02-25")
    assert (reply.status, reply.headers["location"]) == (308, "/days/02-25/")
