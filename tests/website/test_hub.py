"""A subscriber of a real WebSub hub gets the new feed after the day turns or an entry changes."""

import gzip
import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from tests.delivery.almanacs import run
from tests.delivery.sink import Answer, Received, running_sink
from tests.website.fixtures import (
    TICKING,
    entry_of,
    free_port,
    health,
    program_serving,
    today,
    wait_for,
    write_almanac,
)
from tests.website.hubs import Subscriber, running_hub, subscriber
from tests.website.test_clocks import FAKETIME

pytestmark = pytest.mark.program

HERE = TICKING.replace('bind("127.0.0.1", 0)', 'bind("127.0.0.1", int(sys.argv[2]))')
"""A program like `serve`, which ticks every second, on a port that is known before."""


def websub(hub: str, **more: object) -> str:
    return f"websub: {json.dumps({'hub': hub, 'private_addresses': True, **more})}\n"


def said(request: Received) -> str:
    """Return the feed that the hub brought. Flask-WebSub names a coding that it has undone."""
    packed = request.body[:2] == b"\x1f\x8b"
    return (gzip.decompress(request.body) if packed else request.body).decode()


def has(reader: Subscriber, text: str) -> bool:
    return any(text in said(request) for request in reader.brought)


def test_an_edit_is_brought_to_who_subscribed(tmp_path: Path) -> None:
    port = free_port()
    with running_hub(tmp_path) as hub, subscriber() as reader:
        config = write_almanac(
            tmp_path, today(tags=["oath"]), websub(hub), url=f"http://127.0.0.1:{port}/"
        )
        with program_serving(sys.executable, "-c", HERE, str(config), str(port)) as (home, _):
            wait_for((tmp_path / "var" / "cache" / "config.yaml.hub.json").exists)
            for feed in ("feed.atom", "tags/oath/feed.json"):
                reader.subscribe(f"{home}{feed}")
            assert reader.brought == []
            write_almanac(tmp_path, today(tags=["oath"], title="Put right"), websub(hub), url=home)
            wait_for(lambda: len(reader.brought) == 2)
            assert health(home)["hub"] is None
    atom, other = map(said, reader.brought)
    assert "<feed" in atom
    assert json.loads(other)["feed_url"].endswith("/tags/oath/feed.json")
    assert all("Put right" in text for text in (atom, other))


@pytest.mark.slow
@pytest.mark.skipif(FAKETIME is None, reason="there is no libfaketime: apt install libfaketime")
def test_a_new_day_is_brought_to_who_subscribed(tmp_path: Path) -> None:
    port, clock = free_port(), tmp_path / "clock"
    clock.write_text("+0")
    environ = {
        "LD_PRELOAD": str(FAKETIME),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
    }
    program = ("env", *(f"{name}={value}" for name, value in environ.items()), sys.executable)
    with running_hub(tmp_path) as hub, subscriber() as reader:
        home = f"http://127.0.0.1:{port}/"
        config = write_almanac(tmp_path, today(), websub(hub), url=home)
        with program_serving(*program, "-c", HERE, str(config), str(port)):
            wait_for((tmp_path / "var" / "cache" / "config.yaml.hub.json").exists)
            reader.subscribe(f"{home}feed.rss")
            clock.write_text("+1d")
            wait_for(lambda: reader.brought)
            day = health(home)["day"]
    assert f"/entries/e{day[5:]}/" in said(reader.brought[0])


