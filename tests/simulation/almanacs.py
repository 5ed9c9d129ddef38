"""A small random almanac, its library in memory, and how people edit it.and how people edit it.

The entries lie in files. A file may be gone or cut off for a while. What the product would do with
a file that cannot be read is in processes.py.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from onthisday.almanac.document import Document
from onthisday.almanac.entry import ALL, Entry, Selection
from onthisday.almanac.occasions import order_of
from onthisday.dates.calendars import MonthDay
from onthisday.schema.entry_schema import DOCUMENT, ENTRY

TAGS, KINDS = ("war", "art", "sport"), ("event", "birth", "death")


Day = date


class Fact(NamedTuple):
    """An entry as the simulation keeps it. ``date`` is ISO 8601.

    ``corrections``: the day of each, and whether the entry still stands after it.
    """

    id: str
    date: str
    kind: str
    tags: tuple[str, ...]
    leap_day: str | None = None
    version: int = 0
    corrections: tuple[tuple[str, bool], ...] = ()

    def known_on(self, day: Day) -> "Fact":
        """Return it with the corrections that are known on a day."""
        known = tuple(each for each in self.corrections if each[0] <= day.isoformat())
        return self._replace(corrections=known)

    def is_withdrawn(self, day: Day) -> bool:
        """Return True if the last correction that is known on a day withdraws it."""
        stands = {on: still for on, still in self.corrections if on <= day.isoformat()}
        return not stands.get(max(stands, default=""), True)

    @property
    def title(self) -> str:
        """A word that is in no other message."""
        return f"Happening{self.id}"


class MemoryLibrary:
    """The part of `Library` that sending needs. It never changes.

    ``withdrawn``: the entries that fall on no day.
    """

    def __init__(
        self, version: int, facts: Sequence[Fact], withdrawn: frozenset[str] = frozenset()
    ) -> None:
        self.version, self.modified = str(version), datetime(2020, 1, 1, tzinfo=UTC)
        self.facts, self.names = tuple(facts), frozenset(fact.id for fact in facts)
        self.tagged = {tag: {fact.id for fact in facts if tag in fact.tags} for tag in TAGS}
        self._entries = {fact.id: _entry(fact) for fact in facts}
        self._filtered: dict[Selection, dict[MonthDay, list[Entry]]] = {}
        self._withdrawn, self._corrected = withdrawn, [each for each in facts if each.corrections]
        self._published: dict[tuple[Fact, ...], MemoryLibrary] = {}

    opened = None

    @property
    def last_correction(self) -> date | None:
        days = [on for each in self._corrected for on, _ in each.corrections]
        return date.fromisoformat(max(days)) if days else None

    def correction_days(self) -> Iterator[tuple[str, date]]:
        days = ((each.id, on) for each in self._corrected for on, _ in each.corrections)
        return ((name, date.fromisoformat(on)) for name, on in sorted(set(days)))

    def published(self, day: date, known: date | None = None) -> "MemoryLibrary":
        """Return the library with the corrections that are known on a day."""
        if not self._corrected:
            return self
        facts = tuple(each.known_on(known or day) for each in self._corrected)
        if facts not in self._published:
            gone = frozenset(each.id for each in facts if each.is_withdrawn(date.max))
            all_ = {each.id: each for each in (*self.facts, *facts)}
            self._published[facts] = MemoryLibrary(int(self.version), [*all_.values()], gone)
        return self._published[facts]

    def noting(self) -> "MemoryLibrary":
        return self  # it notes nothing; `limits` says that all pages are others after an edit

    @property
    def limits(self) -> tuple[object, ...]:
        return (self.version,)

    def on(self, day: MonthDay, selection: Selection = ALL, first: int = 0) -> Iterator[Entry]:
        return iter(self._of(selection).get(day, ())[first:])

    def days(self, selection: Selection = ALL) -> frozenset[MonthDay]:
        return frozenset(self._of(selection))

    @property
    def rules(self) -> tuple[str, ...]:
        return ()

    def movable(
        self, selection: Selection = ALL, rules: Sequence[str] | None = None
    ) -> Iterator[Entry]:
        return iter(())

    def count_movable(self, until: int) -> dict[str, int]:
        return {}

    def entry(self, entry_id: str) -> Entry | None:
        return self._entries.get(entry_id)

    def entries(self) -> Iterator[Entry]:
        return iter(self._entries[each] for each in sorted(self._entries))

    def ids(self) -> Iterator[str]:
        return iter(sorted(self.names))

    def document(self, document_id: str) -> Document | None:
        return _DOCUMENT if document_id == "paper" else None

    def documents(self) -> Iterator[Document]:
        return iter((_DOCUMENT,))

    def size(self) -> tuple[int, int]:
        return len(self._entries), 1

    def _of(self, selection: Selection) -> dict[MonthDay, list[Entry]]:
        found = self._filtered.get(selection)
        if found is None:
            found = self._filtered[selection] = {}
            for entry in sorted(self._entries.values(), key=order_of):
                is_told = entry.id not in self._withdrawn and _admits(selection, entry)
                if entry.key is not None and is_told:
                    found.setdefault(entry.key, []).append(entry)
        return found


def _admits(selection: Selection, entry: Entry) -> bool:
    return (
        (not selection.kinds or entry.kind in selection.kinds)
        and (not selection.tags or any(tag in selection.tags for tag in entry.tags))
        and not any(tag in selection.without for tag in entry.tags)
    )


def _read(record: Any, tree: dict[str, Any]) -> Any:
    problems: list[Any] = []
    value = record.read(tree, (), problems)
    assert not problems, problems
    return value


_DOCUMENT: Document = _read(DOCUMENT, {"id": "paper", "title": "A paper"})

_entries: dict[Fact, Entry] = {}


def _entry(fact: Fact) -> Entry:
    if fact not in _entries:
        tree = {
            "id": fact.id, "date": fact.date, "kind": fact.kind, "tags": list(fact.tags),
            "title": fact.title, "summary": f"Edited {fact.version} times.",
            "sources": [{"document": "paper"}],
        }  # fmt: skip
        if fact.kind == "birth":
            tree["living"] = "public figure"  # what is not published is tested elsewhere
        if fact.leap_day:
            tree["leap_day"] = fact.leap_day
        if fact.corrections:
            tree["corrections"] = [_correction(*each) for each in fact.corrections]
        _entries[fact] = _read(ENTRY, tree)
    return _entries[fact]


def _correction(on: str, stands: bool) -> dict[str, str]:
    said = {"on": on, "was": "It was on another hill.", "why": "A letter says so."}
    return said | ({"now": "It was on this hill."} if stands else {})


class Curator:
    """The almanac's files, and the people who edit them. ``library`` is what can be read now."""

    def __init__(self, chance: Random, size: int) -> None:
        self._chance, self._count = chance, 0
        self.files: list[list[Fact]] = [[] for _ in range(chance.randint(1, 4))]
        self.gone: set[int] = set()
        self.cut: dict[int, int] = {}
        _entries.clear()
        for _ in range(size):
            self._add(self._date())
        self._made, self._touched = 0, set[str]()
        self.library = MemoryLibrary(0, self._readable())

    def _date(self) -> str:
        chance = self._chance
        if chance.random() < 0.02:
            return "1956-02-29"
        day = f"{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        return f"{chance.randint(1900, 2030)}-{day}"

    def _add(self, date: str) -> Fact:
        chance = self._chance
        self._count += 1
        tags = tuple(tag for tag in TAGS if chance.random() < 0.4)
        leap = chance.choice([None, "feb-28", "mar-1", "omit"]) if date.endswith("02-29") else None
        fact = Fact(f"e{self._count}x", date, chance.choice(KINDS), tags, leap)
        self.files[chance.randrange(len(self.files))].append(fact)
        return fact

    def _readable(self) -> list[Fact]:
        return [
            fact
            for index, file in enumerate(self.files)
            if index not in self.gone
            for fact in file[: self.cut.get(index, len(file))]
        ]

    def were_there_all_along(self, entries: str) -> bool:
        """Return True if entries (a JSON list of ids) never went and never moved."""
        return not self._touched.intersection(json.loads(entries))

    def publish(self) -> None:
        """Make a new library of the files as they are now."""
        self._made += 1
        before, after = set(self.library.facts), set(self._readable())
        self._touched |= {fact.id for fact in before ^ after}
        self.library = MemoryLibrary(self._made, self._readable())

    def edit(self, today: date) -> str:
        """Change something. Return words."""
        chance, here = self._chance, f"{today:%m-%d}"
        edits = ["add", "add today", "drop", "move", "move to today", "reword", *["correct"] * 3]
        what, file = chance.choice(edits), chance.choice(self.files)
        if what.startswith("add") or not file:
            date = f"1950-{here}" if what == "add today" and here != "02-29" else self._date()
            said = f"adds {self._add(date).id} on {date}"
        elif what == "correct":
            said = self._correct(file, today)
        else:
            place = chance.randrange(len(file))
            fact, said = file[place], f"{what}: {file[place].id}"
            if what == "drop":
                del file[place]
            elif what == "reword":
                file[place] = fact._replace(version=fact.version + 1)
            else:
                is_here = what == "move to today" and here != "02-29"
                date = f"1950-{here}" if is_here else self._date()
                file[place] = fact._replace(date=date, leap_day=None)
        self.publish()
        return said

    def _correct(self, file: list[Fact], today: date) -> str:
        """Correct or withdraw an entry, mostly one that fell on one of the last days."""
        chance, own = self._chance, [f"{today - timedelta(days=n):%m-%d}" for n in range(-5, 20)]
        near = [place for place, fact in enumerate(file) if fact.date[5:] in own]
        place = chance.choice(near or range(len(file)))
        fact = file[place]
        on = today + timedelta(days=chance.choice([-400, -40, -3, -1, 0, 0, 0, 0, 1, 2, 10]))
        is_last = all(other < on.isoformat() for other, _ in fact.corrections)
        stands = not is_last or chance.random() < 0.7
        if not all(still for _, still in fact.corrections):
            return f"leaves {fact.id} withdrawn"
        corrections = (*fact.corrections, (on.isoformat(), stands))
        file[place] = fact._replace(corrections=corrections)
        return f"{'corrects' if stands else 'withdraws'} {fact.id} on {on}"

    def lose(self) -> str:
        """Make a file half there, or not there at all. Return words."""
        index = self._chance.randrange(len(self.files))
        if self._chance.random() < 0.5:
            self.gone.add(index)
            said = f"file {index} is gone"
        else:
            self.cut[index] = self._chance.randint(0, len(self.files[index]))
            said = f"file {index} is cut after {self.cut[index]} entries"
        self.publish()
        return said

    def mend(self) -> None:
        """Put every file back in its place, whole."""
        self.gone.clear()
        self.cut.clear()
        self.publish()
