from datetime import time
from pathlib import Path

from onthisday.almanac.entry import Selection
from onthisday.service.sending.planning import next_message
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


def test_before_its_hour_a_new_channel_is_remembered_and_waits(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-02-25T08:59")
        assert set(await world.ledger.channels()) == {"room"}
        assert await world.states() == {}
        await world.tick("2026-02-25T09:00")
        assert await world.states() == {"room/2026-02-25": "sent"}

    play(tmp_path, config(channel()), DAILY, story)


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


def test_a_filter_widened_and_entries_added_open_no_closed_day(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick()
        world.config = config(channel())
        world.library = almanac_of(*(entry(f"new{n}") for n in range(100)))
        await world.tick("2026-02-25T12:00")
        assert await world.states() == {}

    play(tmp_path, config(channel(selection=Selection(("none",)))), DAILY, story)


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


def test_expired_days_go_back_no_further_than_what_is_kept(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-02-19T12:00")
        await world.tick("2026-03-05T12:00")
        assert min(await world.states()) == "room/2026-02-27"

    play(tmp_path, config(channel(), catch_up_days=2, keep_days=6), DAILY, story)


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
