"""Each fuzzer tries a few seeds with each run of the tests. `.ci/run` tries new ones."""

from random import Random

import pytest

from tests.fuzz.run import FUZZERS

STARTS_A_PROGRAM = {"documents"}

NAMES = [
    pytest.param(name, marks=[pytest.mark.program] if name in STARTS_A_PROGRAM else [])
    for name in FUZZERS
]


@pytest.mark.parametrize("name", NAMES)
def test_a_fuzzer_finds_nothing_in_its_first_seeds(name: str) -> None:
    with FUZZERS[name]() as attempt:
        for seed in range(30):
            attempt(Random(seed))
