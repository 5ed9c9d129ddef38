"""Send the notices of one bucket (a queue for a service or host), several at a time.

A bucket has tasks that send its notices. It begins with one task. Each time the host answers, one
more task is allowed. Each time the host does not answer, only half as many are allowed.

Why: all buckets share a number of places for sending. If a host does not answer, after a while it
takes only one place. A good host takes as many as it can use.

The notices of one channel are sent one after another, in their order. Used by delivering.py, which
sends each notice.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from onthisday.delivery.notice import Notice

MOST = 192
"""The most tasks of a bucket.

There are more tasks than may send at the same time (delivering.AT_ONCE), because some of them wait
for the ledger to write.
"""

Deliver = Callable[[Notice], Awaitable[bool | None]]
"""Delivers a notice. Returns whether its host answered; None if nothing was sent to it."""


class Drain:
    """The notices of one bucket, and the tasks that deliver them."""

    def __init__(self) -> None:
        self._series: dict[str, deque[tuple[Notice, Deliver]]] = {}
        self._free: deque[str] = deque()
        self._most = 1
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def is_idle(self) -> bool:
        """True if no notice waits and none is being delivered."""
        return not self._tasks

    def add(self, notice: Notice, deliver: Deliver) -> None:
        """Put a notice at the end of its channel's queue."""
        series = self._series.get(notice.channel)
        if series is None:
            self._series[notice.channel] = deque([(notice, deliver)])
            self._free.append(notice.channel)
        else:
            series.append((notice, deliver))
        self._start()

    def stop(self) -> None:
        """Drop the notices that no task has taken yet."""
        self._free.clear()
        self._series.clear()

    async def finish(self) -> None:
        """Wait until all notices are delivered. If this wait is cancelled, the deliveries go on."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _start(self) -> None:
        """Start one more task, if one is allowed and a channel has a notice for it."""
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
