"""The engine that hands out queues to the processes of a shared store. It is not always right.

A message that wakes a process may get lost. A job may be handed out twice. The job of a process
that is silent is handed out again.
"""

import asyncio
from collections.abc import Collection
from typing import TYPE_CHECKING

from onthisday.delivery.jobs import Work
from onthisday.errors import OnThisDayError, Unwritable

if TYPE_CHECKING:
    from tests.simulation.processes import Process
    from tests.simulation.store import Store

SILENT = 30.0
"""Seconds after which the job of a silent process is handed out again."""


class Engine:
    """The jobs that are in the store: for each queue, the process that works on it."""

    def __init__(self, store: "Store") -> None:
        self._store = store
        self.jobs: dict[str, Process | None] = {}
        self._waiting: list[asyncio.Future[None]] = []

    def ask(self, queues: Collection[str]) -> None:
        """Add a job for each queue that has none."""
        for queue in queues:
            self.jobs.setdefault(queue, None)
        if self._store.chance.random() < 0.9:
            self.wake()

    def take(self, process: "Process") -> str | None:
        """Hand out a job that nobody does."""
        chance = self._store.chance
        for queue, worker in self.jobs.items():
            is_free = worker is None or worker.seat.silent_for() > SILENT
            if is_free or (worker is not process and chance.random() < 0.02):
                self.jobs[queue] = process
                return queue
        return None

    def done(self, queue: str, process: "Process") -> None:
        """A process has done a job."""
        if self.jobs.get(queue) is process:
            del self.jobs[queue]

    async def changed(self) -> None:
        """Wait until somebody asks for a queue. If there are jobs, look again after a while."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        await asyncio.wait([future], timeout=30.0 if self.jobs else None)

    def wake(self) -> None:
        """Have all processes look for jobs."""
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)


class EngineJobs:
    """The engine as one process sees it. Implements `Jobs`."""

    def __init__(self, store: "Store", process: "Process") -> None:
        self._store, self._engine, self._process = store, store.engine, process
        self._tasks: dict[asyncio.Task[None], None] = {}
        self.is_stopped = False

    @property
    def is_idle(self) -> bool:
        """True if this process does no job."""
        return not self._tasks

    async def ask(self, queues: Collection[str]) -> None:
        await self._reach()
        self._engine.ask(queues)

    async def work(self, work: Work) -> None:
        while not self.is_stopped:
            await self._reach()
            queue = self._engine.take(self._process)
            if queue is None:
                await self._engine.changed()
                continue
            task = asyncio.create_task(self._do(work, queue))
            self._tasks[task] = None
            task.add_done_callback(self._tasks.pop)
        if self._tasks:
            await asyncio.wait([*self._tasks])

    async def _do(self, work: Work, queue: str) -> None:
        await work(queue)
        try:
            await self._reach()
        except OnThisDayError:
            return  # the job is handed out again
        self._engine.done(queue, self._process)

    async def stop(self) -> None:
        self.is_stopped = True
        self._engine.wake()

    async def _reach(self) -> None:
        await asyncio.sleep(self._store.way())
        if not self._store.is_reached_by(self._process):
            await asyncio.sleep(self._store.patience())
            self._store.failures += 1
            raise Unwritable("the engine", "cannot be reached")
