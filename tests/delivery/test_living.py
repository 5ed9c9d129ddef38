"""No message tells the birth of a person who may be living."""

from pathlib import Path

from onthisday.almanac.entry import Selection
from onthisday.delivery.request_reply import Failure
from onthisday.service.sending.planning import next_message
from tests.delivery.fakes import OK, almanac_of, channel, config, entry, instant
from tests.delivery.stories import World, play
from tests.delivery.test_delivering import told

ADA = entry("ada", "1950-02-25", kind="birth")
OLD = entry("old", "1916-02-25", kind="birth")
WAR = entry("war", "1944-02-25")


def test_a_message_has_no_birth_of_a_person_who_may_be_living(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick()
        assert [told(request) for request in world.sender.sent] == [["old", "war"]]

    play(tmp_path, config(channel()), almanac_of(ADA, OLD, WAR), story)


def test_a_day_with_only_such_a_birth_sends_nothing_and_opens_again_if_it_may_be_told(
    tmp_path: Path,
) -> None:
    async def story(world: World) -> None:
        assert (await world.tick()).sent == 0
        world.library = almanac_of(entry("ada", "1950-02-25", kind="birth", died=True))
        assert (await world.tick("2026-02-25T10:00")).sent == 1
        assert told(world.sender.sent[-1]) == ["ada"]

    play(tmp_path, config(channel()), almanac_of(ADA), story)


def test_a_notice_that_was_planned_before_leaves_out_who_may_be_living_after_all(
    tmp_path: Path,
) -> None:
    async def story(world: World) -> None:
        world.sender.answer = lambda _: Failure(sent=False, detail="down")
        await world.tick()
        world.library = almanac_of(ADA, WAR)
        world.sender.answer = lambda _: OK
        await world.tick("2026-02-25T09:00:06")
        assert told(world.sender.sent[-1]) == ["war"]

    public = entry("ada", "1950-02-25", kind="birth", living="public figure")
    play(tmp_path, config(channel()), almanac_of(public, WAR), story)


def test_the_next_message_of_a_channel_is_no_birth_of_a_person_who_may_be_living() -> None:
    births, now = channel(selection=Selection(kinds=("birth",))), instant("2026-02-20T08:00")
    site = config().site
    assert next_message(births, None, site, almanac_of(ADA), now) is None
