"""Let worlds live, and tell what went wrong: which seed, what, and how it came to that.

python -m tests.simulation --seed 7 --years 20
"""

import argparse
import time
from typing import NamedTuple

from tests.simulation.oracle import RULES, Broken
from tests.simulation.world import DAY, Size, World, lived


class Total(NamedTuple):
    """What all worlds together lived through."""

    worlds: int = 0
    channel_days: int = 0
    messages: int = 0
    ticks: int = 0

    def with_(self, world: World) -> "Total":
        """Return the total with one more world."""
        more = (1, world.channel_days, world.oracle.messages, world.ticks)
        return Total(*(a + b for a, b in zip(self, more, strict=True)))

    def __str__(self) -> str:
        years = self.channel_days / 365.25
        return (
            f"{self.worlds} worlds, {self.channel_days:,} channel-days ({years:,.0f} years),"
            f" {self.messages:,} messages, {self.ticks:,} ticks"
        )


def story_of(world: World, most: int = 60) -> str:
    """Return how it came to a fault: the last events that concern it."""
    about = world.broken.about if isinstance(world.broken, Broken) else ""
    channel = about.partition("/")[0]
    own = [
        event
        for event in world.trace
        if event.words[0] not in {"request", "closed", "ended", "killed"}
        or any(channel in word for word in event.words[1:])
    ]
    return "\n".join(map(str, own[-most:]))


def main() -> int:
    """Run worlds. Return 1 if something went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.simulation")
    parser.add_argument("--seed", type=int, default=1, help="the first world's seed")
    parser.add_argument("--worlds", type=int, default=1, help="how many seeds, one after another")
    parser.add_argument("--years", type=float, help="channel-years to live through, instead")
    parser.add_argument("--channels", type=int)
    parser.add_argument("--days", type=float)
    parser.add_argument("--go-on", action="store_true", help="go on after a fault")
    parser.add_argument(
        "--leave-out", default="", help=f"rules, with commas: {', '.join(sorted(RULES))}"
    )
    args = parser.parse_args()
    total, failed, begun = Total(), 0, time.process_time()
    seed = args.seed
    while seed < args.seed + args.worlds or total.channel_days < (args.years or 0) * 365.25:
        rules = RULES - set(args.leave_out.split(","))
        world = lived(seed, Size(args.channels, args.days), rules)
        total = total.with_(world)
        if world.broken is not None:
            failed += 1
            days = world.loop.time() / DAY
            if not args.go_on:
                print(story_of(world))
            print(
                f"seed {seed}: after {days:.2f} days: {type(world.broken).__name__}: {world.broken}"
            )
            if not args.go_on:
                if not isinstance(world.broken, Broken):
                    raise world.broken
                break
        seed += 1
    took = time.process_time() - begun
    print(
        f"{total} in {took:.1f} s; {1000 * took / max(1, total.channel_days):.2f} ms a channel-day"
    )
    return 1 if failed else 0
