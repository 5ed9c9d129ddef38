"""`onthisday build` beside Hugo, on one core and on all: the first build, and later ones.

Both make the same pages of the same entries. Ours also writes the compressed copies and an index
for searching. Hugo cannot build a part of a site, so it makes all of it each time.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.benchmarks.table.hugo import write_hugo
from tests.benchmarks.table.machine import has
from tests.benchmarks.table.processes import OURS, Taken, in_turns, run
from tests.benchmarks.table.running import Run, said
from tests.benchmarks.table.values import Figure, Line, least, most

TODAY = datetime(2026, 2, 25, 12, tzinfo=UTC)

_CORES = os.cpu_count() or 1

_MANY_PAGES = 5_000
"""From so many pages on, the start of the program no longer counts in a rate."""


class Site:
    """An almanac, and how each program makes a site of it."""

    def __init__(self, config: Path) -> None:
        self.config, self.folder = config, config.parent / "site"
        self.entries = config.parent / "almanac" / "entries.jsonl"
        self.hugo = config.parent / "hugo"
        self._old: list[Path] = []
        if has("hugo") and not self.hugo.exists():
            write_hugo(self.hugo, config)

    def ours(self, cores: int | None = None, now: datetime = TODAY) -> Taken:
        """Build with our program."""
        command = [OURS, "--config", str(self.config), "build", str(self.folder)]
        return run([*command, "--now", now.isoformat()], cores)

    def others(self, cores: int | None = None) -> Taken:
        """Build with Hugo."""
        return run(["hugo", "--source", str(self.hugo), "--quiet"], cores)

    def programs(self, cores: int | None) -> dict[str, Callable[[], Taken]]:
        """Return what builds the site from nothing, by program."""
        works = {"ours": lambda: self._anew(self.folder, lambda: self.ours(cores))}
        if has("hugo"):
            to = self.hugo / "public"
            works["hugo"] = lambda: self._anew(to, lambda: self.others(cores))
        return works

    def _anew(self, folder: Path, work: Callable[[], Taken]) -> Taken:
        """Build into a folder that is not there.

        The old one is moved away and not deleted, because ext4 takes several times as long to make
        a file in the minute after many were deleted (`recently_deleted` in fs/ext4/ialloc.c).
        """
        if folder.exists():
            self._old.append(folder.rename(folder.with_name(f"old-{folder.name}-{len(self._old)}")))
        return work()

    def tidy(self) -> None:
        """Delete the old sites."""
        for folder in self._old:
            shutil.rmtree(folder)

    def change(self) -> None:
        """Change the title of one entry."""
        lines = self.entries.read_text("utf-8").splitlines(keepends=True)
        middle = len(lines) // 2
        lines[middle] = lines[middle].replace('"title": "', '"title": "Anew: ', 1)
        self.entries.write_text("".join(lines), encoding="utf-8")
        if has("hugo"):
            changed = next((self.hugo / "content" / "entries").glob(f"*-{middle}.md"))
            text = changed.read_text("utf-8")
            changed.write_text(text.replace('"title": "', '"title": "Anew: ', 1), "utf-8")


def measure(run_: Run) -> Iterator[Line]:
    """Yield the lines for each size."""
    sites = []
    for size in run_.sized(10, 1_000, 5_000):
        site = Site(run_.compiled(size))
        sites.append(site)
        said(f"build, {size:,} entries")
        yield from _first(site, f"{size:,}", run_.rounds)
        yield from _later(site, f"{size:,}", run_.rounds)
    for site in sites:
        site.tidy()


def _first(site: Site, size: str, rounds: int) -> Iterator[Line]:
    """Yield how fast the first build is, on one core and on all."""
    one = in_turns(site.programs(1), rounds)
    mine, theirs = _pages(site.folder), _pages(site.hugo / "public")
    many, hugo = mine > _MANY_PAGES, one.get("hugo")
    yield Line(
        "`build`, first, one core", size, Figure(mine / one["ours"].cpu, "pages/s"),
        "hugo", hugo and Figure(theirs / hugo.cpu, "pages/s"),
        least(1500, "pages/s") if many else None,
    )  # fmt: skip
    both = in_turns(site.programs(None), rounds)
    hugo = both.get("hugo")
    rate = Figure(mine / both["ours"].wall, "pages/s")
    yield Line(
        "`build`, first, all cores", size, rate,
        "hugo", hugo and Figure(theirs / hugo.wall, "pages/s"),
    )  # fmt: skip
    alone = Figure(mine / one["ours"].wall, "pages/s")
    target = least(1.7) if many and _CORES == 2 else None
    yield Line("`build`, all cores beside one", size, rate, "one core", alone, target)


def _later(site: Site, size: str, rounds: int) -> Iterator[Line]:
    """Yield how long a build takes after nothing, one entry or the day changed."""
    works: dict[str, Callable[[], Taken]] = {"nothing": site.ours}
    if has("hugo"):
        works["hugo"] = site.others
    nothing = in_turns(works, rounds)
    hugo = nothing.get("hugo")
    theirs = hugo and _seconds(hugo)
    yield Line(
        "`build`, nothing changed", size, _seconds(nothing["nothing"]), "hugo", theirs,
        most(0.3, "s"),
    )  # fmt: skip
    site.change()
    works = {"one": lambda: _after(site.change, site.ours)}
    if has("hugo"):
        works["hugo"] = site.others
    one = in_turns(works, rounds)
    hugo = one.get("hugo")
    yield Line(
        "`build`, one entry changed", size, _seconds(one["one"]),
        "hugo", hugo and _seconds(hugo), most(1) if theirs else None,
    )  # fmt: skip
    later = (TODAY + timedelta(days=ahead) for ahead in range(1, rounds + 1))
    days = [site.ours(now=now) for now in later]
    day = sorted(days, key=lambda taken: taken.wall)[len(days) // 2]
    yield Line("`build`, a new day", size, _seconds(day), "hugo", theirs, most(1))


def _after(change: Callable[[], None], work: Callable[[], Taken]) -> Taken:
    change()
    return work()


def _pages(folder: Path) -> int:
    """Return how many files a site has, without the compressed copies."""
    return sum(path.is_file() and path.suffix != ".gz" for path in folder.rglob("*"))


def _seconds(taken: Taken) -> Figure:
    return Figure(taken.wall, "s")
