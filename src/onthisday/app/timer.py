"""APScheduler wakes a tick; nothing else is scheduled with it.

Why an interval and no cron job per channel: a daily job skips whole days where clocks change
(Cairo, Havana) and runs twice elsewhere, misses what a stopped process slept through, and runs
twice with two processes. Each tick works out what is due from the ledger instead. Hence: memory
store, `misfire_grace_time=None` and `coalesce` (a late firing is still fired, once). Its jitter
keeps many servers, though they were started together, from asking a service in the same second.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

EVERY = 30
"""Seconds between ticks: an edit is live, and an hour noticed, within a minute."""


def start(tick: Callable[[], Awaitable[None]], every: int = EVERY) -> Callable[[], None]:
    """Call ``tick`` now and then every so many seconds; return what stops it."""
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
    """Return when ticks come: every so many seconds, a sixth of it sooner or later."""
    return IntervalTrigger(seconds=every, jitter=every // 6, timezone=UTC)
