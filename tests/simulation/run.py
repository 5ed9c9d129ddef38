"""Let worlds live, and tell what went wrong: which seed, what, and how it came to that.

python -m tests.simulation --seed 7 --years 20
"""

import argparse
import sys
import time
import traceback
from collections import Counter
from typing import NamedTuple

from tests.simulation.oracle import RULES, Broken
from tests.simulation.world import DAY, Size, World, lived


class Total(NamedTuple):
    """What all worlds together lived through. ``shared``: see `Sharing.counts`."""

    worlds: int
    channel_days: int
    messages: int
    ticks: int
    shared: Counter[str]

    def with_(self, world: World) -> "Total":
        """Return the total with one more world."""
        counts = world.oracle.sharing.counts
        return Total(
            self.worlds + 1,
            self.channel_days + world.channel_days,
            self.messages + world.oracle.messages,
            self.ticks + world.ticks,
            self.shared + counts,
        )

    def __str__(self) -> str:
        years = self.channel_days / 365.25
        shared = "".join(f", {count:,} {name}" for name, count in sorted(self.shared.items()))
        return (
            f"{self.worlds} worlds, {self.channel_days:,} channel-days ({years:,.0f} years),"
            f" {self.messages:,} messages, {self.ticks:,} ticks{shared}"
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
    parser.add_argument("--seed", type=int, help="the first world's; default: from the clock")
    parser.add_argument("--worlds", type=int, default=1, help="how many seeds, one after another")
    parser.add_argument("--years", type=float, default=0.0, help="go on for so many channel-years")
    parser.add_argument("--seconds", type=float, default=0.0, help="go on for so many seconds")
    parser.add_argument("--channels", type=int, help="of each world")
    parser.add_argument("--days", type=float, help="of each world")
    machines = "let several machines share one store in each world"
    parser.add_argument("--replicated", action="store_true", default=None, help=machines)
    parser.add_argument("--go-on", action="store_true", help="go on after a fault")
    leave_out = f"rules, with commas: {', '.join(sorted(RULES))}"
    parser.add_argument("--leave-out", default="", help=leave_out)
    args = parser.parse_args()
    total, failed, begun = Total(0, 0, 0, 0, Counter()), 0, time.monotonic()
    first = seed = args.seed if args.seed is not None else int(time.time()) * 1000
    rules = RULES - set(args.leave_out.split(","))
    while (
        seed < first + args.worlds
        or total.channel_days < args.years * 365.25
        or time.monotonic() < begun + args.seconds
    ):
        try:
            world = lived(seed, Size(args.channels, args.days, args.replicated), rules)
        except KeyboardInterrupt:
            break
        total = total.with_(world)
        if world.broken is not None:
            failed += 1
            _tell(world, whole=not args.go_on)
            if not args.go_on:
                break
        seed += 1
        if sys.stderr.isatty():
            print(f"\r{total} ", end="", file=sys.stderr, flush=True)
    took = time.monotonic() - begun
    print(
        f"{total} in {took:.0f} s; {1000 * took / max(1, total.channel_days):.2f} ms a channel-day"
    )
    return 1 if failed else 0


def _tell(world: World, *, whole: bool) -> None:
    """Print what went wrong in a world. With ``whole``, also how it came to that."""
    broken, days = world.broken, world.loop.time() / DAY
    if whole:
        print(story_of(world))
        if broken is not None and not isinstance(broken, Broken):
            traceback.print_exception(broken)
    print(
        f"seed {world.seed}: after {days:.2f} days: {type(broken).__name__}: {broken}", flush=True
    )
