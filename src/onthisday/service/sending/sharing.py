"""Use case: send as one of several processes that share a ledger.

An engine hands out queues to the processes (delivery/jobs.py). A process that has the job of a
queue sends what is due there. Each tick asks the engine for the queues that have something due, so
that nothing depends on one message between processes. Called by app/sending.py, if the store is one
that several machines can share.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence

from onthisday.config import Channel
from onthisday.delivery.buckets import Queue
from onthisday.delivery.jobs import Jobs
from onthisday.delivery.ledger import Ledger
from onthisday.delivery.request_reply import Clock
from onthisday.errors import OnThisDayError
from onthisday.service.log_events import event
from onthisday.service.sending.delivering import Delivery, Summary
from onthisday.service.sending.desk import Desk, queue_of
from onthisday.service.sending.pace import REAL_PACE, Pace

log = logging.getLogger("onthisday")

FIRST, LONGEST = 1.0, 15.0
"""Seconds to wait before the engine is asked again, if it fails: the first wait, and the longest.
"""

LOOKS, AGAIN = 4, 5.0
"""If nothing can be taken from a queue: how often a process looks, and the seconds between."""

STEP = 0.5
"""Seconds. While it waits, it asks after each STEP whether the process should end."""


class Sharing:
    """Sends the queues that this process is given."""

    def __init__(
        self, ledger: Ledger, jobs: Jobs, delivery: Delivery, clock: Clock, pace: Pace = REAL_PACE
    ) -> None:
        self._ledger, self._jobs, self._delivery = ledger, jobs, delivery
        self._clock, self._pace = clock, pace
        self._desk: Desk | None = None
        self._queues = _Queues()
        self._busy: set[str] = set()
        self._held: dict[str, Queue] = {}
        self._errors: list[Exception] = []
        self._working: asyncio.Task[None] | None = None
        self._stopped = asyncio.Event()

    async def tick(self, desk: Desk) -> Summary:
        """Ask for the queues that have something due. From now on, use this config and almanac.

        Return what was sent since the last tick. Raise the first error since then, if there is one.

        A notice whose channel is not in the config is left alone. Why: while machines are updated
        one after another, another machine may know the channel already.
        """
        self._desk = desk
        self._delivery.use(desk)
        if self._working is None:
            self._working = asyncio.create_task(self._take_jobs())
        await self._give_back_the_rest()
        due = await self._ledger.due_channels(self._clock.now())
        channels = (desk.channels[name] for name in due if name in desk.channels)
        if names := {queue_of(channel) for channel in channels}:
            await self._jobs.ask(sorted(names))
        errors, self._errors = self._errors, []
        if errors:
            raise errors[0]
        return self._delivery.summary()

    async def stop(self) -> None:
        """Take no more queues. Return when the work on those that it has is done."""
        self._stopped.set()
        if self._working is not None:
            await self._jobs.stop()
            await self._working

    async def _take_jobs(self) -> None:
        """Take jobs until `stop`. If the engine fails, try again, later each time."""
        wait = FIRST
        while not self._stopped.is_set():
            began = self._pace.now()
            try:
                await self._jobs.work(self._work)
            except OnThisDayError as error:
                _log_failed(error)
            except Exception:
                log.exception("work is not handed out", extra=event("jobs.failed"))
            wait = FIRST if self._pace.now() - began > LONGEST else min(2 * wait, LONGEST)
            await self._wait(wait)

    async def _work(self, name: str) -> None:
        """Send what is due in the queue ``name``, if this process knows it. Then give it back."""
        assert self._desk is not None
        queue = self._queues.of(tuple(self._desk.channels.values())).get(name)
        if queue is None or name in self._busy:
            return
        self._busy.add(name)
        self._held[name] = queue
        try:
            await self._drain(self._desk, queue)
        except Exception as error:  # noqa: BLE001 - the next tick tells it
            self._errors.append(error)
        finally:
            self._busy.remove(name)
            await self._give_back(queue)

    async def _drain(self, desk: Desk, queue: Queue) -> None:
        """Send what is due in a queue. If nothing can be taken, look again a few times.

        Why: if a process dies, its job may move some seconds before the ledger calls the process
        dead. Until then nobody can take its notices.
        """
        for _ in range(LOOKS):
            if await self._delivery.drain(desk, queue):
                return
            await self._wait(AGAIN)
            desk.put_back -= queue.channels  # of these, nothing was sent in this call

    async def _wait(self, seconds: float) -> None:
        """Wait, but not longer than until `stop`."""
        until = self._pace.now() + seconds
        while not self._stopped.is_set() and self._pace.now() < until:
            await self._pace.sleep(STEP)

    async def _give_back_the_rest(self) -> None:
        """Give back the queues that could not be given back when their work was done."""
        for name, queue in [*self._held.items()]:
            if name not in self._busy:
                await self._give_back(queue)

    async def _give_back(self, queue: Queue) -> None:
        try:
            await self._ledger.release(self._clock.now(), queue)
        except OnThisDayError as error:
            self._errors.append(error)
        else:
            self._held.pop(queue.name, None)


def _log_failed(error: OnThisDayError) -> None:
    words = "the work is not handed out now, and is asked for again: %s"
    log.warning(words, error, extra=event("jobs.failed", reason=str(error)))


class _Queues:
    """Remembers the queues of a config. With very many channels, to find them takes a second."""

    def __init__(self) -> None:
        self._channels: Sequence[Channel] = ()
        self._found: Mapping[str, Queue] = {}

    def of(self, channels: Sequence[Channel]) -> Mapping[str, Queue]:
        """Return the queues of these channels, by their names."""
        if channels != self._channels:
            names: dict[str, set[str]] = {}
            for channel in channels:
                names.setdefault(queue_of(channel), set()).add(channel.name)
            self._found = {name: Queue(name, frozenset(its)) for name, its in names.items()}
            self._channels = channels
        return self._found
