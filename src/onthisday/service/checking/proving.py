"""A part of `check`: compare the passages that entries cite with the documents' texts.

Few texts at a time are in memory. Fingerprints of the passages are remembered. If a text changes
later, they help to find its passages again. checks/ decides what is a fault. Called by report.py,
and by fixing.py for texts that have changed.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from onthisday.almanac.document import Document
from onthisday.almanac.entry import Entry, Span
from onthisday.almanac.library import Library
from onthisday.checks.cited_text import changed_text, text_fault
from onthisday.checks.digests import find_digests
from onthisday.checks.faults import Fault
from onthisday.checks.guessed_days import GuessedDays
from onthisday.checks.moved import Found, Remembered, find, remembered_of
from onthisday.checks.passage_memory import PassageMemory
from onthisday.checks.passages import cited_at, moved_faults
from onthisday.errors import Unreadable
from onthisday.schema.passage_digests import DIGITS
from onthisday.service.checking.findings import Findings
from onthisday.service.checking.hearing import Hearings
from onthisday.service.checking.passage_reading import Cited, EntryRead, Reads

Texts = Callable[[str], bytes | None]
"""Returns the bytes of a document's text, by its file's name; None if the text is not there."""

Parts = Iterator[tuple[Cited, Reads]]
"""Documents with entries that cite them, and what was read of these."""

_AT_A_TIME = 200
"""How many entries of a document are read at a time."""


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
        self._cited_spans: dict[Span, None] = {}
        self.guessed = GuessedDays()

    def prove(
        self, documents: Iterable[Document], texts: Texts, read: Callable[[Iterable[Cited]], Parts]
    ) -> Proofs:
        """Compare the cited passages of each document with its text, if the text is there.

        ``read`` reads what the texts say. It may read some ahead.
        """
        held, lacking, proved = set(), set(), 0
        stream = chain.from_iterable(self._cited(document, texts) for document in documents)
        for cited, reads in read(stream):
            document = cited.document
            if cited.text is not None:
                held.add(document.id)
                proved += self._proved(cited, cited.text, reads)
                continue
            if cited.fault is not None:
                self._notes.add("document", document.id, (cited.fault,))
            if cited.content is None:
                lacking.add(document.id)
            else:
                self._follow(document, cited.content)
        return Proofs(frozenset(held), frozenset(lacking), proved)

    def _cited(self, document: Document, texts: Texts) -> Iterator[Cited]:
        """Yield a document with the entries that cite it, a few at a time; at least once."""
        try:
            content = texts(document.file) if document.file else None
        except Unreadable as error:
            yield Cited(document, fault=Fault(("file",), "text", str(error)))
            return
        if content is None:
            yield Cited(document)
        elif fault := text_fault(document, content):
            yield Cited(document, fault=Fault(("sha256",), "text", fault), content=content)
        else:
            text, citing = content.decode("utf-8"), self._library.citing(document.id)
            entries = tuple(islice(citing, _AT_A_TIME))
            while following := tuple(islice(citing, _AT_A_TIME)):
                yield Cited(document, text, entries, is_last=False)
                entries = following
            yield Cited(document, text, entries)

    def _proved(self, cited: Cited, text: str, reads: Reads) -> int:
        """Note what a document's text says of some entries. Return how many passages agree."""
        document = cited.document.id
        for entry, found in zip(cited.entries, reads, strict=True):
            self._note(entry, document, found)
            self.guessed.see(entry, document, text)
            for span, _ in passages_from(entry, document):
                if span.end <= len(text):
                    self._cited_spans.setdefault(span)
        if cited.is_last:
            self._remember(cited.document, text)
        return sum(found.proof.proved for found in reads)

    def _remember(self, document: Document, text: str) -> None:
        """Remember the fingerprints of a document's passages, to find them if the text changes."""
        sha256 = document.sha256 or ""
        known = self._memory.recall(document.id, sha256)
        now = {
            span: known.get(span) or remembered_of(text[span.start : span.end])
            for span in self._cited_spans
        }
        self._cited_spans.clear()
        if now != known:
            self._memory.remember(document.id, sha256, now)

    def _note(self, entry: Entry, document: str, found: EntryRead) -> None:
        self._notes.declare("entry", entry.id, entry.silence)
        self._notes.add("entry", entry.id, found.faults)
        self._notes.add("entry", entry.id, found.proof.faults)
        self._hearings.hear(entry, document, found.hearing)

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
