"""What happens to machines that share a store: partitions, stops, restarts, a failover.

Beside these, everything of stories.py happens too.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from tests.simulation.machines import Machine

if TYPE_CHECKING:
    from tests.simulation.processes import Process
    from tests.simulation.world import World

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0

Act = Callable[[], Awaitable[None]]


class Replicas:
    """Makes the machines, chooses what happens to them next, and does it."""

    def __init__(self, world: "World", chance: Random) -> None:
        self.world, self._chance = world, chance
        self._every = chance.choice([0.1, 0.3, 1]) * DAY
        acts: dict[Act, int] = {
            self._cut: 5, self._take_offline: 3, self._stop_one: 8, self._stop_at_a_statement: 5,
            self._restart_store: 3, self._fail_over: 3, self._roll: 3, self._set_stores_clock: 1,
        }  # fmt: skip
        left_out = chance.sample(list(acts), chance.randint(0, len(acts) // 2))
        self._acts = {act: weight for act, weight in acts.items() if act not in left_out}
        self._machines: list[Machine] = []
        self.is_calm = False

    def new_machine(self) -> Machine:
        """Return a machine with a clock of its own."""
        skew = self.world.skew
        ahead = timedelta(seconds=self._chance.uniform(-skew, skew))
        machine = Machine(self.world.clock, ahead)
        self._machines.append(machine)
        self.world.note("machine", str(len(self._machines)), f"is {ahead} ahead")
        return machine

    async def tell(self) -> None:
        """Do one thing after another."""
        while True:
            await asyncio.sleep(self._chance.expovariate(1 / self._every))
            (act,) = self._chance.choices(list(self._acts), list(self._acts.values()))
            await act()

    def calm_down(self) -> None:
        """End all trouble of the machines and of the store."""
        self.is_calm = True
        for process in list(self.world.processes.values()):
            self._heal(process)
            self._go_on(process)
        assert self.world.store is not None
        self.world.store.come_up()

    # When

    def _one(self) -> "Process | None":
        living = [each for each in self.world.processes.values() if each.seat is not None]
        return self._chance.choice(living) if living else None

    async def _to_one(self, words: str, do: "Callable[[Process], None]") -> None:
        """Do something to a process: now, when a day is due, or while its message is on its way."""

        def now(process: "Process") -> None:
            if not self.is_calm and not process.is_dead:
                self.world.note(words, process.name)
                do(process)

        when = self._chance.choice(["now", "due", "sending", "sending"])
        if when == "sending":
            self.world.network.trap = now
            return
        if when == "due":
            await self._until_due()
        process = self._one()
        if process is not None:
            now(process)

    async def _until_due(self) -> None:
        clock = self._chance.choice(self._machines)
        wait = self.world.until_due(clock) - self._chance.uniform(-2, 20)
        await asyncio.sleep(max(0.0, wait))

    def _in(self, lengths: list[float], do: Callable[[], None]) -> float:
        """Do something after one of so many seconds."""
        seconds = self._chance.choice(lengths) * self._chance.uniform(0.9, 1.1)
        asyncio.get_running_loop().call_later(seconds, do)
        return seconds

    # Machines

    async def _cut(self) -> None:
        await self._to_one("does not reach the store:", self._cut_now)

    def _cut_now(self, process: "Process") -> None:
        self.world.beat()
        process.machine.is_cut = True
        self.world.oracle.excuse()
        self._in([3, 15, 21, 40, 300, HOUR, 6 * HOUR], partial(self._heal, process))

    def _heal(self, process: "Process") -> None:
        if process.machine.is_cut and process.seat is not None:
            process.seat.begin(self._chance.uniform(0, 5))
            process.machine.is_cut = False
            self.world.oracle.excuse()
        process.machine.is_offline = False
        self.world.nudge()

    async def _take_offline(self) -> None:
        await self._to_one("does not reach the services:", self._take_offline_now)

    def _take_offline_now(self, process: "Process") -> None:
        process.machine.is_offline = True
        self._in([3, MINUTE, 10 * MINUTE, 2 * HOUR], partial(self._heal, process))

    async def _stop_one(self) -> None:
        await self._to_one("stops:", self.stop)

    def stop(self, process: "Process") -> None:
        """Stop a process (SIGSTOP), and let it go on after a while."""
        if process.machine.is_stopped or process.seat is None or self.is_calm:
            return
        self.world.beat()
        process.machine.is_stopped = True
        self.world.oracle.excuse()
        seconds = self._in([2, 15, 19, 21, 25, MINUTE, HOUR], partial(self._go_on, process))
        self.world.note("stopped", process.name, f"for {seconds:.0f} s")

    def _go_on(self, process: "Process") -> None:
        if process.machine.is_stopped and process.seat is not None and not process.is_dead:
            process.seat.begin(self._chance.uniform(0, 0.05))
            process.went_on_at = self.world.loop.time()
            process.machine.go_on()
            self.world.oracle.excuse()
            self.world.note("goes on", process.name)

    async def _stop_at_a_statement(self) -> None:
        process = self._one()
        if process is not None:
            process.stops_in = self._chance.choice([1, 10, 100]) * self._chance.randint(1, 9)

    async def _roll(self) -> None:
        """Restart all processes, one after another, as a new version does."""
        self.world.note("rolls")
        for process in list(self.world.processes.values()):
            process.must_stop = True
            self.world.nudge()
            await asyncio.sleep(self._chance.choice([5, 60]))

    # The store

    async def _restart_store(self) -> None:
        if self._chance.random() < 0.5:
            await self._until_due()
        self._go_down([1, 5, 30, 90])

    def _go_down(self, lengths: list[float]) -> None:
        store = self.world.store
        assert store is not None
        if not self.is_calm:
            seconds = self._in(lengths, self._come_up)
            self.world.note("store", f"is down for {seconds:.0f} s")
            store.go_down()

    def _come_up(self) -> None:
        assert self.world.store is not None
        self.world.store.come_up()
        self.world.oracle.excuse()

    async def _set_stores_clock(self) -> None:
        size = self._chance.choice([1, 15, MINUTE, HOUR])
        by = self._chance.uniform(0.1, 1) * size * self._chance.choice([1, -1])
        self.world.note("store", f"its clock is set by {by:.0f} s")
        assert self.world.store is not None
        self.world.store.set_clock(by)
        self.world.oracle.excuse()

    async def _fail_over(self) -> None:
        """Let a replica take the store's place that lacks the last changes."""
        if self._chance.random() < 0.3:
            await self._until_due()
            self._lag()
        else:
            self.world.network.trap = lambda _: self._lag()

    def _lag(self) -> None:
        world = self.world
        if self.is_calm or world.store is None or world.store.is_down:
            return
        world.note("store", "its replica gets no more changes")
        copy, before, restores = world.store.copied(), world.oracle.sharing.before(), world.restores
        lag = self._chance.choice([0.01, 0.1, 0.5, 2.0, 10.0])

        def fail_over() -> None:
            if self.is_calm or world.restores != restores or world.store is None:
                return
            marks = world.oracle.sharing.last_marks()
            self._go_down([0.5, 5, 30, 90])
            world.store.become(copy)
            world.oracle.sharing.failed_over(before, marks)
            world.note("store", f"fails over, and loses {lag} s")

        asyncio.get_running_loop().call_later(lag, fail_over)
