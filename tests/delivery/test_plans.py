"""Channels that are alike are planned once, and each gets the plan that it would get alone."""

from datetime import date, time, timedelta
from random import Random
from typing import Any

import pytest

from onthisday.almanac.entry import Selection
from onthisday.config import Channel
from onthisday.delivery.notice import ChannelState
from onthisday.service.sending.plans import plans_for
from tests.delivery.fakes import almanac_of, channel, config, entry, instant

NOW = instant("2026-02-25T16:00")

LIBRARY = almanac_of(
    *(entry(f"e{n}", f"{1900 + n}-02-{20 + n % 9}", tags=["tag"] * (n % 2)) for n in range(20))
)

CLOSINGS = {"closed": frozenset({"e0"}), "of a week": frozenset({"2026-02-23/2026-03-01", "e1"})}


def channel_of(number: int, chance: Random) -> Channel:
    """Return a channel that differs from others in a few of its keys."""
    keys: dict[str, Any] = {
        "zone": chance.choice(("UTC", "Africa/Cairo", "Pacific/Kiritimati")),
        "at": time(chance.choice((0, 9, 23))),
        "post": chance.choice(("day", "each", "week", "month")),
        "ahead": chance.choice((0, 1)),
        "starts": chance.choice(("today", "tomorrow")),
        "selection": chance.choice((Selection(), Selection(tags=("tag",)))),
        "at_most": chance.choice((None, 1)),
        "enabled": chance.random() < 0.8,
    }
    kept = chance.sample(sorted(keys), 3)
    return channel(f"c{number}", **{name: keys[name] for name in kept})


def state_of(name: str, chance: Random) -> ChannelState | None:
    """Return what a ledger may know of a channel."""
    if chance.random() < 0.3:
        return None
    day = date(2026, 2, 25) - timedelta(days=chance.choice((-1, 0, 0, 0, 1, 9)))
    return ChannelState(name, day, closing=chance.choice((None, None, "closed", "of a week")))


@pytest.mark.parametrize("seed", range(10))
def test_each_channel_gets_the_plan_that_it_would_get_alone(seed: int) -> None:
    chance = Random(seed)
    channels = [channel_of(number, chance) for number in range(200)]
    states = {name: state for name in (each.name for each in channels)
              if (state := state_of(name, chance))}  # fmt: skip
    together, errors = plans_for(config(*channels), states, LIBRARY, NOW, CLOSINGS)
    alone = [
        plan
        for each in channels
        for plan in plans_for(config(each), states, LIBRARY, NOW, CLOSINGS)[0]
    ]
    assert together == alone
    assert len({plan.considered for plan in alone}) > 1
    assert any(plan.notices for plan in alone)
    assert not errors


def test_channels_that_are_alike_cost_the_almanac_one_question() -> None:
    asked = []

    class Counting:
        """A library that notes for which days it is asked."""

        version = LIBRARY.version

        def published(self, day: date) -> Any:
            asked.append(day)
            return LIBRARY.published(day)

    many = config(*(channel(f"c{number}") for number in range(1000)))
    plans, _ = plans_for(many, {}, Counting(), NOW, {})  # type: ignore[arg-type]
    assert len(plans) == 1000
    assert asked == [date(2026, 2, 25)]
