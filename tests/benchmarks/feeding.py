"""Measure feeds and calendars: how long each takes, beside writing its format alone.

    python -m tests.benchmarks.feeding [--entries 1000 36600 100000] [--rounds 5]

36,600 entries are a hundred a day. The second column is the time of the format alone: the items or
the events are made before. The ratio says what the rest costs: to ask the library, to choose, and
to say it in words. It counts the time of the processor, so other programs disturb it little.

Target: the calendar of 36,600 entries in less than a second.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from onthisday.app.publishing import website_at
from onthisday.app.workspace import Almanac
from onthisday.feeds import atom, ics, jsonfeed, rss
from onthisday.feeds.calendar import calendar_of
from onthisday.feeds.feed import daily_feed_of, feed_of
from onthisday.feeds.scope import DISPUTED, EVERYTHING, Scope, of_tag
from tests.benchmarks.site import NOW, entries
from tests.website.fixtures import open_almanac

SCOPES = {"/": EVERYTHING, "/disputed/": DISPUTED, "/tags/t7/": of_tag("t7")}

FORMATS: dict[str, Callable[[Any], bytes]] = {
    "atom": atom.render, "rss": rss.render, "json": jsonfeed.render,
}  # fmt: skip


def cpu(work: Callable[[], object], rounds: int) -> float:
    """Return the median of how many milliseconds of the processor some work takes."""
    taken = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return statistics.median(taken) * 1000


def ways(almanac: Almanac) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield the path of each feed and calendar, and what writes its format alone."""
    about = almanac.site, almanac.library.published(NOW.date()), NOW.date()
    for ending, render in FORMATS.items():
        yield f"/daily.{ending}", bound(render, daily_feed_of(*about))
    for folder, scope in SCOPES.items():
        for ending, render in FORMATS.items():
            yield f"{folder}feed.{ending}", bound(render, feed_of(*about, scope))
        yield f"{folder}calendar.ics", bound(ics.render, whole_calendar(about, scope))


def whole_calendar(about: Any, scope: Scope) -> Any:
    """Return a calendar with all its events made."""
    site, library, day = about
    made = calendar_of(site, library, day, scope)
    return made._replace(events=tuple(made.events))


def bound(render: Callable[[Any], bytes], value: Any) -> Callable[[], object]:
    """Return what writes a value."""
    return lambda: render(value)


def measure(count: int, rounds: int) -> None:
    """Print the times for an almanac of so many entries."""
    print(f"\n{f'{count:,} entries':<24}{'ms':>9}{'alone':>9}{'ratio':>7}{'bytes':>13}")
    with tempfile.TemporaryDirectory() as folder:
        almanac = open_almanac(Path(folder), list(entries(count)))
        for path, alone in ways(almanac):
            page = website_at(almanac, NOW).render(path)
            assert page is not None, path
            whole = cpu(lambda: website_at(almanac, NOW).render(path), rounds)  # noqa: B023
            written = cpu(alone, rounds)
            print(f"{path:<24}{whole:9.1f}{written:9.1f}{whole / written:7.1f}{len(page.body):13,}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, nargs="+", default=[1_000, 36_600, 100_000])
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    for count in options.entries:
        measure(count, options.rounds)


if __name__ == "__main__":
    main()
