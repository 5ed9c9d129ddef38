"""Measure a tick that writes a notice for each of many channels, and one that has nothing to do.

Prints medians of seconds: by the clock, and of the processor. Beside them, in the same run and by
turns: SQLite alone, which writes rows with the same texts into one table in one transaction at
synchronous=FULL.

    python -m tests.benchmarks.notices [--channels 100000] [--rounds 5] [--store postgresql://…]
"""

import argparse
import asyncio
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from onthisday.app.interpreter import set_for_sending
from onthisday.app.ledgers import open_ledger
from onthisday.app.workspace import Workspace
from onthisday.config import Config, Secret
from onthisday.service.sending.planning import plan_and_record
from tests.delivery.fakes import almanac_of, channel, config, entry, instant

NOW = instant("2026-02-25T16:00")

ZONES = ("UTC", "Europe/London", "Asia/Kolkata", "America/New_York", "Africa/Cairo")


def settings_of(count: int) -> Config:
    """Return a config with ``count`` channels in several zones. Each has its own URL."""
    for zone in ZONES:
        ZoneInfo(zone)
    return config(
        *(
            channel(f"c{n}", url=Secret(f"https://h.example/{n}"), zone=ZONES[n % len(ZONES)])
            for n in range(count)
        )
    )


async def tick(store: str, settings: Config) -> tuple[float, int]:
    """Return how many seconds planning and writing took, and how many notices are new."""
    library = almanac_of(*(entry(f"e{n}", f"{1900 + n}-02-25") for n in range(10)))
    where = settings._replace(store=Secret(store))
    with set_for_sending():
        async with open_ledger(Workspace("config.yaml"), where) as ledger:
            begun = time.perf_counter()
            new = (await plan_and_record(ledger, settings, library, NOW)).new
            return time.perf_counter() - begun, new


def alone(path: Path, settings: Config) -> None:
    """Write a row for each channel with SQLite alone."""
    entries = str([f"e{n}" for n in range(10)])
    day, due = f"{NOW:%Y-%m-%d}", NOW.isoformat()
    rows = ((f"{each.name}/{day}", each.name, day, each.zone, entries, due)
            for each in settings.channels)  # fmt: skip
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA journal_mode = WAL").fetchone()
        file.execute("PRAGMA synchronous = FULL")
        file.execute("CREATE TABLE notices (id TEXT PRIMARY KEY, channel, day, zone, entries, due)")
        with file:
            file.executemany("INSERT INTO notices VALUES (?, ?, ?, ?, ?, ?)", rows)


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return how many seconds something took: by the clock, and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


def rounds(settings: Config, store: str | None, count: int) -> dict[str, tuple[float, float]]:
    """Measure all by turns, ``count`` times. Return the medians."""
    found: dict[str, list[tuple[float, float]]] = {}
    for _ in range(count):
        with tempfile.TemporaryDirectory(dir=".") as folder:
            where = store or f"sqlite:///{Path(folder).absolute()}/ledger.db"
            works = {
                "a notice for each": lambda where=where: asyncio.run(tick(where, settings)),
                "nothing to do": lambda where=where: asyncio.run(tick(where, settings)),
                "SQLite alone": lambda folder=folder: alone(Path(folder) / "alone.db", settings),
            }
            for name, work in works.items():
                found.setdefault(name, []).append(timed(work))
    return {name: (median(one for one, _ in all_), median(two for _, two in all_))
            for name, all_ in found.items()}  # fmt: skip


def most_memory() -> float:
    """Return the most memory that this process used, in MB. Linux counts in KB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--channels", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--store", help="a ledger that is empty; without it, a file")
    options = parser.parse_args()
    settings, before = settings_of(options.channels), most_memory()
    medians = rounds(settings, options.store, 1 if options.store else options.rounds)
    for name, (clock, processor) in medians.items():
        took = f"{clock:.2f} s, of processor {processor:.2f} s"
        print(f"{options.channels:,} channels, {name}: {took}")
    ratio = medians["SQLite alone"][1] / medians["a notice for each"][1]
    print(f"ratio to SQLite alone, of processor: {ratio:.2f}")
    print(f"memory: {most_memory():.0f} MB; before: {before:.0f} MB")


if __name__ == "__main__":
    main()
