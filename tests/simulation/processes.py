"""Processes of the product: they open the ledger, tick, and end, or are killed at any statement."""

import asyncio
import logging
import sqlite3
from collections.abc import Coroutine, Sequence
from contextlib import AsyncExitStack
from contextvars import ContextVar
from datetime import datetime
from typing import TYPE_CHECKING, Any

from onthisday.adapters.sqlite import leasing
from onthisday.adapters.sqlite.ledger_opening import open_ledger_file
from onthisday.adapters.sqlite.sqlite_ledger import SqliteLedger
from onthisday.app.sending import Sending
from onthisday.app.serving import Service
from onthisday.app.workspace import Almanac
from onthisday.delivery.buckets import Queue
from onthisday.delivery.notice import Corrected, NotHeld, Notice
from onthisday.delivery.retries import Settlement
from onthisday.errors import OnThisDayError
from onthisday.service.sending.pace import Pace
from tests.delivery.inline_writer import Killed, Moment, failing
from tests.simulation.engine import EngineJobs
from tests.simulation.faults import PatientWriter
from tests.simulation.late import settle_late
from tests.simulation.machines import Held, Machine
from tests.simulation.network import Line
from tests.simulation.sharing import Mark
from tests.simulation.store import LeasedSeat, Wire

if TYPE_CHECKING:
    from tests.simulation.world import World

_RUNNING: ContextVar["Process | None"] = ContextVar("running", default=None)


def remember_tasks(loop: asyncio.BaseEventLoop) -> None:
    """Have each process know its tasks, so that a kill can end them."""

    def make(loop: Any, coro: Coroutine[Any, Any, Any], **more: Any) -> "asyncio.Task[Any]":
        process = _RUNNING.get()
        if process is not None and process.world.store is not None:
            coro = Held(process, coro)
        task = asyncio.Task(coro, loop=loop, **more)
        if process is not None:
            process.tasks[task] = None
            task.add_done_callback(process.forget)
        return task

    loop.set_task_factory(make)  # type: ignore[arg-type]


class Seat:
    """What the product calls an owner: the mark of a process that lives. See process_locks.py."""

    def __init__(self, world: "World", token: str) -> None:
        self._alive, self.token = world.alive, token
        self._alive.add(token)

    def is_dead(self, token: str) -> bool:
        return token not in self._alive

    is_silent = is_dead

    def die(self) -> None:
        self._alive.discard(self.token)

    def close(self) -> None:
        self._alive.discard(self.token)


class WatchedLedger(SqliteLedger):
    """The real ledger. It tells the oracle what it was asked for."""

    process: "Process"

    async def open_days(self, *plans: Any, **more: Any) -> Any:
        process = self.process
        if process.world.store is not None:  # Wire has the oracle judge each commit
            process.opening += 1
            try:
                return await super().open_days(*plans, **more)
            finally:
                process.opening -= 1
        closings = process.world.oracle.closings
        before = closings.before()
        try:
            return await super().open_days(*plans, **more)
        finally:
            closings.opened(process, before)

    async def sending(self, notice: Notice, *rest: Any, **more: Any) -> Notice:
        process = self.process
        process.world.oracle.sharing.marks(process, notice)
        process.world.oracle.corrections.begun(notice)
        process.in_flight[notice.id] = None
        try:
            marked = await super().sending(notice, *rest, **more)
        except Exception:
            del process.in_flight[notice.id]
            raise
        task = asyncio.current_task()
        assert task is not None
        process.now_sending[task] = notice
        process.world.oracle.sharing.begun(process, notice)
        return marked

    async def set_aside(self, notice: Notice, apart: Any, rest: Any) -> Notice:
        world = self.process.world
        world.oracle.keeping.parting(notice, apart)
        trap, world.parts = world.parts, None
        if trap is not None:
            trap(self.process)
        return await super().set_aside(notice, apart, rest)

    async def correct(self, seen: Sequence[Corrected], notices: Sequence[Notice]) -> int:
        self.process.world.oracle.corrections.corrects(self.process, seen, notices)
        return await super().correct(seen, notices)

    async def let_go(self, notice_ids: Sequence[str]) -> int:
        self.process.world.oracle.keeping.released.update(notice_ids)
        return await super().let_go(notice_ids)

    async def replay(self, notice_id: str, now: datetime) -> bool:
        self.process.world.oracle.keeping.released.add(notice_id)
        return await super().replay(notice_id, now)

    async def settle(self, settlement: Settlement) -> None:
        notice, process = settlement.notice.id, self.process
        try:
            await self._settle(settlement)
        except NotHeld:
            process.in_flight.pop(notice, None)
            process.world.oracle.forget_answer(notice)
            raise
        except Exception:
            process.world.oracle.unsettled(notice)
            raise
        process.in_flight.pop(notice, None)

    async def _settle(self, settlement: Settlement) -> None:
        """Settle. A store with leases takes an answer also from a process that it thought dead."""
        sharing, owner, late = self.process.world.oracle.sharing, self._me, False
        try:
            await super().settle(settlement)
        except NotHeld:
            if self.process.world.store is None:
                raise
            await self._do(lambda rows: settle_late(rows, owner.token, settlement))
            late = True
        sharing.settled(self.process, settlement.notice, late=late)
        if settlement.state == "sent":
            self.process.world.oracle.corrections.sent(settlement.notice)

    async def reserve(self, bucket: str) -> bool:
        me = self.process.seat
        return await self._do(lambda rows: leasing.reserve(rows, me.token, bucket, me.is_silent))

    async def release(self, now: datetime, queue: Queue | None = None) -> None:
        owner, sharing = self._me, self.process.world.oracle.sharing

        def change(rows: sqlite3.Connection) -> None:
            sharing.freed(owner.token, queue)
            leasing.free(rows, owner.token, now, queue)

        await self._do(change)


