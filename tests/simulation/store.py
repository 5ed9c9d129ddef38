"""A store that several machines share, such as PostgreSQL: it is far away, and ownership ends.

The ledger's SQL is that of SQLite: the contract is judged here, and not PostgreSQL's SQL. What is
different from SQLite is here: a call takes time, gets lost, or its answer gets lost. And nobody
sees that a process has died: it counts as dead if it was silent for LEASE seconds.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from onthisday.adapters.sqlite.ledger_backup import copy_ledger_file
from onthisday.adapters.sqlite.transactions import Change
from onthisday.errors import Unwritable
from tests.simulation.engine import Engine
from tests.simulation.faults import PatientWriter

if TYPE_CHECKING:
    from tests.simulation.processes import Process
    from tests.simulation.world import World

EVERY, LEASE = 5.0, 20.0
"""Seconds between two beats of a process, and the seconds after which a silent one is dead."""


class Copy(NamedTuple):
    """The state of the store at a moment: its file, when each owner beat last, and the jobs."""

    path: str
    beats: dict[str, float]
    jobs: "dict[str, Process | None]"


class Store:
    """The store and its clock. ``failures`` counts the calls that failed on the way.

    ``beats``: when each owner beat last, by the store's clock.
    """

    def __init__(self, world: "World", chance: Random) -> None:
        self.world, self.chance = world, chance
        self.beats: dict[str, float] = {}
        self.seats: dict[str, LeasedSeat] = {}
        self.failures, self.breaks, self.steady_since = 0, 0, -1.0
        self.is_down = False
        self._ahead = 0.0
        self.engine = Engine(self)
        self._way = chance.choice([(0.001,), (0.001, 0.005, 0.02), (0.005, 0.2)])

    def now(self) -> float:
        """Return the store's time in seconds. Its clock may be set forward or back."""
        return self.world.loop.time() + self._ahead

    def way(self) -> float:
        """Return how long a call, or its answer, is on its way."""
        return self.chance.choice(self._way)

    def patience(self) -> float:
        """Return how long a process waits for an answer that does not come."""
        return 0.05 if self.is_down else self.chance.choice([1.0, 5.0, 10.0, 30.0])

    def is_reached_by(self, process: "Process") -> bool:
        """Return True if the calls of a process reach the store."""
        return not self.is_down and not process.machine.is_cut

    def age(self, token: str) -> float:
        """Return for how many seconds an owner is silent, by the store's clock."""
        seat = self.seats.get(token)
        if seat is not None:
            seat.beat()
        return self.now() - self.beats.get(token, -1e9)

    # Owners

    def beat(self) -> None:
        """Note the beats of all owners up to now. Call this before anything about them changes."""
        for seat in list(self.seats.values()):
            seat.beat()

    def is_dead(self, token: str) -> bool:
        """Return True if an owner is silent for too long. Then it is dead for ever."""
        if self.age(token) <= LEASE:
            return False
        if self.beats.pop(token, None) is not None:
            self.world.note("thought dead", token)
        self.world.oracle.sharing.freed(token)
        return True

    # Troubles

    def go_down(self) -> None:
        """End all connections, and take no new ones."""
        self.beat()
        self.is_down = True
        self.breaks += 1

    def come_up(self) -> None:
        """Take connections again."""
        for seat in list(self.seats.values()):
            seat.begin(self.chance.uniform(0, EVERY))
        self.is_down = False
        self.engine.wake()

    def set_clock(self, by: float) -> None:
        """Set the store's clock forward, or back."""
        self.beat()
        self._ahead += by
        self.steady_since = self.world.loop.time()

    def copied(self) -> Copy:
        """Return a copy of the store as it is now: what a replica has."""
        self.beat()
        path = str(self.world.folder / f"replica{self.world.next_number()}.db")
        copy_ledger_file(self.world.ledger_path, path)
        return Copy(path, dict(self.beats), dict(self.engine.jobs))

    def become(self, copy: Copy) -> None:
        """Go back to the state of a copy: the replica takes the store's place."""
        assert self.is_down
        self.beats, self.engine.jobs = dict(copy.beats), dict(copy.jobs)
        with (
            closing(sqlite3.connect(copy.path)) as source,
            closing(sqlite3.connect(self.world.ledger_path)) as target,
        ):
            source.backup(target)
        Path(copy.path).unlink()

    def replaced(self) -> None:
        """Another file took the ledger's place: a person restored a backup."""
        self.beats.clear()
        self.engine.jobs.clear()


