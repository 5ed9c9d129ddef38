"""A person is told what is wrong: once, on the channel that `alerts` names, also over restarts."""

import asyncio
import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from onthisday.adapters.http.http_sender import HttpSender
from onthisday.adapters.sqlite.sqlite_ledger import SqliteLedger
from onthisday.app.serving import Service
from onthisday.app.workspace import Workspace
from onthisday.config import Config
from onthisday.delivery.alerts import (
    Alert,
    Told,
    of_broken,
    of_channels,
    of_failure,
    of_faults,
    told_together,
)
from onthisday.delivery.notice import ChannelState
from onthisday.errors import Finding, Unwritable
from onthisday.service.sending.alerting import Alerting
from onthisday.service.sending.delivering import Delivery
from tests.aging import aged
from tests.delivery.almanacs import entry_tree, run, write_almanac, write_channels
from tests.delivery.fakes import SetClock, channel, config, instant
from tests.delivery.sink import Answer, Sink, running_sink

NOW = "2026-02-25T09:00"
WRONG, WORSE = Alert("a", "This is wrong."), Alert("b", "That is worse.")


def ops(sink: Sink) -> dict[str, Any]:
    return {"name": "ops", "type": "webhook", "url": f"{sink.url}ops", "private_addresses": True,
            "at": "23:59"}  # fmt: skip


def told(sink: Sink) -> list[str]:
    """Return the texts of all alerts that came."""
    trees = [json.loads(each.body) for each in sink.received if each.path == "/ops"]
    return [tree["data"]["text"] for tree in trees if tree["type"] == "onthisday.alert"]


class Teller:
    """Tells alerts as a process does, each time as a new process on the same ledger."""

    def __init__(self, folder: Path, sink: Sink, **keys: Any) -> None:
        file = write_channels(folder, {**ops(sink), **keys}, alerts="ops")
        config, _ = Workspace(file).config(sending=True)
        self.config: Config = config
        self.path, self.now = str(folder / "ledger.db"), instant(NOW)

    def tell(self, *alerts: Alert) -> dict[str, Told]:
        """Tell alerts; return what the ledger knows afterwards."""
        return asyncio.run(self._tell(alerts))

    async def _tell(self, alerts: Sequence[Alert]) -> dict[str, Told]:
        self.now += timedelta(minutes=1)
        ledger = SqliteLedger.open(self.path)
        try:
            async with HttpSender() as sender:
                clock = SetClock(NOW)
                alerting = Alerting(ledger, Delivery(ledger, sender, clock, clock))
                await alerting.tell(alerts, self.config, self.config.channels[0], self.now)
            return await ledger.alerts()
        finally:
            ledger.close()


def test_what_is_wrong_is_told_once_also_by_the_next_process(tmp_path: Path) -> None:
    with running_sink() as sink:
        teller = Teller(tmp_path, sink)
        teller.tell(WRONG)
        assert told(sink) == ["This is wrong."]
        teller.tell(WRONG)
        teller.tell(WRONG, WORSE)
        assert told(sink) == ["This is wrong.", "That is worse."]


def test_what_ended_and_came_again_is_told_again_as_a_new_message(tmp_path: Path) -> None:
    with running_sink() as sink:
        teller = Teller(tmp_path, sink)
        teller.tell(WRONG)
        assert teller.tell() == {}
        teller.tell(WRONG)
        assert told(sink) == ["This is wrong."] * 2
        first, second = (each.headers["webhook-id"] for each in sink.received)
        assert first != second


def test_what_could_not_be_told_is_tried_at_the_next_tick_as_the_same_message(
    tmp_path: Path,
) -> None:
    with running_sink() as sink:
        teller = Teller(tmp_path, sink)
        sink.answer = lambda _: Answer(503)
        assert teller.tell(WRONG)["a"].at is None
        sink.answer = lambda _: Answer()
        assert teller.tell(WRONG)["a"].at is not None
        teller.tell(WRONG)
        first, second = (each.headers["webhook-id"] for each in sink.received)
        assert first == second


def test_an_alert_whose_outcome_is_unknown_is_sent_three_times_at_most(tmp_path: Path) -> None:
    with running_sink() as sink:
        teller = Teller(tmp_path, sink, type="slack")
        sink.answer = lambda _: Answer(200, body=b"<html>a page to log in</html>")
        kept = [teller.tell(WRONG)["a"] for _ in range(5)]
        assert [(each.doubts, each.at is not None) for each in kept[:3]] == [
            (1, False), (2, False), (3, True),
        ]  # fmt: skip
        assert len(sink.received) == 3


