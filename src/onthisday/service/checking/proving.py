"""A part of `check`: compare the passages that entries cite with the documents' texts.

One text at a time is in memory. Fingerprints of the passages are remembered. If a text changes
later, they help to find its passages again. checks/ decides what is a fault. Called by report.py,
and by fixing.py for texts that have changed.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from onthisday.almanac.document import Document
from onthisday.almanac.entry import Entry, Span
from onthisday.almanac.library import Library
from onthisday.checks.cited_text import changed_text, text_fault
from onthisday.checks.citing import locator_faults
from onthisday.checks.dating import passage_faults
from onthisday.checks.days_named import days_named
from onthisday.checks.digests import find_digests
from onthisday.checks.faults import Fault
from onthisday.checks.guessed_days import GuessedDays
from onthisday.checks.moved import Found, Remembered, find, remembered_of
from onthisday.checks.passage_memory import PassageMemory
from onthisday.checks.passages import cited_at, moved_faults, prove
from onthisday.errors import Unreadable
from onthisday.schema.passage_digests import DIGITS
from onthisday.service.checking.findings import Findings
from onthisday.service.checking.hearing import Hearings

Texts = Callable[[str], bytes | None]
"""Returns the bytes of a document's text, by its file's name; None if the text is not there."""


class Proofs(NamedTuple):
    """Which documents were compared with their texts, and the result.

    - ``held``: the documents whose text is there and has not changed since it was cited.
    - ``lacking``: the documents whose text is not there.
    - ``proved``: how many passages were found as cited.
    """

    held: frozenset[str]
    lacking: frozenset[str]
    proved: int


class Prover:
    """Compares cited passages with the documents' texts, and notes what is wrong.

    ``guessed``: the entries whose day may be guessed. Ask it after the last document.
    """

    def __init__(
        self,
        library: Library,
        memory: PassageMemory,
        notes: Findings,
        hearings: Hearings,
    ) -> None:
        self._library, self._memory, self._notes = library, memory, notes
        self._hearings = hearings
        self.guessed = GuessedDays()

    def prove(self, documents: Iterable[Document], texts: Texts) -> Proofs:
        """Compare the cited passages of each document with its text, if the text is there."""
        held, lacking, proved = set(), set(), 0
        for document in documents:
            try:
                content = texts(document.file) if document.file else None
            except Unreadable as error:
                self._notes.add("document", document.id, (Fault(("file",), "text", str(error)),))
                content = None
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
        """Compare a document's cited passages with its text. Return how many agree.

        The fingerprints of the passages are remembered, to find them again if the text changes.
        """
        proved, sha256 = 0, document.sha256 or ""
        known = self._memory.recall(document.id, sha256)
        now: dict[Span, Remembered] = {}
        hear = self._hearings.of(document, text)
        for entry in self._library.citing(document.id):
            proof = prove(entry, {document.id: text})
            proved += proof.proved
            self._notes.declare("entry", entry.id, entry.silence)
            self._notes.add("entry", entry.id, self._faults(entry, document.id, text))
            self._notes.add("entry", entry.id, proof.faults)
            hear(entry)
            self.guessed.see(entry, document.id, text)
            for span, _ in passages_from(entry, document.id):
                if span not in now and span.end <= len(text):
                    now[span] = known.get(span) or remembered_of(text[span.start : span.end])
        if now != known:
            self._memory.remember(document.id, sha256, now)
        return proved

    def _faults(self, entry: Entry, document: str, text: str) -> Iterator[Fault]:
        yield from locator_faults(entry, document)
        yield from passage_faults(entry, document, text, days_named)

    def _follow(self, document: Document, content: bytes) -> None:
        """Note where the remembered passages are in a text that has changed."""
        text = changed_text(document, content)
        if text is None:
            return
        places = places_in(self._library, self._memory, document, text)
        for entry in self._library.citing(document.id):
            self._notes.declare("entry", entry.id, entry.silence)
            faults = moved_faults(entry, document.id, text, places)
            self._notes.add("entry", entry.id, faults)


class Relocation(NamedTuple):
    """Where a document's cited passages are after its text has changed.

    - ``moves``: for each passage that was found, its old place and its place now.
    - ``remembered``: the fingerprints of all passages, by their old places and by their new ones.
    - ``whole``: true if all locators can be corrected without doubt.

    For ``whole``, all of this must be so:

    - At least one citation has a locator or a quote.
    - Every cited passage is found, at its old place or at exactly one other place.
    - Every quote is found exactly once.
    - No passage is now where another passage was before. Otherwise nobody could tell whether a
      locator was corrected already.
    """

    moves: dict[Span, Span]
    remembered: dict[Span, Remembered]
    whole: bool


def relocated(library: Library, memory: PassageMemory, document: Document, text: str) -> Relocation:
    """Find the cited passages of a document again in ``text``, the text that it has now."""
    remembered, lost = _known(library, memory, document, text)
    found = find(text, remembered.values())
    places = {span: found[passage].at(span) for span, passage in remembered.items()}
    moves = {span: now for span, now in places.items() if now is not None}
    moved = {now: remembered[span] for span, now in moves.items()}
    clear = all(remembered.get(now, passage) == passage for now, passage in moved.items())
    cited = [
        all(span in moves and span not in lost for span in citation.locator)
        and (citation.quote is None or text.count(citation.quote) == 1)
        for entry in library.citing(document.id)
        for _, citation in cited_at(entry)
        if citation.document == document.id and (citation.locator or citation.quote)
    ]
    return Relocation(moves, remembered | moved, clear and bool(cited) and all(cited))


def places_in(
    library: Library, memory: PassageMemory, document: Document, text: str
) -> dict[Span, Found]:
    """Return where a document's known passages are in ``text``, the text that it has now."""
    remembered, lost = _known(library, memory, document, text)
    found = find(text, remembered.values())
    places = {span: found[passage] for span, passage in remembered.items()}
    return places | dict.fromkeys(lost, Found((), ()))


def _known(
    library: Library, memory: PassageMemory, document: Document, text: str
) -> tuple[dict[Span, Remembered], frozenset[Span]]:
    """Return the fingerprints of a document's passages by their old places, and the lost places.

    If the memory does not know a passage, its digest does: where ``text`` has a passage with this
    digest, we take its fingerprints. A place is lost if ``text`` has none, or if the memory or
    another citation has other words at this place: then nobody can tell which passage was meant.
    """
    remembered = memory.recall(document.id, document.sha256 or "")
    digests: dict[Span, set[str]] = {}
    for entry in library.citing(document.id):
        for span, digest in passages_from(entry, document.id):
            if digest is not None:
                known = {remembered[span].exact.sha256[:DIGITS]} if span in remembered else set()
                digests.setdefault(span, known).add(digest)
    lost = {span for span, own in digests.items() if len(own) > 1}
    wanted = {
        span: (span.end - span.start, min(own))
        for span, own in digests.items()
        if span not in remembered and span not in lost
    }
    found = find_digests(text, wanted.values())
    for span, each in wanted.items():
        if each in found:
            place = found[each][0]
            remembered[span] = remembered_of(text[place.start : place.end])
    lost |= wanted.keys() - remembered.keys()
    return remembered, frozenset(lost)


def passages_from(entry: Entry, document: str) -> Iterator[tuple[Span, str | None]]:
    """Yield the place and the digest of each passage that an entry cites from a document."""
    for _, citation in cited_at(entry):
        if citation.document == document:
            yield from citation.passages