class LeasedSeat:
    """What the product calls an owner. A process beats each EVERY seconds while it can.

    The beats are worked out when somebody asks for them. So years of beats take no time.
    ``named_at``: when it took its token, in seconds of the loop.
    """

    def __init__(self, store: Store, process: "Process") -> None:
        self._store, self._process = store, process
        self._names, self._begun, self._noted = 0, -1.0, -1.0
        self._token = ""
        self._register()
        self._begun = self._noted

    def _register(self) -> None:
        """Take a new token."""
        self._store.seats.pop(self._token, None)
        self._names += 1
        self.named_at = self._store.world.loop.time()
        self._token = f"{self._process.name}.{self._names}"
        self._store.seats[self._token] = self
        self._store.beats[self._token] = self._store.now()
        self._noted = self._store.world.loop.time()

    @property
    def token(self) -> str:
        """The token that this process has now. If the store has forgotten it, it is a new one."""
        self.beat()
        if self._token not in self._store.beats and self._is_near:
            self._register()
        return self._token

    @property
    def _is_near(self) -> bool:
        """True if the process lives and reaches the store."""
        process = self._process
        is_silent = process.is_dead or process.is_closed or process.machine.is_stopped
        return not is_silent and self._store.is_reached_by(process)

    def begin(self, after: float) -> None:
        """Beat from now on: the first time in ``after`` seconds.

        Call this before the process is free to beat again.
        """
        self.beat()
        self._begun = self._store.world.loop.time() + after

    def beat(self) -> None:
        """Note the beats up to now. If the process was thought dead, it takes a new token."""
        now = self._store.world.loop.time()
        if not self._is_near or now < self._begun:
            return
        last = self._begun + (now - self._begun) // EVERY * EVERY
        if last <= self._noted:
            return
        self._noted = last
        if self._token in self._store.beats:
            self._store.beats[self._token] = last + self._store.now() - now
        else:
            self._register()

    def is_dead(self, token: str) -> bool:
        return token != self.token and self._store.is_dead(token)

    def is_silent(self, token: str) -> bool:
        """Return True if an owner would be dead, if somebody looked for the dead now."""
        return token != self.token and self._store.age(token) > LEASE

    def silent_for(self) -> float:
        """Return for how many seconds this process has not beaten."""
        self.beat()
        return self._store.world.loop.time() - self._noted

    def die(self) -> None:
        """The process is killed: it beats no more."""
        self.beat()

    def close(self) -> None:
        """The process ends in order: it is dead at once."""
        self._store.beats.pop(self._token, None)
        self._store.seats.pop(self._token, None)


class Wire(PatientWriter):
    """Makes changes in a store that is far away.

    A call or its answer may get lost on the way. The process then waits for a while, and gets
    Unwritable. If the answer was lost, the change is made all the same.
    """

    def __init__(self, rows: Any, path: str, process: "Process") -> None:
        store = process.world.store
        assert store is not None
        super().__init__(rows, path, process.world.disk)
        self._store, self._process, self._at = store, process, path

    def run_for(self, change: Change, argument: Any) -> "asyncio.Future[Any]":
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._later(self._arrive, change, argument, answer)
        return answer

    def _later(self, call: Callable[..., None], *values: Any) -> None:
        asyncio.get_running_loop().call_later(self._store.way(), call, *values)

    def _arrive(self, change: Change, argument: Any, answer: "asyncio.Future[Any]") -> None:
        """A call reaches the store, or gets lost."""
        if self._is_gone:
            answer.cancel()
        elif not self._store.is_reached_by(self._process):
            self._give_up(answer)
            if not self._store.is_down and self._store.chance.random() < 0.3:
                late = self._store.chance.uniform(0, 120)
                asyncio.get_running_loop().call_later(late, self._arrive_late, change, argument)
        else:
            breaks = self._store.breaks
            made = super().run_for(change, argument)
            made.add_done_callback(lambda _: self._later(self._answered, made, breaks, answer))

    def _arrive_late(self, change: Change, argument: Any) -> None:
        """A call reaches the store after its process has given up. The network kept it."""
        if not self._is_gone and self._store.is_reached_by(self._process):
            super().run_for(change, argument).add_done_callback(lambda made: made.exception())

    def _answered(
        self, made: "asyncio.Future[Any]", breaks: int, answer: "asyncio.Future[Any]"
    ) -> None:
        """The answer reaches the process, or gets lost."""
        error = None if made.cancelled() else made.exception()
        if self._is_gone or made.cancelled() or answer.done():
            answer.cancel()
        elif breaks != self._store.breaks or not self._store.is_reached_by(self._process):
            self._give_up(answer)
        elif error is not None:
            self._fail(answer, error)
        else:
            answer.set_result(made.result())

    @property
    def _is_gone(self) -> bool:
        return self._process.is_dead or self._process.is_closed

    def _give_up(self, answer: "asyncio.Future[Any]") -> None:
        """Have the process wait for an answer that does not come."""
        error = Unwritable(self._at, "cannot be reached")
        asyncio.get_running_loop().call_later(self._store.patience(), self._fail, answer, error)

    def _fail(self, answer: "asyncio.Future[Any]", error: BaseException) -> None:
        self._store.failures += isinstance(error, Unwritable)
        if self._is_gone or answer.done():
            answer.cancel()
        else:
            answer.set_exception(error)
            answer.exception()  # if its task is killed meanwhile, nobody reads it

    def _work(self) -> None:
        """Commit. If plans are among the changes, have the oracle judge them."""
        closings, process = self._process.world.oracle.closings, self._process
        before = closings.before() if process.opening else None
        try:
            super()._work()
        finally:
            if before is not None:
                closings.opened(process, before)
