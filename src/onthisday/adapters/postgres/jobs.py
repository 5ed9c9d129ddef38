"""Hand out queues to the processes that share a ledger: implements `Jobs` with PgQueuer.

PgQueuer keeps the jobs in tables beside the ledger's own, so a job is asked for in the transaction
that writes its notices. It wakes the processes (LISTEN/NOTIFY). If a process stops beating, its
jobs move to another one.

What PgQueuer leaves to its user, and what is done here:

- A process that stood still and goes on deletes a job that has moved. So a job says only who may
  try; what may be sent, the ledger says.
- A job that is asked for while another process ends the same job can be lost. So each tick asks
  again (service/sending/sharing.py).
- If the connection breaks, PgQueuer ends, after it has waited for all jobs that have begun. Here a
  job does not keep it waiting (`_Run.do`), and it is started again.
- It asks and listens over one connection, and then each question waits for up to a second. Here it
  has two (`_Driver`). Measured: a job begins 5 ms after it was asked for, and not 2,000.
- One process would take ten jobs at once. Here it takes one after another, so that the others get
  some too.

Opened by app/ledgers.py.
"""

import asyncio
import logging
from collections.abc import Awaitable, Collection
from datetime import timedelta
from importlib.metadata import version
from typing import Any, Self, TypeVar

import psycopg
from pgqueuer.adapters.drivers.psycopg import PsycopgDriver
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.core.qm import QueueManager
from pgqueuer.domain.errors import PgqException
from pgqueuer.domain.models import Job
from pgqueuer.ports.driver import NotifyCallback, TaskManagerPort
from psycopg.sql import SQL, Identifier

from onthisday.adapters.postgres.connections import Connections
from onthisday.delivery.jobs import Work

Result = TypeVar("Result")

Connection = psycopg.AsyncConnection[Any]
STALE = timedelta(seconds=20)
"""If a process has not beaten for so long, its jobs move to another process."""

POLL = timedelta(seconds=5)
"""How often a process looks for jobs that have moved. For other jobs it is woken at once."""

ANSWER = 15.0
"""Seconds. If the database does not answer the engine for so long, the connection counts as lost.
"""

TIDY = 3600.0
"""Seconds. So often the engine's own log is emptied: the ledger has the attempts."""

_LOCK = 0x6A6F6273
"""The number of the lock for making the engine's tables: `jobs` in ASCII."""

_DRAIN = "drain"
"""The name of all our jobs in the engine. A job's payload is the name of its queue."""


async def prepare(connections: Connections) -> None:
    """Make the engine's tables beside the ledger's, or bring them up to date, once.

    The ledger keeps the engine's version. An older engine leaves the tables of a newer one alone.
    """
    if await _is_prepared(connections):
        return
    async with await connections.connected() as connection:  # to close it ends the lock
        await connection.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
        if not await _is_prepared(connections):
            await _install(Queries(PsycopgDriver(connection)))
            await connection.execute("UPDATE ledger SET engine = %s", (version("pgqueuer"),))


async def _is_prepared(connections: Connections) -> bool:
    ((found,),) = await connections.run("SELECT engine FROM ledger")
    return bool(found) and _numbers(found) >= _numbers(version("pgqueuer"))


def _numbers(found: str) -> list[int]:
    return [int(number) for number in found.split(".")[:3] if number.isdecimal()]


async def _install(queries: Queries) -> None:
    if await queries.schema_is_installed():
        await queries.apply_upgrade()
    else:
        await queries.install(create_schema=False)


async def ask(connection: Connection, queues: Collection[str]) -> None:
    """Ask for a job for each queue, in the transaction that this connection is in, if any.

    A queue that has a job already gets no second one.
    """
    names = sorted(queues)  # in one order, so that no two transactions wait for each other
    await Queries(PsycopgDriver(connection)).enqueue(
        [_DRAIN] * len(names),
        [name.encode() for name in names],
        [0] * len(names),
        dedupe_key=[*names],
        on_conflict="skip",
    )


