"""`serve` as a process: HTTP as readers' programs expect it, edits while it runs, how it ends."""

import asyncio
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import reader

from onthisday.adapters.web.cached_answers import CachedAnswer, matches, takes_gzip
from onthisday.app.publishing import website_at
from onthisday.app.serving import Service
from onthisday.app.workspace import Almanac, Workspace
from onthisday.site.page import Page
from tests.delivery.sink import Answer, Sink, running_sink
from tests.website.fixtures import (
    SHIPPED,
    TICKING,
    entry_of,
    health,
    png,
    process_serving,
    serving,
    today,
    wait_for,
    write_almanac,
)

pytestmark = pytest.mark.program


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(write_almanac(tmp_path_factory.mktemp("served"), today())) as (address, _):
        yield address


def ask(home: str, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(home).netloc, timeout=10)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=sent)
    reply = connection.getresponse()
    reply.read_body = reply.read()  # type: ignore[attr-defined]
    connection.close()
    return reply


@pytest.mark.parametrize("path", ["/", "/feed.atom", "/feed.rss", "/feed.json", "/style.css"])
def test_a_second_request_with_the_etag_is_304(home: str, path: str) -> None:
    first = ask(home, path)
    assert first.status == 200
    again = ask(home, path, If_None_Match=first.headers["etag"])
    assert again.status == 304
    assert again.read_body == b""  # type: ignore[attr-defined]
    for name in ("etag", "vary"):
        assert again.headers[name] == first.headers[name]
    assert again.headers["cache-control"].startswith("public, max-age=")  # it falls until midnight


def test_another_etag_and_an_older_date_get_the_page(home: str) -> None:
    old = format_datetime(datetime(2001, 1, 1, tzinfo=UTC), usegmt=True)
    assert ask(home, "/feed.atom", If_None_Match='"other"').status == 200
    assert ask(home, "/feed.atom", If_Modified_Since=old).status == 200
    assert ask(home, "/feed.atom", If_Modified_Since="rubbish").status == 200


def test_the_date_it_was_modified_gets_304_unless_the_etag_says_otherwise(home: str) -> None:
    modified = ask(home, "/feed.atom").headers["last-modified"]
    assert ask(home, "/feed.atom", If_Modified_Since=modified).status == 304
    both = ask(home, "/feed.atom", If_Modified_Since=modified, If_None_Match='"other"')
    assert both.status == 200
    assert parsedate_to_datetime(modified) <= datetime.now(UTC)


def test_gzip_is_given_to_who_takes_it_with_an_etag_of_its_own(home: str) -> None:
    plain, packed = ask(home, "/feed.atom"), ask(home, "/feed.atom", Accept_Encoding="gzip, br")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["etag"] != plain.headers["etag"]
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])
    refused = ask(home, "/feed.atom", Accept_Encoding="gzip;q=0, identity")
    assert refused.headers["content-encoding"] is None


def test_head_says_what_get_says_without_the_body(home: str) -> None:
    got, head = ask(home, "/feed.rss"), ask(home, "/feed.rss", "HEAD")
    assert head.status == 200
    assert head.read_body == b""  # type: ignore[attr-defined]
    assert head.headers["content-length"] == got.headers["content-length"]
    assert head.headers["etag"] == got.headers["etag"]


def test_types_are_named_with_their_charset(home: str) -> None:
    kinds = {
        "/feed.atom": "application/atom+xml; charset=utf-8",
        "/feed.rss": "application/rss+xml; charset=utf-8",
        "/feed.json": "application/feed+json",
        "/": "text/html; charset=utf-8",
        "/index.json": "application/json",
    }
    for path, kind in kinds.items():
        assert ask(home, path).headers["content-type"] == kind


def test_no_copy_is_kept_past_the_next_change_of_day(home: str) -> None:
    said = ask(home, "/feed.atom").headers["cache-control"]
    age = int(said.removeprefix("public, max-age="))
    now = datetime.now(UTC)
    midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    assert 0 <= age <= min(3600, (midnight - now).total_seconds() + 2)


@pytest.mark.parametrize("left", [50_000.0, 3600.5, 3600.0, 3599.9, 60.2, 0.3])
def test_a_copy_is_kept_for_an_hour_or_until_the_day_ends(left: float) -> None:
    page = Page(b"x" * 1000, "text/html", datetime(2026, 1, 1, tzinfo=UTC))
    answer = CachedAnswer(page, datetime(2026, 1, 2, tzinfo=UTC))
    said = (b"cache-control", b"public, max-age=%d" % min(3600, int(left)))
    for condition in ([], [(b"if-none-match", answer.plain.etag)]):
        _, headers, _ = answer.chosen(condition, left)
        assert [each for each in headers if each[0] == b"cache-control"] == [said]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nothing", 404), ("GET", "/entries/../config.yaml", 404), ("POST", "/", 405),
     ("DELETE", "/feed.atom", 405), ("GET", "/%2e%2e/%2e%2e/etc/passwd", 404),
     ("POST", "/healthz", 405), ("GET", "/entries/<script>/", 404)],
)  # fmt: skip
def test_what_cannot_be_answered_gets_a_plain_page_without_an_echo(
    home: str, method: str, path: str, status: int
) -> None:
    reply = ask(home, path, method)
    assert reply.status == status
    body = reply.read_body.decode()  # type: ignore[attr-defined]
    assert "Traceback" not in body
    assert "<script" not in body
    assert "passwd" not in body


