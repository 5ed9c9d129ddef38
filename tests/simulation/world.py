"""A world: a clock, an almanac, a config, a disk, a network, processes, and what they live through.

One seed decides everything.
"""

import asyncio
import logging
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, NoReturn

from onthisday.delivery.request_reply import Clock
from onthisday.errors import OnThisDayError
from tests.delivery.inline_writer import Killed
from tests.simulation import audit
from tests.simulation.almanacs import Curator
from tests.simulation.days import comes_at, day_in
from tests.simulation.faults import Disk
from tests.simulation.machines import Machine
from tests.simulation.network import Network
from tests.simulation.oracle import RULES, Broken, Oracle
from tests.simulation.processes import Caught, Process, Serving, Working, remember_tasks
from tests.simulation.replicas import Replicas
from tests.simulation.settings import Settings
from tests.simulation.store import Store
from tests.simulation.stories import Stories
from tests.simulation.virtual import VirtualLoop, WallClock

HOUR, DAY = 3600.0, 86_400.0

CALM = 3.5
"""Days without trouble at the end. Then everything that waits must have been sent."""


class Event(NamedTuple):
    """What happened: when by the loop, when by the machine's clock, and what."""

    at: float
    clock: datetime
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.at / DAY:10.5f}  {self.clock:%Y-%m-%d %H:%M:%S}  {'  '.join(self.words)}"


class Size(NamedTuple):
    """How large a world is, and whether several machines share its store.

    None lets the seed decide.
    """

    channels: int | None = None
    days: float | None = None
    replicated: bool | None = None


WHOLE = Size()


class Rhythm:
    """Says how long a process may sleep without missing anything.

    `serve` ticks each 30 s. If retry after retry is due, ticks that change little are skipped.
    """

    def __init__(self) -> None:
        self._retries = 0

    def wait(self, due: float, retry: float) -> float:
        """Return the seconds to sleep. ``due`` and ``retry`` say when something is due."""
        if due < retry:
            self._retries = 0
            return min(due, 3 * DAY)
        self._retries += 1
        return min(due, 3 * DAY, max(retry, 30.0 * (1 << min(8, max(0, self._retries - 3)))))


