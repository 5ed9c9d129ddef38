"""Measure compiling, in entries a second, and compare it with CSafeLoader on the same text.

    python tests/benchmarks/compiling.py [--entries 2000] [--rounds 5]
    taskset -c 0 python tests/benchmarks/compiling.py --entries 50000    (on one core)

CSafeLoader is the fast YAML reader of PyYAML. All run by turns, begun by this one process. Prints
the ratios of the medians, by the clock and by the time of the processor, which other programs
disturb less. A large almanac is read on all cores: the first ratio is then the larger one. Targets,
by the clock: YAML at least 0.8 of CSafeLoader, JSON Lines at least 5 times CSafeLoader. If one file
of 1,000 changed, only that file is read.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parents[2]))

import onthisday
from tests.benchmarks.almanacs import entries, write_config, write_lines, yaml_text


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        formats(Path(folder), args.entries, args.rounds)
        one_of_a_thousand(Path(folder) / "thousand", args.rounds)


def formats(folder: Path, count: int, rounds: int) -> None:
    """Compile the same entries as YAML and as JSON Lines, and only load the same YAML."""
    text = yaml_text(entries(count))
    as_yaml, as_lines = write_config(folder / "yaml"), write_config(folder / "lines")
    (folder / "yaml" / "almanac" / "entries.yaml").write_text(text, encoding="utf-8")
    write_lines(folder / "lines" / "almanac" / "entries.jsonl", entries(count))
    taken: dict[str, list[tuple[float, float]]] = {"loader": [], "yaml": [], "lines": []}
    for _ in range(rounds):
        taken["loader"].append(both(lambda: yaml.load(text, Loader=yaml.CSafeLoader)))
        taken["yaml"].append(both(lambda: compiled(as_yaml)))
        taken["lines"].append(both(lambda: compiled(as_lines)))
    clock, processor = (
        {name: count / statistics.median(one[kind] for one in times)
         for name, times in taken.items()} for kind in (0, 1)
    )  # fmt: skip
    for name, rate in clock.items():
        print(f"{name:<8} {rate:10,.0f} entries/s   {rate / clock['loader']:5.2f} x CSafeLoader   "
              f"{processor[name] / processor['loader']:5.2f} x by the processor")  # fmt: skip
    print("targets: yaml 0.8, lines 5.0")


def compiled(config: Path) -> None:
    """Compile an almanac without a cache."""
    shutil.rmtree(config.parent / "var", ignore_errors=True)
    onthisday.load(str(config)).library.close()  # type: ignore[attr-defined]


def one_of_a_thousand(folder: Path, rounds: int) -> None:
    """Compile after one file of a thousand changed, and compare it with compiling all of them."""
    config = write_config(folder)
    files = [folder / "almanac" / f"{number:04}.yaml" for number in range(1000)]
    trees = entries(10 * len(files))
    for file in files:
        file.write_text(yaml_text(next(trees) for _ in range(10)), encoding="utf-8")
    whole = timed(lambda: compiled(config))
    time.sleep(2.1)
    again(config)
    nothing, one = [], []
    for number in range(rounds):
        nothing.append(timed(lambda: again(config)))
        files[number].touch()
        one.append(timed(lambda: again(config)))
        time.sleep(2.1)
        again(config)
    print(f"1,000 files, all      {whole * 1000:8.1f} ms")
    print(f"1,000 files, one      {statistics.median(one) * 1000:8.1f} ms   "
          f"{statistics.median(one) / whole:.4f} of all")  # fmt: skip
    print(f"1,000 files, nothing  {statistics.median(nothing) * 1000:8.1f} ms")


def again(config: Path) -> None:
    """Bring the compiled almanac up to date."""
    onthisday.load(str(config)).library.close()  # type: ignore[attr-defined]


def both(work: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds of some work by the clock, and those of the processor."""
    before = sum(os.times()[:4])
    clock = timed(work)
    return clock, sum(os.times()[:4]) - before


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds some work took."""
    os.sync()
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
