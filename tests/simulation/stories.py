"""What people and the world do to a running service: edits, faults, kills, clocks, backups."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from onthisday.adapters.sqlite.ledger_backup import copy_ledger_file
from onthisday.app import timer
from onthisday.app.workspace import Almanac
from onthisday.errors import OnThisDayError
from onthisday.service.sending.composing import Composer
from onthisday.service.sending.resetting import reset
from tests.delivery.inline_writer import Killed
from tests.simulation.closings import Blanks
from tests.simulation.days import day_in
from tests.simulation.editors import Editors
from tests.simulation.processes import Process

if TYPE_CHECKING:
    from tests.simulation.world import World

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0

Act = Callable[[], Awaitable[None]]


class Stories:
    """Chooses what happens next, and does it."""

    def __init__(self, world: "World", chance: Random) -> None:
        self.world, self._chance = world, chance
        self._every = chance.choice([0.3, 1, 3]) * DAY
        self._saved: tuple[str, dict[str, int], list[str], Blanks] | None = None
        editors = self._editors = Editors(world, chance)
        acts: dict[Act, int] = {
            self._edit_almanac: 10, self._lose_a_file: 6, self._edit_config: 6,
            self._kill_at_a_statement: 8, self._kill: 4, self._stop: 3, self._lock: 4,
            self._fill: 2, self._break_disk: 3, self._jump: 3, self._back_up: 3, self._restore: 1,
            self._replay: 4, self._test: 4, self._repair: 4, editors.hold: 4,
            editors.end_hold: 5, editors.let_go: 6,
        }  # fmt: skip
        left_out = chance.sample(list(acts), chance.randint(0, len(acts) // 2))
        self._acts = {act: weight for act, weight in acts.items() if act not in left_out}

    async def tell(self) -> None:
        """Do one thing after another."""
        while self.world.is_open:
            await asyncio.sleep(self._chance.expovariate(1 / self._every))
            (act,) = self._chance.choices(list(self._acts), list(self._acts.values()))
            try:
                await act()
            except (Killed, OnThisDayError) as error:
                self.world.note("in vain", act.__name__, self.world.words(error))
            self.world.nudge()

    async def calm_down(self) -> None:
        """End all trouble. The operator puts everything right."""
        world = self.world
        world.note("calm")
        world.network.is_calm, world.network.trap = True, None
        world.disk.calm_down()
        world.curator.mend()
        await self._reset()
        await self._editors.calm_down()
        for tree in world.settings.published:
            await self._try_out(tree["name"])
        world.oracle.excuse()
        world.nudge()

    # Edits

    async def _edit_almanac(self) -> None:
        zone = self.world.settings.published[0]["zone"]
        today = day_in(zone, self.world.clock.now())
        self.world.note("almanac", self.world.curator.edit(today))
        self.world.oracle.corrections.edited()

    async def _lose_a_file(self) -> None:
        """Have a file half there when a day falls due, and whole again after a while."""
        world = self.world
        if self._chance.random() < 0.7:
            await asyncio.sleep(max(0.0, world.until_due() - self._chance.uniform(0, 60)))
        world.note("almanac", world.curator.lose())
        await asyncio.sleep(self._chance.choice([1, 90, 10 * MINUTE, 2 * HOUR, DAY]))
        world.curator.mend()
        world.note("almanac", "is whole again")

    async def _edit_config(self) -> None:
        self.world.note("config", self.world.settings.edit())
        self.world.oracle.keeping.configured()
        self.world.oracle.excuse()

    # Faults

    def _one(self) -> Process | None:
        living = list(self.world.processes.values())
        return self._chance.choice(living) if living else None

    async def _kill_at_a_statement(self) -> None:
        if self._chance.random() < 0.3:
            soon = self._chance.randint(0, 9)
            self.world.parts = lambda process: setattr(process, "statements_left", soon)
            return
        process = self._one()
        if process is not None:
            process.statements_left = self._chance.choice(
                [1, 10, 100, 1000]
            ) * self._chance.randint(1, 9)

    async def _kill(self) -> None:
        if self._chance.random() < 0.5:
            self.world.network.trap = Process.kill
            return
        process = self._one()
        if process is not None:
            process.kill()

    async def _stop(self) -> None:
        process = self._one()
        if process is not None:
            process.must_stop = True

    async def _lock(self) -> None:
        await self._trouble("is locked", self.world.disk.lock, [5, 50, 80, 200])

    async def _fill(self) -> None:
        await self._trouble("is full", self.world.disk.fill, [MINUTE, HOUR, DAY])

    async def _break_disk(self) -> None:
        await self._trouble("fails", self.world.disk.break_down, [MINUTE, HOUR, 6 * HOUR])

    async def _trouble(
        self, words: str, begin: Callable[[float], None], lengths: list[float]
    ) -> None:
        """Begin a trouble of the disk: now, when a day is due, or while a message is on its way."""
        seconds = self._chance.choice(lengths)

        def now(_: Process | None = None) -> None:
            self.world.note("disk", f"{words} for {seconds:.0f} s")
            begin(seconds)

        when = self._chance.choice(["now", "due", "sending"])
        if when == "sending":
            self.world.network.trap = now
            return
        if when == "due":
            await asyncio.sleep(max(0.0, self.world.until_due() - self._chance.uniform(0, 5)))
        now()

    async def _jump(self) -> None:
        """Set the clock forward or back, and mostly right again after a while."""
        size = self._chance.choice([MINUTE, HOUR, DAY, 30 * DAY, 365 * DAY, 3650 * DAY])
        by = timedelta(seconds=self._chance.uniform(0.1, 3) * size * self._chance.choice([1, -1]))
        self._set_clock(by)
        await self._watch_the_timer()
        if self._chance.random() < 0.8:
            await asyncio.sleep(self._chance.choice([MINUTE, HOUR, DAY, 5 * DAY]))
            self._set_clock(-by)
            await asyncio.sleep(self._chance.choice([MINUTE, HOUR, DAY]))
            await self._reset()

    async def _watch_the_timer(self) -> None:
        """Let the timer of `serve` run for ten minutes, in which the clock is set back.

        The timer's library looks at this machine's clock, which stands still beside the loop's.
        So a timer that waits for that clock makes no tick.
        """
        world, ticks = self.world, list[float]()

        async def tick() -> None:
            ticks.append(world.loop.time())

        async with timer.ticking(tick):
            await asyncio.sleep(10 * MINUTE)
        if len(ticks) < 10:
            world.fail("timer", "serve", f"made {len(ticks)} ticks in 10 minutes")

    def _set_clock(self, by: timedelta) -> None:
        world = self.world
        world.clock.jump(by)
        world.note("clock", f"jumps by {by}")
        world.jumped_at = world.loop.time()
        world.oracle.excuse()
        world.oracle.pauses.clear()
        world.oracle.throttled.clear()  # the hour of a message that waits may lie ahead again
        world.nudge()

    # Operators

    async def _reset(self) -> None:
        """Set back each channel whose last closed day lies in the future."""
        world, now = self.world, self.world.clock.now()
        if not world.oracle.closings.ahead(world.settings.usable, now):
            return
        config = world.settings.config
        world.oracle.excuse()  # a tick may go on meanwhile, and not know of it
        process = Process(world, "reset")
        process.open()
        world.oracle.closings.resetting = True
        try:
            done = reset(process.ledger, config.channels, now, config.catch_up_days)
            world.note("reset", *(each.channel for each in await process.run(done)))
        finally:
            process.leave()
            world.oracle.closings.resetting = False
        world.oracle.keeping.audit()
        world.oracle.excuse()

    async def _back_up(self) -> None:
        world = self.world
        path = str(world.folder / f"backup{world.next_number()}.db")
        copy_ledger_file(world.ledger_path, path)
        flying = [notice for each in world.processes.values() for notice in each.in_flight]
        taken = {notice: truth.taken for notice, truth in world.oracle.truths.items()}
        self._saved = (path, taken, flying, world.oracle.closings.remembered())
        world.note("backup")

    async def _restore(self) -> None:
        """Stop everything, and put the last backup in the ledger's place."""
        world = self.world
        if self._saved is None:
            return
        for process in list(world.processes.values()):
            process.kill()
        await asyncio.sleep(0.001)  # until their files are closed
        path, taken, flying, blank = self._saved
        world.oracle.let_go()
        for end in ("-wal", "-shm"):
            Path(f"{world.ledger_path}{end}").unlink(missing_ok=True)
        shutil.copy(path, f"{world.ledger_path}.restored")
        Path(f"{world.ledger_path}.restored").replace(world.ledger_path)
        if world.store is not None:
            world.store.replaced()
        world.oracle.restored(taken, flying, blank)
        world.audited, world.restores = 0, world.restores + 1
        world.note("restore")

    async def _replay(self) -> None:
        world = self.world
        sql = "SELECT id, channel FROM notices ORDER BY place DESC LIMIT 200"
        rows = world.oracle.ask(sql)
        if not rows:
            return
        notice, channel = self._chance.choice(rows)
        process = Process(world, "replay")
        process.open()
        try:
            if await process.run(process.ledger.replay(str(notice), world.clock.now())):
                world.note("replay", str(notice))
                place = world.settings.place_of(str(channel))
                world.oracle.asked_again(str(notice), place)
        finally:
            process.leave()

    async def _test(self) -> None:
        await self._try_out(self._chance.choice(self.world.settings.published)["name"])

    async def _try_out(self, name: str) -> None:
        world = self.world
        channel = world.settings.config.channel(name)
        today: date = day_in("UTC", world.clock.now())
        notice = channel and Composer(world.settings.config.site, world.curator.library).sample(  # type: ignore[arg-type]
            channel, today
        )
        if channel is None or notice is None or not channel.enabled:
            return
        process = Process(world, "test")
        process.open()
        try:
            almanac = Almanac(world.settings.config.site, world.curator.library, _no, _no)  # type: ignore[arg-type]
            verdict = await process.run(process.sending.try_out(channel, notice, almanac))
            world.note("test", name, verdict.outcome)
        finally:
            process.leave()

    async def _repair(self) -> None:
        place = self._chance.randrange(len(self.world.settings.trees))
        self.world.network.repair(place)
        await self._try_out(self.world.settings.published[place]["name"])


def _no(_name: str) -> None:
    return None
