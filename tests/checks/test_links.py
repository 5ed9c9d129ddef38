"""`check --links` asks a real server on loopback which addresses are dead."""

import asyncio
import json
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from onthisday.adapters.http.http_sender import HttpSender
from onthisday.checks.links import ALIVE, Link, Links
from onthisday.errors import Finding
from onthisday.service.checking.asking import MOST_LED_ON, Limits, ask
from onthisday.service.checking.links import all_addresses, with_links
from onthisday.service.checking.report import Report
from tests.checks.curating import TODAY, Desk, document, rules
from tests.core.almanacs import entry

NEAR = Limits(private_addresses=True, pause=0)


class Quiet(ThreadingHTTPServer):
    """Prints nothing if those who asked went away, as after a time-out."""

    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Print nothing."""


class Site:
    """A server. ``said``: what it answers to a method and a path. It keeps what it was asked."""

    def __init__(self) -> None:
        self.said: dict[str, int | str] = {}
        self.without_head: set[str] = set()
        self.hangs: set[str] = set()
        self.asked: list[tuple[str, str]] = []
        self.at_once = self.most_at_once = 0
        self._lock = threading.Lock()
        self._server = Quiet(("127.0.0.1", 0), self._handler())
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}/{path}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_HEAD(self) -> None:
                site.answer(self)

            do_GET = do_HEAD  # noqa: N815

            def log_message(self, *_: Any) -> None:
                """Print nothing."""

        return Handler

    def answer(self, to: BaseHTTPRequestHandler) -> None:
        path = to.path.lstrip("/")
        with self._lock:
            self.asked.append((to.command, path))
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        time.sleep(1 if path in self.hangs else 0.005)
        said = self.said.get(path, 200)
        if to.command == "HEAD" and path in self.without_head:
            said = 404
        with self._lock:
            self.at_once -= 1
        to.send_response(302 if isinstance(said, str) else said)
        if isinstance(said, str):
            to.send_header("location", said)
        to.send_header("content-length", "2")
        to.end_headers()
        if to.command == "GET":
            to.wfile.write(b"ok")


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()
    yield found
    found.stop()


def links(*addresses: str, limits: Limits = NEAR, **sender: Any) -> Links:
    """Return what becomes of addresses."""

    async def run() -> Links:
        async with HttpSender(**sender) as opened:
            return await ask(addresses, opened, limits)

    return asyncio.run(run())


def link(address: str, **more: Any) -> Link:
    return links(address, **more)[address]


def nobody(errno: int) -> Callable[..., Any]:
    """Return a function that finds no address of any name."""

    def look_up(*_: object) -> Any:
        raise socket.gaierror(errno, "no such name")

    return look_up


def test_what_answers_is_alive_and_is_asked_once_by_head(site: Site) -> None:
    assert link(site.at("book#page")) == ALIVE
    assert site.asked == [("HEAD", "book")]


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_not_there_is_dead(site: Site, status: int) -> None:
    site.said["book"] = status
    assert link(site.at("book")).state == "dead"
    assert f"it answers {status} " in link(site.at("book")).words


@pytest.mark.parametrize("status", [301, 400, 401, 403, 405, 429, 451, 500, 503])
def test_what_does_not_say_that_nothing_is_there_could_not_be_asked(
    site: Site, status: int
) -> None:
    site.said["book"] = status
    assert link(site.at("book")).state == "unasked"


def test_a_server_that_answers_head_wrongly_is_asked_with_get(site: Site) -> None:
    site.without_head.add("book")
    assert link(site.at("book")) == ALIVE
    assert site.asked == [("HEAD", "book"), ("GET", "book")]


GONE = "https://gone.invalid/"


def test_a_name_that_does_not_exist_is_dead_and_one_that_nobody_looks_up_is_not(
    site: Site,
) -> None:
    found = links(GONE, site.at("book"), look_up=nobody(socket.EAI_NONAME))
    assert found[GONE] == Link("dead", "the name server does not know gone.invalid")
    found = links(GONE, site.at("book"), look_up=nobody(socket.EAI_AGAIN))
    assert found[GONE].state == "unasked"


def test_no_name_is_dead_where_nothing_at_all_answers() -> None:
    found = links(GONE, "https://lost.invalid/", look_up=nobody(socket.EAI_NONAME))
    assert {each.state for each in found.values()} == {"unasked"}
    assert found[GONE].words.endswith("no other address answered: is this machine online?")


def test_each_address_of_a_name_that_does_not_exist_is_dead(site: Site) -> None:
    addresses = [f"{GONE}{number}" for number in range(4)]
    found = links(*addresses, site.at("book"), look_up=nobody(socket.EAI_NONAME))
    assert [found[each].state for each in addresses] == ["dead"] * 4


def test_a_private_address_is_not_asked(site: Site) -> None:
    found = link(site.at("book"), limits=Limits())
    assert found == Link("unasked", "127.0.0.1 has an address that is not public")
    assert site.asked == []


def test_a_redirect_into_a_private_network_is_not_followed(site: Site) -> None:
    def look_up(host: str, *more: Any) -> Any:
        return socket.getaddrinfo("127.0.0.1" if host == "near.invalid" else host, *more)

    site.said["book"] = site.at("inside")
    asked = f"http://near.invalid:{site.port}/book"
    assert link(asked, look_up=look_up, limits=Limits()).state == "unasked"
    assert site.asked == []


def test_a_server_that_takes_no_connection_could_not_be_asked(site: Site) -> None:
    site.stop()
    found = link(site.at("book"))
    assert found == Link("unasked", "127.0.0.1 took no connection: Connection refused")


def test_an_address_that_leads_on_is_followed(site: Site) -> None:
    site.said |= {"book": "/new", "new": site.at("newer#part"), "old": "gone", "gone": 404}
    assert link(site.at("book")) == ALIVE
    words = f"it leads to {site.at('gone')}, and it answers 404 Not Found"
    assert link(site.at("old")) == Link("dead", words)


def test_addresses_that_lead_in_a_circle_or_nowhere_end(site: Site) -> None:
    site.said |= {
        "a": "/b",
        "b": "/a",
        "c": "/c",
        "d": "ftp://a.invalid/",
        "e": "http://[/",
        "f": "",
    }
    assert link(site.at("a")) == Link("unasked", f"it leads on more than {MOST_LED_ON} times")
    assert len(site.asked) == MOST_LED_ON + 1
    for path in "cdef":
        assert link(site.at(path)) == Link("unasked", "it answers 302 Found")


def test_a_host_gets_one_request_at_a_time_also_by_redirects(site: Site) -> None:
    addresses = [site.at(f"{number}") for number in range(20)]
    other = [f"http://localhost:{site.port}/to{number}" for number in range(20)]
    site.said |= {f"to{number}": site.at(f"led{number}") for number in range(20)}
    found = links(*addresses, *other)
    assert set(found.values()) == {ALIVE}
    assert len(site.asked) == 60
    assert site.most_at_once <= 2, "127.0.0.1 and localhost"


def test_a_host_that_is_busy_is_left_alone(site: Site) -> None:
    site.said["a"] = 429
    found = links(site.at("a"), site.at("b"), site.at("c"))
    assert [each.state for each in found.values()] == ["unasked"] * 3
    words = "127.0.0.1 is left alone, because it answers 429 Too Many Requests"
    assert found[site.at("c")].words == words
    assert site.asked == [("HEAD", "a")]


def test_a_host_that_hangs_is_left_alone_and_others_are_asked(site: Site) -> None:
    site.hangs = {"a", "b"}
    other = f"http://localhost:{site.port}/c"
    found = links(site.at("a"), site.at("b"), other, total=0.2)
    assert found[site.at("a")] == Link("unasked", "127.0.0.1 did not answer within 0.2 s")
    assert "is left alone, because 127.0.0.1 did not answer" in found[site.at("b")].words
    assert found[other] == ALIVE


def test_nothing_is_asked_after_the_longest_time(site: Site) -> None:
    addresses = [site.at(str(number)) for number in range(200)]
    limits = Limits(pause=0.05, longest=0.3, private_addresses=True)
    begun = time.monotonic()
    found = links(*addresses, limits=limits)
    assert time.monotonic() - begun < 5
    assert len(found) == 200
    assert found[addresses[-1]] == Link("unasked", "it was not its turn within 0.005 minutes")
    assert found[addresses[0]] == ALIVE


def test_each_address_is_told_when_it_is_done(site: Site) -> None:
    done: list[None] = []

    async def run() -> None:
        async with HttpSender() as sender:
            await ask([site.at("a"), site.at("b")], sender, NEAR, lambda: done.append(None))

    asyncio.run(run())
    assert len(done) == 2


def told(folder: Path, documents: list[Any], became: Links, **more: Any) -> Report:
    """Return a report on these documents, and on one entry, after these links were asked."""
    desk = Desk(folder)
    desk.write([entry("a", "1956", sources=[{"document": "book"}], **more)], documents)
    almanac = desk._workspace.almanac()
    source = desk._workspace.source(almanac.site)
    report = desk.check(today=TODAY)
    assert set(all_addresses(almanac.library)) == set(became)
    return with_links(report, almanac.library, source, became)


DEAD, BUSY = Link("dead", "it answers 404 Not Found"), Link("unasked", "it answers 503")
A, B, C = "https://a.invalid/x", "https://b.invalid/", "https://c.invalid/y.jpg"


def test_a_dead_address_is_a_warning_at_its_line_that_says_what_to_do(tmp_path: Path) -> None:
    report = told(tmp_path, [document("book", url=A)], {A: DEAD})
    assert report.findings == (
        Finding(
            "warning",
            "dead-link",
            str(tmp_path / "almanac" / "documents.yaml"),
            1,
            f'document "book": {A} is dead: it answers 404 Not Found; correct it, or add archived: '
            "with the address of a copy",
        ),
    )
    assert (report.errors, report.warnings) == (0, 1)


def test_a_dead_address_with_a_copy_leads_readers_to_the_copy(tmp_path: Path) -> None:
    report = told(tmp_path, [document("book", url=A, archived=B)], {A: DEAD, B: ALIVE})
    assert "or take it out, so that readers find the copy" in report.findings[0].message
    both = told(tmp_path, [document("book", url=A, archived=B)], {A: DEAD, B: DEAD})
    assert [each.message.partition("; ")[2] for each in both.findings] == [
        "correct it, or take it out"
    ] * 2


def test_what_could_not_be_asked_is_told_apart_from_what_is_dead(tmp_path: Path) -> None:
    image = {"url": C, "alt": "A", "credit": "B", "license": "CC0"}
    report = told(tmp_path, [document("book", url=A)], {A: BUSY, C: DEAD}, image=image)
    assert sorted(rules(report)) == ["dead-link", "unasked-link"]
    assert "could not be asked: it answers 503; look at it, or ask again later" in " ".join(
        each.message for each in report.findings
    )


def test_an_address_can_be_silenced_and_nothing_is_said_of_that_without_links(
    tmp_path: Path,
) -> None:
    silence = [{"rule": "dead-link", "reason": "it is on paper"}]
    report = told(tmp_path, [document("book", url=A, silence=silence)], {A: DEAD})
    assert (report.findings, report.silenced) == ((), 1)


@pytest.mark.program
def test_the_command_asks_and_counts(site: Site, tmp_path: Path) -> None:
    site.said |= {"gone": 404, "busy": 503}
    desk = Desk(tmp_path)
    documents = [document("book", url=site.at("gone"), archived=site.at("copy")),
                 document("other", url=site.at("busy"))]  # fmt: skip
    sources = [{"document": "book"}, {"document": "other"}]
    desk.write([entry("a", "1956", sources=sources)], documents)
    command = [
        sys.executable,
        "-m",
        "onthisday",
        "--config",
        str(tmp_path / "config.yaml"),
        "check",
    ]

    def run(*options: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*command, *options], capture_output=True, text=True, timeout=60, check=False
        )

    ended = run("--links", "--private-addresses", "--format", "json")
    assert (ended.returncode, ended.stderr) == (0, "")
    found = json.loads(ended.stdout)
    assert found["links"] == {"asked": 3, "alive": 1, "dead": 1, "unasked": 1}
    assert [each["rule"] for each in found["findings"]] == ["dead-link", "unasked-link"]
    ended = run("--links")
    assert len(re.findall("has an address that is not public", ended.stdout)) == 3
    assert "3 addresses asked, 0 errors" in ended.stdout
    assert json.loads(run("--format", "json").stdout)["links"] is None
