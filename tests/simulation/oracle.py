"""What must be true at each event. It is told of events, and asks the ledger's file itself.

What the ledger says in the end is judged in audit.py. What is wrong is raised as `Broken`.
"""

import sqlite3
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from onthisday.delivery.notice import Notice
from onthisday.delivery.request_reply import Request
from tests.simulation.closings import AHEAD, GONE, Blanks, Closings
from tests.simulation.correcting import Corrections
from tests.simulation.keeping import Keeping
from tests.simulation.network import Answer
from tests.simulation.services import SAYS_WHEN
from tests.simulation.sharing import Sharing

if TYPE_CHECKING:
    from tests.simulation.processes import Process
    from tests.simulation.world import World

HOUR, DAY = 3600.0, 86_400.0

RULES = frozenset(
    {"promised", "thrice", "bounded", "throttled", "ahead", "reopened", "shrunk", "settled"}
)
"""The rules that are asked for. Those of a mend that is not there yet can be left out."""


class Broken(BaseException):
    """Something is not as it must be. ``rule`` names the rule, ``about`` the channel or notice.

    No code of the product catches it.
    """

    def __init__(self, rule: str, about: str, words: str) -> None:
        self.rule, self.about, self.words = rule, about, words
        super().__init__(f"{rule}: {about}: {words}")


class Truth:
    """What really happened to a notice.

    - ``kinds``: how often each kind of answer was given.
    - ``taken``: how often the service took it.
    - ``doubts``: how often the product cannot know whether it was taken.
    - ``allowed``: how often more it may be sent, because a person asked, or a backup was restored.
    """

    __slots__ = ("allowed", "doubts", "kinds", "taken")

    def __init__(self) -> None:
        self.kinds: Counter[str] = Counter()
        self.taken = self.doubts = self.allowed = 0


class Pause(NamedTuple):
    """A wait that a receiver asked for. Times are in seconds of the loop.

    - ``told``: the notice that was answered so.
    - ``widely``: all receivers of the service must wait.
    - ``ahead``: how many seconds the clock was ahead of the process that was told.
    """

    begun: float
    until: float
    told: str
    widely: bool
    ahead: float = 0.0

    def concerns(self, channel: str) -> bool:
        """Return True if a channel must wait. With another name it is another channel."""
        return self.widely or self.told.partition("/")[0] == channel


