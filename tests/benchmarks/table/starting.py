"""How soon `onthisday serve` answers, in how much memory, and how long first pages take.

The almanac is compiled. A first page is one that nobody asked for since the start. It is asked for
after the first tick, because otherwise it is the tick that is measured.
"""

import http.client
import json
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.benchmarks.table.memory import megabytes
from tests.benchmarks.table.processes import OURS
from tests.benchmarks.table.running import Run, said
from tests.benchmarks.table.values import Figure, Line, most
from tests.website.fixtures import program_serving, wait_for


class _Start(NamedTuple):
    seconds: float
    megabytes: float
    milliseconds: dict[str, float]


def measure(run_: Run) -> Iterator[Line]:
    """Yield the lines for each size."""
    for size in run_.sized(1_000, 100_000, 1_000_000):
        config = run_.compiled(size)
        said(f"serve, first pages of {size:,} entries")
        starts = [_start(config) for _ in range(run_.rounds)]
        told = f"{size:,}"
        ready = median(each.seconds for each in starts)
        memory = median(each.megabytes for each in starts)
        yield Line("`serve`, ready", told, Figure(ready, "s"), target=most(2, "s"))
        yield Line("`serve`, memory", told, Figure(memory, "MB"), target=most(250, "MB"))
        for name in starts[0].milliseconds:
            took = median(each.milliseconds[name] for each in starts)
            yield Line(f"`serve`, first page: {name}", told, Figure(took, "ms"),
                       target=most(10, "ms"))  # fmt: skip


def _start(config: Path) -> _Start:
    """Start the server, ask for a few pages, and end it."""
    begun = time.perf_counter()
    words = (OURS, "--config", str(config), "serve", "--listen", "127.0.0.1:0")
    with program_serving(*words) as (home, process):
        port = urlsplit(home).port or 0
        _asked(port, "/healthz")
        seconds = time.perf_counter() - begun
        wait_for(lambda: _status(port, "/healthz?ready") == 200)
        pages = {name: _asked(port, path) for name, path in _pages(config).items()}
        return _Start(seconds, megabytes(process.pid), pages)


def _pages(config: Path) -> dict[str, str]:
    """Return pages of each kind that an almanac of any size has."""
    with (config.parent / "almanac" / "entries.jsonl").open(encoding="utf-8") as lines:
        entry = json.loads(next(islice(lines, 9, None)))
    return {"a day": "/days/02-25/", "a crowded day": "/days/09-01/", "today": "/",
            "an entry": f"/entries/{entry['id']}/"}  # fmt: skip


def _asked(port: int, path: str) -> float:
    """Ask for a path. Return the milliseconds until the whole reply is there."""
    begun = time.perf_counter()
    status = _status(port, path)
    took = (time.perf_counter() - begun) * 1000
    assert status == 200, (path, status)
    return took


def _status(port: int, path: str) -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path)
        reply = connection.getresponse()
        reply.read()
        return reply.status
