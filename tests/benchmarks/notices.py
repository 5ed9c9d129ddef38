"""Measure a tick that writes a notice for each of many channels: seconds, and the most memory.

python -m tests.benchmarks.notices [--channels 100000] [--store postgresql://…]
"""

import argparse
import asyncio
import resource
import tempfile
import time
from pathlib import Path
from zoneinfo import ZoneInfo

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
    async with open_ledger(
        Workspace("config.yaml"), settings._replace(store=Secret(store))
    ) as ledger:
        begun = time.perf_counter()
        new = (await plan_and_record(ledger, settings, library, NOW)).new
        return time.perf_counter() - begun, new


def most_memory() -> float:
    """Return the most memory that this process used, in MB. Linux counts in KB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--channels", type=int, default=100_000)
    parser.add_argument("--store", help="a ledger that is empty; without it, a file")
    options = parser.parse_args()
    settings = settings_of(options.channels)
    before = most_memory()
    with tempfile.TemporaryDirectory(dir=".") as folder:
        store = options.store or f"sqlite:///{Path(folder).absolute()}/ledger.db"
        seconds, new = asyncio.run(tick(store, settings))
    print(f"{new:,} notices in {seconds:.2f} s; {most_memory():.0f} MB, {before:.0f} MB before")


if __name__ == "__main__":
    main()