def test_two_processes_that_see_different_things_tell_each_of_them_once(tmp_path: Path) -> None:
    async def whole(teller: Teller) -> None:
        ledger = SqliteLedger.open(teller.path)
        try:
            async with HttpSender() as sender:
                clock = SetClock(NOW)
                one, two = (
                    Alerting(ledger, Delivery(ledger, sender, clock, clock)) for _ in range(2)
                )
                one.shares = two.shares = True
                its, now = (teller.config, teller.config.channels[0]), teller.now
                for _ in range(3):
                    await one.tell([WRONG, WORSE], *its, now)
                    await two.tell([WORSE], *its, now)
                await two.tell([], *its, now)
                assert {*await ledger.alerts()} == {"a"}
                await one.tell([], *its, now)
                assert await ledger.alerts() == {}
        finally:
            ledger.close()

    with running_sink() as sink:
        teller = Teller(tmp_path, sink)
        asyncio.run(whole(teller))
        assert told(sink) == ["This is wrong. That is worse."]


def test_a_condition_of_a_process_that_is_gone_is_forgotten_after_a_day(tmp_path: Path) -> None:
    async def whole(teller: Teller) -> None:
        ledger = SqliteLedger.open(teller.path)
        try:
            async with HttpSender() as sender:
                clock = SetClock(NOW)
                left = Alerting(ledger, Delivery(ledger, sender, clock, clock))
                left.shares = True
                its, now = (teller.config, teller.config.channels[0]), teller.now
                await ledger.keep_alerts({"a": Told(now, now)}, ())
                await left.tell([], *its, now + timedelta(hours=24))
                assert {*await ledger.alerts()} == {"a"}
                await left.tell([], *its, now + timedelta(hours=25))
                assert await ledger.alerts() == {}
        finally:
            ledger.close()

    with running_sink() as sink:
        asyncio.run(whole(Teller(tmp_path, sink)))


def test_much_that_is_wrong_is_one_message() -> None:
    alerts = [Alert(f"key{n}", f"Wrong {n}.") for n in range(20_000)]
    said = told_together(alerts)
    assert said.startswith("Wrong 0. Wrong 1. Wrong 2. And 19997 more: ")
    assert told_together(alerts[:3]) == "Wrong 0. Wrong 1. Wrong 2."
    assert " And 1 more: " in told_together(alerts[:4])


class Lost(SqliteLedger):
    """A ledger that cannot be used."""

    async def alerts(self) -> dict[str, Told]:
        raise Unwritable("ledger.db", "is gone")

    async def keep_alerts(self, *_: Any) -> None:
        raise Unwritable("ledger.db", "is gone")


def test_without_a_ledger_the_process_remembers_what_it_told(tmp_path: Path) -> None:
    async def twice(teller: Teller) -> None:
        ledger, clock = Lost.open(teller.path), SetClock(NOW)
        async with HttpSender() as sender:
            alerting = Alerting(ledger, Delivery(ledger, sender, clock, clock))
            for _ in range(2):
                channel = teller.config.channels[0]
                await alerting.tell([WRONG], teller.config, channel, teller.now)
        ledger.close()

    with running_sink() as sink:
        asyncio.run(twice(Teller(tmp_path, sink)))
        assert told(sink) == ["This is wrong."]


def test_an_unexpected_error_tells_its_kind_and_an_expected_one_its_words() -> None:
    assert "ValueError" in of_failure(ValueError("s3cret")).text
    assert "s3cret" not in of_failure(ValueError("s3cret")).text
    assert "ledger.db: is full" in of_failure(Unwritable("ledger.db", "is full\nmore")).text
    assert of_failure(ValueError("a")).key == of_failure(ValueError("b")).key
    kinds = of_failure(ValueError()), of_failure(TypeError()), of_failure(Unwritable("a", "b"))
    assert [kind.key for kind in kinds] == ["tick/ValueError", "tick/TypeError", "tick/Unwritable"]


def test_a_broken_almanac_is_one_condition_told_by_its_first_fault() -> None:
    one, many = of_broken("a.yaml:1: wrong"), of_broken("b.yaml:2: bad\nc\nd")
    assert one.text == (
        "The config or the almanac is broken: a.yaml:1: wrong "
        "The last good version stays in use. `onthisday check` says everything."
    )
    assert "broken: b.yaml:2: bad And 2 more. The last" in many.text
    assert one.key == many.key == "broken"


def test_an_enabled_channel_that_is_off_is_told_and_no_other() -> None:
    off = ChannelState("", date(2026, 2, 25), instant(NOW), "410 Gone")
    on = off._replace(off_since=None, off_reason=None)
    channels = channel("gone"), channel("lost"), channel("fine"), channel("new")
    unused = channel("unused", enabled=False)
    states = {"gone": off, "lost": off, "fine": on, "unused": off}
    assert [*of_channels(config(*channels, unused), states)] == [
        Alert(
            f"off/{name}",
            f'Channel "{name}" is switched off: 410 Gone. '
            f"Put it right, then run `onthisday channels test {name}`.",
        )
        for name in ("gone", "lost")
    ]


