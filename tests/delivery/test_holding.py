"""Messages that people keep back: a day, a channel, a tag; a channel that waits for a person."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.delivery.keeping import kept_of
from onthisday.delivery.notice import BY_HAND, Hold, Notice
from onthisday.delivery.request_reply import Failure
from onthisday.service.sending.rehearsing import rehearse
from tests.delivery.almanacs import run, write_config
from tests.delivery.fakes import almanac_of, channel, config, entry, instant
from tests.delivery.sink import running_sink
from tests.delivery.stories import World, play

DAY = date(2026, 2, 25)
TAG = Hold(tag="war")
MIXED = almanac_of(
    entry("peace", "1916-02-25"), entry("war-a", "1926-02-25", tags=["war"]),
    entry("war-b", "1936-02-25", tags=["war"]),
)  # fmt: skip
ONE = almanac_of(entry("a", "1956-02-25"), entry("b", "1956-02-26"))


def told(world: World) -> list[list[str]]:
    """Return the ids of the entries of each message that was sent."""
    bodies = (json.loads(request.body)["data"] for request in world.sender.sent)
    return [[each["id"] for each in data["occasions"]] for data in bodies]


def test_a_channel_by_hand_waits_for_a_person_each_day(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        summary = await world.tick("2026-02-25T09:00")
        assert (summary.held, summary.sent) == (1, 0)
        held = await world.notice("room/2026-02-25")
        assert (held.state, held.kept) == ("held", BY_HAND)
        assert "notices release" in (held.reason or "")
        assert (await world.tick("2026-02-25T10:00")).held == 0
        await world.ledger.let_go([held.id])
        assert (await world.tick("2026-02-25T10:01")).sent == 1
        assert (await world.tick("2026-02-26T09:00")).held == 1
        assert told(world) == [["a"]]

    play(tmp_path, config(channel(release="by-hand")), ONE, story)


def test_what_is_released_after_its_day_says_that_it_is_late(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-02-25T09:00")
        await world.ledger.let_go(["room/2026-02-25"])
        await world.tick("2026-02-26T00:30")
        assert json.loads(world.sender.sent[0].body)["data"]["late"] is True

    play(tmp_path, config(channel(release="by-hand")), ONE, story)


def test_what_nobody_releases_expires_and_is_shown(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-02-25T09:00")
        await world.tick("2026-03-06T12:00")
        assert (await world.states())["room/2026-02-25"] == "expired"
        assert world.sender.sent == []

    play(tmp_path, config(channel(release="by-hand")), ONE, story)


@pytest.mark.parametrize(
    ("hold", "sent"),
    [
        (Hold(channel="a"), {"b/2026-02-25"}),
        (Hold(day=DAY), set()),
        (Hold(channel="a", day=DAY), {"b/2026-02-25"}),
        (Hold(day=date(2026, 2, 26)), {"a/2026-02-25", "b/2026-02-25"}),
        (Hold(channel="a", day=date(2026, 2, 26)), {"a/2026-02-25", "b/2026-02-25"}),
    ],
)
def test_a_hold_keeps_back_what_matches_all_of_it(
    tmp_path: Path, hold: Hold, sent: set[str]
) -> None:
    async def story(world: World) -> None:
        await world.ledger.keep_back(hold, world.clock.now())
        await world.tick("2026-02-25T09:00")
        states = await world.states()
        assert {name for name, state in states.items() if state == "sent"} == sent
        assert {state for name, state in states.items() if name not in sent} <= {"held"}
        await world.ledger.end_hold(hold)
        await world.tick("2026-02-25T09:30")
        assert set((await world.states()).values()) == {"sent"}

    play(tmp_path, config(channel("a"), channel("b")), ONE, story)


def test_a_hold_counts_also_for_a_notice_that_was_planned_before_it(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        taken, world.sender.answer = (
            world.sender.answer,
            lambda _: Failure(sent=False, detail="no network"),
        )
        await world.tick("2026-02-25T09:00")
        assert await world.states() == {"room/2026-02-25": "waiting"}
        await world.ledger.keep_back(Hold(channel="room"), world.clock.now())
        world.sender.answer = taken
        await world.tick("2026-02-25T09:30")
        assert await world.states() == {"room/2026-02-25": "held"}
        await world.ledger.end_hold(Hold(channel="room"))
        await world.tick("2026-02-25T10:00")
        assert await world.states() == {"room/2026-02-25": "sent"}

    play(tmp_path, config(channel()), ONE, story)


def test_entries_with_a_held_tag_are_left_out_and_come_alone_and_late(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.ledger.keep_back(TAG, world.clock.now())
        await world.tick("2026-02-25T09:00")
        assert told(world) == [["peace"]]
        assert await world.states() == {
            "room/2026-02-25": "sent",
            "room/2026-02-25/war-a": "held",
            "room/2026-02-25/war-b": "held",
        }
        await world.tick("2026-02-26T08:00")
        await world.ledger.end_hold(TAG)
        await world.tick("2026-02-26T08:30")
        assert told(world) == [["peace"], ["war-a"], ["war-b"]]
        last = json.loads(world.sender.sent[-1].body)
        assert (last["type"], last["data"]["late"]) == ("onthisday.occasion", True)

    play(tmp_path, config(channel()), MIXED, story)


def test_a_message_of_which_every_entry_is_held_is_held_whole(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.ledger.keep_back(TAG, world.clock.now())
        await world.tick("2026-02-25T09:00")
        assert await world.states() == {"room/2026-02-25": "held"}

    library = almanac_of(entry("war-a", "1926-02-25", tags=["war"]))
    play(tmp_path, config(channel()), library, story)


def test_an_entry_of_a_digest_that_is_held_comes_alone_on_its_own_day(tmp_path: Path) -> None:
    library = almanac_of(entry("peace", "1916-03-02"), entry("war-a", "1926-03-05", tags=["war"]))

    async def story(world: World) -> None:
        await world.ledger.keep_back(TAG, world.clock.now())
        await world.tick("2026-03-02T09:00")
        await world.ledger.end_hold(TAG)
        await world.tick("2026-03-02T09:30")
        first, second = (json.loads(request.body) for request in world.sender.sent)
        assert first["type"] == "onthisday.digest"
        assert second["type"] == "onthisday.occasion"
        assert (second["data"]["day"], second["data"]["sent_on"]) == ("2026-03-05", "2026-03-02")

    play(tmp_path, config(channel(post="week")), library, story)


def test_a_released_message_still_leaves_out_what_a_tag_holds(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-02-25T09:00")
        await world.ledger.keep_back(TAG, world.clock.now())
        await world.ledger.let_go(["room/2026-02-25"])
        await world.tick("2026-02-25T09:30")
        assert told(world) == [["peace"]]

    play(tmp_path, config(channel(release="by-hand")), MIXED, story)


def test_a_message_that_may_have_arrived_is_held_whole(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        taken, world.sender.answer = world.sender.answer, lambda _: Failure(True, "cut")
        await world.tick("2026-02-25T09:00")
        await world.ledger.keep_back(TAG, world.clock.now())
        world.sender.answer = taken
        await world.tick("2026-02-25T12:00")
        assert await world.states() == {"room/2026-02-25": "held"}

    play(tmp_path, config(channel()), MIXED, story)


@given(
    st.lists(st.sampled_from([TAG, Hold(channel="room"), Hold(day=DAY), Hold("x"), Hold(tag="y")])),
    st.booleans(),
    st.booleans(),
    st.integers(0, 2),
)
def test_whatever_is_held_nothing_is_lost_and_nothing_held_is_sent(
    holds: list[Hold], by_hand: bool, replayed: bool, doubts: int
) -> None:
    tags = {"peace": (), "war-a": ("war",), "war-b": ("war", "y")}
    notice = Notice("room", DAY, "UTC", tuple(tags), replayed=replayed, doubts=doubts)
    kept = kept_of(notice, holds, tags.__getitem__, by_hand=by_hand)
    rest = [each for each in tags if each not in kept.apart] if kept.by is None else []
    held = {tag for hold in holds if hold.channel != "x" for tag in [hold.tag] if tag}
    assert not any(held & {*tags[each]} for each in rest)
    assert {*rest, *kept.apart} == (set() if kept.by else {*tags})
    if not replayed and (by_hand or any(hold in holds for hold in (Hold("room"), Hold(day=DAY)))):
        assert kept.by is not None


def test_entries_that_are_set_aside_are_counted_and_logged_as_held(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def story(world: World) -> None:
        await world.ledger.keep_back(TAG, world.clock.now())
        with caplog.at_level("INFO", "onthisday"):
            summary = await world.tick("2026-02-25T09:00")
        assert (summary.sent, summary.held) == (1, 2)
        held = {each.getMessage().split(":")[0] for each in caplog.records if "kept" in each.msg}
        states = await world.states()
        assert held == {name for name, state in states.items() if state == "held"}
        assert len(held) == 2

    play(tmp_path, config(channel()), MIXED, story)


def test_a_rehearsal_says_what_would_be_held(tmp_path: Path) -> None:
    settings = config(channel("a"), channel("b", release="by-hand"))

    async def story(world: World) -> None:
        await world.ledger.keep_back(TAG, world.clock.now())
        found = await rehearse(world.ledger, settings, MIXED, instant("2026-02-25T09:00"))
        assert [(each.notice.channel, bool(each.kept)) for each in found] == [
            ("a", False),
            ("b", True),
        ]
        assert [view.id for view in found[0].message.view.occasions] == ["peace"]

    play(tmp_path, settings, MIXED, story)


@pytest.mark.program
def test_people_hold_and_release_with_commands(tmp_path: Path) -> None:
    now = ("--now", "2026-02-25T09:00Z")

    def said(*words: str, code: int = 0, **keys: Any) -> str:
        done = run(tmp_path, *words, **keys)
        assert done.returncode == code, done.stderr
        return (done.stdout or done.stderr).strip()

    with running_sink() as sink:
        write_config(tmp_path, sink.url)
        assert "say what to hold" in said("notices", "hold", code=2)
        assert 'no channel is named "rom"; there is room' in said(
            "notices", "hold", "--channel", "rom", code=1
        )
        assert "No entry has the tag “war”." in said("notices", "hold", "--tag", "war")
        assert said("notices", "release", "--tag", "war") == (
            "the hold has ended; it kept no notice back"
        )
        held = said("notices", "hold", "--channel", "room", "--day", "2026-02-25")
        assert held == (
            "held: channel room, day 2026-02-25; to let it go: "
            "onthisday notices release --channel room --day 2026-02-25"
        )
        assert "would hold room/2026-02-25" in said("tick", *now, "--dry-run")
        assert "1 held until" in said("tick", *now)
        assert "a person holds it back" in said("notices", "list", "--state", "held")
        assert "these would let something go: `release --channel room" in said(
            "notices", "release", code=1
        )
        done = said("notices", "release", "--channel", "room", "--day", "2026-02-25")
        assert done == (
            "1 notice will be sent with the next tick, except what something else keeps back"
        )
        assert said("notices", "release", code=1) == (
            "onthisday: nothing is held; there is no hold"
        )
        assert "1 sent" in said("tick", *now)
        assert len(sink.received) == 1
        write_config(tmp_path, sink.url, release="by-hand")
        later = ("--now", "2027-02-25T09:00Z", "--force")
        assert "1 held until" in said("tick", *later)
        assert said("notices", "release") == "1 notice will be sent with the next tick"
        assert "1 sent" in said("tick", *later)