class Process:
    """One `serve` or one `tick`."""

    plans = True

    def __init__(self, world: "World", kind: str, machine: Machine | None = None) -> None:
        self.world, self.kind, self.machine = world, kind, machine or world.machine
        self.name = f"{kind}{world.next_number()}"
        self.is_dead = self.is_closed = self.must_stop = False
        self.tasks: dict[asyncio.Task[Any], None] = {}
        self.in_flight: dict[str, None] = {}
        self.marks: dict[str, Mark] = {}
        self.now_sending: dict[asyncio.Task[Any], Notice] = {}
        self.statements_left = self.stops_in = -1
        self.opening, self.went_on_at = 0, -1.0
        self.jobs: EngineJobs | None = None
        self.seat: Any = None
        self._rows: sqlite3.Connection | None = None
        self.error: Exception | None = None
        self.trouble: str | None = None
        self.failures_seen = [world.failures] * (2 if world.store is None else 4)
        self._look()

    def _look(self) -> None:
        """Read the almanac, the config and the clock, as each tick does."""
        world = self.world
        self.library, self.settings = world.curator.library, world.settings.config
        self.trees = world.settings.usable
        self.began, self.began_at = self.machine.now(), world.loop.time()

    def forget(self, task: "asyncio.Task[Any]") -> None:
        self.tasks.pop(task, None)
        self.now_sending.pop(task, None)
        if not task.cancelled():
            task.exception()  # the one who waits for the task gets it

    def open(self) -> None:
        """Open the ledger and all that sending needs."""
        world = self.world
        rows, _ = open_ledger_file(world.ledger_path, failing(self._fault))
        self._rows = rows
        sqlite3.Connection.execute(rows, "PRAGMA synchronous = OFF")  # no power cuts here
        sqlite3.Connection.execute(rows, "PRAGMA busy_timeout = 0")  # Disk has the locks
        path, clock = world.ledger_path, self.machine
        if world.store is None:
            self.seat, writer = Seat(world, self.name), PatientWriter(rows, path, world.disk)
        else:
            self.seat, writer = LeasedSeat(world.store, self), Wire(rows, path, self)
        self.ledger = WatchedLedger(path, writer, self.seat)
        self.ledger.process = self
        pace = Pace(world.loop.time, asyncio.sleep, world.jitter.random)
        self.sending = Sending(
            self.ledger, Line(world.network, self), clock, self.settings, clock, pace
        )

    def _fault(self, moment: Moment, sql: str) -> None:
        """Called before and after each statement: it may fail, or the process may die there."""
        if self.is_dead:
            raise Killed
        if self.statements_left >= 0:
            self.statements_left -= 1
            if self.statements_left < 0:
                self.kill()
                raise Killed
        if self.stops_in >= 0:
            self.stops_in -= 1
            if self.stops_in < 0:
                self.world.replicas.stop(self)
        if moment == "before" and self.world.disk.is_ill:
            self.world.disk.check(sql, self._undo)

    def _undo(self) -> None:
        if self._rows is not None and self._rows.in_transaction:
            self._rows.rollback()

    async def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Do something inside this process. Raises Killed if the process is killed meanwhile."""
        _RUNNING.set(self)
        task = asyncio.get_running_loop().create_task(work)
        _RUNNING.set(None)
        try:
            return await task
        except asyncio.CancelledError:
            self.check()
            raise

    async def tick(self) -> None:
        """Do one tick, and have the oracle judge it. Raise Killed."""
        self.failures_seen = [*self.failures_seen[1:], self.world.failures]
        self.error = self.trouble = None
        self._look()
        self.world.oracle.closings.looked(self)
        try:
            await self.run(self._tick())
        except Exception as error:  # noqa: BLE001 - the oracle says whether it may be
            self.trouble = str(error)
        self.world.oracle.ticked(self, ill=self.world.failures > self.failures_seen[0])

    async def _tick(self) -> None:
        """Do what the command `tick` does."""
        self.sending.config = self.settings
        await self.sending.tick(self.almanac())
        await self.sending.left()
        if self.sending.faults:
            raise OnThisDayError("; ".join(map(str, self.sending.faults)))

    def almanac(self) -> Almanac:
        """Return the almanac that this process reads."""
        return Almanac(self.settings.site, self.library, _nothing, _nothing)  # type: ignore[arg-type]

    def make_ledger(self) -> None:
        """Make the ledger's file, and nothing else."""
        open_ledger_file(self.world.ledger_path)[0].close()

    def check(self) -> None:
        """Raise Killed if this process is dead."""
        if self.is_dead:
            raise Killed

    @property
    def is_idle(self) -> bool:
        """True if no message is on its way from this process."""
        return self.jobs.is_idle if self.jobs is not None else not self.tasks

    def leave(self) -> None:
        """End without a word, if the process has not ended yet: an error ended it."""
        if not self.is_closed:
            self.kill()

    def kill(self) -> None:
        """Kill this process: nothing that it has not committed stays, and it does nothing more."""
        if self.is_dead or self.is_closed:
            return
        if self.seat is not None:
            self.seat.die()
        self.is_dead = True
        self.world.dead.append(self)
        self.world.oracle.ended(self, killed=True)
        if self.machine.is_stopped:
            self.machine.go_on()
        self._undo()
        self.world.loop.call_soon(self._bury)

    def _bury(self) -> None:
        for task in list(self.tasks):
            task.cancel()
        if self._rows is not None:
            self._rows.close()

    async def close(self) -> None:
        """End in order: begin nothing more, and wait for what is being sent."""
        await self.run(self.sending.stop())
        self.is_closed = True
        self.world.oracle.ended(self, killed=False)
        self.ledger.close()


