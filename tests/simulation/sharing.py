"""What must be true if several machines share one store. Part of the oracle.

- A notice is called unknown only if its process was silent, or an answer of the store was lost.
- A channel is sent to by one process at a time, and so is a bucket with a speed limit.
- A speed limit is kept by the process that has the bucket. The next one begins anew.
- What a dead process held is free after the next tick of any other process.
- A failover forgets the last changes. A notice whose mark it forgot may be sent again.
"""

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from onthisday.delivery.buckets import Bucket, Budget, Queue
from onthisday.delivery.notice import Notice
from onthisday.messages.chat_services import SERVICES
from tests.simulation.store import LEASE

if TYPE_CHECKING:
    from tests.simulation.closings import Blanks
    from tests.simulation.oracle import Oracle, Pause
    from tests.simulation.processes import Process

AFTERMATH = 3600.0
"""Seconds after a failover for which two processes may have the same bucket."""

AWAKE = 60.0
"""Seconds for which a process that was thought dead may send without having the bucket again.

It takes the notices again that it had before. The first of them may go before it has the bucket.
"""

Mark = tuple[str, int]
"""A notice, and the number of its attempt: what `sending` writes into the ledger."""


class Before(NamedTuple):
    """What was true when a replica got its last change, and when that was."""

    at: float
    marks: frozenset[Mark]
    taken: dict[str, int]
    blank: "Blanks"
    pauses: "dict[int, Pause]"


class Spent(NamedTuple):
    """How much of a budget is used up, by which process."""

    full_at: float
    process: "Process"
    begun: float


