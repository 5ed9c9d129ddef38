"""An engine in memory that hands out queues to several processes of a test. Implements `Jobs`."""

import asyncio
from collections.abc import Collection

from onthisday.delivery.jobs import Work


class Engine:
    """What all processes share: the queues that were asked for, and those that are worked on."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.done: list[tuple[str, str]] = []
        self.live: set[str] = set()
        self.changed = asyncio.Condition()


class EngineJobs:
    """The engine as the process ``name`` sees it."""

    def __init__(self, engine: Engine, name: str = "one") -> None:
        self._engine, self._name = engine, name
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopped = asyncio.Event()

    async def ask(self, queues: Collection[str]) -> None:
        async with self._engine.changed:
            new = [queue for queue in queues if queue not in self._engine.live]
            self._engine.asked += new
            self._engine.live |= {*new}
            self._engine.changed.notify()

    async def work(self, work: Work) -> None:
        while not self._stopped.is_set():
            async with self._engine.changed:
                await self._engine.changed.wait_for(
                    lambda: self._stopped.is_set() or self._engine.asked
                )
                if self._stopped.is_set():
                    break
                queue = self._engine.asked.pop(0)
                self._engine.changed.notify()
            self._tasks.add(asyncio.create_task(self._do(work, queue)))
            await asyncio.sleep(0)
        await asyncio.gather(*self._tasks)

    async def _do(self, work: Work, queue: str) -> None:
        await work(queue)
        self._engine.live.remove(queue)
        self._engine.done.append((self._name, queue))

    async def stop(self) -> None:
        self._stopped.set()
        async with self._engine.changed:
            self._engine.changed.notify_all()

    async def rest(self) -> None:
        """Wait until no queue is asked for or worked on, in any process."""
        while self._engine.live:
            await asyncio.sleep(0.001)
