"""Years of sending, in seconds. A seed that fails here fails each time: run it with

python -m tests.simulation --seed SEED
"""

import os
import time

import pytest

from tests.simulation.run import Total, story_of
from tests.simulation.world import Size, World, lived

SMALL = Size(channels=12, days=40)


def survived(seed: int, size: Size = SMALL) -> World:
    world = lived(seed, size)
    if world.broken is not None:
        pytest.fail(f"seed {seed}: {world.broken}\n{story_of(world)}")
    return world


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_is_lost_and_nothing_is_doubled(seed: int) -> None:
    assert survived(seed).oracle.messages > 10


def test_the_same_seed_is_the_same_life() -> None:
    first, second = (lived(7, SMALL) for _ in range(2))
    assert [str(event) for event in first.trace] == [str(event) for event in second.trace]
    assert len(first.trace) > 100


@pytest.mark.slow
def test_new_seeds_each_time(capsys: pytest.CaptureFixture[str]) -> None:
    """Live through new worlds for a minute. The seeds begin with the time, in seconds."""
    seconds = float(os.environ.get("SIMULATE_SECONDS", "5"))
    seed, total, end = int(time.time()) * 1000, Total(), time.monotonic() + seconds
    while time.monotonic() < end:
        total = total.with_(survived(seed, Size()))
        seed += 1
    with capsys.disabled():
        print(f"\nsimulated: {total}")
