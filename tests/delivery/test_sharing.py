"""Several processes share one ledger: an engine hands out the queues, and the ledger decides."""

import asyncio
import json
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from onthisday.adapters.sqlite.sqlite_ledger import SqliteLedger
from onthisday.config import Config, Secret
from onthisday.delivery.buckets import SHARDS, Bucket, Budget, Queue, queue_name
from onthisday.delivery.notice import Notice
from onthisday.delivery.pauses import Pause
from onthisday.delivery.request_reply import Reply, Request, Verdict
from onthisday.delivery.retries import settle
from onthisday.errors import Unwritable
from onthisday.service.sending.desk import Desk, queue_of
from onthisday.service.sending.idling import Idle
from onthisday.service.sending.pace import Pace
from onthisday.service.sending.planning import plan_and_record
from onthisday.service.sending.sharing import Sharing
from tests.delivery.engine import Engine, EngineJobs
from tests.delivery.fakes import OK, almanac_of, channel, config, entry
from tests.delivery.stories import World, opened

LIBRARY = almanac_of(entry("first"))
DAY = date(2026, 2, 25)

MANY = config(*(channel(f"c{n:02}", url=Secret(f"https://h{n}.example/")) for n in range(40)))


class Process:
    """One of the processes that share a ledger."""

    def __init__(self, world: World, jobs: EngineJobs) -> None:
        self.world, self.jobs = world, jobs
        self._seconds = 0.0
        pace = Pace(lambda: self._seconds, self._sleep)
        self.sharing = Sharing(world.ledger, jobs, world.delivery, world.clock, pace)
        self.after: dict[float, Callable[[], None]] = {}

    async def _sleep(self, seconds: float) -> None:
        """Wait without taking time. Call what is to happen ``after`` so many seconds."""
        self._seconds += seconds
        for when in [when for when in self.after if when <= self._seconds]:
            self.after.pop(when)()
        await asyncio.sleep(0)

    async def tick(self, *, plan: bool = True) -> int:
        """Do one tick, as `serve` does; without ``plan`` as `work` does. Return what was sent."""
        world = self.world
        if plan:
            await plan_and_record(world.ledger, world.config, world.library, world.clock.now())
        desk = Desk(world.config, world.library, None, complete=True, shares=True)
        return (await self.sharing.tick(desk)).sent


@asynccontextmanager
async def process(
    folder: Path, engine: Engine, settings: Config, name: str = "one"
) -> AsyncIterator[Process]:
    async with opened(folder) as ledger:
        its = Process(World(ledger, settings, LIBRARY), EngineJobs(engine, name))
        yield its
        await asyncio.gather(its.world.delivery.stop(), its.sharing.stop())


def play(folder: Path, settings: Config, story: Callable[[Process], Awaitable[None]]) -> None:
    async def whole() -> None:
        async with process(folder, Engine(), settings) as alone:
            await story(alone)

    asyncio.run(whole())


def test_each_queue_is_sent_by_one_of_two_processes_and_each_notice_once(tmp_path: Path) -> None:
    async def whole() -> None:
        engine = Engine()
        async with (
            process(tmp_path, engine, MANY) as one,
            process(tmp_path, engine, MANY, "two") as two,
        ):
            assert await two.tick(plan=False) == 0
            await one.tick()
            await two.tick(plan=False)
            await one.jobs.rest()
            sent = [json.loads(r.body)["data"]["channel"] for r in
                    (*one.world.sender.sent, *two.world.sender.sent)]  # fmt: skip
            assert sorted(sent) == sorted(each.name for each in MANY.channels)
            assert one.world.sender.sent
            assert two.world.sender.sent
            assert await one.tick() + await two.tick() == len(sent)
            assert {*Counter(queue for _, queue in engine.done)} == {
                queue_of(each) for each in MANY.channels
            }

    asyncio.run(whole())


def test_what_comes_while_a_queue_is_worked_on_is_sent_with_the_next_tick(tmp_path: Path) -> None:
    async def story(alone: Process) -> None:
        world, answered = alone.world, asyncio.Event()
        world.sender.send = held(world, answered)  # type: ignore[assignment, method-assign]
        await alone.tick()
        while not world.sender.sent:
            await asyncio.sleep(0.001)
        world.config = config(channel(), channel("later"))
        await alone.tick()
        answered.set()
        await alone.jobs.rest()
        await alone.tick()
        await alone.jobs.rest()
        assert {*(await world.states()).values()} == {"sent"}
        assert len(world.sender.sent) == 2

    play(tmp_path, config(channel()), story)


