"""Measure the site: how long a page takes, how fast `build` writes all pages, how large they are.

    python -m tests.benchmarks.site [--entries 5000] [--rounds 30]

Targets: each kind of page in less than 5 ms; 1,500 pages a second written; nothing written if
nothing changed; less than 30 KB a page. For comparison, it also prints how fast the disk alone is:
the same files are written and renamed, without the program.
"""

import argparse
import gzip
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from onthisday.app.publishing import website_at, write_site
from onthisday.app.workspace import Almanac
from onthisday.site.website import Website
from tests.website.fixtures import entry_of, open_almanac

NOW = datetime(2026, 2, 25, 12, tzinfo=UTC)

KINDS = {
    "today": "/", "day": "/days/02-25/", "year": "/year/", "entry": "/entries/e00001/",
    "entry as JSON": "/entries/e00001/index.json", "document": "/documents/book/",
    "document, last": "/documents/book/50/", "tags": "/tags/", "tag": "/tags/t7/",
    "disputed": "/disputed/", "subscribe": "/subscribe/", "embed": "/embed/",
    "feed.atom": "/feed.atom", "feed.rss": "/feed.rss", "feed.json": "/feed.json",
    "daily.atom": "/daily.atom", "tag's feed": "/tags/t7/feed.atom", "calendar": "/calendar.ics",
    "tag's calendar": "/tags/t7/calendar.ics", "feeds.opml": "/feeds.opml",
}  # fmt: skip


def entries(count: int) -> Iterator[dict[str, Any]]:
    """Yield entries of three centuries. Some are disputed. Together they have 40 tags."""
    cited = [{"document": "book", "page": str(page)} for page in range(3)]
    answers = [{"says": f"{said} of them", "document": "book"} for said in ("few", "many")]
    for number in range(count):
        day = date(1700, 1, 1) + timedelta(days=number * 37 % 110_000)
        disputed = [{"question": "How many were there?", "answers": answers}]
        yield entry_of(
            f"e{number:05}",
            day.isoformat(),
            title=f"A house was built that is the {number}th of its kind",
            summary="It was written down by those who saw it, and by some who did not. " * 4,
            place="Somewhere",
            tags=[f"t{number % 40}", f"t{number * 7 % 40}"][: 1 + number % 2],
            sources=cited[: 1 + number % 3],
            **({"accounts": disputed} if number % 10 == 0 else {}),
        )


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds some work took."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def kinds(almanac: Almanac, rounds: int) -> None:
    """Print for each kind of page how long the first request takes, and the size."""
    print(f"{'':<16}{'ms':>8}{'bytes':>10}{'gzipped':>10}")
    for name, path in KINDS.items():
        body = website_at(almanac, NOW).render(path)
        assert body is not None, path
        taken = [timed(lambda: website_at(almanac, NOW).render(path)) for _ in range(rounds)]  # noqa: B023
        packed = len(gzip.compress(body.body, 9))
        print(f"{name:<16}{statistics.median(taken) * 1000:8.2f}{len(body.body):10,}{packed:10,}")


def builds(almanac: Almanac, folder: Path) -> None:
    """Print how fast the whole site is written, and written again without changes."""
    website = website_at(almanac, NOW)
    made = timed(lambda: rendered(website))
    paths = sum(1 for _ in website.paths())
    first = timed(lambda: write_site(almanac, str(folder / "site"), NOW, lambda _: None))
    again = timed(lambda: write_site(almanac, str(folder / "site"), NOW, lambda _: None))
    files = [(path, path.read_bytes()) for path in (folder / "site").rglob("*") if path.is_file()]
    disk = timed(lambda: copied(files, folder / "site", folder / "copy"))
    print(f"{paths:,} pages, {len(files):,} files with the compressed copies")
    for name, seconds in (("rendered", made), ("built", first), ("nothing changed", again),
                          ("the disk alone", disk)):  # fmt: skip
        print(f"{name:<16}{seconds:8.2f} s {paths / seconds:10,.0f} pages/s")
    assert write_site(almanac, str(folder / "site"), NOW, lambda _: None).written == 0


def rendered(website: Website) -> None:
    """Render every path, and keep nothing."""
    for path in website.paths():
        website.render(path)


def copied(files: list[tuple[Path, bytes]], root: Path, to: Path) -> None:
    """Write each file under another name and rename it. Sync once at the end."""
    for path, content in files:
        target = to / path.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.new")
        beside.write_bytes(content)
        beside.replace(target)
    os.sync()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=30)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        almanac = open_almanac(Path(folder), list(entries(options.entries)))
        kinds(almanac, options.rounds)
        builds(almanac, Path(folder))


if __name__ == "__main__":
    main()
