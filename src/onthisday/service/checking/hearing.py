"""A part of `check`: look for what an entry says in the passages that it cites.

The documents' texts come one after another (proving.py). An entry is judged when all its documents
were seen. Until then only the claims that are still open are kept. checks/not_in_passage.py decides
what is said. Called by proving.py and report.py.
"""

from collections.abc import Callable
from functools import lru_cache

from onthisday.almanac.document import Document
from onthisday.almanac.entry import Citation, Entry, Span
from onthisday.checks.not_in_passage import Hearing, KnownAlmanac, heard, opened, unsaid_faults
from onthisday.checks.saying.said import Said
from onthisday.checks.saying.statements import language_of
from onthisday.drafts.languages import LANGUAGES
from onthisday.service.checking.findings import Findings

_KEPT = 1024
"""How many passages of a document are kept as they were read: entries cite the same ones."""


class Hearings:
    """Looks for what entries say in their passages, and notes what no passage says."""

    def __init__(self, almanac: KnownAlmanac, notes: Findings) -> None:
        self._almanac, self._notes = almanac, notes
        self._open: dict[str, Hearing] = {}
        self._places = {name: place for place, name in enumerate(almanac.documents)}

    def of(self, document: Document, text: str) -> Callable[[Entry], None]:
        """Return a function that looks for what an entry says in this document's passages."""
        said = (document.language or "").partition("-")[0].lower()
        language = said if said in LANGUAGES else language_of(text, self._almanac.language)

        @lru_cache(maxsize=_KEPT)
        def passages(locator: tuple[Span, ...]) -> Said:
            return Said("\n".join(text[start:end] for start, end in locator), language)

        def passages_of(citation: Citation) -> Said:
            if citation.quote is not None:
                return Said(citation.quote, language)
            return passages(citation.locator or (Span(0, len(text)),))

        def hear(entry: Entry) -> None:
            hearing = self._open.pop(entry.id, None) or opened(entry, self._almanac)
            hearing = heard(hearing, entry, document.id, passages_of)
            if self._is_last(entry, document.id):
                self._judge(hearing, entry)
            else:
                self._open[entry.id] = hearing

        return hear

    def close(self, entry: Entry, held: frozenset[str]) -> None:
        """Judge an entry, if no held text after the last one did. ``held``: the documents' ids.

        Quotations of documents whose text is not held are looked at too.
        """
        seen = {citation.document for citation in entry.citations} & held
        if seen and entry.id not in self._open:
            return
        hearing = self._open.pop(entry.id, None) or opened(entry, self._almanac)
        for document in {each.document for each in entry.citations if each.quote} - held:
            hearing = heard(hearing, entry, document, self._quoted)
        self._judge(hearing, entry)

    def _judge(self, hearing: Hearing, entry: Entry) -> None:
        self._notes.add("entry", entry.id, unsaid_faults(hearing, entry, self._almanac))

    def _quoted(self, citation: Citation) -> Said | None:
        if citation.quote is None:
            return None
        return Said(citation.quote, language_of(citation.quote, self._almanac.language))

    def _is_last(self, entry: Entry, document: str) -> bool:
        """Return True if an entry cites no document that comes after this one."""
        place = self._places[document]
        return all(self._places.get(each.document, -1) <= place for each in entry.citations)