def held(world: World, answered: asyncio.Event) -> Callable[[Request], Awaitable[Reply]]:
    """Return what sends nothing, and answers as soon as it may."""

    async def send(request: Request) -> Reply:
        world.sender.sent.append(request)
        await answered.wait()
        return OK

    return send


def test_a_channel_that_only_another_process_knows_yet_is_left_to_that_one(tmp_path: Path) -> None:
    async def whole() -> None:
        engine = Engine()
        newer = config(channel(), channel("new"))
        async with (
            process(tmp_path, engine, newer) as knows,
            process(tmp_path, engine, config(channel()), "older") as older,
        ):
            await plan_and_record(knows.world.ledger, newer, LIBRARY, knows.world.clock.now())
            await older.tick(plan=False)
            await older.jobs.rest()
            notice = await older.world.notice("new/2026-02-25")
            assert (notice.state, notice.due) == ("waiting", older.world.clock.now())
            await knows.tick()
            await knows.jobs.rest()
            await knows.tick()
            await knows.jobs.rest()
            assert {*(await knows.world.states()).values()} == {"sent"}

    asyncio.run(whole())


def test_a_process_whose_almanac_is_older_leaves_no_entry_out(tmp_path: Path) -> None:
    async def story(alone: Process) -> None:
        world, newer = alone.world, almanac_of(entry("first"), entry("second"))
        await plan_and_record(world.ledger, world.config, newer, world.clock.now())
        await alone.tick(plan=False)
        await alone.jobs.rest()
        assert world.sender.sent == []
        world.clock.set("2026-02-25T09:00:30")
        world.library = newer
        await alone.tick(plan=False)
        await alone.jobs.rest()
        (sent,) = world.sender.sent
        assert [each["id"] for each in json.loads(sent.body)["data"]["occasions"]] == [
            "first",
            "second",
        ]

    play(tmp_path, config(channel()), story)


def test_an_entry_that_was_taken_away_is_left_out_after_ten_minutes(tmp_path: Path) -> None:
    async def story(alone: Process) -> None:
        world, before = alone.world, almanac_of(entry("first"), entry("gone"))
        await plan_and_record(world.ledger, world.config, before, world.clock.now())
        world.clock.set("2026-02-25T09:10:00")
        await alone.tick(plan=False)
        await alone.jobs.rest()
        assert [*(await world.states()).values()] == ["sent"]

    play(tmp_path, config(channel()), story)


def test_two_machines_that_compiled_the_same_entries_write_nothing_in_turns(tmp_path: Path) -> None:
    class Elsewhere(type(LIBRARY)):  # type: ignore[misc]
        version = "of another machine"

    async def story(alone: Process) -> None:
        ledger, now, idle = alone.world.ledger, alone.world.clock.now(), Idle()
        await plan_and_record(ledger, alone.world.config, LIBRARY, now)
        other = Elsewhere(entry("first"), documents=())
        for _ in range(2):
            await plan_and_record(ledger, alone.world.config, other, now, idle=idle)
            assert await ledger.known_version() == (LIBRARY.version, None)
        await plan_and_record(ledger, alone.world.config, almanac_of(entry("new")), now, idle=idle)
        assert await ledger.known_version() == ("new", None)

    play(tmp_path, config(channel()), story)


