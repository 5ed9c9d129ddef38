"""Send the notices of one bucket (a queue for a service or host), several at a time.

A bucket has tasks that send its notices. It begins with one task. Each time the host answers, one
more task is allowed. Each time the host does not answer, only half as many are allowed.

Why: all buckets share a number of places for sending. If a host does not answer, after a while it
takes only one place. A good host takes as many as it can use.

The notices of one channel are sent one after another, in their order. If a notice must wait, its
channel rests: the notice stays the first of its channel, and no task is busy with it. Used by
delivering.py. attempting.py sends each notice.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from typing import NamedTuple

from onthisday.delivery.notice import Notice

MOST = 192
"""The most tasks of a bucket.

There are more tasks than may send at the same time (attempting.AT_ONCE), because some of them wait
for the ledger to write.
"""

Rest = Callable[[], Awaitable[None]]
"""Waits until a channel may go on."""


class Delivered(NamedTuple):
    """What came of a delivery.

    - ``answered``: whether the host answered; None if nothing was sent to it.
    - ``rest``: if set, the notice must be delivered again after this wait.
    """

    answered: bool | None
    rest: Rest | None = None


Deliver = Callable[[Notice], Awaitable[Delivered]]
"""Delivers a notice. It never raises."""


class Drain:
    """The notices of one bucket, and the tasks that deliver them."""

    def __init__(self) -> None:
        self._series: dict[str, deque[tuple[Notice, Deliver]]] = {}
        self._free: deque[str] = deque()
        self._most = 1
        self._tasks: set[asyncio.Task[None]] = set()
        self._resting: set[asyncio.Task[None]] = set()

    @property
    def is_idle(self) -> bool:
        """True if no notice waits and none is being delivered."""
        return not self._tasks and not self._resting

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
        while busy := self._tasks | self._resting:
            await asyncio.wait(busy, return_when=asyncio.FIRST_COMPLETED)

    def _start(self) -> None:
        """Start one more task, if one is allowed and a channel has a notice for it."""
        if self._free and len(self._tasks) < self._most:
            _run(self._work(), self._tasks)

    async def _work(self) -> None:
        while self._free and len(self._tasks) <= self._most:
            channel = self._free.popleft()
            notice, deliver = self._series[channel].popleft()
            delivered = await deliver(notice)
            self._note(answered=delivered.answered)
            if delivered.rest is not None and channel in self._series:
                self._series[channel].appendleft((notice, deliver))
                _run(self._rest(channel, delivered.rest), self._resting)
            else:
                self._go_on(channel)
            self._start()

    async def _rest(self, channel: str, rest: Rest) -> None:
        await rest()
        self._go_on(channel)
        self._start()

    def _go_on(self, channel: str) -> None:
        """Put a channel back into the queue, if it has more notices."""
        if self._series.get(channel):
            self._free.append(channel)
        else:
            self._series.pop(channel, None)

    def _note(self, *, answered: bool | None) -> None:
        if answered:
            self._most = min(MOST, self._most + 1)
        elif answered is not None:
            self._most = max(1, self._most // 2)


def _run(work: Coroutine[None, None, None], tasks: set[asyncio.Task[None]]) -> None:
    """Run something as a task, and keep the task in ``tasks`` until it ends."""
    task = asyncio.create_task(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)
