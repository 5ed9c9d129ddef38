"""Realistic almanacs of any size, made from a seed: the same seed gives the same bytes.

What real almanacs have and even ones do not: dates spread as in history, crowded days, months and
years without a day, old calendars, rules that move, short and long texts, ten scripts, tags and
documents of which few are used much and many little, documents with and without their texts,
disputed accounts, corrections, births of the living. The words are made up.

`entries` yields trees, `write_almanac` writes a folder. A million entries need little memory. The
first entries of a large almanac are those of a small one. SPECIAL is a day that holds the same ten
entries in an almanac of any size.
"""

from tests.benchmarks.realistic.dates import SPECIAL
from tests.benchmarks.realistic.making import SEED, Tree, entries
from tests.benchmarks.realistic.writing import write_almanac

__all__ = ["SEED", "SPECIAL", "Tree", "entries", "write_almanac"]