def test_a_process_that_was_taken_for_dead_sends_nothing_more_of_what_others_hold(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def story(alone: Process) -> None:
        world, answered = alone.world, asyncio.Event()
        world.sender.send = held(world, answered)  # type: ignore[assignment, method-assign]
        await alone.tick()
        while not world.sender.sent:
            await asyncio.sleep(0.001)
        await world.ledger.release(world.clock.now(), Queue("", frozenset({"room"})))
        async with opened(tmp_path) as other:
            taken = await other.lease(world.clock.now(), 9)
            assert [(n.entry, n.doubts) for n in taken] == [("first", 1), ("second", 0)]
            answered.set()
            await alone.jobs.rest()
            assert {*(await world.states()).values()} == {"leased"}
        assert len(world.sender.sent) == 1
        assert [*{getattr(each, "event", None) for each in caplog.records}] == ["notice.taken"]

    with caplog.at_level(logging.WARNING, "onthisday"):
        play_two_entries(tmp_path, story)


def play_two_entries(folder: Path, story: Callable[[Process], Awaitable[None]]) -> None:
    async def two(alone: Process) -> None:
        alone.world.library = almanac_of(entry("first"), entry("second"))
        await story(alone)

    play(folder, config(channel(post="each")), two)


def test_a_pause_that_another_process_was_told_just_before_the_lease_is_kept(
    tmp_path: Path,
) -> None:
    async def story(alone: Process) -> None:
        world = alone.world
        lease, now = world.ledger.lease, world.clock.now()

        async def late(*choice: Any) -> tuple[Notice, ...]:
            async with opened(tmp_path) as other:
                for taken in await other.lease(now, 9):
                    marked = await other.sending(taken, now, hold=False)
                    pause = Pause("channel room", now + timedelta(hours=9), "asked")
                    busy = Verdict("throttled", "busy", 429)
                    await other.settle(settle(marked, busy, now, 0, hold=False, pause=pause))
            world.ledger.lease = lease  # type: ignore[method-assign]
            return await lease(*choice)

        world.ledger.lease = late  # type: ignore[assignment, method-assign]
        await alone.tick()
        await alone.jobs.rest()
        assert world.sender.sent == []
        assert {*(await world.states()).values()} == {"waiting"}

    play(tmp_path, config(channel()), story)


def test_a_bucket_that_was_given_back_is_asked_for_again(tmp_path: Path) -> None:
    async def story(alone: Process) -> None:
        world = alone.world
        await alone.tick()
        await alone.jobs.rest()
        assert len(world.sender.sent) == 1
        await world.ledger.replay("room/2026-02-25", world.clock.now())
        async with opened(tmp_path) as other:
            assert await other.reserve("hooks.example")
            await alone.jobs.ask(["hooks.example"])
            await alone.jobs.rest()
            assert len(world.sender.sent) == 1
        await alone.tick()
        await alone.jobs.rest()
        assert len(world.sender.sent) == 2

    play(tmp_path, config(channel(type="slack")), story)


def test_a_notice_that_others_took_before_it_was_put_aside_is_no_error(tmp_path: Path) -> None:
    async def story(alone: Process) -> None:
        world = alone.world
        lease = world.ledger.lease

        async def slow(*choice: Any) -> tuple[Notice, ...]:
            taken = await lease(*choice)
            await world.ledger.release(world.clock.now())
            async with opened(tmp_path) as other:
                await other.lease(world.clock.now(), 9)
                return taken

        async with opened(tmp_path) as other:
            assert await other.reserve("hooks.example")
            world.ledger.lease = slow  # type: ignore[assignment, method-assign]
            await alone.tick()
            await alone.jobs.rest()
            await alone.tick()
        assert world.sender.sent == []

    play(tmp_path, config(channel(type="slack")), story)


def test_a_job_that_moves_before_its_process_counts_as_dead_is_done_as_soon_as_it_does(
    tmp_path: Path,
) -> None:
    async def whole() -> None:
        async with process(tmp_path, Engine(), config(channel(type="slack"))) as alone:
            gone = SqliteLedger.open(str(tmp_path / "ledger.db"))
            world = alone.world
            await plan_and_record(gone, world.config, LIBRARY, world.clock.now())
            await gone.lease(world.clock.now(), 9)
            assert await gone.reserve("hooks.example")
            alone.after[7] = gone.close
            await alone.tick()
            await alone.jobs.ask(["hooks.example"])
            await alone.jobs.rest()
            assert [*(await world.states()).values()] == ["sent"]

    asyncio.run(whole())


def test_a_queue_that_cannot_be_given_back_is_given_back_with_the_next_tick(tmp_path: Path) -> None:
    async def story(alone: Process) -> None:
        world = alone.world
        release = world.ledger.release

        async def fails(*_: object) -> None:
            raise Unwritable("ledger", "is not there")

        world.ledger.release = fails  # type: ignore[assignment, method-assign]
        await alone.tick()
        await alone.jobs.rest()
        world.ledger.release = release  # type: ignore[method-assign]
        async with opened(tmp_path) as other:
            assert not await other.reserve("hooks.example")
            with pytest.raises(Unwritable, match="is not there"):
                await alone.tick()
            assert await other.reserve("hooks.example")

    play(tmp_path, config(channel(type="slack")), story)


def test_a_bucket_with_a_speed_limit_is_a_queue_and_the_other_hosts_share_some() -> None:
    assert queue_name(Bucket("discord", "discord.com", (Budget("discord", 0.02),))) == "discord"
    names = {queue_name(Bucket(f"h{n}.example", f"h{n}.example")) for n in range(5000)}
    assert len(names) == SHARDS
    assert {name.split()[0] for name in names} == {"hosts"}
    assert queue_name(Bucket("a.example", "a.example")) == "hosts 12"
