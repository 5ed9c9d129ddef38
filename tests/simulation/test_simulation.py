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


@pytest.mark.parametrize("seed", [1, 3, 6])
def test_machines_that_share_a_store_lose_nothing_and_double_nothing(seed: int) -> None:
    world = survived(seed, Size(channels=8, days=20, replicated=True))
    assert world.oracle.messages > 10


@pytest.mark.parametrize("replicated", [False, True])
def test_the_same_seed_is_the_same_life(replicated: bool) -> None:
    size = SMALL._replace(days=20, replicated=replicated)
    first, second = (lived(7, size) for _ in range(2))
    assert [str(event) for event in first.trace] == [str(event) for event in second.trace]
    assert len(first.trace) > 100
