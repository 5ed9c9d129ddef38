"""Measure the program beside others, and print a table. docs/speed.md says what the rows mean.

    python -m tests.benchmarks                              # everything: takes an hour
    python -m tests.benchmarks --only today --only compile  # some parts
    python -m tests.benchmarks --only build --sizes 10,1000 --rounds 1

Everything is made anew in a temporary folder, from a seed. A row whose other program is not
installed says so. `--page` writes the lines into docs/speed.md and draws docs/speed.svg.
"""

import argparse
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.chart import draw_page
from tests.benchmarks.table.machine import machine
from tests.benchmarks.table.page import put
from tests.benchmarks.table.printing import HEAD, row
from tests.benchmarks.table.rows import PARTS
from tests.benchmarks.table.running import Run
from tests.benchmarks.table.values import Line


def main() -> None:
    """Measure what was asked for, and print it."""
    options = _options()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # people's programs start compiled
    about, lines = machine(), []
    print(f"{about}\n\n{HEAD}", flush=True)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        for line in _measured(Run(Path(folder), options.rounds, options.sizes), options.only):
            print(row(line), flush=True)
            lines.append(line)
    if options.page:
        put(lines, about)
        draw_page()


def _measured(run: Run, only: list[str]) -> Iterator[Line]:
    """Yield the lines of the parts that were asked for, or of all."""
    for part in PARTS:
        if not only or part.name in only:
            yield from part.measure(run)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    names = [part.name for part in PARTS]
    parser.add_argument("--only", action="append", choices=names, help="a part; may be repeated")
    parser.add_argument("--sizes", type=_sizes, help="how many entries, such as 10,1000")
    parser.add_argument("--rounds", type=int, default=3, help="each runs so often; 3 by default")
    parser.add_argument("--folder", help="where the almanacs are made; 20 GB at a million entries")
    parser.add_argument(
        "--page", action="store_true", help="also write docs/speed.md and its chart"
    )
    return parser.parse_args()


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(int(each) for each in text.split(","))


if __name__ == "__main__":
    main()
