"""The engine on PostgreSQL hands out queues: at once, each to one process, also after trouble."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import psycopg
import pytest

from onthisday.adapters.postgres.postgres_ledger import PostgresLedger
from onthisday.delivery.notice import Notice, Plan
from onthisday.errors import OnThisDayError
from tests.delivery.postgres_server import new_database
from tests.delivery.test_ledger import DAY, NOW

pytestmark = pytest.mark.program


class Worker:
    """A process that notes which queues it was given, and works on them for as long as told."""

    def __init__(self, ledger: PostgresLedger) -> None:
        self.ledger, self.jobs = ledger, ledger.jobs()
        self.given: list[str] = []
        self.may_end = asyncio.Event()
        self.may_end.set()
        self._task: asyncio.Task[None] | None = None

    async def work(self, queue: str) -> None:
        self.given.append(queue)
        await self.may_end.wait()

    async def got(self, count: int, seconds: float = 20) -> list[str]:
        async with asyncio.timeout(seconds):
            while len(self.given) < count:
                await asyncio.sleep(0.01)
        return self.given

    async def begin(self) -> None:
        self._task = asyncio.create_task(self.jobs.work(self.work))
        await asyncio.sleep(0.5)

    async def ended(self) -> None:
        """Return when `work` has returned; raise what it raised."""
        assert self._task is not None
        await self._task

    async def stop(self) -> None:
        self.may_end.set()
        await self.jobs.stop()
        await self.ended()


@asynccontextmanager
async def worker(address: str) -> AsyncIterator[Worker]:
    ledger = await PostgresLedger.open(address)
    try:
        yield Worker(ledger)
    finally:
        await ledger.close()


def play(story: Callable[[Worker, str], Awaitable[None]]) -> None:
    address = new_database()

    async def whole() -> None:
        async with worker(address) as alone:
            await story(alone, address)

    asyncio.run(whole())


def plan(channel: str, queue: str) -> Plan:
    return Plan(channel, None, DAY, (Notice(channel, DAY, "UTC", ("a",), due=NOW),), queue=queue)


def test_planned_notices_wake_a_process_at_once_with_one_job_for_each_queue() -> None:
    async def story(alone: Worker, _: str) -> None:
        await alone.begin()
        plans = [plan("a1", "one"), plan("a2", "one"), plan("b", "two")]
        await alone.ledger.open_days(plans, NOW)
        assert sorted(await alone.got(2, 3)) == ["one", "two"]
        await alone.stop()

    play(story)


def test_a_queue_is_worked_on_by_one_process_at_a_time() -> None:
    async def story(one: Worker, address: str) -> None:
        async with worker(address) as two:
            await one.begin()
            await two.begin()
            one.may_end.clear()
            two.may_end.clear()
            for _ in range(3):
                await one.jobs.ask(["a", "b", "c", "d"])
                await asyncio.sleep(0.2)
            assert sorted(one.given + two.given) == ["a", "b", "c", "d"]
            await asyncio.gather(one.stop(), two.stop())

    play(story)


def test_the_engine_that_lost_its_connection_takes_jobs_again_while_the_old_ones_go_on() -> None:
    async def story(alone: Worker, address: str) -> None:
        await alone.begin()
        alone.may_end.clear()
        await alone.jobs.ask(["slow"])
        await alone.got(1)
        cut(address)
        with pytest.raises(OnThisDayError, match="cut"):
            await asyncio.wait_for(alone.ended(), 20)
        await alone.begin()
        await alone.jobs.ask(["next"])
        assert (await alone.got(2))[1] == "next"
        await alone.stop()

    play(story)


def cut(address: str) -> None:
    """Cut all connections to a database but this one."""
    sql = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()"""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql)


HANGS = """
import asyncio, sys
from onthisday.adapters.postgres.postgres_ledger import PostgresLedger

async def hang(queue):
    print(queue, flush=True)
    await asyncio.sleep(60)

async def main():
    ledger = await PostgresLedger.open(sys.argv[1])
    await ledger.jobs().work(hang)

asyncio.run(main())
"""


@pytest.mark.kills
def test_a_job_of_a_process_that_was_killed_moves_when_it_has_not_beaten_for_a_while() -> None:
    async def story(other: Worker, address: str) -> None:
        with subprocess.Popen(
            [sys.executable, "-c", HANGS, address], stdout=subprocess.PIPE, text=True
        ) as gone:
            assert gone.stdout is not None
            await other.jobs.ask(["a"])
            assert await asyncio.to_thread(gone.stdout.readline) == "a\n"
            gone.kill()
        await other.begin()
        aged = "UPDATE onthisday.pgqueuer SET heartbeat = now() - interval '21 seconds'"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(aged)
        assert await other.got(1, 8) == ["a"]
        await other.stop()

    play(story)


def test_many_processes_that_open_a_new_database_at_once_make_one_engine() -> None:
    address = new_database()

    async def whole() -> None:
        ledgers = await asyncio.gather(*(PostgresLedger.open(address) for _ in range(6)))
        await asyncio.gather(*(each.jobs().ask(["a"]) for each in ledgers))
        for each in ledgers:
            await each.close()

    asyncio.run(whole())
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT count(*) FROM onthisday.pgqueuer").fetchone() == (1,)
