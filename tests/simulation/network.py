"""The network between the product and the services: it hangs, lies, breaks off, and repeats.

Each receiver (the place that a channel posts to) has a weather that changes every few days. A
receiver keeps what it really took; the oracle compares this with the ledger.
"""

import asyncio
from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from onthisday.delivery.notice import Notice
from onthisday.delivery.request_reply import Failure, Reply, Request
from tests.delivery.fakes import TAKEN
from tests.delivery.inline_writer import Killed
from tests.simulation import services
from tests.simulation.services import BELIEVED, FAREWELLS, LIES, REFUSALS, RUBBISH

if TYPE_CHECKING:
    from tests.simulation.processes import Process
    from tests.simulation.world import World

DAY = 86_400.0


class Answer(NamedTuple):
    """What becomes of a request.

    - ``kind``: its name, for the oracle.
    - ``taken``: the service took the message.
    - ``after``: seconds until the answer comes.
    - ``wait``: for "too many requests", the seconds asked for; None if nobody can know them.
    - ``widely``: all channels of the service must wait.
    """

    kind: str
    taken: bool
    said: Reply | Failure
    after: float
    wait: float | None = None
    widely: bool = False


WEATHERS: dict[str, dict[str, int]] = {
    "good": {"promise": 97, "slow": 2, "reset before": 1},
    "flaky": {
        "promise": 50, "slow": 10, "reset before": 10, "reset after": 8, "hang taken": 4,
        "hang": 4, "garbled": 4, "error": 8, "busy": 6, "twice": 4,
    },
    "down": {"reset before": 30, "error": 50, "hang": 20},
    "silent": {"hang": 60, "reset before": 40},
    "busy": {"busy": 60, "odd wait": 20, "promise": 20},
    "lying": {"lie": 80, "promise": 20},
    "garbled": {"garbled": 70, "promise": 20, "hang taken": 10},
    "picky": {"refusal": 70, "promise": 30},
    "closed": {"farewell": 100},
}  # fmt: skip
"""For each weather, what happens to a request, and how often."""

_CHANGES = {
    "good": 60, "flaky": 14, "down": 8, "silent": 4, "busy": 8, "lying": 3, "garbled": 3,
    "picky": 3, "closed": 3,
}  # fmt: skip


class Network:
    """All receivers and their weather. ``trap`` is called when the next request is on its way."""

    def __init__(self, world: "World", chance: Random) -> None:
        self._world, self._chance = world, chance
        self._weather: dict[int, tuple[str, float]] = {}
        self.is_calm = False
        self.trap: Callable[[Process], None] | None = None

    def repair(self, place: int | None = None) -> None:
        """Have one receiver, or all, work again for some days."""
        for each in [place] if place is not None else list(self._weather):
            self._weather[each] = (
                "good",
                self._world.loop.time() + self._chance.uniform(1, 20) * DAY,
            )

    def weather(self, place: int) -> str:
        """Return how a receiver behaves now."""
        if self.is_calm:
            return "good"
        name, until = self._weather.get(place, ("", 0.0))
        now = self._world.loop.time()
        if now >= until and name != "closed":
            chance = self._chance
            (name,) = chance.choices(list(_CHANGES), list(_CHANGES.values()))
            days = chance.uniform(5, 60) if name == "good" else chance.choice([0.1, 0.5, 1, 3, 9])
            self._weather[place] = (name, now + days * DAY)
        return name

    def answer(self, service: str, place: int) -> Answer:
        """Decide what becomes of a request to a receiver."""
        kinds = WEATHERS[self.weather(place)]
        (kind,) = self._chance.choices(list(kinds), list(kinds.values()))
        return self._made(kind, service)

    def _made(self, kind: str, service: str) -> Answer:
        chance = self._chance
        soon = chance.uniform(0.02, 0.4)
        if service == "apprise" and kind not in {"promise", "slow", "twice", "hang", "hang taken"}:
            return Answer("cut", False, Failure(True, "Apprise could not send it"), soon)
        if service in BELIEVED and kind == "lie":
            kind = "error"
        if kind in {"promise", "slow", "twice"}:
            soon = chance.uniform(5, 19) if kind == "slow" else soon
            return Answer(kind, True, TAKEN[service], soon)
        if kind == "reset before":
            return Answer(kind, False, Failure(False, "took no connection"), soon)
        if kind in {"hang", "hang taken", "reset after", "garbled"}:
            taken = kind in {"hang taken", "garbled"} or (kind != "hang" and chance.random() < 0.5)
            after = 20.0 if kind.startswith("hang") else soon
            return Answer("cut", taken, Failure(True, f"no valid answer ({kind})"), after)
        if kind in {"busy", "odd wait"}:
            return self._busy(kind, service, soon)
        said = {
            "lie": chance.choice(LIES),
            "error": Reply(chance.choice([500, 502, 503, 504]), {}, chance.choice(RUBBISH)),
            "refusal": REFUSALS.get(service),
            "farewell": FAREWELLS.get(service),
        }[kind]
        assert said is not None
        return Answer(kind, False, said, soon)

    def _busy(self, kind: str, service: str, soon: float) -> Answer:
        chance = self._chance
        if kind == "odd wait":
            value, seconds = chance.choice(services.ODD_WAITS)
            said = Reply(429, {"retry-after": value}, chance.choice(RUBBISH))
            # If it is not JSON, it does not come from Discord itself, but from before it.
            widely = service == "discord" and not said.body.startswith(b"{")
            return Answer("busy", False, said, soon, seconds, widely)
        seconds = chance.choice([0.5, 5, 60, 900, 3600, 90_000, 31_536_000])
        wait = services.too_many(service, seconds, self._world.clock.now().timestamp())
        return Answer("busy", False, wait.reply, soon, wait.seconds)


OFFLINE = Answer("reset before", False, Failure(False, "took no connection"), 0.05)
"""What a machine gets that does not reach the services."""


class Line:
    """Implements `Sender` for one process."""

    def __init__(self, network: Network, process: "Process") -> None:
        self._network, self._process = network, process

    async def send(self, request: Request) -> Reply | Failure:
        process, network = self._process, self._network
        if process.is_dead:
            raise Killed
        if services.asks_for_limits(request):
            return services.LIMITS
        oracle, place = process.world.oracle, services.place_of(request)
        service = process.world.settings.service(place)
        task = asyncio.current_task()
        notice = process.now_sending.get(task) if task else None
        if services.asks_for_session(request):
            return await self._signed_in(place, notice)
        answer = OFFLINE if process.machine.is_offline else network.answer(service, place)
        oracle.requested(process, place, notice, request, answer)
        trap, network.trap = network.trap, None
        if trap is not None:
            trap(process)
        asked_at = process.world.loop.time()
        await asyncio.sleep(answer.after)
        if process.is_dead:
            raise Killed
        oracle.answered(process, place, notice, answer, asked_at)
        return answer.said

    async def _signed_in(self, place: int, notice: Notice | None) -> Reply | Failure:
        await asyncio.sleep(0.05)
        if self._process.is_dead:
            raise Killed
        if self._process.machine.is_offline or self._network.weather(place) == "silent":
            if notice is not None:
                self._process.world.oracle.no_session(place, notice)
            return Failure(True, "did not answer within 20 s")
        return services.SESSION
