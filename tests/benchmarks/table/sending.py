"""The sender with its ledger on disk, beside httpx-aiohttp and aiohttp that only post.

All post the same signed webhooks, 64 at once, in turns, to one receiver on loopback.
"""

import asyncio
import time
from collections.abc import Iterator
from statistics import median

from onthisday.config import Config
from tests.benchmarks import delivery, notices
from tests.benchmarks.table.running import Run, said
from tests.benchmarks.table.values import Figure, Line, least, most
from tests.delivery.fakes import almanac_of, config, entry

_MESSAGES = 2_000
_CHANNELS = 100_000
_IDLE = 20_000

ROWS = {"idle": "nothing due", "new": "a notice for each"}


def measure(run_: Run) -> Iterator[Line]:
    """Yield a line for each of the others."""
    said("messages")
    summary = "In our own words, what happened, and why it is remembered. " * 6
    library = almanac_of(entry("speech", summary=summary))
    with delivery.sink() as url:
        settings = config(*delivery.channels_of("webhook", url, _MESSAGES))
        requests = delivery.requests_of(settings, library)
        rates: dict[str, list[float]] = {"ours": [], "httpx-aiohttp": [], "aiohttp": []}
        for _ in range(run_.rounds):
            rates["ours"].append(asyncio.run(delivery.ours(settings, library, None)))
            rates["httpx-aiohttp"].append(asyncio.run(delivery.httpx_aiohttp(requests)))
            rates["aiohttp"].append(asyncio.run(delivery.raw_aiohttp(requests)))
    mine, *others = (Figure(median(found), "messages/s") for found in rates.values())
    for name, theirs, target in zip(list(rates)[1:], others, (least(1), None), strict=True):
        yield Line(
            f"messages, beside {name}", f"{_MESSAGES:,} messages", mine, name, theirs, target
        )


def ticks(run_: Run) -> Iterator[Line]:
    """Yield how long a tick takes that writes a notice for each channel, and one that has none."""
    said("ticks")
    for what, count, target in (("idle", _IDLE, 0.2), ("new", _CHANNELS, 2.0)):
        settings, taken = notices.settings_of(count), []
        for number in range(run_.rounds):
            store = f"sqlite:///{run_.folder.absolute()}/{what}-{number}.db"
            first, again = (_seconds(store, settings) for _ in range(2))
            taken.append(again if what == "idle" else first)
        yield Line(f"a tick with {ROWS[what]}", f"{count:,} channels", Figure(median(taken), "s"),
                   target=most(target, "s"))  # fmt: skip


def _seconds(store: str, settings: Config) -> float:
    """Return the processor's seconds of a tick. The second one on a store finds nothing to do."""
    begun = time.process_time()
    asyncio.run(notices.tick(store, settings))
    return time.process_time() - begun
