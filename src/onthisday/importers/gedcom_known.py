"""What must be known of a whole GEDCOM file before its events are read.

A family names its people by pointers, and an event its sources and notes. They may stand anywhere
in the file. So the file is read twice, and this is what is kept from the first time: a few words of
each person and source, and the notes.

Called by gedcom.py.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from onthisday.dates.calendars import CivilDay, day_number
from onthisday.importers.found import Broken
from onthisday.importers.gedcom_lines import Written
from onthisday.importers.gedcom_people import Person, is_old, person_of
from onthisday.importers.gedcom_records import Record, records
from onthisday.importers.gedcom_sources import (
    Document,
    Source,
    cited_by,
    documents_of,
    note_of,
    source_of,
)

TOLD = ("BIRT", "DEAT", "MARR")
"""The events that become entries."""


class Known(NamedTuple):
    """What is known: each by the name of its record.

    ``documents``: also by the words of an event that names a source in words.
    ``today``: as a Julian day number.
    """

    people: dict[str, Person]
    documents: dict[str, Document]
    notes: dict[str, str]
    today: int


def known_of(lines: Iterable[Written], today: date) -> Known:
    """Read a file once. Raises Broken if it has two people of one name.

    What else is wrong in it is told when it is read again.
    """
    first = _First(day_number(CivilDay(today.year, today.month, today.day)))
    for record in _until_broken(lines):
        first.keep(record)
    return first.known()


def _until_broken(lines: Iterable[Written]) -> Iterator[Record]:
    try:
        yield from (each for each in records(lines) if isinstance(each, Record))
    except Broken:
        return


class _First:
    """What the first reading has found so far."""

    def __init__(self, today: int) -> None:
        self._today = today
        self._people: dict[str, Person] = {}
        self._uids: set[str] = set()
        self._long_ago: set[str] = set()
        self._sources: dict[str, Source] = {}
        self._archives: dict[str, str] = {}
        self._notes: dict[str, str] = {}

    def keep(self, record: Record) -> None:
        top = record.top
        if top.tag == "INDI":
            self._keep_person(record)
        elif top.tag == "FAM":
            self._keep_family(record)
        elif top.tag == "SOUR":
            self._sources[record.name] = source_of(top, record.name)
        elif top.tag == "REPO":
            self._archives[record.name] = top.first("NAME")
        elif top.tag in {"NOTE", "SNOTE"}:
            self._notes[record.name] = note_of(top)

    def known(self) -> Known:
        for name in self._long_ago & self._people.keys():
            self._people[name] = self._people[name]._replace(is_old=True)
        documents = documents_of(self._sources, self._archives)
        return Known(self._people, documents, self._notes, self._today)

    def _keep_person(self, record: Record) -> None:
        if record.name in self._people:
            message = f"has two people with the name {record.name}; give one of them another name"
            raise Broken(message, record.lines[0].number)
        person = person_of(record, self._today)
        if person.uid in self._uids:
            person = person._replace(uid=None)
        elif person.uid:
            self._uids.add(person.uid)
        self._people[record.name] = person
        self._keep_words(record)

    def _keep_family(self, record: Record) -> None:
        if any(is_old(event, self._today) for event in record.top.below):
            self._long_ago.update(each.pointer for each in record.top.all("HUSB", "WIFE"))
        self._keep_words(record)

    def _keep_words(self, record: Record) -> None:
        """Keep the sources that events name in words, and not by a pointer."""
        for event in record.top.all(*TOLD):
            for name, _ in cited_by(event):
                if not name.startswith("@"):
                    self._sources.setdefault(name, Source(name))
