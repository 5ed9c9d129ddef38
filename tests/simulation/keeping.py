"""What people hold back and let go, and what a message may have in it. Part of the oracle.

- A message has nothing but entries of its notice, and each entry of a day of sending is told once.
- What is held does not go out while it is held; with `release: by-hand`, not before a person lets
  it go.
- A message that is parted loses no entry, and nothing stays held by a hold that has ended.
"""

import json
import re
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from onthisday.delivery.notice import BY_HAND, Hold, Notice
from tests.simulation.days import comes_at

if TYPE_CHECKING:
    from tests.simulation.oracle import Oracle
    from tests.simulation.processes import Process

_TITLE = re.compile(rb"Happening(e\d+x)")

MIDNIGHT = timedelta(minutes=10)
"""So near midnight, a message may say that it is late or not: it is on its way meanwhile."""

LONG_AGO = -1e9


class Planned(NamedTuple):
    """A notice as it was planned: its entries, on which day each falls, and all its days."""

    entries: frozenset[str]
    falls: Mapping[str, date]
    days: tuple[date, ...]


class Keeping:
    """Judges what is kept back.

    - ``parts``: for each notice that was set aside from a message, this message.
    - ``released``: the notices that a person asked for.
    """

    def __init__(self, oracle: "Oracle") -> None:
        self._oracle, self._world = oracle, oracle.world
        self.parts: dict[str, str] = {}
        self.released: set[str] = set()
        self._holds: dict[str, tuple[Hold, float]] = {}
        self._changing: set[str] = set()
        self._ended: dict[str, float] = {}
        self._planned: dict[str, list[Planned]] = {}
        self._by_hand: dict[str, float] = {}
        self._ever_by_hand: set[str] = set()
        self._told: Counter[tuple[str, date, str]] = Counter()
        self._told_in: dict[tuple[str, date, str], set[str]] = {}

    # What people do

    def configured(self) -> None:
        """The config is new: note since when the messages of a channel wait for a person."""
        now = self._world.loop.time() or LONG_AGO
        for tree in self._world.settings.published:
            if tree.get("release") == BY_HAND:
                self._by_hand.setdefault(tree["name"], now)
                self._ever_by_hand.add(tree["name"])
            else:
                self._by_hand.pop(tree["name"], None)

    def changing(self, hold: Hold) -> None:
        """A person makes or ends a hold. Until `known`, nobody can know whether it is there."""
        self._changing.add(hold.key)

    def known(self) -> None:
        """What a person did is done, or failed: look which holds there are."""
        self._changing.clear()
        self.replaced()

    def replaced(self) -> None:
        """Another file took the ledger's place: look which holds there are."""
        now, before = self._world.loop.time(), self._holds
        rows = self._oracle.ask("SELECT channel, day, tag FROM holds")
        holds = [Hold(channel, day and date.fromisoformat(day), tag) for channel, day, tag in rows]  # type: ignore[arg-type]
        self._holds = {each.key: before.get(each.key, (each, now)) for each in holds}
        self._ended |= dict.fromkeys(before.keys() - self._holds.keys(), now)

    def there(self) -> list[Hold]:
        """Return the holds that there are."""
        return [hold for hold, _ in self._holds.values()]

    @property
    def long_ago(self) -> float:
        """A hold since then is heard of: a message may be on its way already, or stand still."""
        return self._world.loop.time() - (300.0 if self._world.store is None else 2.5 * 3600)

    # Plans

    def planned(
        self, notice: str, entries: list[str], falls: Mapping[str, date], days: tuple[date, ...]
    ) -> None:
        """A notice is new in the ledger."""
        known = {entry: falls[entry] for entry in entries if entry in falls}
        self._planned.setdefault(notice, []).append(Planned(frozenset(entries), known, days))

    def parting(self, notice: Notice, apart: Collection[Notice]) -> None:
        """A message is about to lose the entries that are held."""
        self.parts |= {each.id: notice.id for each in apart}

    # Requests

    def requested(self, process: "Process", place: int, notice: Notice, body: bytes) -> None:
        """A message goes out."""
        shown = {name.decode() for name in _TITLE.findall(body)}
        if stray := sorted(shown.difference(notice.entries)):
            self._world.fail("content", notice.id, f"the message has {', '.join(stray)}")
        self._oracle.corrections.requested(process, notice, shown)
        self._is_let_go(process, notice)
        for key, (hold, since) in self._holds.items():
            if since < self.long_ago and key not in self._changing:
                self._is_not_held(process, notice, hold, shown)
        if self._world.settings.service(place) == "webhook":
            self._says_what_it_has(process, notice, json.loads(body)["data"])

    def _is_let_go(self, process: "Process", notice: Notice) -> None:
        is_by_hand = any(
            tree["name"] == notice.channel and tree.get("release") == BY_HAND
            for tree in process.trees
        )
        since = self._by_hand.get(notice.channel)
        sure = since is not None and since < self._world.loop.time() - 2.5 * 3600
        if is_by_hand and sure and notice.id not in self.released:
            self._world.fail("by hand", notice.id, "goes out, and no person let it go")

    def _is_not_held(self, process: "Process", notice: Notice, hold: Hold, shown: set[str]) -> None:
        if hold.channel not in {None, notice.channel}:
            return
        if hold.day is not None and hold.day not in self._named(notice):
            return
        is_asked_for = notice.id in self.released
        held = shown if hold.tag is None else shown & process.library.tagged[hold.tag]
        is_free = is_asked_for and (hold.tag is None or len(notice.entries) == 1)
        if held and not is_free:
            words = f"goes out with {', '.join(sorted(held))}, while a person holds {hold.key}"
            self._world.fail("held", notice.id, words)

    def _named(self, notice: Notice) -> set[date]:
        """Return the days by which people may hold a notice: that of sending, or its only one."""
        days: set[date] = set()
        for each in self._planned.get(self.parts.get(notice.id, notice.id), ()):
            if notice.id in self.parts:
                days |= {each.falls[entry] for entry in notice.entries if entry in each.falls}
            elif len(each.days) == 1:
                days |= {*each.days}
        return {notice.day} | (days if len(days) == 1 else set())

    def _says_what_it_has(self, process: "Process", notice: Notice, data: Any) -> None:
        """Check a webhook's data: the days, the occasions of each, how many more, and `late`."""
        over = comes_at(notice.day + timedelta(days=1), "00:00", notice.zone)
        left = over - process.machine.now()
        if abs(left) > MIDNIGHT and data["late"] != (left < timedelta(0)):
            self._world.fail("late", notice.id, f"says late: {data['late']}; {left} are left")
        if notice.correction or not self._world.curator.were_there_all_along(
            json.dumps(notice.entries)
        ):
            return
        days = data.get("days", [data])
        count = sum(len(each["occasions"]) for each in days) + data["more"]
        if count != len(notice.entries):
            self._world.fail("content", notice.id, f"counts {count} of {len(notice.entries)}")
        planned = self._planned.get(self.parts.get(notice.id, notice.id), [])
        for each in days:
            ids = {occasion["id"] for occasion in each["occasions"]}
            falls = [{str(p.falls.get(entry)) for p in planned} for entry in ids]
            if planned and any(each["day"] not in found for found in falls):
                self._world.fail("content", notice.id, f"tells {sorted(ids)} on {each['day']}")

    def taken(self, notice: Notice) -> None:
        """A service took a message: none of its entries was told on this day of sending before.

        But a day may be told once for the day and once for each entry: if a wrong clock sent it too
        early, and `post` is changed before the day comes. `closings.py` judges whether a day may be
        planned.
        """
        if notice.correction is not None:
            return
        whole = f"{notice.channel}/{notice.day}"
        for entry in notice.entries:
            key = notice.channel, notice.day, entry
            self._told[key] += 1
            truths = [self._oracle.truths.get(each) for each in (whole, f"{whole}/{entry}")]
            most = 1 + sum(each.doubts + each.allowed for each in truths if each)
            self._told_in.setdefault(key, set()).add(notice.id)
            own = f"{whole}/{entry}"
            most += {whole, own} <= self._told_in[key] and own not in self.parts
            if self._told[key] > most:
                words = f"{entry} is told {self._told[key]} times, at most {most} are allowed"
                self._world.fail("twice", notice.id, words)

    # What the ledger says

    def audit(self) -> None:
        """Check the notices that are held or new, and those that were parted."""
        for notice, channel, kept in self._oracle.ask(
            "SELECT id, channel, kept FROM notices WHERE state = 'held'"
        ):
            self._is_kept_by(str(notice), str(channel), str(kept))
        sql = "SELECT id, entries FROM notices WHERE place > ? AND correction IS NULL"
        new = {str(row[0]) for row in self._oracle.ask(sql, self._world.audited)}
        for whole in sorted((new - self.parts.keys()) | set(self.parts.values())):
            self._has_all(whole)

    def _is_kept_by(self, notice: str, channel: str, kept: str) -> None:
        if kept == BY_HAND and channel not in self._ever_by_hand:
            self._world.fail("kept", notice, "waits for a person, which nobody asked for")
        if kept == BY_HAND or kept in self._holds or kept in self._changing:
            return
        if self._ended.get(kept, LONG_AGO) < self.long_ago:
            self._world.fail("kept", notice, f"is held, and nobody holds {kept}")

    def _has_all(self, whole: str) -> None:
        """Check that a message and its parts have what was planned."""
        names = [whole, *(part for part, its in self.parts.items() if its == whole)]
        sql = "SELECT id, entries FROM notices WHERE id IN (SELECT value FROM json_each(?))"
        found = self._oracle.ask(sql, json.dumps(names))
        rows = {str(id_): json.loads(str(text)) for id_, text in found}
        has = {entry for entries in rows.values() for entry in entries}
        planned = [each.entries for each in self._planned.get(whole, ())]
        if whole in rows and planned and has not in planned:
            lost = sorted(planned[-1] ^ has)
            self._world.fail("parted", whole, f"was planned otherwise: {lost}; now it is {rows}")
