"""Measure searching: how long the index takes to make, its size, and how long questions take.

    python tests/benchmarks/searching.py [--entries 100000] [--questions 200] [--static | --serve]

The entries have words of a made-up language, as often as words are in real ones (Zipf's law). A
question has one to three of them, whole or begun, also the most frequent ones. Target: less than
50 ms a question, with 100,000 entries. With ``--serve``: the same over HTTP, and how long pages
take while the index is made. With ``--static``: how many bytes the files of a static site have, and
how many of them a question loads.
"""

import argparse
import gzip
import json
import random
import statistics
import sys
import tempfile
import time
import urllib.error
import urllib.request
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parents[2]))

from onthisday.almanac.entry import ALL
from onthisday.app.caches import search_cache
from onthisday.app.workspace import Workspace
from onthisday.locales.locale import ENGLISH
from onthisday.search.query import query_of
from onthisday.search.searched import searched
from onthisday.site.browser_index import TOGETHER, BrowserIndex, index_of, shown
from tests.benchmarks.almanacs import entries, write_config, write_lines
from tests.website.fixtures import serving

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
    parser.add_argument("--static", action="store_true")
    parser.add_argument("--serve", action="store_true")
    args = parser.parse_args()
    chance = random.Random(1)  # the same words each time
    words = vocabulary(chance, 30_000)
    with tempfile.TemporaryDirectory() as folder:
        config = write_config(Path(folder) / "a")
        write_lines(Path(folder) / "a" / "almanac" / "all.jsonl", told(args.entries, words, chance))
        questions = list(asked(words, chance, args.questions))
        (static if args.static else served if args.serve else measure)(config, questions)


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
    cache = search_cache(workspace)
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


def served(config: Path, questions: list[str]) -> None:
    """Ask `serve`, from the moment on when it has no index."""
    Workspace(str(config)).almanac()
    with serving(config) as (home, _):
        pages: list[float] = []
        start = time.perf_counter()
        while _asked(home, "search/index.json?q=the")[0] == 503:
            pages += [_asked(home, f"days/03-{number + 1:02}/")[1] for number in range(20)]
        print(f"ready after {time.perf_counter() - start:.1f} s")
        if pages:
            said = f"median {statistics.median(pages):.1f} ms, slowest {max(pages):.1f} ms"
            print(f"pages meanwhile: {len(pages)}, {said}")
        paths = [f"search/index.json?q={quote(each)}" for each in questions]
        times = sorted(_asked(home, path)[1] for path in paths)
        middle, late = statistics.median(times), times[len(times) * 95 // 100]
        print(f"over HTTP: median {middle:.1f} ms, 95 %: {late:.1f} ms, slowest {times[-1]:.1f} ms")


def _asked(home: str, path: str) -> tuple[int, float]:
    """Ask for a path. Return the status, and the milliseconds that it took."""
    start = time.perf_counter()
    try:
        with urllib.request.urlopen(f"{home}{path}") as reply:
            reply.read()
            status = reply.status
    except urllib.error.HTTPError as error:
        status = error.code
        error.close()
    return status, (time.perf_counter() - start) * 1000


def static(config: Path, questions: list[str]) -> None:
    """Make the files of a static site, and print their bytes."""
    library = Workspace(str(config)).almanac().library.published(date(2026, 2, 25))
    start = time.perf_counter()
    index = index_of(library, (ENGLISH,))
    print(f"made in {time.perf_counter() - start:.1f} s")
    shards = [text.encode() for text in index.shards]
    packed = [len(gzip.compress(text, 9)) for text in shards]
    each_shown = [
        shown(searched(each, library.document, (ENGLISH,)), ENGLISH, "en")
        for each in library.selected(ALL)
    ]
    told = [
        json.dumps(each_shown[first : first + TOGETHER], ensure_ascii=False)
        for first in range(0, len(each_shown), TOGETHER)
    ]
    shown_packed = [len(gzip.compress(text.encode(), 9)) for text in told]
    print(
        f"words    {len(shards):5} files {sum(map(len, shards)):11,} {sum(packed):11,} compressed"
    )
    whole = sum(len(text.encode()) for text in told)
    print(f"entries  {len(told):5} files {whole:11,} {sum(shown_packed):11,} compressed")
    loads = [_loaded(index, packed, question) for question in questions]
    print(f"words of a question: median {statistics.median(loads):,.0f}, most {max(loads):,} bytes")
    print(f"20 hits: about {20 * sum(shown_packed) / len(told):,.0f} bytes at most")
    first = gzip.compress(json.dumps(index.firsts).encode(), 9)
    print(f"what says where the words are: {len(first):,} bytes")


def _loaded(index: BrowserIndex, packed: list[int], question: str) -> int:
    """Return the compressed bytes of the files of words that a question loads."""
    needed: set[int] = set()
    for term in query_of(question).terms:
        for word in term.words:
            needed.add(max(0, bisect_right(index.firsts, word) - 1))
            if term.begun and word == term.words[-1]:
                last = bisect_right(index.firsts, f"{word}\U0010ffff")
                needed |= set(range(bisect_right(index.firsts, word), last))
    return sum(packed[each] for each in needed)


if __name__ == "__main__":
    main()
