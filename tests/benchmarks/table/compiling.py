"""Compiling an almanac as a whole process, beside PyYAML's CSafeLoader on the same entries.

CSafeLoader only reads YAML into trees. Ours also checks each entry and writes the compiled file.
The rates of one core are of the processor's time. Those of all cores are by the clock.
"""

import re
import shutil
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from tests.benchmarks.almanacs import yaml_text
from tests.benchmarks.realistic import entries
from tests.benchmarks.table.memory import most_memory
from tests.benchmarks.table.processes import PYTHON, Taken, in_turns, run
from tests.benchmarks.table.running import MANY, Run, said
from tests.benchmarks.table.today import ours
from tests.benchmarks.table.values import Figure, Line, least, most

_LOADER = """
import sys, yaml
for file in sys.argv[1:]:
    with open(file, "rb") as opened:
        yaml.load(opened, yaml.CSafeLoader)
"""

_MOST_YAML = 100_000
"""The most entries that are written as YAML. More are compared with the rate of these."""

_IN_A_FILE = 10_000

_DATE = re.compile(r"(?<= )date: (-?\d.*)$", re.MULTILINE)
"""A date without quotes. PyYAML writes 0982 so, but that is a number in YAML 1.2."""


def measure(run_: Run) -> Iterator[Line]:
    """Yield the lines for each size: JSON Lines, YAML, all cores, and the memory."""
    for size in run_.sized(1_000, 100_000, 1_000_000):
        yield from _of(run_, size)


def _of(run_: Run, size: int) -> Iterator[Line]:
    """Yield the lines for one size."""
    lines, few = run_.almanac(size), min(size, _MOST_YAML)
    files = _as_yaml(run_, few)
    said(f"compile, {size:,} entries")
    works = {
        "JSON Lines": partial(compiled, lines, 1),
        "all cores": partial(compiled, lines, None),
        "CSafeLoader": partial(run, [PYTHON, "-c", _LOADER, *map(str, files)], 1),
    }
    if few == size:
        works["YAML"] = partial(compiled, files[0].parents[1] / "config.yaml", 1)
    rounds = run_.rounds if few == size else 1
    taken = in_turns(works, rounds)
    loader = Figure(few / taken["CSafeLoader"].cpu, "entries/s")
    for row, target in (("JSON Lines", 5), ("YAML", 0.8)):
        if row in taken:
            rate = Figure(size / taken[row].cpu, "entries/s")
            wanted = least(target) if size >= MANY else None
            yield Line(f"compile {row}, one core", f"{size:,}", rate, "CSafeLoader", loader, wanted)
    one, both = (
        Figure(size / taken[each].wall, "entries/s") for each in ("JSON Lines", "all cores")
    )
    yield Line("compile JSON Lines, all cores", f"{size:,}", both, "one core", one)
    yield _memory(lines, size)


def _memory(config: Path, size: int) -> Line:
    """Return how much memory compiling needs."""
    shutil.rmtree(config.parent / "var")
    memory = Figure(most_memory(ours(config)), "MB")
    target = most(500, "MB") if size == 1_000_000 else None
    return Line("compile JSON Lines, the most memory", f"{size:,}", memory, target=target)


def compiled(config: Path, cores: int | None) -> Taken:
    """Compile an almanac without its cache."""
    shutil.rmtree(config.parent / "var", ignore_errors=True)
    return run(ours(config), cores)


def _as_yaml(run_: Run, count: int) -> list[Path]:
    """Write the entries of an almanac as YAML, and return the files. None is too large to read."""
    folder = run_.folder / f"{count}-yaml"
    if not folder.exists():
        said(f"writing {count:,} entries as YAML")
        (folder / "almanac").mkdir(parents=True)
        lines = run_.almanac(count).parent
        shutil.copy(lines / "config.yaml", folder)
        shutil.copy(lines / "almanac" / "documents.yaml", folder / "almanac")
        made, number = entries(count), 0
        while some := list(islice(made, _IN_A_FILE)):
            text = _DATE.sub(r'date: "\1"', yaml_text(iter(some)))
            (folder / "almanac" / f"entries-{number}.yaml").write_text(text, encoding="utf-8")
            number += 1
    return sorted((folder / "almanac").glob("entries-*.yaml"))
