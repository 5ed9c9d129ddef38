"""What must be true of corrections. Part of the oracle.

Each channel that was told what is wrong gets one message that puts it right, and nobody else gets
one. What is withdrawn is told no more.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from onthisday.delivery.notice import Corrected, Notice
from tests.simulation.days import day_in

if TYPE_CHECKING:
    from tests.simulation.oracle import Oracle
    from tests.simulation.processes import Process

NOTICED = timedelta(hours=2)
"""So long after its day began, a correction has been seen by each tick."""


class Telling(NamedTuple):
    """A message that told of an entry, and when it went out by its process's clock."""

    notice: str
    at: datetime


class Corrections:
    """Judges who gets a correction."""

    def __init__(self, oracle: "Oracle") -> None:
        self._oracle, self._world = oracle, oracle.world
        self._shown: dict[str, tuple[datetime, frozenset[str]]] = {}
        self._told: dict[tuple[str, str], list[Telling]] = {}
        self._perhaps: set[tuple[str, str]] = set()
        self._edited: dict[str, float] = {}

    def edited(self) -> None:
        """Somebody edited the almanac: note which entries have corrections since when."""
        now = self._world.loop.time()
        for fact in self._world.curator.library.facts:
            if fact.corrections:
                self._edited.setdefault(f"{fact.id} {len(fact.corrections)}", now)

    # What is told

    def begun(self, notice: Notice) -> None:
        """A message may go out from now on."""
        if notice.correction is None:
            self._perhaps.update((notice.channel, entry) for entry in notice.entries)

    def requested(self, process: "Process", notice: Notice, shown: set[str]) -> None:
        """A message goes out that shows these entries. None of them is withdrawn."""
        if notice.correction is not None:
            return
        self._shown[notice.id] = process.machine.now(), frozenset(shown)
        days = [day_in(notice.zone, process.machine.now()), notice.day]
        for fact in process.library.facts:
            gone = fact.id in shown and fact.is_withdrawn(max(days) - timedelta(days=1))
            since = self._edited.get(f"{fact.id} {len(fact.corrections)}", 0.0)
            if gone and since < min(self._oracle.keeping.long_ago, process.began_at):
                self._world.fail("withdrawn", notice.id, f"tells {fact.id}, which is withdrawn")

    def sent(self, notice: Notice) -> None:
        """The ledger has recorded that a message was sent."""
        if notice.correction is None and notice.id in self._shown:
            at, shown = self._shown[notice.id]
            for entry in shown:
                key = notice.channel, entry
                self._told.setdefault(key, []).append(Telling(notice.id, at))

    # What is corrected

    def corrects(
        self, process: "Process", seen: Sequence[Corrected], notices: Sequence[Notice]
    ) -> None:
        """A process is about to record corrections, and the notices that tell them."""
        for each in seen:
            given = {n.channel for n in notices if (n.entry, n.correction) == (each.entry, each.on)}
            self._world.note("corrects", each.entry, str(each.on), *sorted(given))
            for name in sorted(given):
                if (name, each.entry) not in self._perhaps:
                    about = f"{name}/{each.entry}"
                    self._world.fail("corrected", about, "gets a correction, and was never told")
            for tree in process.trees:
                is_left_out = tree["name"] not in given and tree.get("enabled", True)
                if is_left_out and self._was_told(tree["name"], each):
                    about = f"{tree['name']}/{each.entry}"
                    self._world.fail(
                        "uncorrected", about, f"is not told of {each.on}, and was told"
                    )

    def _was_told(self, name: str, seen: Corrected) -> bool:
        """Return True if a channel was told for sure, and the ledger knows it."""
        sql = """SELECT 1 FROM notices WHERE id = ? AND state = 'sent' AND instr(entries, ?)
            AND EXISTS (SELECT 1 FROM attempts WHERE notice = notices.id AND outcome = 'sent')"""
        return any(
            telling.at < seen.before - timedelta(seconds=120)
            and bool(self._oracle.ask(sql, telling.notice, f'"{seen.entry}"'))
            for telling in self._told.get((name, seen.entry), ())
        )

    def ticked(self, process: "Process") -> None:
        """A tick went well: each correction whose day has come is known to the ledger."""
        corrected = [fact for fact in process.library.facts if fact.corrections]
        if not corrected:
            return
        today = day_in("UTC", process.began - NOTICED)
        known = {
            (str(e), str(on)) for e, on in self._oracle.ask("SELECT entry, day FROM corrections")
        }
        for fact in corrected:
            for on, _ in fact.corrections:
                if date.fromisoformat(on) <= today and (fact.id, on) not in known:
                    self._world.fail(
                        "unseen", fact.id, f"a tick does not see its correction of {on}"
                    )

    def audit(self) -> None:
        """Check that each channel has at most one notice for a correction."""
        sql = """SELECT min(id), count(*) FROM notices WHERE correction IS NOT NULL
            GROUP BY channel, entry, correction HAVING count(*) > 1"""
        for notice, count in self._oracle.ask(sql):
            self._world.fail("corrected twice", str(notice), f"there are {count} of it")