def test_a_page_without_its_slash_leads_to_the_page(home: str) -> None:
    reply = ask(home, "/days/02-25")
    assert reply.status == 308
    with urllib.request.urlopen(f"{home}days/02-25", timeout=10) as followed:
        assert followed.url == f"{home}days/02-25/"


def test_serve_and_build_give_the_same_bytes(home: str, tmp_path: Path) -> None:
    almanac = Almanac.open(str(write_almanac(tmp_path, today())))
    website = website_at(almanac, datetime.now(UTC))
    for path in website.paths():
        page = website.render(path)
        assert page is not None
        assert ask(home, path).read_body == page.body, path  # type: ignore[attr-defined]


def test_a_reader_gets_the_items_and_then_nothing_new(home: str) -> None:
    with closing(reader.make_reader(":memory:")) as library:  # `with` alone leaves it open
        for ending in ("atom", "rss", "json"):
            library.add_feed(f"{home}feed.{ending}")
        library.update_feeds()
        for ending in ("atom", "rss", "json"):
            entries = list(library.get_entries(feed=f"{home}feed.{ending}"))
            assert len(entries) == 6
            assert all(entry.published and entry.link for entry in entries)
        assert all(feed.last_exception is None for feed in library.get_feeds())
        library.update_feeds()
        assert library.get_entry_counts().total == 18


def test_an_edit_is_live_at_the_next_tick(tmp_path: Path) -> None:
    config = write_almanac(tmp_path, today())
    with process_serving("-c", TICKING, str(config)) as (home, _):
        wait_for(lambda: health(home)["ticked"] is not None)
        first = ask(home, "/").headers["etag"]
        write_almanac(tmp_path, today(title="Mended"))
        wait_for(lambda: ask(home, "/").headers["etag"] != first, seconds=30)


def test_a_picture_that_is_added_changed_or_removed_is_live_at_the_next_tick(
    tmp_path: Path,
) -> None:
    entries = [entry_of("first", "1956-02-25", image={"file": "dot.png", "alt": "A dot"})]
    service = Service(Workspace(str(write_almanac(tmp_path, entries))))
    picture = tmp_path / "almanac" / "dot.png"

    def shown() -> tuple[bool, Page]:
        asyncio.run(service.tick())
        website = service.current(time.time()).website
        page = website.render("/entries/first/")
        assert page is not None
        return website.render("/images/dot.png") is not None, page

    def put(size: int) -> None:
        picture.write_bytes(png(size, size))
        os.utime(picture, (1_000_000_000, 1_000_000_000))  # an old time is no help to a reader

    began = datetime.now(UTC).replace(microsecond=0)
    is_there, page = shown()
    assert not is_there
    assert b"<img" not in page.body
    for size in (3, 4):
        put(size)
        is_there, page = shown()
        assert is_there
        assert f'width="{size}"'.encode() in page.body
        assert began <= page.modified <= datetime.now(UTC)
    picture.unlink()
    is_there, page = shown()
    assert not is_there
    assert b"<img" not in page.body
    assert began <= page.modified <= datetime.now(UTC)


def test_a_broken_edit_keeps_the_last_good_one_and_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    service = Service(Workspace(str(write_almanac(tmp_path, today()))))
    good = (tmp_path / "almanac" / "all.jsonl").read_text()

    def after(almanac: str) -> tuple[str, list[str], bytes]:
        (tmp_path / "almanac" / "all.jsonl").write_text(almanac)
        asyncio.run(service.tick())
        _, said = service.health(ready=False)
        page = service.current(time.time()).website.render("/")
        assert page is not None
        return said["status"], said["findings"], page.body

    status, _, before = after(good)
    assert status == "ok"
    status, findings, body = after(good + '{"id": "broken"}\n')
    assert (status, body) == ("degraded", before)
    assert any("all.jsonl:7" in finding for finding in findings)
    after(good + '{"id": "broken"}\n')
    assert sum("stay in use" in record.message for record in caplog.records) == 1
    status, findings, body = after(good.replace("What e", "Mended: what e"))
    assert (status, findings) == ("ok", [])
    assert body != before


def test_a_defect_met_in_an_edit_keeps_the_last_good_one_and_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    config = write_almanac(tmp_path, today())

    class Defective(Workspace):
        defect = False

        def almanac(self) -> Almanac:
            if self.defect:
                raise AttributeError("a defect")
            return super().almanac()

    workspace = Defective(str(config))
    service = Service(workspace)
    workspace.defect = True
    for _ in range(2):
        asyncio.run(service.tick())
    _, said = service.health(ready=False)
    assert (said["status"], "the log says why" in (said["trouble"] or "")) == ("degraded", True)
    assert sum("cannot be read" in record.message for record in caplog.records) == 1
    workspace.defect = False
    asyncio.run(service.tick())
    assert service.health(ready=False)[1]["status"] == "ok"