class Serving(Process):
    """A `serve`: the real `Service`, without its web server and its timer."""

    async def start(self) -> None:
        """Begin to serve."""
        workspace: Any = _Workspace(self)
        steady = self.world.loop.time
        self.service = Service(workspace, clock=self.machine, steady=steady, plans=self.plans)
        if self.world.store is not None:
            self.jobs = EngineJobs(self.world.store, self)
            self.sending.share(self.jobs)
        self._stack = AsyncExitStack()
        await self.run(self._stack.enter_async_context(self.service.sending_with(self.sending)))

    async def _tick(self) -> None:
        await self.service.tick()
        if self.service._background is not None:
            await self.service._background
        self.trouble = self.service.health(ready=False)[1]["trouble"]

    async def close(self) -> None:
        await self.run(self._stack.aclose())
        await super().close()


class Working(Serving):
    """A `work`: it sends what waits in the ledger, and plans nothing."""

    plans = False


class _Workspace:
    """What `Service` needs of the files: the config and the almanac, as they are now."""

    config_file = "no-file.yaml"

    def __init__(self, process: Process) -> None:
        self._process = process

    def config(self, *, sending: bool) -> Any:
        return self._process.settings, ()

    def almanac(self) -> Almanac:
        return self._process.almanac()

    def source(self, _site: Any) -> "_NoFiles":
        return _NoFiles()

    def cache_paths(self, _ending: str) -> tuple[str, ...]:
        return ()  # nobody searches here, and there is no hub


class _NoFiles:
    def files(self) -> dict[str, Any]:
        return {}


class Caught(logging.Handler):
    """Keeps the error that the product logs, for the process in which it happened."""

    def emit(self, record: logging.LogRecord) -> None:
        process = _RUNNING.get()
        if process is not None and record.exc_info and isinstance(record.exc_info[1], Exception):
            process.error = process.error or record.exc_info[1]


def _nothing(_name: str) -> None:
    return None
