"""What holds for every test: how many examples Hypothesis tries, and that a test which starts a
program is marked so (pyproject.toml lists the marks)."""

import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is slow, and nothing is wrong with it: no example has a deadline.
settings.register_profile("full", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("dev", settings.get_profile("full"), max_examples=10)
settings.load_profile("full")

STARTS = {"subprocess.Popen", "os.posix_spawn", "os.fork", "os.forkpty", "os.exec", "os.system"}
"""The audit events (PEP 578) of a process that begins."""

_now: list[pytest.Item] = []


def _refuse_programs(what: str, _args: Any) -> None:
    """Let no test start a program that is not marked: the fast tests would not stay so."""
    if what in STARTS and _now and not _now[0].get_closest_marker("program"):
        pytest.fail(f"{_now[0].nodeid} starts a program; mark it: pytest.mark.program")


sys.addaudithook(_refuse_programs)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Remember which test is being run, with its fixtures."""
    _now[:] = [item]
    try:
        return (yield)
    finally:
        _now.clear()
