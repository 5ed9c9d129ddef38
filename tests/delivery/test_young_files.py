"""Files that were changed a moment ago are waited for, before notices are planned from them."""

import asyncio
import json
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from onthisday.almanac.file_signatures import young_for
from onthisday.app.resting_files import MOST, wait_for_files, wait_needed
from onthisday.app.serving import Service
from onthisday.app.workspace import Workspace
from tests.aging import aged
from tests.delivery.almanacs import entry_tree, run, write_almanac, write_channels
from tests.delivery.fakes import SetClock
from tests.delivery.sink import running_sink

SECOND = 10**9
NAMES = ("config.yaml", "channels.csv", "almanac/entries.jsonl", "almanac/documents.yaml")


@pytest.mark.parametrize(
    ("ages", "said"),
    [((), 0), ((0,), 2), ((0.5, 9), 1.5), ((1.9, 0.4), 1.6), ((2, 3600), 0), ((-0.1, -3600), 0)],
)
def test_a_file_is_young_for_two_seconds_and_not_if_it_is_of_the_future(
    ages: tuple[float, ...], said: float
) -> None:
    now = 1_800_000_000 * SECOND
    assert young_for([now - int(age * SECOND) for age in ages], now) == pytest.approx(said)


def almanac_at_rest(folder: Path, *, enabled: bool = True) -> Workspace:
    """Write a config with a CSV file of channels, and an almanac, all long ago."""
    write_almanac(folder, entry_tree("speech"))
    table = "name,type,url,enabled\nroom,slack,https://hooks.invalid/1,"
    (folder / "channels.csv").write_text(f"{table}{str(enabled).lower()}\n")
    aged(folder / "channels.csv")
    return Workspace(write_channels(folder, channels_file="channels.csv"))


@pytest.mark.parametrize("name", NAMES)
def test_each_file_that_is_planned_from_is_waited_for(tmp_path: Path, name: str) -> None:
    workspace = almanac_at_rest(tmp_path)
    assert wait_needed(workspace) == 0
    os.utime(tmp_path / name)
    assert 1 < wait_needed(workspace) <= 2
    ahead = time.time_ns() + 3600 * SECOND
    os.utime(tmp_path / name, ns=(ahead, ahead))
    assert wait_needed(workspace) == 0


def test_nothing_is_waited_for_where_no_channel_is_on(tmp_path: Path) -> None:
    workspace = almanac_at_rest(tmp_path, enabled=False)
    os.utime(tmp_path / "almanac" / "entries.jsonl")
    assert wait_needed(workspace) == 0


@pytest.mark.parametrize("content", ["channels: [", "channels_file: gone.csv", "almanac: gone"])
def test_a_config_that_is_half_written_is_waited_for(tmp_path: Path, content: str) -> None:
    workspace = almanac_at_rest(tmp_path)
    (tmp_path / "config.yaml").write_text(f"channels_file: channels.csv\n{content}\n")
    assert wait_needed(workspace) > 1
    aged(tmp_path / "config.yaml")
    assert wait_needed(workspace) == 0


def slept(tmp_path: Path, during: Callable[[], object]) -> list[float]:
    """Return for how long each wait was. ``during`` is called in each."""
    workspace, waits = almanac_at_rest(tmp_path), []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        during()

    os.utime(tmp_path / "almanac" / "entries.jsonl")
    wait_for_files(workspace, sleep)
    return waits


def test_the_wait_ends_when_the_file_is_at_rest(tmp_path: Path) -> None:
    entries = tmp_path / "almanac" / "entries.jsonl"
    assert len(slept(tmp_path, lambda: aged(entries))) == 1


def test_a_file_that_is_always_written_is_waited_for_ten_seconds(tmp_path: Path) -> None:
    waits = slept(tmp_path, lambda: os.utime(tmp_path / "almanac" / "entries.jsonl"))
    assert sum(waits) == pytest.approx(MOST)


def half_written(folder: Path) -> Callable[[], None]:
    """Write the first half of a file now. Return what writes the other half."""
    whole = "".join(json.dumps(entry_tree(name)) + "\n" for name in ("first", "second"))
    file = folder / "almanac" / "entries.jsonl"
    file.write_text(whole[: whole.index("\n") + 1])

    def write_the_rest() -> None:
        with file.open("a") as rest:
            rest.write(whole[whole.index("\n") + 1 :])

    return write_the_rest


@pytest.mark.program
def test_a_tick_sends_what_was_being_written_when_it_began(tmp_path: Path) -> None:
    with running_sink() as sink:
        write_almanac(tmp_path)
        room = {"name": "room", "type": "webhook", "url": sink.url, "private_addresses": True}
        write_channels(tmp_path, room)
        writing = threading.Timer(1, half_written(tmp_path))
        writing.start()
        tick = run(tmp_path, "tick", "--now", "2026-02-25T09:00:00Z")
        writing.join()
        assert (tick.returncode, tick.stdout) == (0, "1 sent\n")
        assert len(json.loads(sink.received[0].body)["data"]["occasions"]) == 2


@pytest.mark.slow
def test_serve_sends_what_was_being_written_when_its_tick_began(tmp_path: Path) -> None:
    async def first_message(service: Service, write_the_rest: Callable[[], None]) -> None:
        async with service.lifespan(None), asyncio.timeout(20):
            await asyncio.sleep(0.5)
            assert sink.received == []
            assert service.current(time.time()).website.render("/") is not None
            write_the_rest()
            while not sink.received:
                await asyncio.sleep(0.02)

    with running_sink() as sink:
        write_almanac(tmp_path)
        room = {"name": "room", "type": "webhook", "url": sink.url, "private_addresses": True}
        config = write_channels(tmp_path, room)
        write_the_rest = half_written(tmp_path)
        service = Service(Workspace(config), clock=SetClock("2026-02-25T09:00"))
        asyncio.run(first_message(service, write_the_rest))
        assert len(json.loads(sink.received[0].body)["data"]["occasions"]) == 2
