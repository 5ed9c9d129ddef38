"""Rules for every test: how many examples Hypothesis tries, and the mark for starting programs.

A test that starts a program must have the mark `program` (pyproject.toml lists the marks).
"""

import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# No example has a deadline: on a busy machine a slow example is no error.
settings.register_profile("full", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("dev", settings.get_profile("full"), max_examples=10)
settings.load_profile("full")

STARTS = {"subprocess.Popen", "os.posix_spawn", "os.fork", "os.forkpty", "os.exec", "os.system"}
"""The audit events (PEP 578) that tell that a process begins."""

_now: list[pytest.Item] = []


def _refuse_programs(what: str, _args: Any) -> None:
    """Fail a test that starts a program without the mark, so that the fast tests stay fast."""
    if what in STARTS and _now and not _now[0].get_closest_marker("program"):
        pytest.fail(f"{_now[0].nodeid} starts a program; mark it: pytest.mark.program")


sys.addaudithook(_refuse_programs)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Remember which test is running. Its fixtures count too."""
    _now[:] = [item]
    try:
        return (yield)
    finally:
        _now.clear()
