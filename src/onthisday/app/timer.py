"""Call a tick every few seconds. APScheduler runs the tick. Nothing else is scheduled.

Why not a daily job for each channel:

- Where clocks go forward at midnight (Cairo, Havana), a daily job skips the whole day. Where they
  go back, it may run twice.
- A daily job misses the days on which the process was stopped.
- If two processes run, a daily job runs twice.

A tick finds out from the ledger what is due. So it does not matter how often it runs.

Why the beat is our own, and not APScheduler's interval: APScheduler compares the time of its next
run with the wall clock. If that clock is set back by a year, an interval waits for a year. If it is
set forward by ten years, an interval first counts all the runs that it missed. The event loop waits
by a clock that only goes forward. So at each beat we give APScheduler a job that is due now.

APScheduler runs the job, never two at once (`max_instances`), and logs what goes wrong in it. A job
that is late still runs (`misfire_grace_time=None`). Jobs are kept only in memory. Each beat comes a
little later (jitter), so that many servers that were started together do not call a service in the
same second. docs/services.md, "The timer", has the facts. Used by app/serving.py.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

EVERY = 30
"""Seconds between ticks.

With this value, an edit is in use within a minute, and a message is sent within a minute.
"""


@asynccontextmanager
async def ticking(tick: Callable[[], Awaitable[None]], every: float = EVERY) -> AsyncIterator[None]:
    """While the block runs, call ``tick`` now, and then about every ``every`` seconds (`pause`).

    At the end of the block, a tick that still runs is cancelled.
    """

    async def until_stopped() -> None:
        with suppress(asyncio.CancelledError):  # the timer stops; this is no error to be logged
            await tick()

    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.start()
    beating = asyncio.create_task(_beat(scheduler, until_stopped, every))
    try:
        yield
    finally:
        beating.cancel()
        scheduler.pause()  # from here on, it starts no job
        # APScheduler logs a failure if it cancels a job that has not begun. So let it begin first.
        await asyncio.sleep(0)
        scheduler.shutdown(wait=False)


async def _beat(
    scheduler: AsyncIOScheduler, tick: Callable[[], Awaitable[None]], every: float
) -> None:
    while True:
        # Without a trigger, the job is due now, once. A job that waits already is replaced.
        scheduler.add_job(
            tick, id="tick", replace_existing=True, misfire_grace_time=None, max_instances=1
        )
        await asyncio.sleep(pause(every, random.random()))  # noqa: S311  nothing here is secret


def pause(every: float, jitter: float) -> float:
    """Return how many seconds to wait between two beats: up to a sixth more than ``every``.

    ``jitter`` is from 0 to 1.
    """
    return every + jitter * every / 6
