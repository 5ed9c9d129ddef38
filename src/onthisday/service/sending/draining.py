"""Draining a bucket: its notices wait in order, and tasks deliver them, more with each answer.

A bucket starts with one task. With each answer it may have one more; with each silence, half as
many. So a host that hangs holds one of the places that all share, and a good one has as many as it
can use. A channel's own notices go one after another. Used by delivering.py.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from onthisday.delivery.notice import Notice

MOST = 192
"""Tasks of a bucket: more than may send at a time, because some wait for the ledger's disk."""

Deliver = Callable[[Notice], Awaitable[bool | None]]
"""Delivers a notice and says whether its host answered; None where it was not asked."""


class Drain:
    """One bucket's notices, and the tasks that deliver them."""

    def __init__(self) -> None:
        self._series: dict[str, deque[tuple[Notice, Deliver]]] = {}
        self._free: deque[str] = deque()
        self._most = 1
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits and nothing is under way."""
        return not self._tasks

    def add(self, notice: Notice, deliver: Deliver) -> None:
        """Take in a notice."""
        series = self._series.get(notice.channel)
        if series is None:
            self._series[notice.channel] = deque([(notice, deliver)])
            self._free.append(notice.channel)
        else:
            series.append((notice, deliver))
        self._start()

    def stop(self) -> None:
        """Forget what no task has taken yet."""
        self._free.clear()
        self._series.clear()

    async def finish(self) -> None:
        """Wait until all is delivered; whoever cancels this waiting cancels no send."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _start(self) -> None:
        """Start a task, where there is one more to be had and something for it to do."""
        if self._free and len(self._tasks) < self._most:
            task = asyncio.create_task(self._work())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _work(self) -> None:
        while self._free and len(self._tasks) <= self._most:
            channel = self._free.popleft()
            notice, deliver = self._series[channel].popleft()
            self._note(answered=await deliver(notice))
            if self._series.get(channel):
                self._free.append(channel)
            else:
                self._series.pop(channel, None)
            self._start()

    def _note(self, *, answered: bool | None) -> None:
        if answered:
            self._most = min(MOST, self._most + 1)
        elif answered is not None:
            self._most = max(1, self._most // 2)
