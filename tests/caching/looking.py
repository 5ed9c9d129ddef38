"""Commands that tell which entries an almanac has, each in a new process."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.core.almanacs import run

LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
from onthisday.cli import main
sys.exit(main(sys.argv[2:]))
"""
"""A program like `onthisday` for which the disk is full: no file may grow over so many bytes."""

Look = Callable[[Path], set[str]]
"""A function: it returns the titles that a command tells of the almanac in a folder."""

TODAY = ("today", "--date", "2026-02-25", "--format", "json")
SEARCH = ("search", "thing", "--format", "json")


def run_full(folder: Path, room: int, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run `onthisday` on a full disk. ``room``: no file may have more bytes.

    -B: otherwise Python keeps a part of a module's compiled code, and cannot load it any more.
    """
    own = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "XDG_CACHE_HOME": str(folder / "own")}
    return subprocess.run(
        [sys.executable, "-B", "-c", LIMITED, str(room), *words],
        cwd=folder, env=own, capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip


def today(folder: Path) -> set[str]:
    """Return what `today` tells."""
    return titles(_told(folder, *TODAY))


def search(folder: Path) -> set[str]:
    """Return what `search` finds."""
    return titles(_told(folder, *SEARCH))


def export(folder: Path) -> set[str]:
    """Return what `export` writes."""
    told = map(json.loads, _told(folder, "export", "jsonl").splitlines())
    return {each["title"] for each in told if "date" in each}


LOOKS: dict[str, Look] = {"today": today, "search": search, "export": export}


def titles(told: str) -> set[str]:
    """Return the titles in what `today` or `search` print as JSON."""
    tree = json.loads(told)
    return {each["title"] for each in tree.get("occasions", tree.get("hits"))}


def _told(folder: Path, *words: str) -> str:
    done = run(folder, *words)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout
