import asyncio
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from onthisday.delivery.notice import Notice
from onthisday.delivery.request_reply import Reply
from onthisday.delivery.retries import Settlement
from onthisday.errors import Unwritable
from onthisday.service.sending.delivering import Delivery
from tests.delivery.fakes import OK, almanac_of, channel, config, entry
from tests.delivery.stories import World, play

LIBRARY = almanac_of(entry("first"))
ROOM = "room/2026-02-25"


class Locked:
    """A ledger that takes no outcome for some time, as if another program had locked it.

    ``times``: how often it refuses. ``done``: it makes the change all the same.
    """

    def __init__(self, world: World, times: int, *, done: bool = False) -> None:
        self._ledger, self._left, self._done = world.ledger, times, done

    def __getattr__(self, name: str) -> object:
        return getattr(self._ledger, name)

    async def settle(self, settlement: Settlement) -> None:
        self._left -= 1
        if self._done or self._left < 0:
            await self._ledger.settle(settlement)
        if self._left >= 0:
            raise Unwritable("ledger.db", "another program has held it for a minute")


@pytest.mark.parametrize("done", [False, True])
def test_a_known_outcome_is_recorded_as_soon_as_the_ledger_can_be_written(
    tmp_path: Path, *, done: bool
) -> None:
    async def story(world: World) -> None:
        ledger = Locked(world, 7, done=done)
        pace = world.clock.pace
        world.delivery = Delivery(ledger, world.sender, world.clock, world.clock, pace)  # type: ignore[arg-type]
        assert (await world.tick()).sent == 1
        assert await world.states() == {ROOM: "sent"}
        assert not any(await world.tick())
        assert len(world.sender.sent) == 1

    play(tmp_path, config(channel()), LIBRARY, story)


def test_a_pause_that_is_not_recorded_yet_is_kept(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        ledger, pace = Locked(world, 3), world.clock.pace
        world.delivery = Delivery(ledger, world.sender, world.clock, world.clock, pace)  # type: ignore[arg-type]
        world.sender.answer = lambda _: Reply(503, {"retry-after": "3600"}, b"")
        ticking = asyncio.create_task(world.tick())
        while not world.sender.sent:
            await asyncio.sleep(0)
        await world.delivery.deliver(world.config, LIBRARY, wait=False)
        await ticking
        assert len(world.sender.sent) == 1
        assert len(await world.ledger.pauses()) == 1

    play(tmp_path, config(channel(post="each")), almanac_of(entry("a"), entry("b")), story)


def test_a_refusal_for_haste_that_is_recorded_late_lets_no_later_message_go_first(
    tmp_path: Path,
) -> None:
    async def story(world: World) -> None:
        ledger, pace = Locked(world, 30), world.clock.pace  # for longer than the pause
        world.delivery = Delivery(ledger, world.sender, world.clock, world.clock, pace)  # type: ignore[arg-type]
        tired = Reply(429, {"retry-after": "120"}, b"")
        world.sender.answer = lambda _: tired if len(world.sender.sent) == 1 else OK
        summary = await world.tick()
        assert (summary.waiting, summary.postponed, len(world.sender.sent)) == (1, 1, 1)
        assert (await world.tick()).sent == 2
        first, again, second = (dict(each.headers)["webhook-id"] for each in world.sender.sent)
        assert first == again != second

    play(tmp_path, config(channel(post="each")), almanac_of(entry("a"), entry("b")), story)


def test_a_ledger_that_fails_before_a_message_lets_no_later_one_go_first(tmp_path: Path) -> None:
    class Full(Locked):
        """A ledger that cannot mark the first message as `sending`."""

        async def sending(self, notice: Notice, now: datetime, *, hold: bool) -> Notice:
            self._left -= 1
            if self._left >= 0:
                raise Unwritable("ledger.db", "the disk is full")
            return await self._ledger.sending(notice, now, hold=hold)

        async def settle(self, settlement: Settlement) -> None:
            await self._ledger.settle(settlement)

    async def story(world: World) -> None:
        ledger, pace = Full(world, 1), world.clock.pace
        world.delivery = Delivery(ledger, world.sender, world.clock, world.clock, pace)  # type: ignore[arg-type]
        with pytest.raises(Unwritable):
            await world.tick()
        assert world.sender.sent == []
        assert (await world.tick()).sent == 2

    play(tmp_path, config(channel(post="each")), almanac_of(entry("a"), entry("b")), story)


def test_a_process_that_ends_tries_a_little_longer_and_then_says_what_is_lost(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def story(world: World) -> None:
        ledger, pace = Locked(world, 10**6), world.clock.pace
        world.delivery = Delivery(ledger, world.sender, world.clock, world.clock, pace)  # type: ignore[arg-type]
        ticking = asyncio.create_task(world.tick())
        while not world.sender.sent:
            await asyncio.sleep(0)
        await world.delivery.stop()
        with pytest.raises(Unwritable):
            await ticking
        assert f"{ROOM}: the outcome was sent, but it could not be recorded" in caplog.text
        (attempt,) = await world.ledger.attempts(ROOM)
        assert attempt.outcome == "unknown"

    play(tmp_path, config(channel()), LIBRARY, story)


@pytest.mark.slow
def test_a_ledger_that_is_locked_for_longer_than_it_is_waited_for_doubles_nothing(
    tmp_path: Path,
) -> None:
    async def story(world: World) -> None:
        loop = asyncio.get_running_loop()
        with closing(sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)) as other:

            def answer(_: object) -> Reply:
                other.execute("BEGIN IMMEDIATE")
                loop.call_later(3, other.execute, "ROLLBACK")
                return OK

            world.sender.answer = answer
            await world.ledger._do(lambda rows: rows.execute("PRAGMA busy_timeout = 100"))
            await world.tick()
        assert await world.states() == {ROOM: "sent"}
        assert len(world.sender.sent) == 1

    play(tmp_path, config(channel()), LIBRARY, story)
