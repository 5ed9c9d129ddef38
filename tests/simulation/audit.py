"""What the ledger says, held against what really happened."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.simulation.days import Tree, comes_at, day_in
from tests.simulation.oracle import DAY, HOUR, Truth

if TYPE_CHECKING:
    from tests.simulation.world import World

SILENT = 29.5 * HOUR
"""The longest time for which a channel with a waiting notice is not tried: 24 h, and a fifth."""


class Row(NamedTuple):
    """A notice as the ledger has it. ``unknown``: how many attempts have an unknown outcome."""

    id: str
    day: str
    zone: str
    entries: str
    state: str
    reason: str | None
    unknown: int


def audit(world: "World") -> None:
    """Check each notice that has come to an end. Call `World.fail`."""
    world.oracle.sharing.audit()
    world.oracle.keeping.audit()
    world.oracle.corrections.audit()
    sql = """SELECT id, day, zone, entries, state, reason,
        (SELECT count(*) FROM attempts WHERE notice = notices.id AND outcome = 'unknown')
        FROM notices WHERE place > ? OR state NOT IN ('sent', 'failed', 'expired')"""
    for row in world.oracle.ask(sql, world.audited):
        _judge(world, Row(*row))  # type: ignore[arg-type]
    ((world.audited,),) = world.oracle.ask("SELECT coalesce(max(place), 0) FROM notices")  # type: ignore[assignment]


def _judge(world: "World", row: Row) -> None:
    oracle = world.oracle
    truth = oracle.truths.get(row.id) or Truth()
    if row.state == "sent" and not truth.taken and "promised" in oracle.rules:
        world.fail("untaken", row.id, "the ledger says sent; the service has never taken it")
    if row.unknown > truth.doubts + truth.allowed and "settled" in oracle.rules:
        words = f"{row.unknown} outcomes are called unknown, and {truth.doubts} were"
        world.fail("settled", row.id, words)
    if row.state == "failed":
        _failed(world, row, truth)
    if row.state == "expired":
        _expired(world, row)


def _failed(world: "World", row: Row, truth: Truth) -> None:
    kinds = truth.kinds
    refused = kinds["refusal"] + kinds["farewell"]
    tried = sum(kinds.values()) - (kinds["busy"] if "throttled" in world.oracle.rules else 0)
    if not refused and tried < 10:
        world.fail("failed", row.id, f"was given up after {dict(sorted(kinds.items()))}")


def _expired(world: "World", row: Row) -> None:
    latest = day_in(row.zone, world.oracle.closings.latest) + timedelta(days=1)
    is_old = (latest - date.fromisoformat(row.day)).days > world.settings.catch_up_days
    if not is_old and world.curator.were_there_all_along(row.entries):
        world.fail("expired", row.id, f"is not old, and its entries are there; {row.reason}")


def silence(world: "World") -> None:
    """Check that each channel with a waiting notice was tried lately.

    While the disk is full, none is: an attempt that cannot be recorded is not made. One process may
    wait a day to record the last one, and the next process waits for this one.
    """
    oracle, now = world.oracle, world.loop.time()
    full_until = min(now, world.disk.full_until)
    sql = """SELECT channel, min(id), min(day) FROM notices WHERE state IN ('waiting', 'unknown')
        AND due IS NOT NULL AND day <= ? AND channel NOT IN
        (SELECT name FROM channels WHERE off_since IS NOT NULL) GROUP BY channel"""
    trees = {tree["name"]: tree for tree in world.settings.usable if tree.get("enabled", True)}
    for tree in oracle.closings.ahead(world.settings.usable, world.clock.now()):
        trees.pop(tree["name"], None)  # people are told, and nothing is due
    was_ahead = max(0.0, (oracle.closings.latest - world.clock.now()).total_seconds())
    longest = SILENT + min(was_ahead, 2 * DAY) + (world.period if "cron" in world.kinds else 0.0)
    tomorrow = (world.clock.now() + timedelta(days=1)).date().isoformat()
    for channel, notice, day in oracle.ask(sql, tomorrow):
        name = str(channel)
        last = oracle.contacts.setdefault(name, now)
        if name not in trees:
            oracle.contacts[name] = now
            continue
        waited = _waited(world, trees[name], date.fromisoformat(str(day)))
        silent = min(now - max(last, full_until), waited)
        if silent > longest and "bounded" in oracle.rules:
            words = f"was not tried for {silent / DAY:.1f} days; {notice} waits"
            world.fail("silent", name, words)


def _waited(world: "World", tree: Tree, day: date) -> float:
    """Return the seconds since a day's hour came to a channel."""
    return (world.clock.now() - comes_at(day, tree["at"], tree["zone"])).total_seconds()


def _is_near(world: "World", due: Any) -> bool:
    """Return True if a notice fell due just now, or will within a day and some hours."""
    ahead = (datetime.fromisoformat(due) - world.clock.now()).total_seconds() if due else 0.0
    return -world.period - 2 * HOUR < ahead < SILENT


def final(world: "World") -> None:
    """After some calm days, nothing waits but for channels that are off or not in the config."""
    audit(world)
    trees: dict[str, Tree] = {tree["name"]: tree for tree in world.settings.usable}
    off = {
        name
        for (name,) in world.oracle.ask("SELECT name FROM channels WHERE off_since IS NOT NULL")
    }
    sql = """SELECT id, channel, day, zone, state, due FROM notices
        WHERE state IN ('leased', 'sending')
        OR (state IN ('waiting', 'unknown') AND due IS NOT NULL)"""
    for notice, channel, day, zone, state, due in world.oracle.ask(sql):
        if date.fromisoformat(str(day)) > day_in(str(zone), world.clock.now()):
            continue  # the clock was ahead once; the day is still to come
        tree = trees.get(str(channel))
        if tree is None or not tree.get("enabled", True) or channel in off or _is_near(world, due):
            continue
        world.fail(
            "left",
            str(notice),
            f"is still {state} after calm days; due {due}, now {world.clock.now()}",
        )
