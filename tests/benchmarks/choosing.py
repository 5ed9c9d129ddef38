"""Measure the chooser over 400 years: how long an entry waits for its turn, and what comes again.

    python -m tests.benchmarks.choosing [--days 5] [--years 400] [--seed 1]

For each size of a day (entries, and places for them), some days are made by chance: years from 1000
to 2000, four places, four tags. Each day is chosen from (views/choosing.py) in each of the years.
Prints:

- the longest wait of an entry for its next turn, and the promise: twice the years that all entries
  together need;
- how many of the round anniversaries (100, 50, 25, 10) are shown, of all and of the hundredths;
- how many of the places have a round anniversary;
- how many of the entries that are shown were shown in the year before;
- microseconds for one choice.

The promise must hold for all of them; the exit code is 1 if it does not. It is tested in
tests/core/test_choosing.py too.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from onthisday.almanac.entry import Entry
from onthisday.almanac.occasions import Occasion
from onthisday.views.choosing import chosen
from tests.delivery.fakes import entry

SIZES = ((4, 1), (12, 1), (12, 3), (61, 1), (61, 3), (61, 5), (61, 12), (365, 3), (365, 100))
"""How many entries a day has, and how many places there are for them."""

BEGIN = 2026


class Figures(NamedTuple):
    """What was seen of one size of a day; all but the longest wait are sums."""

    longest: int
    shown: int
    again: int
    rounds: int
    rounds_shown: int
    hundreds: int
    hundreds_shown: int
    seconds: float

    def __add__(self, other: "Figures") -> "Figures":  # type: ignore[override]
        sums = (one + two for one, two in zip(self[1:], other[1:], strict=True))
        return Figures(max(self.longest, other.longest), *sums)  # type: ignore[arg-type]


def day_of(entries: int, chance: Random) -> list[Entry]:
    """Return the entries of a day."""
    return [
        entry(
            f"e{n}-{chance.randrange(10**6)}",
            f"{chance.randrange(1000, 2000)}-02-25",
            place=chance.choice(("Moscow", "Rome", "Lima", None)),
            tags=chance.choice((["war"], ["science"], ["art"], [])),
        )
        for n in range(entries)
    ]


def lived(entries: Sequence[Entry], places: int, years: int) -> Figures:
    """Choose from a day in each year."""
    last = {each.id: BEGIN - 1 for each in entries}
    before: set[str] = set()
    total = Figures(0, 0, 0, 0, 0, 0, 0, 0.0)
    for year in range(BEGIN, BEGIN + years):
        day = date(year, 2, 25)
        occasions = [Occasion(each, day, year - (each.date.civil_year or 0)) for each in entries]
        begun = time.perf_counter()
        found = {each.entry.id for each in chosen(occasions, places)}
        took = time.perf_counter() - begun
        waits = [year - last[name] for name in found]
        last |= dict.fromkeys(found, year)
        rounds = {each.entry.id for each in occasions if _is_round(each.years or 0)}
        hundreds = {each.entry.id for each in occasions if not (each.years or 1) % 100}
        total += Figures(
            max(waits), len(found), len(found & before), len(rounds), len(rounds & found),
            len(hundreds), len(hundreds & found), took,
        )  # fmt: skip
        before = found
    end = BEGIN + years
    return total._replace(longest=max(total.longest, *(end - year for year in last.values())))


def _is_round(years: int) -> bool:
    return years > 0 and not (years % 10 and years % 25)


def line(entries: int, places: int, total: Figures, count: int) -> str:
    """Return a line of the table. ``count``: how many choices were made."""
    promise = 2 * -(-entries // places)
    return (
        f"{entries:7} {places:6} {total.longest:9} {promise:8}"
        f" {total.rounds_shown / max(1, total.rounds):10.0%}"
        f" {total.hundreds_shown / max(1, total.hundreds):8.0%}"
        f" {total.rounds_shown / total.shown:10.0%} {total.again / total.shown:12.1%}"
        f" {1e6 * total.seconds / count:7.0f}"
    )


def main() -> int:
    """Print the table. Return 1 if an entry waited longer than is promised."""
    parser = argparse.ArgumentParser(
        description=__doc__, prog="python -m tests.benchmarks.choosing"
    )
    parser.add_argument("--days", type=int, default=5, help="how many days of each size")
    parser.add_argument("--years", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    print("entries places  longest  promise  of rounds  of 100s  of places  year before      µs")
    broken = 0
    for entries, places in SIZES:
        chance, total = Random(args.seed), Figures(0, 0, 0, 0, 0, 0, 0, 0.0)
        for _ in range(args.days):
            total += lived(day_of(entries, chance), places, args.years)
        print(line(entries, places, total, args.days * args.years), flush=True)
        broken += total.longest > 2 * -(-entries // places)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
