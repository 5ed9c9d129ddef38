"""`onthisday import` as a whole process: read, give ids, check, write, compile."""

from collections.abc import Iterator
from statistics import median

from tests.benchmarks import importing
from tests.benchmarks.table.running import Run, said
from tests.benchmarks.table.values import Figure, Line

FORMATS = ("jsonl", "csv", "ics", "gedcom")


def measure(run_: Run) -> Iterator[Line]:
    """Yield a line for each format and size."""
    for size in run_.sized(20_000):
        for form in FORMATS:
            said(f"import {form}, {size:,} entries")
            costs = [importing._cost(form, size) for _ in range(run_.rounds)]
            rate = Figure(size / median(each.seconds for each in costs), "entries/s")
            yield Line(f"`import {form}`", f"{size:,}", rate)
