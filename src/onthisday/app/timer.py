"""Call a tick every few seconds, with APScheduler. Nothing else is scheduled with it.

Why an interval, and not a daily job for each channel: where clocks go forward at midnight (Cairo,
Havana), a daily job skips the whole day; where they go back, it may run twice. It misses the days
on which the process was stopped. With two processes it runs twice. So each tick finds out from the
ledger what is due, and it does not matter how often it runs.

Therefore jobs are kept in memory only. A tick that is late still runs
(`misfire_grace_time=None`), and several late ones run as one (`coalesce`). The jitter moves each
tick a little: many servers that were started together do not call a service in the same second.
docs/services.md, "The timer", has the facts. Used by app/serving.py.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

EVERY = 30
"""Seconds between ticks. So an edit is in use, and a message is sent, within a minute."""


def start(tick: Callable[[], Awaitable[None]], every: int = EVERY) -> Callable[[], None]:
    """Call ``tick`` now, and again every ``every`` seconds. Return a function that stops this."""
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
    """Return when ticks run: every ``every`` seconds, up to a sixth of that earlier or later."""
    return IntervalTrigger(seconds=every, jitter=every // 6, timezone=UTC)
