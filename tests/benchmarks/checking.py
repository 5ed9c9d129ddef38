"""Measure `onthisday check` as a whole process: entries a second, and the most memory.

    python -m tests.benchmarks.checking [--entries 100000] [--rounds 3]

The almanacs are realistic ones. They are compiled first, so that only the check is measured. One
has no texts of its documents; of the other, a fifth as large, every passage is proved. Each is
checked on one core and on all, by turns. Prints the medians, and what a tenth of the entries needs.
Targets: 10,000 entries/s without texts and 1,000 with them; with all entries at most 1.5 times the
memory of a tenth, and twice the time per entry.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.realistic import write_almanac

PROGRAM = str(Path(sys.executable).with_name("onthisday"))


class Taken(NamedTuple):
    """What a process needed: seconds, and the most memory in MB."""

    seconds: float
    megabytes: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    for texts, count in ((False, args.entries), (True, args.entries // 5)):
        print("with texts" if texts else "without texts")
        with tempfile.TemporaryDirectory() as folder:
            few, many = (
                measured(Path(folder) / str(size), size, args.rounds, texts=texts)
                for size in (count // 10, count)
            )
        memory, time_each = many.megabytes / few.megabytes, many.seconds / few.seconds / 10
        print(f"  {memory:.2f} of the memory (target 1.5), "
              f"{time_each:.2f} of the time per entry (target 2)")  # fmt: skip


def measured(folder: Path, count: int, rounds: int, *, texts: bool) -> Taken:
    """Make an almanac with ``count`` entries and check it. Return the medians on one core."""
    config = write_almanac(folder, count, texts=texts)
    time.sleep(2.1)
    run(config, "today")
    all_cores = os.sched_getaffinity(0)
    of_cores = {1: {min(all_cores)}, len(all_cores): all_cores}
    taken: dict[int, list[Taken]] = {cores: [] for cores in of_cores}
    for _ in range(rounds):
        for cores, used in of_cores.items():
            os.sched_setaffinity(0, used)
            taken[cores].append(run(config, "check"))
    os.sched_setaffinity(0, all_cores)
    medians = {cores: Taken(*map(statistics.median, zip(*of, strict=True)))
               for cores, of in taken.items()}  # fmt: skip
    for cores, median in medians.items():
        print(f"{count:>9,} entries, {cores} cores {count / median.seconds:10,.0f} entries/s "
              f"{median.seconds:8.2f} s {median.megabytes:8.1f} MB")  # fmt: skip
    return medians[1]


def run(config: Path, command: str) -> Taken:
    """Run a command until it ends. Return what it needed."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [PROGRAM, "--config", str(config), command], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in {0, 3}, process.returncode
    return Taken(time.perf_counter() - begun, usage.ru_maxrss / 1024)


if __name__ == "__main__":
    main()
