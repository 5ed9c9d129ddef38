"""What `check` says of the entries that an import is about to write.

The rules for one entry see each of them. The rule for what is told twice sees the days on which
they fall, with all entries of these days. Called by importing.py.
"""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

from onthisday.almanac.document import Document
from onthisday.almanac.entry import Entry
from onthisday.almanac.library import Library
from onthisday.almanac.source import Source
from onthisday.checks.faults import Fault
from onthisday.checks.untranslated import Untranslated
from onthisday.dates.calendars import MonthDay
from onthisday.errors import Finding, by_place
from onthisday.service.checking.comparing import compare_within_days
from onthisday.service.checking.findings import Findings
from onthisday.service.checking.report import EntryReader
from onthisday.service.importing.matching import key

_T = TypeVar("_T")


class Progress(Protocol):
    """Yields what it is given, and shows how far it is. ``doing``: what is done with it."""

    def __call__(self, items: Iterable[_T], doing: str) -> Iterable[_T]: ...


class Judge:
    """Collects what is found in entries before they are written."""

    def __init__(
        self, source: Source, documents: tuple[Document, ...], today: date, language: str
    ) -> None:
        self._notes = Findings(source)
        nothing = Untranslated(language, ())
        self._reader = EntryReader(source, self._notes, documents, today, frozenset(), nothing)
        self._days: set[MonthDay] = set()
        self._seen: set[int] = set()

    def read(self, entry: Entry) -> None:
        """Look at an entry that is new or changed."""
        self._reader.read(entry)
        self._seen.add(key(entry.id))
        if entry.key is not None:
            self._days.add(entry.key)

    def findings(self, library: Library, progress: Progress) -> tuple[Finding, ...]:
        """Return what was found, sorted by file and line. ``library``: with these entries."""

        def declare(entry: Entry) -> None:
            self._notes.declare("entry", entry.id, entry.silence)

        days = progress(sorted(self._days), "checking")
        compare_within_days(library, days, self._note, declare)
        return tuple(sorted(self._notes.findings(library), key=by_place))

    def _note(self, name: str, fault: Fault) -> None:
        if any(key(each) in self._seen for each in (name, *fault.others)):
            self._notes.add_to_entry(name, fault)
