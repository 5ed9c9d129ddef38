"""A part of `check`: look for what an entry says in the passages that it cites.

The documents' texts are read one after another (passage_reading.py). An entry is judged when all
its documents were seen. Until then only the claims that are still open are kept.
checks/not_in_passage.py decides what is said. Called by proving.py and report.py.
"""

from onthisday.almanac.entry import Citation, Entry
from onthisday.checks.not_in_passage import (
    Hearing,
    KnownAlmanac,
    can_be_judged,
    heard,
    joined,
    opened,
    unsaid_faults,
)
from onthisday.checks.saying.read_text import ReadText
from onthisday.checks.saying.said import Said
from onthisday.checks.saying.statements import language_of
from onthisday.service.checking.findings import Findings


class Hearings:
    """Looks for what entries say in their passages, and notes what no passage says."""

    def __init__(self, almanac: KnownAlmanac, notes: Findings) -> None:
        self._almanac, self._notes = almanac, notes
        self._open: dict[str, Hearing] = {}
        self._places = {name: place for place, name in enumerate(almanac.documents)}

    def hear(self, entry: Entry, document: str, found: Hearing) -> None:
        """Take what one document leaves of an entry's claims. Judge it after the last document."""
        before = self._open.pop(entry.id, None)
        hearing = joined(before, found) if before else found
        if self._is_last(entry, document):
            self._judge(hearing, entry)
        else:
            self._open[entry.id] = hearing

    def close(self, entry: Entry, held: frozenset[str]) -> None:
        """Judge an entry, if no held text after the last one did. ``held``: the documents' ids.

        Quotations of documents whose text is not held are looked at too.
        """
        seen = {citation.document for citation in entry.citations} & held
        if seen and entry.id not in self._open:
            return
        begun = self._open.pop(entry.id, None)
        quoted = {each.document for each in entry.citations if each.quote} - held
        if not can_be_judged(entry, seen | quoted, self._almanac):
            return
        hearing = begun or opened(entry, self._almanac)
        for document in sorted(quoted):
            hearing = heard(hearing, entry, document, self._quoted)
        self._judge(hearing, entry)

    def _judge(self, hearing: Hearing, entry: Entry) -> None:
        self._notes.add("entry", entry.id, unsaid_faults(hearing, entry, self._almanac))

    def _quoted(self, citation: Citation) -> Said | None:
        if citation.quote is None:
            return None
        language = language_of(citation.quote, self._almanac.language)
        return Said(ReadText(citation.quote, language))

    def _is_last(self, entry: Entry, document: str) -> bool:
        """Return True if an entry cites no document that comes after this one."""
        place = self._places[document]
        return all(self._places.get(each.document, -1) <= place for each in entry.citations)
