"""Run programs from beginning to end, in turns, and say what each needed."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

PYTHON = sys.executable
OURS = str(Path(PYTHON).with_name("onthisday"))


class Taken(NamedTuple):
    """What a program needed: seconds by the clock, seconds of the processor, the most MB.

    The processor's seconds and the megabytes are those of the program and of its children. The
    megabytes are of the largest process.
    """

    wall: float
    cpu: float
    megabytes: float


def run(command: Sequence[str], cores: int | None = None) -> Taken:
    """Run a program until it ends. It must succeed. With ``cores``, it may use no more of them."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        _on(cores, command), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    said = process.stderr.read()
    process.stderr.close()
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command} ended with {process.returncode}: {said.decode()[-2000:]}")
    return Taken(took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _on(cores: int | None, command: Sequence[str]) -> list[str]:
    """Return the command, held to so many cores."""
    return [*(("taskset", "-c", f"0-{cores - 1}") if cores else ()), *command]


def in_turns(works: Mapping[str, Callable[[], Taken]], rounds: int) -> dict[str, Taken]:
    """Do each work once in each round. Return the medians of each.

    So a machine that is busy for a while slows all of them.
    """
    taken: dict[str, list[Taken]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            taken[name].append(work())
    return {name: Taken(*map(median, zip(*all_of, strict=True))) for name, all_of in taken.items()}