def test_each_fault_in_the_config_is_a_condition_wherever_it_stands() -> None:
    above, below = (Finding("error", "config", "config.yaml", line, "no url") for line in (1, 9))
    other = above._replace(message="no type")
    first, moved, second = of_faults([above, below, other])
    assert first.text == f"The config is wrong, in {above}."
    assert first.key == moved.key != second.key


@pytest.mark.program
def test_ticks_tell_of_a_channel_that_is_wrong_or_switched_off_once_each(tmp_path: Path) -> None:
    with running_sink() as sink:
        write_almanac(tmp_path, entry_tree("speech"))
        gone = {"name": "gone", "type": "webhook", "url": f"{sink.url}gone",
                "private_addresses": True}  # fmt: skip
        sink.answer = lambda received: Answer(410 if received.path == "/gone" else 200)
        write_channels(tmp_path, ops(sink), gone, {"name": "typo", "type": "?"}, alerts="ops")
        for minute in range(3):
            run(tmp_path, "tick", "--now", f"2026-02-25T09:0{minute}:00Z")
        (text,) = told(sink)
        assert "type must be one of" in text
        assert 'Channel "gone" is switched off: the service answered 410 Gone' in text
        assert "run `onthisday channels test gone`" in text
        write_channels(tmp_path, ops(sink), gone, alerts="ops")
        assert run(tmp_path, "tick").returncode == 0
        write_channels(tmp_path, ops(sink), gone, {"name": "typo", "type": "?"}, alerts="ops")
        run(tmp_path, "tick")
        assert len(told(sink)) == 2
        assert "gone" not in told(sink)[1]


@pytest.mark.program
def test_alerts_must_name_a_channel(tmp_path: Path) -> None:
    write_almanac(tmp_path, entry_tree("speech"))
    room = {"name": "ops-room", "type": "slack", "url": "https://hooks.invalid/"}
    write_channels(tmp_path, room, alerts="ops-rom")
    checked = run(tmp_path, "check")
    assert checked.returncode == 3
    said = 'config.yaml:1: alerts: no channel is named "ops-rom"; did you mean "ops-room"?'
    assert said in checked.stdout
    (tmp_path / "channels.csv").write_text("name,type,url\ncsv,slack,https://hooks.invalid/\n")
    (tmp_path / "channels.csv").chmod(0o600)
    write_channels(tmp_path, alerts="csv", channels_file="channels.csv")
    assert run(tmp_path, "check").returncode == 0


def test_serve_tells_of_a_broken_edit_once_and_of_the_next_one(tmp_path: Path) -> None:
    entries = tmp_path / "almanac" / "entries.jsonl"

    async def ticked(service: Service) -> None:
        await service.tick()
        while service._background is None or not service._background.done():
            await asyncio.sleep(0.01)

    async def whole(service: Service, good: str) -> None:
        async with service.lifespan(None), asyncio.timeout(20):
            for content in ("{", "{{", good, "{"):
                entries.write_text(content)
                aged(entries)
                await ticked(service)

    with running_sink() as sink:
        write_almanac(tmp_path, entry_tree("speech"))
        config = write_channels(tmp_path, ops(sink), alerts="ops")
        service = Service(Workspace(config), every=3600, clock=SetClock(NOW))
        asyncio.run(whole(service, entries.read_text()))
        assert len(told(sink)) == 2
        assert "The config or the almanac is broken: " in told(sink)[0]
        assert "entries.jsonl:1" in told(sink)[0]


def test_nobody_is_told_where_the_alerts_channel_is_off(tmp_path: Path) -> None:
    async def whole(service: Service) -> None:
        async with service.lifespan(None), asyncio.timeout(20):
            while service.health(ready=False)[1]["ticked"] is None:
                await asyncio.sleep(0.01)

    with running_sink() as sink:
        write_almanac(tmp_path, entry_tree("speech"))
        off = {**ops(sink), "enabled": False}
        config = write_channels(tmp_path, off, {"name": "typo", "type": "?"}, alerts="ops")
        asyncio.run(whole(Service(Workspace(config), every=3600, clock=SetClock(NOW))))
        assert told(sink) == []


@pytest.mark.program
def test_a_closed_day_to_come_and_an_almanac_that_shrank_are_told(tmp_path: Path) -> None:
    with running_sink() as sink:
        many = [entry_tree(f"e{n}") for n in range(20)]
        write_almanac(tmp_path, *many)
        write_channels(tmp_path, ops(sink), alerts="ops")
        run(tmp_path, "tick", "--now", "2036-02-25T09:00:00Z", "--force")
        assert told(sink) == []
        write_almanac(tmp_path, *many[:5])
        for _ in range(2):
            assert run(tmp_path, "tick").returncode == 1
        (text,) = told(sink)
        assert "run `onthisday channels reset ops`" in text
        assert "15 of 20 entries are gone" in text
