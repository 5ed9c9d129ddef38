"""Measure how entries are proposed from many documents, and from one large text.

The documents are made here. Each has a few sentences, some with dates. One core and all cores run
by turns. Prints the medians (documents a second, milliseconds a KB) and the ratio. Then prints how
much time and memory a large text needs, in a process of its own.

    python -m tests.benchmarks.drafting [--documents 2000] [--rounds 3] [--megabytes 50]
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random

from onthisday.adapters.files.document_files import DocumentFile, find_documents
from onthisday.adapters.files.text_worker import TextWorker
from onthisday.app.parallel_reading import read_documents, read_one
from onthisday.drafts.merging import drafts_of

_PEOPLE = ("Anna Weber", "Carl Meyer", "Maria Keller", "Hans Frei", "Emma Huber", "Otto Graf")
_DONE = (
    "opened the mill by the river", "met the council of the town", "bought 40 looms",
    "wrote to her brother in Basel", "was born in the house at the bridge", "left for Zürich",
)  # fmt: skip
_FILL = "The winter was long, and the river stood high until the snow in the hills was gone. "


def text_of(random: Random, paragraphs: int) -> str:
    """Return a text in which every second paragraph names a day."""
    told = []
    for _ in range(paragraphs):
        day = date(1850, 1, 1) + timedelta(days=random.randrange(36500))
        fact = f"{random.choice(_PEOPLE)} {random.choice(_DONE)}."
        told.append(f"On {day.day} {day:%B} {day.year} {fact} {_FILL * 3}")
        told.append(f"{random.choice(_PEOPLE)} {random.choice(_DONE)}. {_FILL * 4}")
    return "\n\n".join(told)


def rate(files: tuple[DocumentFile, ...], cores: int) -> float:
    """Return how many documents are read and merged in a second."""

    begun = time.perf_counter()
    if cores == 1:
        with TextWorker() as worker:
            read = tuple(read_one("drafts", worker, file) for file in files)
    else:
        read = read_documents(files, "drafts")
    drafts = drafts_of(proposal for each in read for proposal in each.proposals)
    assert drafts
    return len(files) / (time.perf_counter() - begun)


def compare(folder: Path, options: argparse.Namespace) -> None:
    """Measure one core and all cores. Print the medians and the ratio."""
    random, size = Random(1), 0
    for number in range(options.documents):
        text = text_of(random, 4)
        size += len(text)
        (folder / f"{number:05}.txt").write_text(text)
    files = find_documents([str(folder)])
    rates: dict[int, list[float]] = {1: [], os.cpu_count() or 1: []}
    for _ in range(options.rounds):
        for cores, found in rates.items():
            found.append(rate(files, cores))
    medians = {cores: statistics.median(found) for cores, found in rates.items()}
    for cores, median in medians.items():
        per_kb = 1e6 / median / (size / len(files))
        ratio = median / medians[1]
        print(f"{cores} cores: {median:,.0f} documents/s, {per_kb:.2f} ms/KB, {ratio:.2f} x")


def large(folder: Path, megabytes: int) -> None:
    """Print how much time and memory a large text needs, in a process of its own."""
    path = folder / "large.txt"
    text = text_of(Random(2), 500)
    with path.open("w") as file:
        while file.tell() < megabytes * 1_000_000:
            file.write(f"{text}\n\n")
    begun = time.perf_counter()
    command = [sys.executable, "-m", "onthisday", "draft", str(path), "--format", "json"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    took = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"{megabytes} MB: {took:.0f} s, {took * 1000 / megabytes / 1000:.2f} ms/KB, {peak:.0f} MB"
    )


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--megabytes", type=int, default=50)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        compare(Path(folder), options)
    with tempfile.TemporaryDirectory() as folder:
        large(Path(folder), options.megabytes)


if __name__ == "__main__":
    main()
