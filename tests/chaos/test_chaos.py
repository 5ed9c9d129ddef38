"""A short run of tests/chaos. The long one, of ten minutes, is `python -m tests.chaos`."""

import pytest

from tests.chaos.story import Plan, told


@pytest.mark.program
@pytest.mark.kills
@pytest.mark.slow
def test_processes_that_are_killed_and_stopped_send_each_notice_once() -> None:
    found = told(Plan(seconds=30, channels=20, seed=7))
    assert found.judged.wrong == (), found
    assert found.judged.notices == 400
