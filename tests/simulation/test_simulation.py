"""Years of sending, in seconds. A seed that fails here fails each time: run it with

python -m tests.simulation --seed SEED
"""

import pytest

from tests.simulation.run import story_of
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
