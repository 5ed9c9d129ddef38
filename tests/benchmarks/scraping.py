"""Measure a scrape of `/metrics` with a large ledger: its time, and how much it slows sending.

Prints the median time of reading the totals of a ledger, and of making the whole text. Then sends
to a receiver on loopback, by turns with and without scrapes, and prints the ratio of the two rates.
As in `serve`, a scrape reads on a connection of its own.

    python -m tests.benchmarks.scraping [--notices 1000000] [--messages 2000] [--rounds 5]
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from random import Random

from onthisday.adapters.http.http_sender import HttpSender
from onthisday.adapters.sqlite.ledger_opening import open_ledger_file
from onthisday.adapters.sqlite.sqlite_ledger import SqliteLedger
from onthisday.adapters.web.metrics import exposition
from onthisday.config import Config
from onthisday.service.sending.delivering import Delivery
from onthisday.service.sending.pace import Pace
from onthisday.service.sending.planning import plan_and_record
from onthisday.service.sending.watching import Watch
from tests.benchmarks.delivery import CLOCK, Stamps, channels_of, sink
from tests.delivery.fakes import almanac_of, config, entry
from tests.operation.test_metrics import MEASURES

EVERY = 0.5
"""Seconds between scrapes. Prometheus usually scrapes thirty times less often."""

FILL = """
WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ?)
INSERT INTO notices (id, channel, day, zone, entries, state)
    SELECT 'old-' || n || '/2026-01-01', 'old-' || n % 20000, '2026-01-01', 'Europe/London',
        '["secret-speech"]', iif(n % 100, 'sent', 'failed')
    FROM numbers
"""


def fill(path: str, notices: int) -> None:
    """Make a ledger with ``notices`` old notices."""
    rows, _ = open_ledger_file(path)
    rows.execute("BEGIN")
    rows.execute(FILL, (notices,))
    rows.execute("COMMIT")
    rows.close()


async def reading(path: str, rounds: int) -> tuple[float, float]:
    """Return the median seconds for the totals, and for the whole text with them."""
    ledger = SqliteLedger.look_at(path)
    totals, whole = [], []
    for _ in range(rounds):
        begun = time.perf_counter()
        found = await ledger.totals()
        totals.append(time.perf_counter() - begun)
        exposition(MEASURES._replace(totals=found))
        whole.append(time.perf_counter() - begun)
    ledger.close()
    return statistics.median(totals), statistics.median(whole)


async def scrape(ledger: SqliteLedger) -> None:
    """Scrape again and again until cancelled."""
    while True:
        exposition(MEASURES._replace(totals=await ledger.totals()))
        await asyncio.sleep(EVERY)


async def sending(path: str, settings: Config, *, scraped: bool) -> float:
    """Return how many messages are sent in a second."""
    ledger, looked_at = SqliteLedger.open(path), SqliteLedger.look_at(path)
    library = almanac_of(entry("speech"))
    try:
        await plan_and_record(ledger, settings, library, CLOCK.now())
        watch = Watch()
        async with HttpSender() as sender:
            delivery = Delivery(
                ledger, sender, CLOCK, Stamps(), Pace(jitter=Random(1).random), watch
            )
            scraping = asyncio.create_task(scrape(looked_at)) if scraped else None
            begun = time.perf_counter()
            summary = await delivery.deliver(settings, library)
            took = time.perf_counter() - begun
            if scraping is not None:
                scraping.cancel()
                with suppress(asyncio.CancelledError):
                    await scraping
    finally:
        looked_at.close()
        ledger.close()
    assert summary.sent == len(settings.channels), summary
    return summary.sent / took


def compare(path: str, options: argparse.Namespace, url: str) -> tuple[float, float]:
    """Send by turns without and with scrapes. Return the median rates."""
    rates: dict[bool, list[float]] = {False: [], True: []}
    for number in range(2 * options.rounds):
        scraped = bool(number % 2)
        channels = channels_of("webhook", f"{url}{number}-", options.messages)
        named = tuple(each._replace(name=f"{number}-{each.name}") for each in channels)
        rates[scraped].append(asyncio.run(sending(path, config(*named), scraped=scraped)))
    return statistics.median(rates[False]), statistics.median(rates[True])


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notices", type=int, default=1_000_000)
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=".") as folder, sink() as url:
        path = str(Path(folder) / "ledger.db")
        fill(path, options.notices)
        totals, whole = asyncio.run(reading(path, 21))
        print(f"{options.notices:,} notices: totals {totals * 1000:.1f} ms, "
              f"/metrics {whole * 1000:.1f} ms")  # fmt: skip
        alone, scraped = compare(path, options, url)
        print(f"sending {alone:,.0f}/s alone, {scraped:,.0f}/s scraped every {EVERY} s: "
              f"ratio {scraped / alone:.2f}")  # fmt: skip


if __name__ == "__main__":
    main()
