"""How long a feed, a calendar and a page take that nobody asked for before, in this process."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from statistics import median

from onthisday.app.publishing import website_at
from onthisday.app.workspace import Almanac
from tests.benchmarks.table.running import Run, said
from tests.benchmarks.table.values import Figure, Line, most

_NOW = datetime(2026, 2, 25, 12, tzinfo=UTC)

PATHS = {"`/feed.atom`": "/feed.atom", "`/feed.rss`": "/feed.rss", "`/feed.json`": "/feed.json",
          "`/daily.atom`": "/daily.atom", "`/year/`": "/year/", "a crowded day": "/days/09-01/",
          "`/calendar.ics`": "/calendar.ics"}  # fmt: skip


def measure(run_: Run) -> Iterator[Line]:
    """Yield the milliseconds of each, for each size. The calendar alone has all entries."""
    for size in run_.sized(1_000, 36_600):
        almanac = Almanac.open(str(run_.almanac(size)))
        said(f"feeds, {size:,} entries")
        for name, path in PATHS.items():
            taken = [_milliseconds(almanac, path) for _ in range(run_.rounds)]
            target = most(1000, "ms") if path == "/calendar.ics" else None
            yield Line(f"feeds: {name}", f"{size:,}", Figure(median(taken), "ms"), target=target)


def _milliseconds(almanac: Almanac, path: str) -> float:
    begun = time.process_time()
    page = website_at(almanac, _NOW).render(path)
    took = time.process_time() - begun
    assert page is not None, path
    return took * 1000
