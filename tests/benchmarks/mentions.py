"""Measure how many dates are found and right, and compare with two libraries.

    python -m tests.benchmarks.mentions --wikiwars FILE.zip --documents DIR [--articles even]
        [--each] [--megabytes 200]

The texts are articles in which people marked the dates (wikiwars.py). Our rules were found on the
odd-numbered articles, so only the even-numbered ones count for a report. To compare, install
`dateparser` and `datefinder`; one that is not installed is left out. Each library gets the settings
that are best for it: dateparser must find a day and a month, datefinder is strict.

A found date is right if it overlaps a marked date, is exact to the day and has the same value. A
marked date counts once. Targets on the even-numbered articles: precision 0.95, recall 0.85, of the
days that are written out 0.995, at most 1 ms/KB.
"""

import argparse
import resource
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from importlib.util import find_spec
from itertools import repeat
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from onthisday.drafts.mentions import find_mentions, mentions_in
from tests.benchmarks.wikiwars import Article, articles
from tests.drafts.documents import INFERRED, PROPOSED, WRITTEN, texts


class Found(NamedTuple):
    """A day that a finder found, and its place in the text."""

    start: int
    end: int
    value: str


YEARS_FROM = ("written", "paragraph", "earlier")
Finder = Callable[[str], list[Found]]


def ours(text: str, year_from: tuple[str, ...] = YEARS_FROM) -> list[Found]:
    """Find days with our code. ``year_from`` says where their year may come from."""
    days = (one for one in find_mentions(text) if one.precision == "day" and "X" not in one.value)
    return [Found(one.start, one.end, one.day) for one in days if one.year_from in year_from]


def with_dateparser(text: str) -> list[Found]:
    """Find days with dateparser. It returns words without a place, so the place is looked up."""
    from dateparser.search import search_dates  # type: ignore[import-untyped,unused-ignore]

    settings = {"REQUIRE_PARTS": ["day", "month"], "RELATIVE_BASE": datetime(2009, 12, 19)}  # noqa: DTZ001
    found, place = [], 0
    for words, when in search_dates(text, languages=["en"], settings=settings) or ():
        place = max(text.find(words, place), 0)
        found.append(Found(place, place + len(words), f"{when:%Y-%m-%d}"))
    return found


def with_datefinder(text: str) -> list[Found]:
    """Find days with datefinder, in its strict mode."""
    import datefinder  # type: ignore[import-untyped,unused-ignore]

    every = datefinder.find_dates(text, index=True, strict=True)
    return [Found(start, end, f"{when:%Y-%m-%d}") for when, (start, end) in every]


FINDERS: dict[str, Finder] = {
    "onthisday": ours,
    "  its year written": partial(ours, year_from=("written",)),
    "  its paragraph's": partial(ours, year_from=("paragraph",)),
    "  an earlier one's": partial(ours, year_from=("earlier",)),
}
RIVALS: dict[str, Finder] = {"dateparser": with_dateparser, "datefinder": with_datefinder}


class Score(NamedTuple):
    """How many days were marked, found and right, and how many are written out and right."""

    marked: int
    found: int
    right: int
    written: int
    written_right: int

    def __str__(self) -> str:
        """Return precision, recall, their harmonic mean, and the written days that are right."""
        precision, recall = self.right / max(1, self.found), self.right / max(1, self.marked)
        mean = 2 * self.right / max(1, self.found + self.marked)
        written = f"{self.written_right}/{self.written}"
        return f"{precision:9.3f} {recall:9.3f} {mean:9.3f} {written:>12}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wikiwars", type=Path, help="the archive")
    parser.add_argument("--documents", type=Path, help="where the five texts are")
    parser.add_argument("--articles", choices=("odd", "even", "all"), default="even")
    parser.add_argument("--megabytes", type=int, default=0, help="read as much, line by line")
    parser.add_argument("--each", action="store_true", help="a line an article")
    args = parser.parse_args()
    warnings.simplefilter("ignore")
    finders = FINDERS | {name: find for name, find in RIVALS.items() if is_here(name)}
    if args.wikiwars:
        wanted = {"odd": (1,), "even": (0,), "all": (0, 1)}[args.articles]
        chosen = [one for one in articles(args.wikiwars) if one.number % 2 in wanted]
        print(f"WikiWars, {args.articles} articles: {sum(len(one.gold) for one in chosen)} days")
        report(finders, chosen, each=args.each)
    if args.documents:
        on_documents(finders, texts(args.documents))
    if args.megabytes:
        line_by_line(args.megabytes)


