"""People who see messages before they go out: they hold some back, and let them go.

They use the commands `notices hold` and `notices release`, in a process of their own.
"""

import asyncio
import sys
from argparse import Namespace
from collections.abc import Callable, Coroutine
from contextlib import redirect_stdout
from datetime import date, timedelta
from io import StringIO
from random import Random
from typing import TYPE_CHECKING, Any

from onthisday.cli import notices_holding
from onthisday.cli.notices_holding import NothingHeld
from onthisday.delivery.notice import Hold
from tests.simulation.almanacs import TAGS
from tests.simulation.days import day_in
from tests.simulation.processes import Process

if TYPE_CHECKING:
    from tests.simulation.world import World

NOTHING = Hold()

Command = Callable[..., Coroutine[Any, Any, None]]


class Editors:
    """Hold messages back and let them go. Some let go late, or never."""

    def __init__(self, world: "World", chance: Random) -> None:
        self.world, self._chance = world, chance

    async def calm_down(self) -> None:
        """End all holds, and let everything go that waits for a person now."""
        for hold in self.world.oracle.keeping.there():
            await self._release([], hold)
        try:
            await self._release([], NOTHING)
        except NothingHeld:
            self.world.note("nothing is held")

    async def hold(self) -> None:
        """Hold a channel, a day or a tag back, or what belongs to several of them."""
        await self._sometimes_when_due()
        chance, tree = self._chance, self._chance.choice(self.world.settings.published)
        today = day_in(tree["zone"], self.world.clock.now())
        hold = Hold(
            tree["name"] if chance.random() < 0.6 else None,
            today + timedelta(days=chance.choice([0, 0, 1, 2, 5]))
            if chance.random() < 0.4
            else None,
            chance.choice(TAGS) if chance.random() < 0.6 else None,
        )
        if any(hold):
            await self._say(notices_holding.hold, hold)

    async def end_hold(self) -> None:
        """End a hold, as people do: they say what they said when they made it."""
        holds = self.world.oracle.keeping.there()
        if holds:
            await self._sometimes_when_due()
            await self._release([], self._chance.choice(holds))

    async def let_go(self) -> None:
        """Let messages go that wait: one, those of a channel or a day, or all."""
        sql = "SELECT id, channel, day FROM notices WHERE state = 'held'"
        rows = self.world.oracle.ask(sql)
        if not rows:
            return
        notice, channel, day = map(str, self._chance.choice(rows))
        named = [notice], NOTHING
        ways = [named, named, ([], Hold(channel)), ([], Hold(day=date.fromisoformat(day)))]
        await self._release(*self._chance.choice([*ways, ([], NOTHING)]))

    async def _release(self, ids: list[str], hold: Hold) -> None:
        await self._say(notices_holding.release, hold, ids)
        self.world.oracle.excuse()
        self.world.oracle.throttled.clear()  # what waited too is free, and may be older

    async def _say(
        self,
        command: Callable[..., Coroutine[Any, Any, None]],
        hold: Hold,
        ids: list[str] | None = None,
    ) -> None:
        """Run `notices hold` or `notices release`."""
        world, config = self.world, self.world.settings.config
        process = Process(world, "person")
        process.open()
        world.note(command.__name__, *(ids or ()), hold.key)
        world.oracle.keeping.changing(hold)
        words = Namespace(
            **hold._asdict(), id=ids, config_read=config, format="json", note=None, refuse=sys.exit
        )
        try:
            with redirect_stdout(StringIO()):
                await process.run(command(process.ledger, words))
        finally:
            process.leave()
            world.oracle.keeping.known()

    async def _sometimes_when_due(self) -> None:
        """Wait until messages are on their way."""
        if self._chance.random() < 0.3:
            wait = self.world.until_due() + self._chance.uniform(0, 40)
            await asyncio.sleep(max(0.0, wait))