class PostgresJobs:
    """The engine as one process sees it."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._run: _Run | None = None
        self._stopped = False
        self._tasks: set[asyncio.Task[None]] = set()

    async def ask(self, queues: Collection[str]) -> None:
        await self._connections.change(lambda connection: ask(connection, queues))

    async def work(self, work: Work) -> None:
        # It logs each failure of a connection many times, with tracebacks. Here it is raised once.
        logging.getLogger("pgqueuer").setLevel(logging.CRITICAL + 1)
        try:
            with self._connections.explaining():
                await self._take_jobs(work)
        except PgqException as error:
            raise self._connections.refused("does not wake this process any more") from error

    async def stop(self) -> None:
        self._stopped = True
        if self._run is not None:
            self._run.end()
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _take_jobs(self, work: Work) -> None:
        """Take jobs until a connection breaks, or until `stop`."""
        connected = self._connections.connected
        async with await connected() as listening, await connected() as asking:
            driver = _Driver(listening, asking)
            await driver.listen()
            self._run = _Run(driver, work, self._tasks)
            if not self._stopped:
                await self._run.run()


class _Run:
    """One run of the engine, until its connection breaks. ``tasks`` are kept for longer."""

    def __init__(self, driver: "_Driver", work: Work, tasks: set[asyncio.Task[None]]) -> None:
        self._driver, self._work, self._tasks = driver, work, tasks
        self._queries = Queries(driver)
        self._manager = QueueManager(self._queries)
        self._manager.entrypoint(_DRAIN)(self._do)

    async def run(self) -> None:
        tidying = asyncio.create_task(self._tidy())
        try:
            await self._manager.run(
                dequeue_timeout=POLL,
                batch_size=1,
                heartbeat_timeout=STALE,
                shutdown_on_listener_failure=True,
                log_aggregation_interval=timedelta(0),
            )
        finally:
            tidying.cancel()

    def end(self) -> None:
        """Take no more jobs, and do not wait for those that have begun."""
        self._manager.shutdown.set()

    async def _do(self, job: Job) -> None:
        """Work on a queue. Return when it is done, or when the engine must end."""
        task = asyncio.create_task(self._work((job.payload or b"").decode()))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        ends = [
            asyncio.create_task(event.wait())
            for event in (self._manager.shutdown, self._driver.broken)
        ]
        try:
            await asyncio.wait([task, *ends], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for end in ends:
                end.cancel()

    async def _tidy(self) -> None:
        while True:
            await self._queries.clear_queue_log(_DRAIN)
            await asyncio.sleep(TIDY)


class _Driver:
    """Listens over one connection, and asks over another. Implements PgQueuer's `Driver`.

    ``broken`` is set as soon as a question fails.
    """

    def __init__(self, listening: Connection, asking: Connection) -> None:
        self._listening, self._asking = PsycopgDriver(listening), PsycopgDriver(asking)
        self._connection = listening
        self.broken = asyncio.Event()

    async def listen(self) -> None:
        """Listen now. Why: the engine looks whether it is woken before it begins to listen."""
        channel = Identifier(QueueManager(Queries(self._asking)).channel)
        await self._connection.execute(SQL("LISTEN {}").format(channel))

    async def fetch(self, query: str, *args: object) -> list[dict[str, object]]:
        return await self._answered(self._asking.fetch(query, *args))

    async def execute(self, query: str, *args: object) -> str:
        return await self._answered(self._asking.execute(query, *args))

    async def notify(self, channel: str, payload: str) -> None:
        await self._answered(self._asking.notify(channel, payload))

    async def add_listener(self, channel: str, callback: NotifyCallback) -> None:
        await self._listening.add_listener(channel, callback)

    async def _answered(self, question: Awaitable[Result]) -> Result:
        try:
            async with asyncio.timeout(ANSWER):
                return await question
        except BaseException:
            self.broken.set()
            raise

    @property
    def shutdown(self) -> asyncio.Event:
        return self._listening.shutdown

    @property
    def tm(self) -> TaskManagerPort:
        return self._listening.tm

    async def __aenter__(self) -> Self:
        await self._listening.__aenter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._listening.__aexit__(*error)
