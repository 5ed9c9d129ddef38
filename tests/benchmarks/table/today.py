"""`onthisday today` as a whole process, beside a bare Python, `calendar` and `remind`.

All say what happened on the same day, from the same almanac. Ours is compiled; the others read
their file each time. Counted is the processor's time, because the machine may be busy.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from tests.benchmarks.realistic import SPECIAL, Tree
from tests.benchmarks.table.machine import has
from tests.benchmarks.table.processes import OURS, PYTHON, Taken, in_turns, run
from tests.benchmarks.table.running import Run, said
from tests.benchmarks.table.values import Figure, Line, most

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def measure(run_: Run) -> Iterator[Line]:
    """Yield a line for each program and size."""
    for size in run_.sized(10, 1_000, 100_000, 1_000_000):
        config = run_.compiled(size)
        said(f"today, {size:,} entries")
        taken = in_turns(_works(config), 5 * run_.rounds)
        mine = _figure(taken["ours"])
        for name, target in (("Python alone", most(3.5)), ("calendar", None), ("remind", None)):
            theirs = _figure(taken[name]) if name in taken else None
            yield Line(f"`today`, beside {name}", f"{size:,}", mine, name, theirs, target)


def ours(config: Path) -> list[str]:
    """Return our command."""
    return [OURS, "--config", str(config), "today", "--date", SPECIAL.isoformat()]


def _works(config: Path) -> dict[str, Callable[[], Taken]]:
    """Return what is run: ours, and of the others those that are installed."""
    works = {"ours": ours(config), "Python alone": [PYTHON, "-c", "pass"]}
    if has("calendar"):
        file = _written(config, "calendar", _for_calendar)
        works["calendar"] = ["calendar", "-f", file, "-t", f"{SPECIAL:%Y%m%d}", "-A", "0"]
    if has("remind"):
        file = _written(config, "remind", _for_remind)
        works["remind"] = ["remind", file, f"{SPECIAL.day}", f"{SPECIAL:%b}", f"{SPECIAL.year}"]
    return {name: partial(run, command) for name, command in works.items()}


def _written(config: Path, name: str, written: Callable[[str, str, str], str]) -> str:
    """Write the dated entries of an almanac as another program reads them."""
    file = config.parent / name
    with (config.parent / "almanac" / "entries.jsonl").open(encoding="utf-8") as lines:
        trees = map(json.loads, lines)
        file.write_text("".join(written(*each) for each in _dated(trees)), encoding="utf-8")
    return str(file)


def _dated(trees: Iterable[Tree]) -> Iterator[tuple[str, str, str]]:
    """Yield the month, the day and the title of the entries that have a day."""
    for tree in trees:
        found = re.fullmatch(r"-?\d{4}-(\d\d)-(\d\d)", tree["date"])
        if found:
            yield found[1], found[2], tree["title"]


def _for_calendar(month: str, day: str, title: str) -> str:
    return f"{month}/{day}\t{title}\n"


def _for_remind(month: str, day: str, title: str) -> str:
    return f"REM {int(day)} {_MONTHS[int(month) - 1]} MSG {title}\n"


def _figure(taken: Taken) -> Figure:
    return Figure(taken.cpu * 1000, "ms")
