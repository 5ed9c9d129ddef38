"""What every measurement gets: the sizes, how many rounds, a folder, and almanacs of each size."""

import sys
import time
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.realistic import write_almanac
from tests.benchmarks.table.processes import OURS, run

MANY = 10_000
"""From so many entries on, the start of the program no longer counts in a rate."""

_YOUNG = 2.1
"""For so many seconds the program takes a file for one that may still be written."""


class Run(NamedTuple):
    """One run of the command. ``sizes`` None: those that each row has."""

    folder: Path
    rounds: int
    sizes: tuple[int, ...] | None = None

    def sized(self, *usual: int) -> tuple[int, ...]:
        """Return the sizes that were asked for, or the usual ones of a row."""
        return self.sizes or usual

    def almanac(self, count: int, *, texts: bool = False) -> Path:
        """Return the config of an almanac of this size. It is made once in a run."""
        folder = self.folder / f"{count}{'-texts' if texts else ''}"
        if not folder.exists():
            said(f"making an almanac of {count:,} entries")
            write_almanac(folder, count, texts=texts)
            time.sleep(_YOUNG)
        return folder / "config.yaml"

    def compiled(self, count: int, *, texts: bool = False) -> Path:
        """Return the config of an almanac that is compiled."""
        config = self.almanac(count, texts=texts)
        for _ in range(2):  # the second finds that nothing changed, and remembers it
            run([OURS, "--config", str(config), "today"])
        return config


def said(words: str) -> None:
    """Say on a terminal how far the run is."""
    if sys.stderr.isatty():
        print(words, file=sys.stderr)
