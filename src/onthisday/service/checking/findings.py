"""Turn faults into findings.

Both say what is wrong. A finding also has a severity, a file and a line. A curator can switch a
rule off for an entry or a document ("silence" it). Then its faults become no findings. checks/
decides what is a fault. Used by report.py and proving.py.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import NamedTuple

from onthisday.almanac.entry import Silence
from onthisday.almanac.library import Library
from onthisday.almanac.source import Piece, Source
from onthisday.checks.faults import Fault, is_silenced, unused_silence
from onthisday.errors import Finding, InvalidInput, Severity, TreePath
from onthisday.schema.glimpses import id_in
from onthisday.schema.rules import RULES
from onthisday.service.reading.problems import DOCUMENTS, READ, Unread

MOST_KEPT = 1000
"""How many findings of each rule are kept.

More are only counted, so that a million findings do not fill the memory.
"""


def first_of_each(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings, but of each rule only as many as are kept."""
    counts: Counter[str] = Counter()
    for finding in findings:
        counts[finding.rule] += 1
        if counts[finding.rule] <= MOST_KEPT:
            yield finding


def listed_documents(source: Source) -> dict[str, Piece]:
    """Return the items of the file `documents.yaml` in a dict, by the document's id.

    What has no id, or the id of an earlier item, is left out.
    """
    listed: dict[str, Piece] = {}
    if DOCUMENTS in source.files():
        with suppress(InvalidInput):  # it is told already (service/reading/)
            for piece in source.pieces(DOCUMENTS):
                listed.setdefault(id_in(piece.tree) or "", piece)
    return listed


_Spot = tuple[str, TreePath]
"""A file, and the path of a value in it."""


class _NamedFault(NamedTuple):
    """A fault, with the entry or document that has it.

    - ``what``: "entry" or "document".
    - ``name``: its id.
    """

    what: str
    name: str
    fault: Fault


class Findings:
    """Collects the faults of one check, and turns them into findings.

    - ``source``: the almanac's files.
    - ``unread``: what could not be understood of them. It may be why a rule finds something, or
      nothing. Then that is not told.
    """

    def __init__(self, source: Source, unread: Unread = READ) -> None:
        self._source, self._unread = source, unread
        self._documents = {name: piece.place for name, piece in listed_documents(source).items()}
        self._silences: dict[tuple[str, str], tuple[Silence, ...]] = {}
        self._used: set[tuple[str, str, int]] = set()
        self._kept: list[_NamedFault] = []
        self._counts: Counter[str] = Counter()
        self.silenced = 0

    def declare(self, what: str, name: str, silences: tuple[Silence, ...]) -> None:
        """Note which rules are switched off (silenced) for an entry or a document.

        Call this before its faults are added.
        """
        if silences:
            self._silences[what, name] = silences

    def add(self, what: str, name: str, faults: Iterable[Fault]) -> None:
        """Note the faults of an entry or a document. ``what`` is "entry" or "document"."""
        for fault in faults:
            if fault.rule == "unused-document" and self._unread.files:
                continue  # what cannot be read may cite it
            if self._silenced(what, name, fault):
                self.silenced += 1
                continue
            self._counts[fault.rule] += 1
            if self._counts[fault.rule] <= MOST_KEPT:
                self._kept.append(_NamedFault(what, name, fault))

    def add_to_entry(self, name: str, fault: Fault) -> None:
        """Note a fault of an entry."""
        self.add("entry", name, (fault,))

    def close(self, *, texts_held: bool) -> None:
        """Add a finding for each silence that was not needed. Call this after all faults are added.

        Some rules need the documents' texts. If a text is missing (``texts_held`` is false), nobody
        knows whether a silence of these rules is needed. So nothing is noted about it. It is the
        same with rules that compare with others, if some of these could not be understood.
        """
        all_read = not self._unread.findings
        texts_held &= all_read
        for (what, name), silences in self._silences.items():
            for place, silence in enumerate(silences):
                rule = RULES[silence.rule]
                known = (texts_held or not rule.by_text) and (all_read or not rule.by_others)
                known &= not rule.by_asking
                if known and (what, name, place) not in self._used:
                    self.add(what, name, (unused_silence(place, silence),))

    def findings(self, library: Library) -> tuple[Finding, ...]:
        """Return the findings that were kept. Each file is read only once, to find the lines."""
        spots = [(kept.fault, self._spots(kept, library)) for kept in self._kept]
        by_file: dict[str, list[TreePath]] = {}
        for _, at in spots:
            for file, path in at:
                by_file.setdefault(file, []).append(path)
        lines = {
            (file, path): line
            for file, paths in by_file.items()
            for path, line in zip(paths, self._source.lines(file, paths), strict=True)
        }
        return tuple(self._finding(fault, at, lines) for fault, at in spots)

    def _spots(self, kept: _NamedFault, library: Library) -> list[_Spot]:
        """Return the place of a fault, and the places of other entries that the fault is about."""
        if kept.what == "document":
            return [(DOCUMENTS, (self._documents[kept.name], *kept.fault.path))]
        places = library.places((kept.name, *kept.fault.others))
        paths = (kept.fault.path, *(("id",) for _ in kept.fault.others))
        return [(file, (place, *path)) for (file, place), path in zip(places, paths, strict=True)]

    def _finding(self, fault: Fault, at: list[_Spot], lines: Mapping[_Spot, int | None]) -> Finding:
        (own, *others), message = at, fault.message
        if others:
            beside = ", ".join(f"{self._source.shown(other[0])}:{lines[other]}" for other in others)
            message = f"{message} (the other is at {beside})"
        shown = self._source.shown(own[0])
        return Finding(RULES[fault.rule].severity, fault.rule, shown, lines[own], message)

    def graded(self, severity: Severity) -> int:
        """Return how many faults of a severity there are. Count also those that were not kept."""
        return sum(n for rule, n in self._counts.items() if RULES[rule].severity == severity)

    def _silenced(self, what: str, name: str, fault: Fault) -> bool:
        quiet = False
        for about in (name, *fault.others):
            for place, silence in enumerate(self._silences.get((what, about), ())):
                if is_silenced(fault, silence):
                    self._used.add((what, about, place))
                    quiet = True
        return quiet
