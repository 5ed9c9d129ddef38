"""The memory of a program with all its processes, as Linux counts it.

Memory that several processes share is counted once (PSS). The most is what was seen when it was
looked at, ten times a second.
"""

import os
import re
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path


def most_memory(command: Sequence[str]) -> float:
    """Run a program until it ends. Return the most MB that it and its children had together."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    most = 0.0
    while process.poll() is None:
        most = max(most, megabytes(process.pid))
        time.sleep(0.1)
    assert process.returncode == 0, command
    return most


def megabytes(pid: int) -> float:
    """Return how many MB a process and its children have together now."""
    return sum(_of(each) for each in family(pid)) / 1024


def family(pid: int) -> Iterator[int]:
    """Yield a process and its children, and theirs."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text("ascii").split()
        except OSError:  # it has ended
            continue
        for child in children:
            yield from family(int(child))


def cpu_seconds(pid: int) -> float:
    """Return the processor's seconds of a process and its children, as far as they run now."""
    return sum(_used(each) for each in family(pid)) / os.sysconf("SC_CLK_TCK")


def _used(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/stat").read_text("utf-8", errors="replace")
    except OSError:
        return 0
    fields = text.rpartition(")")[2].split()  # the name before it may have spaces
    return int(fields[11]) + int(fields[12])


def _of(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0
    found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) if found else 0
