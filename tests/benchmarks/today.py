"""Measure `onthisday today` as a whole process, and compare it with a bare Python.

    python tests/benchmarks/today.py [--entries 100000] [--rounds 40]

It runs with a small and a large almanac. All run by turns, so that a busy machine slows all of
them. Prints the ratios of the medians. Targets: at most 3.5 times the bare Python; with a million
entries the same time as with ten, within a tenth.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.almanacs import SPECIAL, entries, write_config, write_lines

PYTHON = Path(sys.executable)
TODAY = [str(PYTHON.with_name("onthisday")), "--config"]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=40)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        few, many = (made(Path(folder) / name, count) for name, count in
                     (("few", 10), ("many", args.entries)))  # fmt: skip
        report(args.entries, in_turns(args.rounds, few, many))


def made(folder: Path, count: int) -> Path:
    """Write an almanac and compile it. Wait until its files are no longer fresh."""
    config = write_config(folder)
    write_lines(folder / "almanac" / "entries.jsonl", entries(count))
    time.sleep(2.1)
    for _ in range(2):
        subprocess.run(today(config), check=True, stdout=subprocess.DEVNULL)
    return config


def today(config: Path) -> list[str]:
    """Return the command line of `today`."""
    return [*TODAY, str(config), "today", "--date", SPECIAL.isoformat()]


def in_turns(rounds: int, few: Path, many: Path) -> dict[str, list[float]]:
    """Return the seconds of each run. In each round, all commands run once."""
    commands = {
        "bare": [str(PYTHON), "-c", "pass"],
        "few": today(few),
        "many": today(many),
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            begun = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            taken[name].append(time.perf_counter() - begun)
    return taken


def report(count: int, taken: dict[str, list[float]]) -> None:
    """Print the medians and their ratios."""
    bare, few, many = (statistics.median(taken[name]) for name in ("bare", "few", "many"))
    print(f"bare interpreter          {bare * 1000:7.1f} ms")
    print(f"today, 10 entries         {few * 1000:7.1f} ms   {few / bare:.2f} x bare (target 3.5)")
    print(
        f"today, {count:>9,} entries {many * 1000:5.1f} ms   {many / bare:.2f} x bare (target 3.5)"
    )
    print(f"{count:,} against 10: {many / few:.3f} (target 0.9 to 1.1)")


if __name__ == "__main__":
    main()
