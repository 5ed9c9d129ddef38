"""Use case, part of a check: a document's passages held against its text, one text at a time.

What is proved is remembered, as fingerprints, so that a passage can be found again in a text that
changed.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from onthisday.almanac.document import Document
from onthisday.almanac.entry import Entry, Span
from onthisday.almanac.library import Library
from onthisday.checks.cited_text import changed_text, text_fault
from onthisday.checks.citing import locator_faults
from onthisday.checks.dating import DaysNamed, passage_faults
from onthisday.checks.faults import Fault
from onthisday.checks.moved import Found, Remembered, find, remembered_of
from onthisday.checks.passage_memory import PassageMemory
from onthisday.checks.passages import cited_at, moved_faults, prove
from onthisday.service.checking.findings import Findings

Texts = Callable[[str], bytes | None]
"""Gives a text by its file name; None where it is not held."""


class Proofs(NamedTuple):
    """Which documents' texts are held and are those that were cited, whose are not at hand, and
    how many passages are proved."""

    held: frozenset[str]
    lacking: frozenset[str]
    proved: int


class Prover:
    """Proves the passages of documents, and notes what is wrong."""

    def __init__(
        self, library: Library, memory: PassageMemory, notes: Findings, named: DaysNamed
    ) -> None:
        self._library, self._memory, self._notes, self._named = library, memory, notes, named

    def prove(self, documents: Iterable[Document], texts: Texts) -> Proofs:
        """Hold every passage against its text, where that is held."""
        held, lacking, proved = set(), set(), 0
        for document in documents:
            content = texts(document.file) if document.file else None
            if content is None:
                lacking.add(document.id)
                continue
            fault = text_fault(document, content)
            if fault is None:
                held.add(document.id)
                proved += self._proved(document, content.decode("utf-8"))
            else:
                self._notes.add("document", document.id, (Fault(("sha256",), "text", fault),))
                self._follow(document, content)
        return Proofs(frozenset(held), frozenset(lacking), proved)

    def _proved(self, document: Document, text: str) -> int:
        """Prove a document's passages, and remember those that it has now."""
        proved, sha256 = 0, document.sha256 or ""
        known = self._memory.recall(document.id, sha256)
        now: dict[Span, Remembered] = {}
        for entry in self._library.citing(document.id):
            proof = prove(entry, {document.id: text})
            proved += proof.proved
            self._notes.declare("entry", entry.id, entry.silence)
            self._notes.add("entry", entry.id, self._faults(entry, document.id, text))
            self._notes.add("entry", entry.id, proof.faults)
            for span in spans_of(entry, document.id):
                if span not in now and span.end <= len(text):
                    now[span] = known.get(span) or remembered_of(text[span.start : span.end])
        if now != known:
            self._memory.remember(document.id, sha256, now)
        return proved

    def _faults(self, entry: Entry, document: str, text: str) -> Iterator[Fault]:
        yield from locator_faults(entry, document)
        yield from passage_faults(entry, document, text, self._named)

    def _follow(self, document: Document, content: bytes) -> None:
        """Say where the passages are in a text that changed, as far as they are remembered."""
        text = changed_text(document, content)
        if text is None:
            return
        places = places_in(self._memory, document, text)
        for entry in self._library.citing(document.id):
            self._notes.declare("entry", entry.id, entry.silence)
            faults = moved_faults(entry, document.id, text, places)
            self._notes.add("entry", entry.id, faults)


class Relocation(NamedTuple):
    """Where the passages of a text that changed are now.

    ``whole``: there are some, each is where it was or at one other place, and none is now where
    another was: of a locator it is clear at any time whether it was moved already. ``remembered``
    are all of them, at their old places and at their new ones.
    """

    moves: dict[Span, Span]
    remembered: dict[Span, Remembered]
    whole: bool


def relocated(library: Library, memory: PassageMemory, document: Document, text: str) -> Relocation:
    """Look up all that rests on a document in its text that changed."""
    remembered = memory.recall(document.id, document.sha256 or "")
    found = find(text, remembered.values())
    places = {span: found[passage].at(span) for span, passage in remembered.items()}
    moves = {span: now for span, now in places.items() if now is not None}
    moved = {now: remembered[span] for span, now in moves.items()}
    clear = all(remembered.get(now, passage) == passage for now, passage in moved.items())
    cited = [
        all(span in moves for span in citation.locator)
        and (citation.quote is None or text.count(citation.quote) == 1)
        for entry in library.citing(document.id)
        for _, citation in cited_at(entry)
        if citation.document == document.id and (citation.locator or citation.quote)
    ]
    return Relocation(moves, remembered | moved, clear and bool(cited) and all(cited))


def places_in(memory: PassageMemory, document: Document, text: str) -> dict[Span, Found]:
    """Return where the passages of a document that are remembered are in another text."""
    remembered = memory.recall(document.id, document.sha256 or "")
    found = find(text, remembered.values())
    return {span: found[passage] for span, passage in remembered.items()}


def spans_of(entry: Entry, document: str) -> Iterator[Span]:
    """Yield the passages that an entry cites of a document."""
    for _, citation in cited_at(entry):
        if citation.document == document:
            yield from citation.locator
