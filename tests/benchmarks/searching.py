"""Measure searching: how long the index takes to make, its size, and how long questions take.

    python tests/benchmarks/searching.py [--entries 100000] [--questions 200]

The entries have words of a made-up language, as often as words are in real ones (Zipf's law). A
question has one to three of them, whole or begun, also the most frequent ones. Target: less than
50 ms a question, with 100,000 entries.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from onthisday.app.workspace import Workspace
from tests.benchmarks.almanacs import entries, write_config, write_lines

_SYLLABLES = [
    "ba",
    "ke",
    "lo",
    "mi",
    "nu",
    "ra",
    "se",
    "ti",
    "vo",
    "zu",
    "cha",
    "dre",
    "fli",
    "gro",
    "ska",
]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=200)
    args = parser.parse_args()
    chance = random.Random(1)  # the same words each time
    words = vocabulary(chance, 30_000)
    with tempfile.TemporaryDirectory() as folder:
        config = write_config(Path(folder) / "a")
        write_lines(Path(folder) / "a" / "almanac" / "all.jsonl", told(args.entries, words, chance))
        measure(config, list(asked(words, chance, args.questions)))


def vocabulary(chance: random.Random, size: int) -> list[str]:
    """Return words, the most frequent first."""
    found: dict[str, None] = {}
    while len(found) < size:
        found["".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4)))] = None
    return sorted(found, key=len)


def told(count: int, words: list[str], chance: random.Random) -> Iterator[dict[str, Any]]:
    """Yield entries: a title of 7 words, and a summary of 45."""
    weights = [1 / (rank + 1) for rank in range(len(words))]
    for tree in entries(count):
        said = chance.choices(words, weights, k=52)
        yield {**tree, "title": " ".join(said[:7]), "summary": f"{' '.join(said[7:])}."}


def asked(words: list[str], chance: random.Random, count: int) -> Iterator[str]:
    """Yield questions, such as people type them: frequent words and rare ones, whole and begun."""
    for number in range(count):
        picked = chance.choices(words[:300], k=1) + chance.choices(words, k=number % 3)
        begun = picked[-1][: chance.randint(1, len(picked[-1]))]
        yield " ".join([*picked[:-1], begun]) if number % 2 else " ".join([*picked, ""])


def measure(config: Path, questions: list[str]) -> None:
    """Make the index, ask, and print."""
    workspace = Workspace(str(config))
    library = workspace.almanac().library.published(date(2026, 2, 25))
    cache = workspace.search_cache()
    start = time.perf_counter()
    cache.prepare(library)
    size = (config.parent / "var" / "cache" / "config.yaml.search.db").stat().st_size
    print(f"made in {time.perf_counter() - start:.1f} s, {size / 2**20:.1f} MiB")
    taken = []
    for each in questions:
        start = time.perf_counter()
        found = cache.find(library, each, 20)
        taken.append(((time.perf_counter() - start) * 1000, each, len(found.hits)))
    times = sorted(ms for ms, _, _ in taken)
    print(f"median {statistics.median(times):.1f} ms, 95 %: {times[len(times) * 95 // 100]:.1f} ms")
    print(f"slowest: {max(taken)}; hits in {sum(bool(hits) for *_, hits in taken)} of {len(taken)}")
    print("target: 50 ms")


if __name__ == "__main__":
    main()