class Oracle:
    """Knows what really happened, and what the rules ask for."""

    def __init__(self, world: "World", rules: frozenset[str] = RULES) -> None:
        self.world, self.rules = world, rules
        self.truths: dict[str, Truth] = {}
        self.contacts: dict[str, float] = {}
        self.pauses: dict[int, Pause] = {}
        self.throttled: dict[int, dict[str, Notice]] = {}
        self.tests_taken = self.messages = 0
        self.closings, self.sharing = Closings(self), Sharing(self)
        self.keeping, self.corrections = Keeping(self), Corrections(self)
        self._rows: sqlite3.Connection | None = None

    # What the ledger's file says

    def ask(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """Read from the ledger's file, past the product."""
        if self._rows is None:
            self._rows = sqlite3.connect(self.world.ledger_path, isolation_level=None)
        return self._rows.execute(sql, values).fetchall()

    def let_go(self) -> None:
        """Close the file, because another file takes its place."""
        if self._rows is not None:
            self._rows.close()
        self._rows = None

    def truth(self, notice: str) -> Truth:
        """Return what really happened to a notice."""
        found = self.truths.get(notice)
        if found is None:
            found = self.truths[notice] = Truth()
        return found

    # Requests

    def requested(
        self,
        process: "Process",
        place: int,
        notice: Notice | None,
        request: Request,
        answer: Answer,
    ) -> None:
        """A request goes out, and ``answer`` will come."""
        self.world.note(
            "request", notice.id if notice else f"test at {place}", process.name, answer.kind
        )
        if notice is None:
            self.tests_taken += answer.taken
            return
        self.messages += 1
        self.contacts[notice.channel] = self.world.loop.time()
        self._about_the_right(place, notice, request)
        self._not_in_a_pause(process, place, notice)
        self._in_order(process, place, notice)
        self.sharing.requested(process, notice)
        self.keeping.requested(process, place, notice, request.body)
        truth = self.truth(notice.id)
        truth.kinds[answer.kind] += 1
        if answer.taken:
            truth.taken += 1
            self._not_doubled(process, notice, truth)
            self.keeping.taken(notice)

    def no_session(self, place: int, notice: Notice) -> None:
        """A sign-in was not answered, so the message was not sent."""
        self.contacts[notice.channel] = self.world.loop.time()
        self.truth(notice.id).kinds["sign-in"] += 1
        self.throttled.get(place, {}).pop(notice.id, None)

    def answered(
        self,
        process: "Process",
        place: int,
        notice: Notice | None,
        answer: Answer,
        asked_at: float,
    ) -> None:
        """The answer has come to the process. If the process stood still, it was asked long ago."""
        if notice is None:
            if answer.taken:
                self._lift(place)
            return
        if answer.kind in {"cut", "lie"}:
            self.truth(notice.id).doubts += 1
        if answer.kind == "busy":
            self._begin_pause(process, place, notice, answer, asked_at)
            self.throttled.setdefault(place, {})[notice.id] = notice
        else:
            self.throttled.get(place, {}).pop(notice.id, None)

    def _begin_pause(
        self, process: "Process", place: int, notice: Notice, answer: Answer, asked_at: float
    ) -> None:
        now, seconds = self.world.loop.time(), min(answer.wait or 0.0, DAY)
        service = self.world.settings.service(place)
        since = asked_at if service in SAYS_WHEN else now
        for each in self.world.settings.places(service) if answer.widely else [place]:
            self.contacts[self.world.settings.tree_of_place(each)["name"]] = now
            # The service's last word counts: another process may have asked it a moment before.
            ahead = process.machine.ahead.total_seconds()
            self.pauses[each] = Pause(now, since + seconds, notice.id, answer.widely, ahead)

    def _lift(self, place: int) -> None:
        """A person ends the pause of a receiver, and that of its whole service."""
        for each in self.world.settings.places(self.world.settings.service(place)):
            if each == place or (each in self.pauses and self.pauses[each].widely):
                self.pauses.pop(each, None)

    def _about_the_right(self, place: int, notice: Notice, request: Request) -> None:
        tree = self.world.settings.tree_of_place(place)
        if tree["name"] != notice.channel and not self.world.settings.had(place, notice.channel):
            self.world.fail(
                "receiver", notice.id, f"was sent to another channel's receiver {place}"
            )
        titles = (f"Happening{entry}".encode() for entry in notice.entries)
        if not any(title in request.body for title in titles):
            self.world.fail("content", notice.id, "the message has none of its entries")

    def _not_in_a_pause(self, process: "Process", place: int, notice: Notice) -> None:
        pause, now = self.pauses.get(place), self.world.loop.time()
        if pause is None or not pause.concerns(notice.channel):
            return
        ahead = process.machine.ahead.total_seconds()
        early = max(0.0, ahead, ahead - pause.ahead)  # its clock may be ahead, and no more
        begun = max(pause.begun, process.went_on_at)  # while it stood still, it heard of no pause
        if begun + 21 < now < pause.until - early - 1:
            words = (
                f"was sent {pause.until - now:.0f} s before the end of a wait that was asked for"
            )
            if "bounded" in self.rules:
                self.world.fail("waits", notice.id, words)

    def _in_order(self, process: "Process", place: int, notice: Notice) -> None:
        held = self.throttled.get(place)
        if not held or "throttled" not in self.rules:
            return
        for each in list(held.values()):
            if each.channel != notice.channel or each.day >= notice.day:
                continue
            # One that has met an almanac without its entries waits for them, not for the service.
            sql = "SELECT state, replayed, reason LIKE '%no entry%' FROM notices WHERE id = ?"
            has_entries = process.library.names.issuperset(each.entries)
            if has_entries and self.ask(sql, each.id) == [("waiting", 0, 0)]:
                self.world.fail(
                    "order", notice.id, f"went before {each.id}, which was told to wait"
                )
            del held[each.id]

    def _not_doubled(self, process: "Process", notice: Notice, truth: Truth) -> None:
        echoes = truth.kinds["twice"]
        if truth.taken > 1 + truth.doubts + truth.allowed:
            words = f"was taken {truth.taken} times; {truth.doubts} outcomes were in doubt"
            self.world.fail("doubled", notice.id, f"{words}; {echoes} echoes")
        is_repeat = self.sharing.is_held_by(process, notice)  # or it is an old attempt that is late
        if "thrice" in self.rules and truth.doubts >= 4 and is_repeat:
            self._at_most_thrice(notice, truth)

    def _at_most_thrice(self, notice: Notice, truth: Truth) -> None:
        sql = "SELECT count(*) FROM attempts WHERE notice = ? AND outcome = 'unknown'"
        ((unknown,),) = self.ask(sql, notice.id)
        if int(str(unknown)) >= 4 * (1 + truth.allowed):
            self.world.fail("thrice", notice.id, f"is repeated after {unknown} unknown outcomes")

    def unsettled(self, notice: str) -> None:
        """The ledger could not take the outcome of an attempt. The process must try it again."""
        self.world.note("not settled", notice)
        for held in self.throttled.values():  # its pause may be over before it is recorded
            held.pop(notice, None)
        if "settled" not in self.rules:
            self.truth(notice).doubts += 1

    # Ends of processes

    def ended(self, process: "Process", *, killed: bool) -> None:
        """A process has ended. Nobody can know what became of what it was sending.

        If it had heard an answer that was not recorded yet, nobody knows that answer any more.
        """
        self.world.note("killed" if killed else "ended", process.name, *process.in_flight)
        for notice in process.in_flight:
            if self.world.store is None:  # a store with leases tells it later
                self.truth(notice).doubts += 1
            self.forget_answer(notice)

    def forget_answer(self, notice: str) -> None:
        """An answer to a notice may not have been recorded, so its wait is not known."""
        for held in self.throttled.values():
            held.pop(notice, None)
        for place, pause in list(self.pauses.items()):
            if pause.told == notice:
                del self.pauses[place]

    def excuse(self) -> None:
        """Something happened after which channels may be silent for a while."""
        self.contacts = dict.fromkeys(self.contacts, self.world.loop.time())
        self.closings.excuse()

    def asked_again(self, notice: str, place: int | None) -> None:
        """A person asked for a notice again."""
        self.truth(notice).allowed += 1
        self.excuse()
        if place is not None:
            self._lift(place)
            self.throttled.pop(place, None)

    def restored(self, taken: dict[str, int], flying: list[str], blank: Blanks) -> None:
        """A backup took the ledger's place. What came after the backup may be sent again.

        - ``taken``: how often each notice was taken when the backup was made.
        - ``flying``: what was being sent then.
        - ``blank``: which days had been closed without a notice then.
        """
        for notice, truth in self.truths.items():
            truth.allowed += truth.taken - taken.get(notice, 0)
        for notice in flying if self.world.store is None else ():
            self.truth(notice).doubts += 1
        self.sharing.restored()
        self.excuse()
        self.closings.restored(blank)
        self.keeping.replaced()
        self.pauses.clear()
        self.throttled.clear()

    # Ticks

    def ticked(self, process: "Process", *, ill: bool) -> None:
        """A tick is over. ``ill``: the disk failed meanwhile."""
        world, trouble = self.world, process.trouble
        world.ticks += 1
        if trouble is None or AHEAD in trouble or GONE in trouble:
            if process.error is not None:
                world.fail("degraded", process.name, f"says {trouble} after {process.error!r}")
            self.closings.ticked(process)
            self.sharing.ticked(process)
            return
        if not ill:
            world.fail("tick", process.name, f"a tick failed: {trouble}; {process.error!r}")
        world.note("failed", process.name, trouble.replace(str(world.folder), ""))
        self.excuse()
