from datetime import date, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from onthisday.almanac.entry import Selection
from onthisday.delivery.notice import ChannelState
from onthisday.delivery.request_reply import Failure
from onthisday.delivery.schedule import is_ahead
from onthisday.service.sending.idling import Idle
from onthisday.service.sending.planning import (
    AT_ONCE,
    closed_ahead,
    next_hours,
    next_message,
    plan_and_record,
)
from onthisday.service.sending.resetting import reset
from tests.delivery.fakes import SITE, almanac_of, channel, config, entry, instant
from tests.delivery.stories import World, play

DAILY = almanac_of(*(entry(f"e{day}", f"1956-02-{day}") for day in range(20, 30)))


def test_repeated_ticks_add_nothing(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        for _ in range(3):
            await world.tick("2026-02-25T09:00")
        assert await world.states() == {"room/2026-02-25": "sent"}
        assert len(world.sender.sent) == 1

    play(tmp_path, config(channel()), DAILY, story)


def test_a_channel_begins_on_the_day_it_is_first_seen_even_after_its_hour(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-02-25T23:00")
        assert await world.states() == {"a/2026-02-25": "sent"}
        await world.tick("2026-02-26T09:00")
        assert set(await world.states()) == {"a/2026-02-25", "a/2026-02-26", "b/2026-02-26"}

    play(tmp_path, config(channel("a"), channel("b", starts="tomorrow")), DAILY, story)


def test_more_channels_than_are_planned_at_once_are_all_planned_once(tmp_path: Path) -> None:
    many = config(*(channel(f"c{n}") for n in range(2 * AT_ONCE + 1)))

    async def story(world: World) -> None:
        now = instant("2026-02-25T09:00")
        assert (await plan_and_record(world.ledger, many, DAILY, now)).new == 2 * AT_ONCE + 1
        assert (await plan_and_record(world.ledger, many, DAILY, now)).new == 0

    play(tmp_path, many, DAILY, story)


def test_before_its_hour_a_new_channel_is_remembered_and_waits(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-02-25T08:59")
        assert set(await world.ledger.channels()) == {"room"}
        assert await world.states() == {}
        await world.tick("2026-02-25T09:00")
        assert await world.states() == {"room/2026-02-25": "sent"}

    play(tmp_path, config(channel()), DAILY, story)


def test_a_message_is_due_at_the_hour_of_its_channels_zone(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        assert (await world.tick("2026-02-25T03:29")).sent == 0
        assert (await world.tick("2026-02-25T03:30")).sent == 1  # 09:00 in Kolkata

    play(tmp_path, config(channel(zone="Asia/Kolkata")), DAILY, story)


def test_of_a_crowded_day_a_channel_gets_as_many_as_it_wants_and_none_with_a_tag_that_it_does_not(
    tmp_path: Path,
) -> None:
    many = (
        entry(f"e{n:02}", f"{1901 + n}-02-25", tags=["war"] if n % 2 else []) for n in range(40)
    )

    async def story(world: World) -> None:
        await world.tick("2026-02-25T09:00")
        notices = {notice.id: notice.entries for notice in await world.ledger.notices()}
        assert [len(each) for each in notices.values()] == [3, 20, 1, 1]
        assert "e25" in notices["three/2026-02-25"]  # 100 years ago
        assert all(int(name[1:]) % 2 == 0 for name in notices["peace/2026-02-25"])

    settings = config(
        channel("three", at_most=3),
        channel("peace", selection=Selection(without=("war",))),
        channel("each", at_most=2, post="each"),
    )
    play(tmp_path, settings, almanac_of(*many), story)


def test_a_renamed_channel_is_another_one(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick()
        world.config = config(channel("hall"))
        await world.tick()
        assert set(await world.states()) == {"room/2026-02-25", "hall/2026-02-25"}

    play(tmp_path, config(channel()), DAILY, story)


def test_a_zone_moved_in_mid_day_neither_doubles_nor_skips_a_day(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-02-24T22:00")  # in Tokyo it is the 25th already
        for zone in ("America/Los_Angeles", "Pacific/Kiritimati", "Asia/Tokyo"):
            world.config = config(channel(zone=zone, at=time(0)))
            await world.tick("2026-02-25T23:00")
        days = [notice.day.day for notice in await world.ledger.notices()]
        assert sorted(days) == [25, 26]

    play(tmp_path, config(channel(zone="Asia/Tokyo", at=time(0))), DAILY, story)


def test_post_changed_in_mid_day_repeats_nothing(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick()
        world.config = config(channel(post="each"))
        await world.tick()
        assert await world.states() == {"room/2026-02-25": "sent"}
        await world.tick("2026-02-26T09:00")
        assert "room/2026-02-26/e26" in await world.states()

    play(tmp_path, config(channel()), DAILY, story)


NONE = Selection(("none",))


@pytest.mark.parametrize(
    "changed", [{}, {"zone": "Pacific/Honolulu"}, {"post": "each"}, {"at": time(10)}], ids=str
)
def test_a_filter_widened_opens_no_closed_day(tmp_path: Path, changed: dict[str, Any]) -> None:
    async def story(world: World) -> None:
        await world.tick()
        world.config = config(channel(**changed))
        await world.tick("2026-02-25T12:00")
        assert [*await world.states()] == []

    play(tmp_path, config(channel(selection=NONE)), DAILY, story)


@pytest.mark.parametrize("post", ["day", "each"])
def test_a_day_closed_without_a_notice_opens_again_if_entries_appear_until_it_ends(
    tmp_path: Path, post: str
) -> None:
    ids = {"day": "room/2026-02-25", "each": "room/2026-02-25/late"}
    other = entry("other", "1956-02-26")

    async def story(world: World) -> None:
        await world.tick("2026-02-25T09:00")
        await world.tick("2026-02-25T12:00")
        assert await world.states() == {}
        world.library = almanac_of(other, entry("late"))
        assert (await world.tick("2026-02-25T23:59")).sent == 1
        assert [*await world.states()] == [ids[post]]
        world.library = almanac_of(other, entry("late"), entry("later"))
        assert not any(await world.tick("2026-02-25T23:59"))  # it has a notice now

    play(tmp_path, config(channel(post=post)), almanac_of(other), story)


@pytest.mark.parametrize(
    ("values", "at"),
    [
        ({}, "2026-02-26T00:00"),  # the day has ended
        ({"enabled": False}, "2026-02-25T12:00"),
        ({"starts": "tomorrow"}, "2026-02-25T12:00"),
        ({"selection": NONE}, "2026-02-25T12:00"),
    ],
    ids=str,
)
def test_a_day_opens_again_for_nothing_else(
    tmp_path: Path, values: dict[str, Any], at: str
) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-02-25T09:00")
        world.library = almanac_of(entry("late"))
        world.config = config(channel(**values | {"enabled": True}))
        await world.tick(at)
        assert await world.states() == {}

    play(tmp_path, config(channel(**values)), almanac_of(), story)


def test_a_day_opens_again_while_it_lasts_in_the_zone_of_its_channel(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-02-24T10:00")  # in Kiritimati the 25th begins
        world.library = almanac_of(entry("other", "1956-02-26"), entry("late"))
        assert (await world.tick("2026-02-24T12:00")).sent == 1

    there = channel(zone="Pacific/Kiritimati", at=time(0))
    play(tmp_path, config(there), almanac_of(entry("other", "1956-02-26")), story)


def test_a_day_of_a_channel_that_is_not_enabled_any_more_does_not_open_again(
    tmp_path: Path,
) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-02-25T09:00")
        world.library = almanac_of(entry("late"))
        world.config = config(channel(enabled=False), channel("other"))
        await world.tick("2026-02-25T12:00")
        assert await world.states() == {"other/2026-02-25": "sent"}
        assert world.planned.faults == ()

    play(tmp_path, config(channel()), almanac_of(), story)


def test_a_day_that_has_a_notice_already_does_not_open_again(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-02-25T09:00")  # the clock is ahead, and this is sent too early
        await reset(world.ledger, world.config.channels, instant("2026-02-20T12:00"), 7)
        world.library = almanac_of(entry("other", "1956-02-24"))
        await world.tick("2026-02-24T12:00")
        await world.tick("2026-02-25T12:00")
        world.library = almanac_of(entry("other", "1956-02-24"), entry("late"))
        await world.tick("2026-02-25T13:00")
        assert set(await world.states()) == {"room/2026-02-24/other", "room/2026-02-25/early"}

    play(tmp_path, config(channel(post="each")), almanac_of(entry("early")), story)


def test_one_channel_whose_plan_cannot_be_made_stops_no_other(tmp_path: Path) -> None:
    class Broken(Selection):
        def __hash__(self) -> int:
            raise ValueError("this channel is broken")

    broken = channel("broken", selection=Broken())

    async def story(world: World) -> None:
        assert (await world.tick()).sent == 1
        assert [str(fault) for fault in world.planned.faults] == ["this channel is broken"]

    play(tmp_path, config(broken, channel()), DAILY, story)


def test_a_clock_that_was_ahead_is_told_and_set_back_and_nothing_is_lost_or_doubled(
    tmp_path: Path,
) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-02-23T09:00")
        await world.tick("2036-01-01T09:00")
        assert not any(world.planned.faults)
        await world.tick("2026-02-25T09:00")
        fault = world.planned.faults[0]
        assert str(fault).startswith('channel "room": all days up to 2036-01-01 are closed')
        assert "`onthisday channels reset room`" in str(fault)
        channels, now = world.config.channels, world.clock.now()
        (done,) = await reset(world.ledger, channels, now, world.config.catch_up_days)
        assert (done.before, done.after) == (date(2036, 1, 1), date(2026, 2, 23))
        assert await reset(world.ledger, channels, now, world.config.catch_up_days) == []
        assert (await world.tick("2026-02-25T09:01")).sent == 2
        states = {day: state for day, state in (await world.states()).items() if day < "room/2027"}
        assert states == dict.fromkeys(
            ("room/2026-02-23", "room/2026-02-24", "room/2026-02-25"), "sent"
        )
        assert world.planned.faults == ()

    play(tmp_path, config(channel()), DAILY, story)


def test_a_day_to_come_that_was_sent_is_not_sent_again_after_a_reset(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        assert (await world.tick("2026-02-25T09:00")).sent == 1
        assert (await world.tick("2026-02-27T09:00")).sent == 2
        await world.tick("2036-01-01T09:00")  # the attempts are older than keep_days now
        await world.ledger.prune(world.clock.now())
        world.clock.set("2026-02-25T09:00")
        await reset(world.ledger, world.config.channels, world.clock.now(), 7)
        assert (await world.tick("2026-02-26T09:00")).sent == 0
        assert (await world.tick("2026-02-27T09:00")).sent == 0

    play(tmp_path, config(channel()), DAILY, story)


def test_tomorrow_is_not_too_far_ahead() -> None:
    zone, now = ZoneInfo("UTC"), instant("2026-02-25T23:59")
    assert not is_ahead(date(2026, 2, 26), now, zone)
    assert is_ahead(date(2026, 2, 27), now, zone)
    assert not is_ahead(date(2026, 2, 27), now, ZoneInfo("Asia/Tokyo"))


def test_tomorrow_is_told_by_the_zone_of_the_channel() -> None:
    there = config(channel(zone="Pacific/Kiritimati"))
    state = ChannelState("room", date(2026, 2, 27))
    assert closed_ahead(there, {"room": state}, instant("2026-02-25T12:00")) == []
    assert len(closed_ahead(there, {"room": state}, instant("2026-02-25T09:59"))) == 1


def test_where_nobody_is_sent_to_no_entry_is_missed(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        world.library = almanac_of(*(entry(f"e{n}") for n in range(20)))
        await world.tick()
        world.library = almanac_of(entry("e0"))
        await world.tick("2026-02-25T10:00")
        assert (world.planned.complete, world.planned.faults) == (True, ())

    play(tmp_path, config(channel(enabled=False)), DAILY, story)


def test_a_channel_that_waits_for_a_variable_has_its_days_left_open(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick()
        assert set(await world.ledger.channels()) == {"other"}

    waits = channel(unset=("ROOM_URL",))
    play(tmp_path, config(waits, channel("other")), DAILY, story)


def test_an_almanac_that_changes_is_looked_at_although_nothing_was_due(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        idle = Idle()
        for library, new in ((almanac_of(), 0), (almanac_of(), 0), (almanac_of(entry("late")), 1)):
            now = world.clock.now()
            planned = await plan_and_record(world.ledger, world.config, library, now, idle=idle)
            assert planned.new == new

    play(tmp_path, config(channel()), DAILY, story)


def test_a_clock_set_back_a_day_sends_nothing_again(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-02-25T09:00")
        await world.tick("2026-02-24T09:00")
        await world.tick("2026-02-25T09:00")
        assert len(world.sender.sent) == 1

    play(tmp_path, config(channel()), DAILY, story)


def test_a_disabled_channel_has_its_days_closed_and_is_not_caught_up(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-02-23T09:00")
        world.config = config(channel(enabled=True))
        await world.tick("2026-02-24T08:00")
        await world.tick("2026-02-24T09:00")
        assert set(await world.states()) == {"room/2026-02-24"}

    play(tmp_path, config(channel(enabled=False)), DAILY, story)


def test_days_that_were_missed_are_caught_up_late_and_older_ones_are_shown(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-02-19T12:00")  # nothing falls on the 19th
        await world.tick("2026-02-27T12:00")
        states = await world.states()
        assert states["room/2026-02-27"] == states["room/2026-02-25"] == "sent"
        assert states["room/2026-02-24"] == states["room/2026-02-20"] == "expired"
        late = {str(request.body[60:]).count('"late":true') for request in world.sender.sent[:-1]}
        assert late == {1}
        assert b'"late":false' in world.sender.sent[-1].body

    play(tmp_path, config(channel(), catch_up_days=2), DAILY, story)


def test_a_day_can_be_sent_until_it_is_too_long_ago_in_the_zone_where_it_ends_last(
    tmp_path: Path,
) -> None:
    async def story(world: World) -> None:
        world.sender.answer = lambda _: Failure(sent=False, detail="down")
        await world.tick("2026-02-25T21:00")
        world.config = config(catch_up_days=2)  # the channel is gone, so nothing tries its notice
        await world.tick("2026-02-28T11:59:59")  # in its zone it is the 27th
        assert (await world.notice("room/2026-02-25")).state == "waiting"
        await world.tick("2026-02-28T12:00:00")
        assert (await world.notice("room/2026-02-25")).state == "expired"

    last = channel(zone="Etc/GMT+12")  # 12 hours behind UTC
    play(tmp_path, config(last, catch_up_days=2), DAILY, story)


def test_attempts_are_kept_as_many_days_as_the_config_says(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        for day in (20, 21, 25):
            await world.tick(f"2026-02-{day}T09:00")
        assert await world.ledger.attempts("room/2026-02-20") == ()
        assert len(await world.ledger.attempts("room/2026-02-21")) == 1
        assert await world.states() == {f"room/2026-02-{day}": "sent" for day in range(20, 26)}

    play(tmp_path, config(channel(), keep_days=4), DAILY, story)


@pytest.mark.parametrize(("zone", "oldest"), [("UTC", 27), ("Pacific/Kiritimati", 28)])
def test_expired_days_go_back_no_further_than_what_is_kept(
    tmp_path: Path, zone: str, oldest: int
) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-02-19T09:00")
        await world.tick("2026-03-05T12:00")
        first = min(await world.states())
        assert first == f"room/2026-02-{oldest}"
        notice = await world.notice(first)
        assert (notice.state, notice.due) == ("expired", None)
        assert notice.reason == ("no `serve` or `tick` ran until more than 2 days after its day")

    play(tmp_path, config(channel(zone=zone), catch_up_days=2, keep_days=6), DAILY, story)


def test_a_day_with_nothing_for_the_channel_sends_nothing(tmp_path: Path) -> None:
    library = almanac_of(entry("seventy", "1956-02-25"), entry("seven", "2019-02-25"))
    tenth = channel("tenth", selection=Selection(milestones=(10,)))
    births = channel("births", selection=Selection(kinds=("birth",)))

    async def story(world: World) -> None:
        await world.tick()
        (notice,) = await world.ledger.notices()
        assert (notice.channel, notice.entries) == ("tenth", ("seventy",))

    play(tmp_path, config(tenth, births), library, story)


def test_the_next_message_is_at_the_hour_of_the_next_day_with_an_occasion() -> None:
    found = next_message(channel(), None, SITE, DAILY, instant("2026-03-05T12:00"))
    assert found is not None
    assert found[0] == instant("2027-02-20T09:00")
    assert found[1].id == "e20"


BEGUN = ChannelState("room", date(2026, 2, 25))


@pytest.mark.parametrize(
    ("values", "state", "at"),
    [
        ({}, None, "2026-02-20T09:00"),
        ({}, BEGUN, "2026-02-26T09:00"),
        ({"starts": "tomorrow"}, None, "2026-02-21T09:00"),
        ({"zone": "Pacific/Kiritimati"}, None, "2026-02-20T19:00"),  # the 21st has begun there
        ({"selection": Selection(kinds=("birth",))}, None, None),
    ],
    ids=str,
)
def test_the_next_message_depends_on_what_the_channel_is_and_what_it_had(
    values: dict[str, Any], state: ChannelState | None, at: str | None
) -> None:
    now = instant("2026-02-20T12:00")
    found = next_message(channel(**values), state, SITE, DAILY, now)
    assert (found and found[0]) == (at and instant(at))


def test_the_next_message_knows_where_29_february_goes() -> None:
    leap, now = almanac_of(entry("leap", "1956-02-29")), instant("2026-02-20T12:00")
    site = SITE._replace(leap_day="mar-1")
    found = next_message(channel(), None, site, leap, now)
    assert found is not None
    assert found[0] == instant("2026-03-01T09:00")


def test_a_known_channel_is_due_at_its_hour_on_the_day_after_the_last_closed_one() -> None:
    there = config(channel(zone="Asia/Kolkata"), channel("unknown"))
    assert [*next_hours(there, {"room": BEGUN})] == [instant("2026-02-26T03:30")]
