"""Use case: correct what a program can correct in a curator's files, and change nothing else.

- A quote is replaced by a locator (the numbers of its place in the text).
- If a document has no SHA-256, it is filled in.
- If a document's text has changed, its locators and its SHA-256 are corrected. This is done only if
  all passages that are cited from it were found again.
- If all passages of a document are proved, the digest of each passage is written beside its
  locator, and the document gets the day: ``proved``. If one passage is not, none of this is
  written: a passage must not get a day on which it was not proved.

Why the day moves only if another value of the document's proof is written: a check of a proved
almanac changes no file, on whatever day. The day is that of the last change of the proof.

Called by cli/check.py for `check --fix`.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from onthisday.almanac.document import Document
from onthisday.almanac.entry import Citation, Span
from onthisday.almanac.library import Library
from onthisday.almanac.source import Edit, Piece, Source
from onthisday.checks.cited_text import changed_text
from onthisday.checks.digests import digest_of
from onthisday.checks.passage_memory import PassageMemory
from onthisday.checks.passages import cited_at, passages_of, prove
from onthisday.errors import TreePath, Unreadable
from onthisday.schema.passage_digests import written_digest
from onthisday.service.checking.findings import listed_documents
from onthisday.service.checking.proving import Texts, relocated
from onthisday.service.reading.problems import DOCUMENTS


class _Edits(NamedTuple):
    """The edits in the order in which they are made.

    - ``days``, ``hashes``: of the documents: their ``proved`` and their ``sha256``.
    - ``entries``: of the entries, by the file's name.
    """

    days: list[Edit]
    entries: dict[str, list[Edit]]
    hashes: list[Edit]


class _Text(NamedTuple):
    """A document's text as it is now.

    - ``moves``: for each passage that moved, its old place and its place now.
    - ``proved``: True if all passages of the document are proved.
    - ``sha256``: of the text.
    """

    text: str
    moves: Mapping[Span, Span]
    proved: bool
    sha256: str


def fix(library: Library, source: Source, texts: Texts, memory: PassageMemory, today: date) -> int:
    """Correct the files of an almanac that compiles. Return how many edits were made.

    If the program is stopped between two files, the next call does the rest. For this, the
    documents' SHA-256s are edited last, so until then they are of the old texts. Under them, both
    the old and the new places of the passages are remembered, so the next call knows both. The days
    are edited first: then no passage gets a day that is earlier than its proof.
    """
    edits = _Edits([], {}, [])
    listed = listed_documents(source)
    for document in library.documents():
        try:
            content = texts(document.file) if document.file else None
        except Unreadable:  # the check that follows tells it
            continue
        held = None if content is None else _held(library, memory, document, content)
        if held is not None:
            _fix_document(library, document, held, listed[document.id], today, edits)
    by_file = ((DOCUMENTS, edits.days), *sorted(edits.entries.items()), (DOCUMENTS, edits.hashes))
    for name, own in by_file:
        if own:
            source.edit(name, own)
    return sum(len(own) for _, own in by_file)


def _held(
    library: Library, memory: PassageMemory, document: Document, content: bytes
) -> _Text | None:
    """Return the text of a document. None if it changed, and not all passages are found in it."""
    found = hashlib.sha256(content).hexdigest()
    if document.sha256 in {None, found}:
        text = content.decode("utf-8", "replace")
        return _Text(text, {}, _is_proved(library, document.id, content, text), found)
    changed = changed_text(document, content)
    relocation = changed and relocated(library, memory, document, changed)
    if not changed or not relocation or not relocation.whole:
        return None
    memory.remember(document.id, document.sha256 or "", relocation.remembered)
    return _Text(changed, relocation.moves, proved=True, sha256=found)


def _is_proved(library: Library, document: str, content: bytes, text: str) -> bool:
    """Return True if a text is UTF-8, and has all passages that are cited from it."""
    cited = False
    for entry in library.citing(document):
        if prove(entry, {document: text}).faults:
            return False
        own = (each for _, each in cited_at(entry) if each.document == document)
        cited = cited or any(map(passages_of, own))
    return cited and text.encode() == content


def _fix_document(
    library: Library, document: Document, held: _Text, piece: Piece, today: date, edits: _Edits
) -> None:
    changed = _add_passages(library, document.id, held, edits)
    if document.sha256 != held.sha256:
        edits.hashes.append(_added(piece, f"sha256: {held.sha256}", "file"))
        changed = True
    if held.proved and (changed or document.proved is None) and document.proved != today:
        after = "sha256" if document.sha256 else "file"
        edits.days.append(_added(piece, f"proved: {today}", after))


def _added(piece: Piece, text: str, after: str) -> Edit:
    """Return the edit that gives a document a key. It is added after another one, or replaced."""
    return Edit((piece.place, after), text, after=True)


def _add_passages(library: Library, document: str, held: _Text, edits: _Edits) -> bool:
    """Add the edits of all citations of a document. Return True if there are any."""
    found = False
    for entry in library.citing(document):
        own = [
            edit
            for path, citation in cited_at(entry)
            if citation.document == document
            for edit in (*_moved(path, citation, held), *_quoted(path, citation, held))
        ]
        if own:
            found = True
            [(file, place)] = library.places([entry.id])
            located = (edit._replace(path=(place, *edit.path)) for edit in own)
            edits.entries.setdefault(file, []).extend(located)
    return found


def _moved(path: TreePath, citation: Citation, held: _Text) -> Iterator[Edit]:
    """Yield an edit for each number of a locator that changed, and for each digest that is missing.

    The rest of the line stays as it is.
    """
    for index, (span, digest) in enumerate(citation.passages):
        now = held.moves.get(span, span)
        for key, old, new in zip(Span._fields, span, now, strict=True):
            if old != new:
                yield Edit((*path, "locator", index, key), f"{key}: {new}")
        if digest is None and held.proved:
            yield Edit((*path, "locator", index, "end"), _sha256_key(now, held.text), after=True)


def _quoted(path: TreePath, citation: Citation, held: _Text) -> Iterator[Edit]:
    quote = citation.quote
    if quote is not None and held.text.count(quote) == 1:
        start = held.text.index(quote)
        span = Span(start, start + len(quote))
        proof = f", {_sha256_key(span, held.text)}" if held.proved else ""
        locator = f"locator: {{start: {span.start}, end: {span.end}{proof}}}"
        yield Edit((*path, "quote"), locator)


def _sha256_key(span: Span, text: str) -> str:
    return f"sha256: {written_digest(digest_of(text[span.start : span.end]))}"