class Sharing:
    """Judges what several processes do in one store. ``counts`` says how often what happened."""

    def __init__(self, oracle: "Oracle") -> None:
        self._oracle, self._world = oracle, oracle.world
        self._doubted: set[Mark] = set()
        self._late: list[tuple[float, Mark]] = []
        self._spent: dict[str, Spent] = {}
        self._failed_over_at = -AFTERMATH
        self.counts: Counter[str] = Counter()

    # Doubts

    def freed(self, token: str, queue: Queue | None = None) -> None:
        """What an owner held is being given back. What it was sending becomes unknown."""
        if self._world.store is None:
            return
        sql = """SELECT id, channel, (SELECT max(number) FROM attempts WHERE notice = notices.id)
            FROM notices WHERE state = 'sending' AND owner = ?"""
        for notice, channel, number in self._oracle.ask(sql, token):
            mark = str(notice), int(str(number))
            if mark in self._doubted or (queue is not None and channel not in queue.channels):
                continue
            self._doubted.add(mark)
            self._oracle.truth(mark[0]).doubts += 1
            self._oracle.forget_answer(mark[0])
            self.counts["freed"] += 1

    def begun(self, process: "Process", notice: Notice) -> None:
        """An attempt was marked: remember which one."""
        if self._world.store is not None:
            sql = "SELECT max(number) FROM attempts WHERE notice = ?"
            ((number,),) = self._oracle.ask(sql, notice.id)
            process.marks[notice.id] = notice.id, int(str(number or 0))

    def settled(self, process: "Process", notice: Notice, *, late: bool) -> None:
        """The answer of an attempt was recorded. ``late``: it was called unknown meanwhile."""
        self.counts["late"] += late
        mark = process.marks.pop(notice.id, None)
        if mark in self._doubted:
            self._doubted.discard(mark)
            self._late.append((self._world.loop.time(), mark))
            self._oracle.truth(notice.id).doubts -= 1

    def audit(self) -> None:
        """Check that the ledger calls each attempt unknown whose outcome nobody can know."""
        sql = "SELECT outcome FROM attempts WHERE notice = ? AND number = ?"
        for notice, number in sorted(self._doubted):
            for (outcome,) in self._oracle.ask(sql, notice, number):  # old attempts are deleted
                if outcome not in {"unknown", "sending"}:
                    words = f"attempt {number} is called {outcome}, and nobody knows it"
                    self._world.fail("told", notice, words)

    def restored(self) -> None:
        """A backup took the ledger's place."""
        self._doubted.clear()

    # Requests

    def marks(self, process: "Process", notice: Notice) -> None:
        """A process is about to mark a notice: this is the moment that its budgets gave it."""
        if self._world.store is not None:
            bucket = self._bucket(process, notice)
            for budget in bucket.budgets if bucket is not None else ():
                self._spend(process, notice, budget)

    def _spend(self, process: "Process", notice: Notice, budget: Budget) -> None:
        now, spent = self._world.loop.time(), self._spent.get(budget.name)
        full_at = now
        if spent is not None and spent.process is process and spent.begun == process.went_on_at:
            full_at = max(spent.full_at, now)
        early = full_at - (budget.burst - 1) * budget.every - now
        if early > 0.05:
            self._world.fail("rate", notice.id, f"goes {early:.2f} s too early for {budget.name}")
        self._spent[budget.name] = Spent(full_at + budget.every, process, process.went_on_at)

    def requested(self, process: "Process", notice: Notice) -> None:
        """A request goes out. If its notice was freed meanwhile, others may send too."""
        if self._world.store is None or not self.is_held_by(process, notice):
            return
        token = process.seat.token
        sql = """SELECT id, owner FROM notices
            WHERE channel = ? AND state IN ('leased', 'sending') AND owner <> ?"""
        for other, owner in self._oracle.ask(sql, notice.channel, token):
            self._world.fail("alone", notice.id, f"goes while {owner} holds {other}")
        bucket = self._bucket(process, notice)
        if bucket is not None and bucket.budgets:
            self._is_drained_by(process, bucket, notice)

    def is_held_by(self, process: "Process", notice: Notice) -> bool:
        """Return True if a process still holds a notice that it is sending."""
        sql = "SELECT owner FROM notices WHERE id = ? AND state = 'sending'"
        return self._oracle.ask(sql, notice.id) == [(process.seat.token,)]

    def _is_drained_by(self, process: "Process", bucket: Bucket, notice: Notice) -> None:
        now = self._world.loop.time()
        if now < max(self._failed_over_at + AFTERMATH, process.seat.named_at + AWAKE):
            return
        found = self._oracle.ask("SELECT owner FROM buckets WHERE name = ?", bucket.name)
        if found != [(process.seat.token,)]:
            words = f"is sent by {process.seat.token}, and {bucket.name} belongs to {found}"
            self._world.fail("drained", notice.id, words)

    def _bucket(self, process: "Process", notice: Notice) -> Bucket | None:
        channel = process.settings.channel(notice.channel)
        return None if channel is None else SERVICES[channel.type].bucket_of(channel)

    # The dead

    def until_freed(self, process: "Process") -> float:
        """Return the seconds after which a process must look for what dead ones held."""
        store = self._world.store
        assert store is not None
        held = self._held(process.seat.token)
        return 30.0 if any(store.age(owner) > 6 for owner in held) else float("inf")

    def _held(self, token: str) -> list[str]:
        sql = """SELECT DISTINCT owner FROM notices INDEXED BY held_notices
            WHERE state IN ('leased', 'sending')"""
        return [str(owner) for (owner,) in self._oracle.ask(sql) if owner != token]

    def ticked(self, process: "Process") -> None:
        """A tick went well: nothing is held by owners that were dead when it began."""
        store = self._world.store
        if store is None or self._failed_over_at > process.began_at:
            return
        took = self._world.loop.time() - process.began_at
        for owner in self._held(process.seat.token):
            if store.age(owner) - took > LEASE + 0.1 and store.steady_since < process.began_at:
                self._world.fail("stuck", owner, "is dead and still holds notices after a tick")

    # Failovers

    def before(self) -> Before:
        """Return what is true now, for `failed_over`."""
        oracle = self._oracle
        taken = {notice: truth.taken for notice, truth in oracle.truths.items()}
        blank, pauses = oracle.closings.remembered(), dict(oracle.pauses)
        return Before(self._world.loop.time(), self._marks(), taken, blank, pauses)

    def _marks(self) -> frozenset[Mark]:
        sql = """SELECT notice, number FROM attempts JOIN notices ON id = notice
            WHERE state <> 'sent' OR place > (SELECT max(place) FROM notices) - 2000"""
        return frozenset((str(n), int(str(m))) for n, m in self._oracle.ask(sql))

    def failed_over(self, before: Before, marks: frozenset[Mark]) -> None:
        """The store forgot what came after ``before``. ``marks`` are those that it had."""
        oracle, flying = self._oracle, self._flying()
        lost = Counter(notice for notice, _ in marks - before.marks)
        for notice, count in sorted(lost.items()):
            truth = oracle.truth(notice)
            since = truth.taken - before.taken.get(notice, 0)
            truth.allowed += min(count, since + (notice in flying))
            self.counts["lost_marks"] += min(count, since + (notice in flying))
        for mark in [mark for at, mark in self._late if at >= before.at]:
            self._doubted.add(mark)  # its late answer is forgotten too
            oracle.truth(mark[0]).doubts += 1
        self._late.clear()
        self._doubted -= marks - before.marks
        self._failed_over_at = self._world.jumped_at = self._world.loop.time()
        self._spent.clear()
        oracle.pauses = {p: each for p, each in oracle.pauses.items() if p in before.pauses}
        oracle.pauses = {p: each for p, each in oracle.pauses.items() if before.pauses[p] == each}
        oracle.throttled.clear()
        oracle.excuse()
        oracle.closings.restored(before.blank)
        oracle.keeping.replaced()
        self._world.audited = 0
        self.counts["failovers"] += 1

    def last_marks(self) -> frozenset[Mark]:
        """Return the marks that are in the store now."""
        return self._marks()

    def _flying(self) -> set[str]:
        return {notice for each in self._world.processes.values() for notice in each.in_flight}
