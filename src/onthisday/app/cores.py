"""How many cores of the processor this process may use."""

import os


def cores() -> int:
    """Return the number of cores. It is less than the machine has if the system says so.

    (On Linux: `taskset`, `systemd` with CPUAffinity, a container with a set of its own.)
    """
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
