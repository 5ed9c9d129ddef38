"""Rules for every test: how many examples Hypothesis tries, and what a test may not do.

A test that starts a program must have the mark `program` (pyproject.toml lists the marks). No test
writes into the folder of the program: other tests run the program at the same time.
"""

import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import onthisday

# No example has a deadline: on a busy machine a slow example is no error.
settings.register_profile("full", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("dev", settings.get_profile("full"), max_examples=10)
settings.load_profile("full")

STARTS = {"subprocess.Popen", "os.posix_spawn", "os.fork", "os.forkpty", "os.exec", "os.system"}
"""The audit events (PEP 578) that tell that a process begins."""

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

PROGRAM = os.path.dirname(onthisday.__file__)

_now: list[pytest.Item] = []


def _refuse_programs(what: str, _args: Any) -> None:
    """Fail a test that starts a program without the mark, so that the fast tests stay fast."""
    if what in STARTS and _now and not _now[0].get_closest_marker("program"):
        pytest.fail(f"{_now[0].nodeid} starts a program; mark it: pytest.mark.program")


def _refuse_writing(what: str, args: Any) -> None:
    """Fail a test that writes into the program. Python itself may keep what it compiled there."""
    if what == "open" and args[2] & WRITES and _now:
        path = os.fspath(args[0]) if isinstance(args[0], str | os.PathLike) else ""
        if str(path).startswith(PROGRAM) and "__pycache__" not in str(path):
            pytest.fail(f"{_now[0].nodeid} writes {path}, which is a part of the program")


sys.addaudithook(_refuse_programs)
sys.addaudithook(_refuse_writing)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Remember which test is running. Its fixtures count too."""
    _now[:] = [item]
    try:
        return (yield)
    finally:
        _now.clear()
