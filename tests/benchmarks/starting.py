"""Measure how soon `serve` answers, how much memory it takes, and what each first page takes.

Each almanac is compiled before. Then `serve` is started several times, each time as a new process:
how long it takes until the port is open and the first page is there, and its memory after all pages
were asked. Each page is asked once in each process, so no answer is kept. The almanacs are kept in
a folder, because it takes minutes to compile a million entries.

    python -m tests.benchmarks.starting [--folder DIR] [--sizes 10 1000 100000 1000000] [--runs 5]
"""

import argparse
import http.client
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from tests.benchmarks.almanacs import SPECIAL, entries, write_config, write_lines

SIZES = (10, 1_000, 100_000, 1_000_000)

PAGES = (
    "/",
    "/index.json",
    f"/days/{SPECIAL:%m-%d}/",
    f"/days/{date(2026, 7, 14):%m-%d}/",
    "/entries/entry-7/",
    "/entries/",
    "/year/",
    "/tags/",
    "/tags/street-7/",
    "/documents/",
    "/documents/gazette/",
    "/disputed/",
    "/corrections/",
    "/subscribe/",
    "/feed.atom",
    "/feed.json",
    "/daily.atom",
    "/tags/street-7/feed.atom",
)
"""A page of each kind that is not a list of the whole almanac."""


def pages(size: int) -> tuple[str, ...]:
    """Return the pages that are asked of an almanac of a size: also one in the middle of a list."""
    middle = size // 200
    return (*PAGES, *((f"/entries/page/{middle}/",) if middle > 1 else ()))


def dated(size: int) -> Iterator[dict[str, object]]:
    """Yield entries of which each tenth is dated to its year alone, so that there are jubilees."""
    for number, tree in enumerate(entries(size)):
        yield tree if number % 10 != 9 else tree | {"date": str(tree["date"])[:4]}


def almanac(folder: Path, size: int) -> Path:
    """Return the config of an almanac of a size. Make it, and compile it, if it is not there."""
    place = folder / str(size)
    config = place / "config.yaml"
    if not config.exists():
        shutil.rmtree(place, ignore_errors=True)
        write_lines(write_config(place).parent / "almanac" / "entries.jsonl", dated(size))
    command = [sys.executable, "-m", "onthisday", "--config", str(config), "today"]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return config


@contextmanager
def served(config: Path) -> Iterator[tuple[int, tuple[float, float], int]]:
    """Start `serve`. Yield its port, what `took` says of its start, and its process id.

    The start ends with the first page.
    """
    began = time.perf_counter()
    command = [sys.executable, "-m", "onthisday", "--config", str(config), "serve"]
    process = subprocess.Popen(
        [*command, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout is not None
    try:
        port = int(process.stdout.readline().decode().rsplit(":", 1)[1].strip("/\n"))
        ask(port, "/subscribe/")
        yield port, (time.perf_counter() - began, worked(process.pid)), process.pid
    finally:
        process.terminate()
        process.wait()


def ask(port: int, path: str) -> None:
    """Ask for a page, and read it."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status == 200, (path, answer.status)


def took(process: int, port: int, path: str) -> tuple[float, float]:
    """Return how many seconds an answer takes, and for how many of them the process works."""
    began, before = time.perf_counter(), worked(process)
    ask(port, path)
    return time.perf_counter() - began, worked(process) - before


def worked(process: int) -> float:
    """Return the seconds for which the processor has worked for a process (Linux)."""
    threads = Path(f"/proc/{process}/task").iterdir()
    return (
        sum(
            int((thread / "schedstat").read_text(encoding="utf-8").split()[0]) for thread in threads
        )
        / 1e9
    )


def memory(process: int, what: str) -> int:
    """Return the memory of a process, in MB, as Linux says it: ``VmRSS``, or ``VmHWM``."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what)) // 1024


def measure(config: Path, size: int, runs: int) -> None:
    """Print how soon the server is ready, its memory, and what each page takes: medians."""
    ready: list[tuple[float, float]] = []
    at_start: list[int] = []
    at_end: list[int] = []
    shown: dict[str, list[tuple[float, float]]] = {path: [] for path in pages(size)}
    for _ in range(runs):
        with served(config) as (port, seconds, process):
            ready.append(seconds)
            at_start.append(memory(process, "VmRSS"))
            for path, times in shown.items():
                times.append(took(process, port, path))
            at_end.append(memory(process, "VmHWM"))
    memories = statistics.median(at_start), statistics.median(at_end)
    print(f"{size:,} entries: {memories[0]:.0f} MB at the start, {memories[1]:.0f} MB in the end")
    print("  seconds  worked")
    for what, times in (("ready", ready), *shown.items()):
        print(" ", *(f"{statistics.median(each):7.4f}" for each in zip(*times, strict=True)), what)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        for size in options.sizes:
            measure(almanac(options.folder or Path(passing), size), size, options.runs)


if __name__ == "__main__":
    main()
