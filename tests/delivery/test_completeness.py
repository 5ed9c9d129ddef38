from datetime import timedelta
from pathlib import Path

import pytest

from onthisday.delivery.notice import Known
from onthisday.service.sending.completeness import compared
from onthisday.service.sending.faults import ManyGone
from tests.delivery.fakes import almanac_of, channel, config, entry, instant
from tests.delivery.stories import World, play

NOW = instant("2026-02-25T09:00")
TWENTY = [entry(f"e{n}") for n in range(18)] + [entry("x", "1970-02-26"), entry("y", "1970-02-27")]
WHOLE = almanac_of(*TWENTY)


def known(count: int, **values: object) -> Known:
    return Known("old", frozenset(map(str, range(count))))._replace(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "left", "missing"),
    [(20, 18, False), (20, 17, True), (3, 2, False), (3, 1, True), (2, 0, True), (1, 0, False),
     (0, 0, False), (20, 25, False)],
)  # fmt: skip
def test_many_are_gone_if_it_is_more_than_a_tenth_and_two(
    before: int, left: int, *, missing: bool
) -> None:
    now = compared(known(before), "new", known(left).entries, NOW)
    assert (now.missing_since is not None) == missing
    assert len(now.entries) == (before if missing else left)


def test_entries_that_are_replaced_by_as_many_others_are_gone() -> None:
    assert compared(known(20), "new", frozenset("abcdefghijklmnopqrst"), NOW).missing_since == NOW


def test_after_a_quarter_of_an_hour_what_is_gone_counts_as_deleted() -> None:
    missing = known(20, missing_since=NOW)
    for minutes, since in ((0, NOW), (14.9, NOW), (15, None)):
        later = NOW + timedelta(minutes=minutes)
        assert compared(missing, "new", frozenset("1"), later).missing_since == since


def test_a_clock_set_back_does_not_make_the_wait_longer() -> None:
    earlier = NOW - timedelta(days=400)
    missing = compared(known(20, missing_since=NOW), "new", frozenset("1"), earlier)
    assert missing.missing_since == earlier


def test_no_day_is_closed_while_much_of_the_almanac_is_gone(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-02-25T08:00")
        world.library = almanac_of(*TWENTY[:1], *TWENTY[-2:])
        await world.tick("2026-02-25T09:00")
        (fault,) = world.planned.faults
        assert isinstance(fault, ManyGone)
        assert str(fault).startswith("the almanac: 17 of 20 entries are gone since the last tick")
        assert await world.states() == {}
        world.library = WHOLE
        await world.tick("2026-02-25T09:14")
        assert world.planned.faults == ()
        assert len((await world.notice("room/2026-02-25")).entries) == 18

    play(tmp_path, config(channel()), WHOLE, story)


def test_a_deletion_that_lasts_is_believed_after_a_quarter_of_an_hour(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-02-25T08:00")
        world.library = almanac_of(*TWENTY[:1], *TWENTY[-2:])
        await world.tick("2026-02-25T09:00")
        await world.tick("2026-02-25T09:15")
        assert world.planned.faults == ()
        assert (await world.notice("room/2026-02-25")).entries == ("e0",)

    play(tmp_path, config(channel()), WHOLE, story)


def test_a_notice_is_not_sent_with_a_part_of_its_entries_meanwhile(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick("2026-02-25T09:00")
        await world.ledger.replay("room/2026-02-25", world.clock.now())
        world.library = almanac_of(*TWENTY[:1], *TWENTY[-2:])
        assert (await world.tick("2026-02-25T09:01")).postponed == 1
        world.library = WHOLE
        assert (await world.tick("2026-02-25T09:02")).sent == 1

    play(tmp_path, config(channel()), WHOLE, story)