@contextmanager
def serving_folder(folder: Path, port: int, hub: str) -> Iterator[None]:
    """Serve a folder as a web server does that says where the hub is."""

    class Handler(SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            address = f"http://127.0.0.1:{port}{self.path}"
            self.send_header("link", f'<{hub}>; rel="hub", <{address}>; rel="self"')
            super().end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_tick_that_writes_files_brings_a_new_day_to_who_subscribed(tmp_path: Path) -> None:
    port = free_port()
    with running_hub(tmp_path) as hub, subscriber() as reader:
        home = f"http://127.0.0.1:{port}/"
        entries = [entry_of("first", "1956-02-25"), entry_of("second", "1956-02-26")]
        write_almanac(tmp_path, entries, f"output: public\n{websub(hub)}", url=home)
        (tmp_path / "public").mkdir()
        with serving_folder(tmp_path / "public", port, hub):
            for hour, feeds in (("2026-02-25T10", 0), ("2026-02-25T11", 0), ("2026-02-26T10", 1)):
                assert run(tmp_path, "tick", "--now", f"{hour}:00:00Z").returncode == 0
                assert len(reader.brought) == feeds
                if not feeds:
                    reader.subscribe(f"{home}feed.atom")
    assert has(reader, "/entries/second/#2026")


def told(sink_received: list[Received]) -> list[str]:
    """Return the feeds that a hub was told of."""
    return [
        each for request in sink_received for each in parse_qs(request.body.decode())["hub.url"]
    ]


def feeds_of(folder: Path) -> dict[str, bytes]:
    """Return the bytes of each feed of a site that was written, by its address."""
    return {
        f"https://almanac.example/{file.relative_to(folder).as_posix()}": file.read_bytes()
        for name in ("feed", "daily")
        for ending in ("atom", "rss", "json")
        for file in folder.rglob(f"{name}.{ending}")
    }


def test_a_tick_tells_the_hub_only_of_what_changed(tmp_path: Path) -> None:
    entries = [entry_of("first", "1956-02-25", tags=["a"]), entry_of("second", "1956-02-26")]
    with running_sink() as sink:
        config = f"output: public\n{websub(f'{sink.url}hub', at_once=50)}"
        write_almanac(tmp_path, entries, config, languages=["it"])
        for hour in ("2026-02-25T10", "2026-02-25T11"):
            assert run(tmp_path, "tick", "--now", f"{hour}:00:00Z").returncode == 0
            assert len(sink.received) == 1
        assert len(told(sink.received)) == len(set(told(sink.received))) == 2 * 4 * 3
        sink.received.clear()
        before = feeds_of(tmp_path / "public")
        assert run(tmp_path, "tick", "--now", "2026-02-26T10:00:00Z").returncode == 0
        after = feeds_of(tmp_path / "public")
        changed = [address for address in after if after[address] != before[address]]
        assert 12 < len(changed) < len(after)
        assert sorted(told(sink.received)) == sorted(changed)


def test_a_hub_that_fails_stops_no_tick_and_is_told_later(tmp_path: Path) -> None:
    with running_sink() as sink:
        sink.answer = lambda _: Answer(503, (("retry-after", "120"),))
        entries = [entry_of("first", "1956-02-25")]
        write_almanac(tmp_path, entries, f"output: public\n{websub(f'{sink.url}hub', at_once=50)}")
        ticked = run(tmp_path, "tick", "--now", "2026-02-25T10:00:00Z")
        assert (ticked.returncode, len(sink.received)) == (0, 1)
        assert "the hub could not be told of news: it answered 503" in ticked.stderr
        run(tmp_path, "tick", "--now", "2026-02-25T10:01:50Z")
        assert len(sink.received) == 1
        sink.answer = lambda _: Answer(204, body=b"")
        ticked = run(tmp_path, "tick", "--now", "2026-02-25T10:02:10Z")
        assert len(sink.received) == 2
        assert "hub" not in ticked.stderr


def test_a_private_hub_gets_nothing_unless_the_config_allows_it(tmp_path: Path) -> None:
    with running_sink() as sink:
        config = f'output: public\nwebsub: {{hub: "{sink.url}"}}\n'
        write_almanac(tmp_path, [entry_of("first", "1956-02-25")], config)
        ticked = run(tmp_path, "tick", "--now", "2026-02-25T10:00:00Z")
        assert (ticked.returncode, sink.connections) == (0, 0)
    assert "private" in ticked.stderr


def ticking(folder: Path, hub: str) -> tuple[str, ...]:
    """Return the command line for a `serve` that ticks every second, with this hub."""
    return sys.executable, "-c", TICKING, str(write_almanac(folder, today(), websub(hub)))


def test_a_dead_hub_is_told_once_and_degrades_nothing(tmp_path: Path) -> None:
    with running_sink() as sink:
        sink.answer = lambda _: Answer(302, (("location", sink.url),), b"x" * 2**20)
        with program_serving(*ticking(tmp_path, sink.url)) as (home, process):
            wait_for(lambda: health(home)["hub"] is not None)
            first = health(home)["ticked"]
            wait_for(lambda: health(home)["ticked"] > first)
            said = health(home)
            process.terminate()
            log = process.communicate(timeout=40)[1]
    assert said["hub"].startswith("it answered 302: redirected, and redirects are not followed")
    assert said["status"] == "ok"
    assert log.count("the hub could not be told of news") == 1
    assert len(sink.received) == 1


def test_a_hub_that_is_taken_out_of_the_config_is_not_said_to_answer_again(tmp_path: Path) -> None:
    with running_sink() as sink:
        sink.answer = lambda _: Answer(500)
        with program_serving(*ticking(tmp_path, sink.url)) as (home, process):
            wait_for(lambda: health(home)["hub"] == "it answered 500: ok")
            write_almanac(tmp_path, today())
            wait_for(lambda: health(home)["hub"] is None)
            process.terminate()
            assert "takes news again" not in process.communicate(timeout=40)[1]


def test_a_hub_that_says_nothing_keeps_no_page_and_no_end_waiting(tmp_path: Path) -> None:
    with running_sink() as sink:
        over = threading.Event()

        def silent(_: Received) -> None:
            over.wait(60)

        sink.answer = silent
        with program_serving(*ticking(tmp_path, sink.url)) as (home, process):
            wait_for(lambda: sink.received)
            ticked = health(home)["ticked"]
            wait_for(lambda: health(home)["ticked"] != ticked, seconds=10)
            begun = time.monotonic()
            process.terminate()
            process.communicate(timeout=40)
            assert time.monotonic() - begun < 10
        over.set()
