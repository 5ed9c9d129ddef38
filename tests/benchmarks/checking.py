"""Measure `onthisday check` as a whole process: entries a second, and the most memory.

    python tests/benchmarks/checking.py [--entries 100000] [--rounds 3]

The almanac is compiled first, so that only the check is measured. The text of its one document is
held, and every passage is proved. The check runs with a tenth of the entries and with all of them.
Prints the medians. Targets: with all entries at most 1.5 times the memory, and twice the time per
entry.
"""

import argparse
import hashlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.almanacs import entries, write_config, write_lines

PROGRAM = str(Path(sys.executable).with_name("onthisday"))
TEXT = "A text that is held, and a passage of it that every entry of the almanac cites. " * 20


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
    with tempfile.TemporaryDirectory() as folder:
        few, many = (measured(Path(folder) / str(count), count, args.rounds)
                     for count in (args.entries // 10, args.entries))  # fmt: skip
    memory, time_each = many.megabytes / few.megabytes, many.seconds / few.seconds / 10
    print(f"{args.entries:,} against {args.entries // 10:,}: {memory:.2f} of the memory "
          f"(target 1.5), {time_each:.2f} of the time per entry (target 2)")  # fmt: skip


def measured(folder: Path, count: int, rounds: int) -> Taken:
    """Make an almanac with ``count`` entries and check it. Return the medians."""
    config = write_config(folder)
    write_lines(folder / "almanac" / "entries.jsonl", entries(count))
    (folder / "almanac" / "gazette.txt").write_text(TEXT)
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    document = f"- {{id: gazette, title: The Gazette, file: gazette.txt, sha256: {sha256}}}\n"
    (folder / "almanac" / "documents.yaml").write_text(document)
    time.sleep(2.1)
    run(config, "today")
    taken = [run(config, "check") for _ in range(rounds)]
    median = Taken(*map(statistics.median, zip(*taken, strict=True)))
    print(f"{count:>9,} entries {count / median.seconds:10,.0f} entries/s "
          f"{median.seconds:8.2f} s {median.megabytes:8.1f} MB")  # fmt: skip
    return median


def run(config: Path, command: str) -> Taken:
    """Run a command until it ends. Return what it needed."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [PROGRAM, "--config", str(config), command], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, process.returncode
    return Taken(time.perf_counter() - begun, usage.ru_maxrss / 1024)


if __name__ == "__main__":
    main()