def is_here(name: str) -> bool:
    """Return True if a library is installed. If it is not, print that."""
    if find_spec(name) is None:
        print(f"{name} is not installed: left out")
    return find_spec(name) is not None


def report(finders: dict[str, Finder], chosen: list[Article], *, each: bool) -> None:
    """Print a line for each finder: how much is right, and how long it takes."""
    print(f"{'':<20} {'precision':>9} {'recall':>9} {'F1':>9} {'written out':>12} {'ms/KB':>8}")
    paces = {name: pace(find, [one.text for one in chosen]) for name, find in finders.items()}
    for name, find in finders.items():
        times = paces[name] / paces["onthisday"]
        print(f"{name:<20} {scored(find, chosen)} {paces[name]:8.2f}  {times:.1f} x")
    for one in chosen if each else ():
        print(f"{f'article {one.number:02}':<20} {scored(ours, [one])}")


def scored(find: Finder, chosen: Iterable[Article]) -> Score:
    """Return the score of a finder over several articles."""
    return Score(*map(sum, zip(*(_score(find, one) for one in chosen), strict=True)))


def _score(find: Finder, article: Article) -> Score:
    found, hit = find(article.text), set()
    for one in found:
        hits = (gold for gold in article.gold if gold not in hit and gold.value == one.value
                and gold.start < one.end and one.start < gold.end)  # fmt: skip
        hit.update([gold for gold in [next(hits, None)] if gold])
    written = [gold for gold in article.gold if gold.written]
    right = [gold for gold in written if gold in hit]
    return Score(len(article.gold), len(found), len(hit), len(written), len(right))


def pace(find: Finder, many: list[str]) -> float:
    """Return how long a finder takes, in ms for a KB of UTF-8. It is the median of three rounds."""
    taken = []
    for _ in range(3):
        begun = time.process_time()
        for text in many:
            find(text)
        taken.append(time.process_time() - begun)
    return 1000 * statistics.median(taken) / (sum(len(text.encode()) for text in many) / 1024)


def line_by_line(megabytes: int) -> None:
    """Print how much time and memory a large text needs."""
    line = "On February 25, 1956, the report was read; the next day it was known in the West.\n"
    before, begun = resident(), time.process_time()
    count = sum(1 for _ in mentions_in(repeat(line, megabytes * 1_048_576 // len(line))))
    print(f"\n{megabytes} MB line by line: {count:,} dates, {time.process_time() - begun:.0f} s, "
          f"{resident() - before:.1f} MB more of memory")  # fmt: skip


def resident() -> float:
    """Return the most memory that this process used, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def on_documents(finders: dict[str, Finder], chosen: dict[str, str]) -> None:
    """Print how many days of the five documents are found, and how many false ones."""
    marked = {(number, *place.split()[:2]) for listed in (WRITTEN, INFERRED) for number in listed
              for place in listed[number]}  # fmt: skip
    written = {(number, *place.split()) for number in WRITTEN for place in WRITTEN[number]}
    print(f"\nFive documents: {len(written)} days written out, {len(marked)} days in all")
    print(f"{'':<20} {'written out':>12} {'all':>8} {'false':>8}")
    for name, find in finders.items():
        found = {(number, str(near(one, number, marked)), one.value)
                 for number, text in chosen.items() for one in find(text)}  # fmt: skip
        print(f"{name:<20} {len(found & written):>9}/{len(written)} "
              f"{len(found & marked):>5}/{len(marked)} {len(found - marked):>8}")  # fmt: skip
    days = {one.value for text in chosen.values() for one in find_mentions(text) if one.proposed}
    print(f"days proposed: {', '.join(sorted(days))}"
          f" ({'as they should be' if days == set(PROPOSED) else 'WRONG'})")  # fmt: skip


def near(found: Found, number: str, marked: Iterable[tuple[str, ...]]) -> int:
    """Return the place of a marked day inside the found words, or else the place of the words."""
    places = [int(place) for document, place, _ in marked if document == number]
    return next((place for place in places if found.start <= place < found.end), found.start)


if __name__ == "__main__":
    main()
