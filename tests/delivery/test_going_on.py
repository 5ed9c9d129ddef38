"""If a part of a tick fails, or a channel is wrong, all else is still done, and it is told."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from onthisday.almanac.library import Library
from onthisday.app.sending import open_sending
from onthisday.app.serving import Service
from onthisday.app.workspace import Almanac, Workspace
from onthisday.delivery.health import Health
from tests.aging import aged
from tests.delivery.almanacs import entry_tree, run, write_almanac, write_channels, write_config
from tests.delivery.fakes import SetClock
from tests.delivery.sink import Answer, Sink, running_sink

NOW = ("--now", "2026-02-25T09:00:00Z")
LATER = ("--now", "2026-02-25T09:01:00Z")


def room(sink: Sink, name: str = "room", **keys: Any) -> dict[str, Any]:
    return {"name": name, "type": "webhook", "url": f"{sink.url}{name}", "private_addresses": True,
            **keys}  # fmt: skip


@pytest.mark.program
def test_a_wrong_channel_stops_itself_alone_and_its_day_stays_open(tmp_path: Path) -> None:
    with running_sink() as sink:
        write_almanac(tmp_path, entry_tree("speech"))
        wrong = [room(sink, "typo", type="webhok"), room(sink, "unset", url="${NO_SUCH}")]
        write_channels(tmp_path, *wrong, room(sink))
        tick = run(tmp_path, "tick", *NOW)
        assert (tick.returncode, tick.stdout, sink.paths()) == (1, "1 sent\n", ["/room"])
        assert "must be one of" in tick.stderr
        assert "the environment variable NO_SUCH is not set" in tick.stderr
        write_channels(tmp_path, room(sink, "typo"), room(sink, "unset"), room(sink))
        mended = run(tmp_path, "tick", *LATER)
        assert (mended.returncode, mended.stdout) == (0, "2 sent\n")
        assert sorted(sink.paths()) == ["/room", "/typo", "/unset"]


@pytest.mark.program
def test_channels_say_which_are_wrong_and_try_the_others(tmp_path: Path) -> None:
    with running_sink() as sink:
        write_almanac(tmp_path, entry_tree("speech"))
        write_channels(tmp_path, room(sink, "typo", type="webhok"), room(sink), {"type": "slack"})
        listed = run(tmp_path, "channels", "list")
        assert listed.returncode == 0
        assert "typo  off (its config is wrong: channels[0].type must be one of" in listed.stdout
        assert "(no name)  off (its config is wrong: channels[2] has no name" in listed.stdout
        trees = json.loads(run(tmp_path, "channels", "list", "--format", "json").stdout)["channels"]
        assert len({frozenset(tree) for tree in trees}) == 1  # the same keys
        assert run(tmp_path, "channels", "test", "room").returncode == 0
        for words in (("test", "typo"), ("preview", "typo")):
            refused = run(tmp_path, "channels", *words)
            assert refused.returncode == 1
            assert 'channel "typo" is off: its config is wrong' in refused.stderr
        checked = run(tmp_path, "check")
        assert (checked.returncode, "config.yaml:1: channels[0].type" in checked.stdout) == (
            3,
            True,
        )


@pytest.mark.program
def test_a_test_of_a_channel_that_waits_for_a_variable_says_so(tmp_path: Path) -> None:
    write_almanac(tmp_path, entry_tree("speech"))
    write_channels(tmp_path, {"name": "room", "type": "slack", "url": "${NO_SUCH}"})
    refused = run(tmp_path, "channels", "test", "room")
    said = 'channel "room" is off: the environment variable NO_SUCH is not set'
    assert (refused.returncode, said in refused.stderr) == (1, True)


@pytest.mark.program
def test_a_broken_almanac_stops_no_notice_that_waits_and_plans_none(tmp_path: Path) -> None:
    with running_sink() as sink:
        write_config(tmp_path, sink.url)
        sink.answer = lambda _: Answer(503)
        run(tmp_path, "tick", *NOW)
        good = (tmp_path / "almanac" / "entries.jsonl").read_text()
        (tmp_path / "almanac" / "entries.jsonl").write_text(good + '{"id": "bro\n')
        aged(tmp_path / "almanac" / "entries.jsonl")
        sink.answer = lambda _: Answer()
        tick = run(tmp_path, "tick", *LATER)
        assert (tick.returncode, tick.stdout, len(sink.received)) == (1, "1 sent\n", 2)
        assert "entries.jsonl:2" in tick.stderr
        year = run(tmp_path, "tick", "--now", "2026-03-01T09:00:00Z")
        assert (year.returncode, year.stdout) == (1, "nothing was due\n")
        listed = run(tmp_path, "notices", "list").stdout
        assert len(listed.splitlines()) == 1


@pytest.mark.program
def test_a_broken_almanac_that_was_never_compiled_ends_the_tick(tmp_path: Path) -> None:
    write_config(tmp_path, "https://hooks.invalid/")
    (tmp_path / "almanac" / "entries.jsonl").write_text('{"id": "bro\n')
    aged(tmp_path / "almanac" / "entries.jsonl")
    tick = run(tmp_path, "tick", *NOW)
    assert (tick.returncode, tick.stdout) == (1, "")
    assert not (tmp_path / "var" / "onthisday.db").exists()


@pytest.mark.program
def test_an_unset_heartbeat_ends_no_tick_before_its_messages_are_sent(tmp_path: Path) -> None:
    with running_sink() as sink:
        write_almanac(tmp_path, entry_tree("speech"))
        write_channels(tmp_path, room(sink), heartbeat="${NO_SUCH}")
        tick = run(tmp_path, "tick", *NOW)
        assert (tick.returncode, tick.stdout, sink.paths()) == (1, "1 sent\n", ["/room"])
        assert "the environment variable NO_SUCH is not set" in tick.stderr


@pytest.mark.program
@pytest.mark.parametrize("fault", ["almanac", "channel", "site"])
def test_the_heartbeat_is_silent_after_a_tick_that_failed(tmp_path: Path, fault: str) -> None:
    with running_sink() as sink:
        write_almanac(tmp_path, entry_tree("speech"))
        more: list[dict[str, Any]] = [{"name": "typo", "type": "?"}] if fault == "channel" else []
        beat, output = f"{sink.url}beat", {"output": "public"} if fault == "site" else {}
        write_channels(tmp_path, room(sink), *more, heartbeat=beat, **output)
        if fault == "site":
            (tmp_path / "public").write_text("a file, where a folder is needed")
        if fault == "almanac":
            run(tmp_path, "today")
            (tmp_path / "almanac" / "entries.jsonl").write_text("{")
            aged(tmp_path / "almanac" / "entries.jsonl")
        tick = run(tmp_path, "tick", *NOW)
        assert tick.returncode == 1
        assert sink.paths() == ([] if fault == "almanac" else ["/room"])
        assert tick.stdout != ""


class Refusing:
    """A library that fails when a notice is planned. What waits can still be composed."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def __getattr__(self, name: str) -> Any:
        if name in {"on", "days", "movable"}:
            raise RuntimeError("a defect in planning")
        if name == "published":
            return lambda day: Refusing(self._library.published(day))
        return getattr(self._library, name)


