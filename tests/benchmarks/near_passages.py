"""Measure how long it takes to find the passage of a mistyped quote in a text of 1 MB.

    python tests/benchmarks/near_passages.py

Prints the median and the longest time, in milliseconds, for quotes of several lengths.
"""

import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from onthisday.checks.near_passage import nearest_passage

LENGTHS = (30, 200, 1_000, 10_000)


def main() -> None:
    """Measure and print."""
    chance = random.Random(11)
    words = ["".join(chance.choices("etaoinshrdlucmfw", k=chance.randint(2, 10)))
             for _ in range(20_000)]  # fmt: skip
    text = " ".join(chance.choices(words, weights=range(1, 20_001), k=150_000))[:1_000_000]
    for length in LENGTHS:
        taken = [_milliseconds(chance, text, length) for _ in range(20)]
        print(f"{length:>6} letters {statistics.median(taken):6.1f} ms, at most {max(taken):.1f}")


def _milliseconds(chance: random.Random, text: str, length: int) -> float:
    start = chance.randrange(len(text) - length)
    quote = list(text[start : start + length])
    for _ in range(1 + length // 40):
        quote[chance.randrange(length)] = chance.choice("etaoin ")
    begun = time.perf_counter()
    nearest_passage("".join(quote), text)
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    main()
