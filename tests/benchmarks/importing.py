"""How fast each format is imported, and in how much memory.

    python -m tests.benchmarks.importing [--entries 20000] [--rounds 3]

Each format imports the same made-up entries with the whole command: read, give ids, check, compile,
write. The figures are of the processor's time, because other programs may run beside it; the ratio
compares with JSON Lines in the same run. The median of the rounds counts.
"""

import argparse
import io
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import NamedTuple

from onthisday.importers.xlsx_writing import write

_CONFIG = "site: {title: Days, url: 'https://example.org/'}\nalmanac: almanac\n"
_WORDS = """
mill river town market church fire bridge ship letter school war king queen council harbour train
road castle garden song play book paper law vote strike storm flood plague fair saint
"""


class _Fact(NamedTuple):
    day: date
    title: str


class _Cost(NamedTuple):
    lines: int
    seconds: float
    megabytes: float


def _facts(count: int) -> Iterator[_Fact]:
    random, known = Random(21), _WORDS.split()
    for _ in range(count):
        words = " ".join(random.choice(known) for _ in range(random.randint(4, 12)))
        yield _Fact(date(1000, 1, 1) + timedelta(random.randrange(370_000)), words.capitalize())


def _calendar(facts: Iterator[_Fact]) -> bytes:
    lines = (f"{f.day:%m/%d}\t{f.title}, {f.day.year}\n" for f in facts)
    return "".join(lines).encode()


def _csv(facts: Iterator[_Fact]) -> bytes:
    return "".join(["date;title\n", *(f"{f.day};{f.title}\n" for f in facts)]).encode()


def _xlsx(facts: Iterator[_Fact]) -> bytes:
    made = io.BytesIO()
    write(("date", "title"), ([str(f.day), f.title] for f in facts), "days", made)
    return made.getvalue()


def _jsonl(facts: Iterator[_Fact]) -> bytes:
    lines = (json.dumps({"date": str(f.day), "title": f.title}) for f in facts)
    return "\n".join(lines).encode()


def _ics(facts: Iterator[_Fact]) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for number, f in enumerate(facts):
        lines += ["BEGIN:VEVENT", f"UID:{number}@example.org", "RRULE:FREQ=YEARLY"]
        lines += [f"DTSTART;VALUE=DATE:{f.day:%Y%m%d}", f"SUMMARY:{f.title}", "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def _gedcom(facts: Iterator[_Fact]) -> bytes:
    lines = ["0 HEAD", "1 GEDC", "2 VERS 5.5.1", "1 CHAR UTF-8"]
    for number, f in enumerate(facts):
        lines += [f"0 @I{number}@ INDI", f"1 NAME {f.title[:20]} /{f.title[-5:]}/", "1 DEAT",
                  f"2 DATE {f.day.day} {f.day:%b} {f.day.year}".upper()]  # fmt: skip
    return "\n".join([*lines, "0 TRLR", ""]).encode()


def _wikimedia(facts: Iterator[_Fact]) -> bytes:
    listed = [{"text": f.title, "year": f.day.year, "pages": []} for f in facts]
    return json.dumps({"events": listed}).encode()


_FORMATS: dict[str, tuple[str, Callable[[Iterator[_Fact]], bytes]]] = {
    "jsonl": ("days.jsonl", _jsonl), "calendar": ("days", _calendar), "csv": ("days.csv", _csv),
    "xlsx": ("days.xlsx", _xlsx), "ics": ("days.ics", _ics), "gedcom": ("days.ged", _gedcom),
    "wikimedia": ("02-25.json", _wikimedia),
}  # fmt: skip


def _cost(form: str, entries: int) -> _Cost:
    """Import a file into an empty almanac in a process of its own."""
    name, make = _FORMATS[form]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "almanac").mkdir()
        (Path(folder) / "config.yaml").write_text(_CONFIG, "utf-8")
        file = Path(folder) / name
        content = make(_facts(entries))
        file.write_bytes(content)
        command = [sys.executable, "-m", "onthisday", "--config", f"{folder}/config.yaml",
                   "import", form, str(file)]  # fmt: skip
        quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
        child = os.posix_spawn(command[0], command, os.environ, file_actions=quiet)
        _, status, used = os.wait4(child, 0)
        assert status == 0, form
    lines = entries if form in {"xlsx", "wikimedia"} else content.count(b"\n")
    return _Cost(lines, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    costs: dict[str, list[_Cost]] = {form: [] for form in _FORMATS}
    for _ in range(args.rounds):
        for form, listed in costs.items():
            listed.append(_cost(form, args.entries))
    base = median(cost.seconds for cost in costs["jsonl"])
    print(f"{args.entries:,} entries, {args.rounds} rounds")
    for form, listed in costs.items():
        seconds = median(cost.seconds for cost in listed)
        memory = max(cost.megabytes for cost in listed)
        print(
            f"{form:10} {args.entries / seconds:8,.0f} entries/s {listed[0].lines / seconds:9,.0f} "
            f"lines/s {memory:6.0f} MB   {seconds / base:4.2f} of jsonl's time"
        )


if __name__ == "__main__":
    main()