def test_a_heartbeat_that_is_taken_out_of_the_config_is_not_said_to_answer_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")

    async def heard(service: Service, *, failed: bool) -> None:
        while bool(service.health(ready=False)[1]["heartbeat"]) != failed:
            await asyncio.sleep(0.05)

    async def whole(sink: Sink) -> None:
        config = write_almanac(tmp_path, today(), f"heartbeat: {sink.url}beat\n")
        service = Service(Workspace(str(config)), every=1)
        async with service.lifespan(None), asyncio.timeout(30):
            await heard(service, failed=True)
            write_almanac(tmp_path, today())
            await heard(service, failed=False)

    with running_sink() as sink:
        sink.answer = lambda _: Answer(404)
        asyncio.run(whole(sink))
    said = [record.message for record in caplog.records]
    assert any("could not be called" in line for line in said)
    assert not any("answers again" in line for line in said)


def test_a_dead_heartbeat_is_told_once_and_degrades_nothing(tmp_path: Path) -> None:
    with running_sink() as sink:
        sink.answer = lambda _: Answer(404)
        config = write_almanac(tmp_path, today(), f"heartbeat: {sink.url}s3cret\n")
        with serving(config) as (home, process):
            wait_for(lambda: health(home)["heartbeat"] is not None)
            said = health(home)
            process.terminate()
            log = process.communicate(timeout=40)[1]
    assert (said["heartbeat"], said["status"]) == ("it answered 404", "ok")
    assert log.count("could not be called") == 1
    assert "s3cret" not in log


def test_a_broken_config_keeps_the_last_good_one(tmp_path: Path) -> None:
    config = write_almanac(tmp_path, today())
    service = Service(Workspace(str(config)))
    config.write_text("site: {titel: x}\n")
    asyncio.run(service.tick())
    _, said = service.health(ready=False)
    assert said["status"] == "degraded"
    assert 'did you mean "title"' in said["findings"][0]
    assert service.config.site.url == "https://almanac.example/"


def test_sigterm_ends_it_in_order(tmp_path: Path) -> None:
    with serving(write_almanac(tmp_path, today())) as (home, process):
        assert ask(home, "/").status == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
        assert "Traceback" not in (process.stderr.read() if process.stderr else "")


def test_a_taken_port_is_told_in_one_line(tmp_path: Path) -> None:
    config = write_almanac(tmp_path, today())
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "onthisday", "--config", str(config), "serve"]
        ended = subprocess.run(
            [*command, "--listen", f"127.0.0.1:{port}"],
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert ended.returncode == 1
    assert f"127.0.0.1:{port}: cannot listen there" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_shipped_config_warns_that_its_tag_is_an_example(tmp_path: Path) -> None:
    del tmp_path
    with serving(SHIPPED / "config.yaml", "--log", "text") as (home, process):
        wait_for(lambda: health(home)["ticked"] is not None)
        process.terminate()
        assert 'site.tag still says "example.org,2026"' in process.communicate(timeout=30)[1]


def test_etags_are_compared_as_lists_weak_ones_and_stars() -> None:
    assert matches(b'"a"', b'"a"')
    assert matches(b'"b", W/"a"', b'"a"')
    assert matches(b"*", b'"a"')
    assert not matches(b'"b"', b'"a"')
    assert not matches(b"", b'"a"')


def test_encodings_are_weighed() -> None:
    assert takes_gzip(b"gzip")
    assert takes_gzip(b"br, gzip;q=0.5")
    assert takes_gzip(b"*")
    assert not takes_gzip(b"identity")
    assert not takes_gzip(b"gzip;q=0")
    assert not takes_gzip(b"*;q=0")


def test_a_page_has_the_same_answer_every_time() -> None:
    page = Page(b"x" * 1000, "text/plain", datetime(2026, 1, 1, tzinfo=UTC))
    now = page.modified
    first, second = CachedAnswer(page, now), CachedAnswer(page, now)
    assert first.gzipped.body == second.gzipped.body
    assert first.plain.etag == second.plain.etag != first.gzipped.etag


def test_no_answer_says_a_time_to_come_and_two_contents_of_one_second_are_told_apart() -> None:
    now = datetime(2026, 1, 1, 12, tzinfo=UTC)
    told = format_datetime(now, usegmt=True).encode()
    answer = CachedAnswer(Page(b"second", "text/plain", now + timedelta(seconds=1)), now)
    status, headers, body = answer.chosen([(b"if-modified-since", told)], 60)
    assert (status, body) == (200, b"second")
    assert dict(headers)[b"last-modified"] == told


def test_health_is_json_and_ready_after_the_first_tick(home: str) -> None:
    wait_for(lambda: ask(home, "/healthz?ready").status == 200)
    said = json.loads(ask(home, "/healthz").read_body)  # type: ignore[attr-defined]
    assert said["status"] == "ok"