class World:
    """Everything of one simulated world.

    ``parts`` is called when a process sets entries aside from a message for the next time.
    """

    def __init__(self, seed: int, folder: Path, size: Size, rules: frozenset[str] = RULES) -> None:
        self.seed = seed
        chance = self.chance("world")
        self.loop = VirtualLoop()
        self.clock = WallClock(self.loop, _some_moment(chance))
        self.folder, self.ledger_path = folder, str(folder / "ledger.db")
        self.days = size.days or chance.uniform(30, 200)
        self.curator = Curator(self.chance("almanac"), chance.choice([60, 120, 250]))
        self.settings = Settings(self.chance("config"), size.channels or chance.randint(15, 60))
        self.disk = Disk(self.chance("disk"), self.loop.time)
        self.network = Network(self, self.chance("network"))
        self.parts: Callable[[Process], None] | None = None
        self.jitter, self.naps = self.chance("jitter"), self.chance("naps")
        self.trace: list[Event] = []
        self.oracle = Oracle(self, rules)
        self.oracle.keeping.configured()
        self.alive: set[str] = set()
        self.processes: dict[str, Process] = {}
        # Kept, because Python would end their generators whenever it collects garbage.
        self.dead: list[Process] = []
        self.numbers = self.ticks = self.audited = self.restores = 0
        self.jumped_at, self.is_open, self._is_over = -1.0, True, False
        self._sleepers: dict[asyncio.Future[None], None] = {}
        self.broken: BaseException | None = None
        self.kinds = chance.choice(
            [("serve",), ("serve",), ("serve", "serve"), ("cron",), ("serve", "cron")]
        )
        self.period = chance.choice([300, 1800, 3600, 6 * HOUR, DAY])
        self.machine, self.skew = Machine(self.clock), 0.0
        self.store: Store | None = None
        if seed % 4 == 0 if size.replicated is None else size.replicated:
            self._replicate()

    def _replicate(self) -> None:
        """Let several machines share one store."""
        chance = self.chance("replicas")
        self.store = Store(self, self.chance("store"))
        self.replicas = Replicas(self, chance)
        self.skew = chance.choice([0.0, 0.5, HOUR, HOUR])
        self.kinds = (
            "serve",
            "serve",
            *chance.choice([(), ("work",), ("work", "work"), ("cron",)]),
        )

    def beat(self) -> None:
        """Note the beats of all processes, before something happens to one of them."""
        if self.store is not None:
            self.store.beat()

    @property
    def failures(self) -> int:
        """How often the disk failed, or a call to the store."""
        return self.disk.failures + (self.store.failures if self.store is not None else 0)

    def chance(self, what: str) -> Random:
        """Return a source of chance of its own for a part of the world."""
        return Random(f"{self.seed} {what}")

    def next_number(self) -> int:
        self.numbers += 1
        return self.numbers

    def note(self, *words: str) -> None:
        """Write an event into the trace."""
        self.trace.append(Event(self.loop.time(), self.clock.now(), words))

    @property
    def channel_days(self) -> int:
        """How many days all channels together have lived."""
        return int(self.loop.time() / DAY * len(self.settings.published))

    def words(self, error: BaseException) -> str:
        """Return an error in words that are the same in each run."""
        return repr(error).replace(str(self.folder), "")

    # Time

    async def nap(self, seconds: float) -> None:
        """Sleep, until something changes that concerns everybody."""
        future: asyncio.Future[None] = self.loop.create_future()
        handle = self.loop.call_later(seconds, _wake, future)
        self._sleepers[future] = None
        try:
            await future
        finally:
            handle.cancel()
            del self._sleepers[future]

    def nudge(self) -> None:
        """Wake everybody who naps."""
        for future in self._sleepers:
            _wake(future)

    def until_due(self, clock: Clock | None = None) -> float:
        """Return the seconds until a channel's hour comes, by a clock."""
        now = (clock or self.clock).now()
        moments = [
            moment
            for zone, at in sorted({(tree["zone"], tree["at"]) for tree in self.settings.published})
            for ahead in (0, 1, 2)
            if (moment := comes_at(day_in(zone, now) + timedelta(days=ahead), at, zone)) > now
        ]
        return (min(moments) - now).total_seconds()

    def until_retry(self, clock: Clock | None = None) -> float:
        """Return the seconds until a notice is tried again; a large number if there is none.

        Notices of channels that are not in use are left out: a tick only puts them off.
        """
        sql = """SELECT channel, min(max(due, coalesce(until, ''))) FROM notices
            LEFT JOIN pauses ON whom = 'channel ' || channel
            WHERE state IN ('waiting', 'unknown') AND due IS NOT NULL AND channel NOT IN
            (SELECT name FROM channels WHERE off_since IS NOT NULL) GROUP BY channel"""
        used = {tree["name"] for tree in self.settings.usable if tree.get("enabled", True)}
        moments = [str(due) for name, due in self.oracle.ask(sql) if name in used]
        if not moments:
            return 100 * DAY
        return (datetime.fromisoformat(min(moments)) - (clock or self.clock).now()).total_seconds()

    # Living

    def live(self) -> None:
        """Live through the whole time of this world. `broken` then says what went wrong."""
        remember_tasks(self.loop)
        self.loop.set_exception_handler(lambda _, context: self._lost(context))
        main = self.loop.create_task(self._live())
        main.add_done_callback(self._stop)
        self.loop.run_forever()
        self._is_over = True
        if main.done() and not main.cancelled() and main.exception() is not None:
            self.broken = self.broken or main.exception()
        self._end()

    def _end(self) -> None:
        """Leave nothing behind: no task, no open file."""
        self.is_open = False
        for process in list(self.processes.values()):
            process.kill()
        tasks = asyncio.all_tasks(self.loop)
        for task in tasks:
            task.cancel()
        if tasks:
            self.loop.run_until_complete(asyncio.wait(tasks))
        self.oracle.let_go()
        self.loop.close()

    def _stop(self, _: "asyncio.Task[None] | None" = None) -> None:
        if not self._is_over:
            self.loop.stop()

    def fail(self, rule: str, about: str, words: str) -> NoReturn:
        """Stop this world: something is not as it must be."""
        broken = Broken(rule, about, words)
        self.broken = self.broken or broken
        self._stop()
        raise broken

    def _lost(self, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if error is not None and not isinstance(error, Killed | Broken | asyncio.CancelledError):
            self.broken = self.broken or error
            self._stop()

    async def _live(self) -> None:
        stories = Stories(self, self.chance("stories"))
        Process(self, "first").make_ledger()
        actors = [self.loop.create_task(self._serve(kind)) for kind in self.kinds]
        telling = [self.loop.create_task(stories.tell())]
        if self.store is not None:
            telling.append(self.loop.create_task(self.replicas.tell()))
        await self._watch([*actors, *telling], self.loop.time() + self.days * DAY)
        for each in telling:
            each.cancel()
        if self.store is not None:
            self.replicas.calm_down()
        await stories.calm_down()
        await self._watch(actors, self.loop.time() + CALM * DAY)
        self.is_open = False
        self.nudge()
        await asyncio.wait(actors)
        for actor in actors:
            actor.result()
        audit.final(self)

    async def _watch(self, tasks: list["asyncio.Task[None]"], end: float) -> None:
        """Sleep until the end, and look at the ledger every day or two. Raise what went wrong."""
        while (left := end - self.loop.time()) > 0:
            await asyncio.sleep(min(left, self.naps.uniform(0.5, 2) * DAY))
            for task in tasks:
                if task.done():
                    task.result()
            if not self.processes:
                self.oracle.excuse()
            audit.silence(self)
            if self.naps.random() < 0.1:
                audit.audit(self)

    async def _serve(self, kind: str) -> None:
        rhythm, machine = Rhythm(), self.machine
        if self.store is not None:
            machine = self.replicas.new_machine()
        while self.is_open:
            if kind == "cron":
                await self.nap(self._until_slot(rhythm, machine))
                await self._once(machine)
            else:
                await self._run(self._made(kind, machine))
                await self.nap(self.naps.choice([5, 60, HOUR]))

    def _made(self, kind: str, machine: Machine) -> Serving:
        return (Working if kind == "work" else Serving)(self, kind, machine)

    def _until_slot(self, rhythm: "Rhythm", machine: Machine) -> float:
        wait = rhythm.wait(self.until_due(machine), self.until_retry(machine))
        return (wait // self.period + 1) * self.period

    async def _once(self, machine: Machine) -> None:
        """Do what `onthisday tick` does."""
        process = Process(self, "tick", machine)
        try:
            with self._open(process):
                await process.tick()
                await process.close()
        except (Killed, OnThisDayError) as error:
            self.note("ended by", process.name, self.words(error))

    async def _run(self, process: Serving) -> None:
        """Do what `onthisday serve` does, until it is asked to end, or killed."""
        rhythm = Rhythm()
        try:
            with self._open(process):
                await process.start()
                while self.is_open and not process.must_stop:
                    await process.tick()
                    await self._until_idle(process)
                    wait = rhythm.wait(
                        self.until_due(process.machine), self.until_retry(process.machine)
                    )
                    if self.store is not None:
                        wait = min(wait, self.oracle.sharing.until_freed(process))
                    await self.nap(wait + self.naps.uniform(0, 35))
                    process.check()
                await process.close()
        except (Killed, OnThisDayError) as error:
            self.note("ended by", process.name, self.words(error))

    async def _until_idle(self, process: Serving) -> None:
        """Sleep while messages are on their way, because a retry may be due soon after that."""
        for _ in range(20):
            if process.is_idle:
                return
            await self.nap(min(self.until_due(process.machine), 35))
            process.check()

    @contextmanager
    def _open(self, process: Process) -> Iterator[None]:
        process.open()
        self.processes[process.name] = process
        try:
            yield
        finally:
            del self.processes[process.name]
            process.leave()


def _wake(future: "asyncio.Future[None]") -> None:
    if not future.done():
        future.set_result(None)


def _some_moment(chance: Random) -> datetime:
    begin = datetime(1996, 1, 1, tzinfo=UTC)
    return begin + timedelta(days=chance.randrange(365 * 60), seconds=chance.randrange(86_400))


def lived(seed: int, size: Size = WHOLE, rules: frozenset[str] = RULES) -> World:
    """Let a world of this seed live. Its ledger lies in memory, if the system has such a folder."""
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    folder = Path(tempfile.mkdtemp(prefix="onthisday-simulation-", dir=memory))
    try:
        with _quiet():
            world = World(seed, folder, size, rules)
            world.live()
            return world
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _quiet() -> Iterator[None]:
    """Give what the product logs to the oracle, and to nobody else."""
    random.seed(0)  # the timer's jitter
    log, caught = logging.getLogger("onthisday"), Caught()
    before = log.level, log.propagate
    log.setLevel(logging.ERROR)
    log.addHandler(caught)
    log.propagate = False
    try:
        yield
    finally:
        log.removeHandler(caught)
        log.level, log.propagate = before