def refusing_to_say(almanac: Almanac) -> Almanac:
    """Return an almanac with a library that fails when a notice is planned."""
    library: Any = Refusing(almanac.library)
    return Almanac(almanac.site, library, almanac.pictures, almanac.texts)


def test_what_waits_is_sent_though_planning_fails_and_the_failure_is_raised(tmp_path: Path) -> None:
    with running_sink() as sink:
        workspace = Workspace(write_config(tmp_path, sink.url))
        config, _ = workspace.config(sending=True)
        almanac, clock = workspace.almanac(), SetClock("2026-02-25T09:00")

        async def ticks() -> None:
            async with open_sending(workspace, config, clock) as sending:
                sink.answer = lambda _: Answer(503)
                await sending.tick(almanac)
                sink.answer = lambda _: Answer()
                clock.set("2026-02-26T09:00")
                await sending.tick(refusing_to_say(almanac))
                assert [str(fault) for fault in sending.faults] == ["a defect in planning"]
                assert await sending.left() == 0

        asyncio.run(ticks())
        assert len(sink.received) == 2


def test_serve_begins_with_a_wrong_channel_sends_to_the_others_and_is_degraded(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")

    async def whole(service: Service, *, sent: int, sink: Sink) -> Health:
        async with service.lifespan(None), asyncio.timeout(20):
            while len(sink.received) < sent or not service.health(ready=False)[1]["ticked"]:
                await asyncio.sleep(0.02)
            await asyncio.sleep(0.1)
            await service.tick()
            said = service.health(ready=False)[1]
            write_channels(tmp_path, room(sink, at="00:00"))
            await service.tick()
            assert service.health(ready=False)[1]["status"] == "ok"
            return said

    with running_sink() as sink:
        write_almanac(tmp_path, entry_tree("speech"))
        config = write_channels(tmp_path, room(sink, at="00:00"), {"name": "typo", "type": "?"})
        service = Service(Workspace(config), clock=SetClock("2026-02-25T09:00"))
        said = asyncio.run(whole(service, sent=1, sink=sink))
    assert said["status"] == "degraded"
    assert "the config of a channel, the heartbeat or alerts is wrong" in (said["trouble"] or "")
    assert any("channels[1].type" in finding for finding in said["findings"])
    events = [getattr(record, "event", "") for record in caplog.records]
    assert (events.count("channels.faulty"), events.count("channels.mended")) == (1, 1)


def test_serve_is_degraded_at_once_when_sending_fails_and_calls_no_heartbeat(
    tmp_path: Path,
) -> None:
    async def whole(service: Service) -> Health:
        async with service.lifespan(None), asyncio.timeout(20):
            while service.health(ready=False)[1]["ticked"] is None:
                await asyncio.sleep(0.02)
            return service.health(ready=False)[1]

    with running_sink() as sink:
        write_almanac(tmp_path, entry_tree("speech"))
        config = write_channels(tmp_path, room(sink), heartbeat=f"{sink.url}beat")

        class Defective(Workspace):
            def almanac(self) -> Any:
                return refusing_to_say(super().almanac())

        service = Service(Defective(config), clock=SetClock("2026-02-25T09:00"))
        said = asyncio.run(whole(service))
        assert (said["status"], sink.paths()) == ("degraded", [])
        assert said["trouble"] == "the last sending failed; the log says why"
