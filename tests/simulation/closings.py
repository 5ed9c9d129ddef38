"""Which days are closed, and with which notices. Part of the oracle."""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.simulation.days import (
    Expected,
    Tree,
    comes_at,
    day_in,
    days_of,
    last_due,
    notice_ids,
    was_there,
)

if TYPE_CHECKING:
    from tests.simulation.almanacs import MemoryLibrary
    from tests.simulation.oracle import Oracle
    from tests.simulation.processes import Process

KEEP_DAYS = 400
"""Days older than this leave no notice (keep_days of the config)."""

PATIENCE = 900.0
"""Seconds for which no day is closed after many entries have gone."""

ONE_DAY = timedelta(days=1)

AHEAD, GONE = "still to come", "entries are gone"
"""What people are told of closed days to come, and of an almanac that is half there."""

_SHAPES = (
    "name", "zone", "at", "post", "ahead", "enabled", "tags", "kinds", "milestones", "without",
)  # fmt: skip


class Before(NamedTuple):
    """What the ledger had before a process wrote its plans: closed days, and the last place."""

    closed: dict[str, date]
    place: int


class Blank(NamedTuple):
    """A day that was closed without a notice: by which channel, and by what almanac."""

    day: date
    tree: Tree
    expected: Expected


Blanks = dict[str, Blank]
"""The last such day of each channel."""


