"""`onthisday check` as a whole process, with the documents' texts and without them.

The almanac is compiled first. With texts, every passage is proved, and what an entry says is looked
for in what it cites.
"""

from collections.abc import Iterator
from functools import partial

from tests.benchmarks.table.processes import OURS, in_turns, run
from tests.benchmarks.table.running import MANY, Run, said
from tests.benchmarks.table.values import Figure, Line, least


def measure(run_: Run) -> Iterator[Line]:
    """Yield the rates for each size, on one core and on all."""
    for size in run_.sized(1_000, 100_000):
        for texts, target in ((False, 10_000), (True, 1_000)):
            config = run_.compiled(size, texts=texts)
            said(f"check, {size:,} entries")
            command = [OURS, "--config", str(config), "check"]
            works = {"one": partial(run, command, 1), "all": partial(run, command)}
            taken = in_turns(works, run_.rounds)
            row = f"`check` {'with' if texts else 'without'} texts"
            one, both = (Figure(size / taken[name].wall, "entries/s") for name in ("one", "all"))
            rate = Figure(size / taken["one"].cpu, "entries/s")
            wanted = least(target, "entries/s") if size >= MANY else None
            yield Line(f"{row}, one core", f"{size:,}", rate, target=wanted)
            yield Line(f"{row}, all cores", f"{size:,}", both, "one core", one)
