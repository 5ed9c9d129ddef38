"""Call a tick every few seconds, with APScheduler. Nothing else is scheduled.

Why not a daily job for each channel:

- Where clocks go forward at midnight (Cairo, Havana), a daily job skips the whole day. Where they
  go back, it may run twice.
- A daily job misses the days on which the process was stopped.
- If two processes run, a daily job runs twice.

A tick finds out from the ledger what is due. So it does not matter how often it runs.

For the same reason, jobs are kept only in memory. A tick that is late still runs
(`misfire_grace_time=None`). Several late ticks run as one (`coalesce`). Each tick comes a little
earlier or later (jitter), so that many servers that were started together do not call a service in
the same second. docs/services.md, "The timer", has the facts. Used by app/serving.py.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

EVERY = 30
"""Seconds between ticks.

With this value, an edit is in use within a minute, and a message is sent within a minute.
"""


def start(tick: Callable[[], Awaitable[None]], every: int = EVERY) -> Callable[[], None]:
    """Call ``tick`` now, and then every ``every`` seconds. Return a function that stops this."""
    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(
        tick,
        trigger(every),
        misfire_grace_time=None,
        coalesce=True,
        max_instances=1,
        next_run_time=datetime.now(UTC),
    )
    scheduler.start()
    return lambda: scheduler.shutdown(wait=False)


def trigger(every: int = EVERY) -> IntervalTrigger:
    """Return when ticks run: every ``every`` seconds, at random up to a sixth earlier or later."""
    return IntervalTrigger(seconds=every, jitter=every // 6, timezone=UTC)