class Closings:
    """Judges each change of the closed days."""

    def __init__(self, oracle: "Oracle") -> None:
        self._oracle, self._world = oracle, oracle.world
        self.latest = oracle.world.clock.now()
        self._blank: dict[str, Blank] = {}
        self._expected: dict[tuple[str, str], Expected] = {}
        self._seen: frozenset[str] | None = None
        self._shrunk_at: float | None = None
        self._told_since: float | None = None
        self._excused_at = -PATIENCE
        self.resetting = False

    def excuse(self) -> None:
        """Something happened after which the product may not know what it saw last."""
        self._excused_at, self._told_since = self._world.loop.time(), None

    def remembered(self) -> Blanks:
        """Return which days are closed without a notice, to be kept with a backup."""
        return dict(self._blank)

    def restored(self, blank: Blanks) -> None:
        """A backup took the ledger's place, so the days of the backup are closed."""
        self._blank = dict(blank)

    def expected(self, library: "MemoryLibrary") -> Expected:
        """Return what falls on which day, by the facts of a library."""
        leap_day = self._world.settings.leap_day
        key = (library.version, leap_day)
        if key not in self._expected:
            if len(self._expected) > 50:
                self._expected.clear()
            self._expected[key] = Expected(library.facts, leap_day)
        return self._expected[key]

    def closed_days(self) -> dict[str, date]:
        """Return the last closed day of each channel, as the ledger has it."""
        rows = self._oracle.ask("SELECT name, considered FROM channels")
        return {str(name): date.fromisoformat(str(day)) for name, day in rows}

    def ahead(self, trees: Sequence[Tree], now: datetime) -> list[Tree]:
        """Return the channels whose last closed day lies further ahead than tomorrow."""
        closed = self.closed_days()
        return [
            tree for tree in trees
            if closed.get(tree["name"], date.min) > day_in(tree["zone"], now) + ONE_DAY
        ]  # fmt: skip

    def before(self) -> Before:
        """Return what the ledger has now."""
        ((place,),) = self._oracle.ask("SELECT coalesce(max(place), 0) FROM notices")
        return Before(self.closed_days(), int(str(place)))

    # An almanac that is half there

    def looked(self, process: "Process") -> None:
        """A tick begins: a process has read the almanac."""
        self.latest = max(self.latest, process.began)
        if not process.plans:
            return
        ids, now = process.library.names, self._world.loop.time()
        lost = len(self._seen - ids) if self._seen is not None else 0
        if lost >= 2 and lost * 10 > len(self._seen or ()):
            if self._shrunk_at is None:
                self._shrunk_at = now
            if now - self._shrunk_at < PATIENCE:
                return
        self._seen, self._shrunk_at = ids, None

    # Plans

    def opened(self, process: "Process", before: Before) -> None:
        """A process wrote its plans into the ledger, or tried to."""
        after = self.closed_days()
        trees = {tree["name"]: tree for tree in process.trees}
        sql = """SELECT id, channel, day FROM notices
            WHERE place > ? AND correction IS NULL"""
        new: dict[str, list[tuple[Any, ...]]] = {}
        for row in self._oracle.ask(sql, before.place):
            if row[0] not in self._oracle.keeping.parts:
                new.setdefault(str(row[1]), []).append(row)
        for name in (each for each in after if each in trees):
            day = after[name]
            was, rows = before.closed.get(name), new.get(name, [])
            if was is not None and day < was and self._may_go_back(process):
                # An operator set the channel back while this tick went on.
                self._recorded(process, trees[name], day, set())
                continue
            if was != day:
                self._closed(process, trees[name], was, day, {str(row[0]) for row in rows})
            again = [row for row in rows if was is not None and date.fromisoformat(row[2]) <= was]
            if again:
                self._opened_again(process, trees[name], again)

    def _may_go_back(self, process: "Process") -> bool:
        """Return True if an operator sets channels back, or did so since a tick began."""
        return self.resetting or self._excused_at >= process.began_at

    def _closed(
        self, process: "Process", tree: Tree, was: date | None, day: date, new: set[str]
    ) -> None:
        world, now, name = self._world, process.machine.now(), tree["name"]
        today = day_in(tree["zone"], now)
        world.note("closed", name, str(was), str(day))
        self._blank.pop(name, None)
        if was is None and tree["starts"] == "tomorrow":
            return
        if was is not None and day < was:
            world.fail("back", name, f"its last closed day went back from {was} to {day}")
        if was is not None and comes_at(day, tree["at"], tree["zone"]) > now:
            world.fail("early", name, f"{day} was closed before its hour")
        if was is not None and self._may_close_nothing():
            world.fail("shrunk", name, f"{day} was closed while many entries were gone")
        first = max(was + ONE_DAY if was else today, today - timedelta(days=KEEP_DAYS))
        for ahead in range((day - first).days + 1):
            self._recorded(process, tree, first + timedelta(days=ahead), new)

    def _may_close_nothing(self) -> bool:
        """Return True if no day may be closed: many entries have gone a moment ago.

        The 15 minutes are counted by the processes' clocks. If these differ, they may be none.
        """
        shrunk = self._shrunk_at if self._world.skew < 1 else None
        return "shrunk" in self._oracle.rules and shrunk is not None and shrunk > self._excused_at

    def _recorded(self, process: "Process", tree: Tree, day: date, new: set[str]) -> None:
        """Check that all notices of a day that was closed are in the ledger.

        ``new``: the notices that were not there before.
        """
        if not tree.get("enabled", True) or not was_there(day, tree["zone"]):
            return
        expected = self.expected(process.library)
        wanted = notice_ids(tree, day, expected.on(day, tree))
        found = self._notices_of(tree, day)
        if not wanted and days_of(tree, day):
            self._blank[tree["name"]] = Blank(day, tree, expected)
        if wanted and not found:
            words = f"{day} was closed, and its notice is not there"
            self._world.fail("lost", min(wanted), words)
        if found and new.issuperset(str(row[0]) for row in found):
            self._has_what_it_should(process, tree, day, found)

    def _has_what_it_should(
        self, process: "Process", tree: Tree, day: date, rows: Sequence[Any]
    ) -> None:
        """Check that a day's new notices have the entries of the days that they are about."""
        told = {entry for row in rows for entry in json.loads(row[1])}
        wrong = self.expected(process.library).mistake(told, day, tree)
        if wrong and not self._is_planned_by_another(told, day, tree["name"]):
            self._world.fail("entries", str(rows[0][0]), f"{wrong}; it has {sorted(told)}")
        on = self.expected(process.library).on(day, tree)
        for notice, entries in rows:
            self._oracle.keeping.planned(str(notice), json.loads(entries), on, days_of(tree, day))

    def _is_planned_by_another(self, told: set[str], day: date, name: str) -> bool:
        """Return True if another process, that has another almanac or config, planned this."""
        return any(
            self.expected(each.library).mistake(told, day, tree) is None
            for each in self._world.processes.values()
            if each.plans
            for tree in each.trees
            if tree["name"] == name
        )

    def _notices_of(self, tree: Tree, day: date) -> Sequence[Any]:
        """Return the notices of a channel's day, each with its entries, in the order of planning.

        Parts of messages, whose entries were held, are among them; corrections are not.
        """
        sql = """SELECT id, entries FROM notices
            WHERE channel = ? AND day = ? AND correction IS NULL ORDER BY place"""
        return self._oracle.ask(sql, tree["name"], day.isoformat())

    def _opened_again(self, process: "Process", tree: Tree, rows: list[tuple[Any, ...]]) -> None:
        """Check that a day may open again: it was blank, is not over, and entries came back."""
        day, blank = date.fromisoformat(rows[0][2]), self._blank.get(tree["name"])
        self._world.note("open again", tree["name"], str(day))
        before = blank.expected.all_on(day, tree) if blank and blank.day == day else None
        if before is None and self._world.loop.time() < self._excused_at + PATIENCE:
            return  # the day was closed while an operator set the channel back
        is_over = day_in(tree["zone"], process.machine.now()) > day
        new = self.expected(process.library).on(day, tree).keys() - (before or set())
        found = self._notices_of(tree, day)
        is_first = {row[0] for row in found} <= {row[0] for row in rows}
        if is_over or before is None or not new or not is_first:
            words = f"{day} was opened again, and no entry came back"
            self._world.fail("again", str(rows[0][0]), words)
        self._has_what_it_should(process, tree, day, found)

    # Ticks

    def ticked(self, process: "Process") -> None:
        """A tick went well: each day whose hour has come is closed, and is not blank for long."""
        world = self._world
        if world.jumped_at >= process.began_at or not process.plans:
            return
        closed, now = self.closed_days(), world.loop.time()
        is_patient = self._is_patient(process, now)
        self._told(process)
        if not is_patient:
            self._oracle.corrections.ticked(process)
        for tree in process.trees:
            name = tree["name"]
            due = last_due(tree, process.began)
            if closed.get(name, date.min) < due and not is_patient:
                world.fail("open", name, f"{due} is due and not closed after a tick")
            blank = self._blank.get(name)
            if blank is not None and blank.day == closed.get(name):
                self._reopened(process, tree, blank)

    def _is_patient(self, process: "Process", now: float) -> bool:
        """Return True if the product may leave days open. It may not do so for ever."""
        is_told = GONE in (process.trouble or "")
        self._told_since = (self._told_since or now) if is_told else None
        patience = PATIENCE + 60 + 2 * self._world.skew  # a clock that is behind begins it anew
        if is_told and now - max(self._told_since or now, self._excused_at) > patience:
            self._world.fail("patience", process.name, "closes no day for too long")
        excused = now < self._excused_at + PATIENCE + 60
        return is_told or self._shrunk_at is not None or excused

    def _told(self, process: "Process") -> None:
        """Check that people are told of closed days to come, and of entries that are gone."""
        rules, said = self._oracle.rules, process.trouble or ""
        ahead = self.ahead(process.trees, process.began)
        is_sure = self._excused_at < process.began_at
        if "ahead" in rules and is_sure and bool(ahead) != (AHEAD in said):
            names = ", ".join(tree["name"] for tree in ahead)
            self._world.fail("ahead", names, f"closed until a day to come; people are told: {said}")
        if self._may_close_nothing() and GONE not in said and AHEAD not in said:
            self._world.fail("shrunk", process.name, f"entries are gone; people are told: {said}")

    def _reopened(self, process: "Process", tree: Tree, blank: Blank) -> None:
        day = blank.day
        if day != day_in(tree["zone"], process.began) or "reopened" not in self._oracle.rules:
            return
        is_same = all(tree.get(key) == blank.tree.get(key) for key in _SHAPES)
        has_entries = is_same and self.expected(process.library).on(day, tree)
        if has_entries and not self._notices_of(tree, day):
            words = f"{day} was closed without a notice; entries came back, and it stays closed"
            self._world.fail("reopened", tree["name"], words)
