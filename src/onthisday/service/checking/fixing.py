"""Use case: mend what a program can mend, and touch nothing else of a curator's files.

A quote becomes a locator; a missing SHA-256 is filled in; where a text changed, and all that is
cited of it was found again, locators and SHA-256 follow it.
"""

import hashlib
from collections.abc import Iterator, Mapping

from onthisday.almanac.document import Document
from onthisday.almanac.entry import Citation, Span
from onthisday.almanac.library import Library
from onthisday.almanac.source import Edit, Piece, Source
from onthisday.checks.cited_text import changed_text
from onthisday.checks.passage_memory import PassageMemory
from onthisday.checks.passages import cited_at
from onthisday.errors import TreePath
from onthisday.service.checking.findings import listed_documents
from onthisday.service.checking.proving import Texts, relocated
from onthisday.service.reading.compiling import DOCUMENTS

_Edits = dict[str, list[Edit]]
"""Edits by file."""


def fix(library: Library, source: Source, texts: Texts, memory: PassageMemory) -> int:
    """Edit an almanac that compiles; return how many edits were made.

    The documents' file comes last, and the new places are remembered of the old text too, beside
    the old ones: what is cut short between two files is done by the next run.
    """
    edits: _Edits = {}
    listed = listed_documents(source)
    for document in library.documents():
        content = texts(document.file) if document.file else None
        if content is not None:
            _fix_document(library, memory, document, content, listed[document.id], edits)
    for name in sorted(edits, key=lambda name: (name == DOCUMENTS, name)):
        source.edit(name, edits[name])
    return sum(map(len, edits.values()))


def _fix_document(
    library: Library,
    memory: PassageMemory,
    document: Document,
    content: bytes,
    piece: Piece,
    edits: _Edits,
) -> None:
    found = hashlib.sha256(content).hexdigest()
    if document.sha256 in {None, found}:
        text, moves = content.decode("utf-8", "replace"), {}
    else:
        changed = changed_text(document, content)
        relocation = changed and relocated(library, memory, document, changed)
        if not changed or not relocation or not relocation.whole:
            return
        text, moves = changed, relocation.moves
        memory.remember(document.id, document.sha256 or "", relocation.remembered)
    _add_passages(library, document.id, text, moves, edits)
    if document.sha256 != found:
        edits.setdefault(DOCUMENTS, []).append(_hash_edit(piece, found))


def _add_passages(
    library: Library, document: str, text: str, moves: Mapping[Span, Span], edits: _Edits
) -> None:
    """Add the edits of what is cited of a document."""
    for entry in library.citing(document):
        own = [
            edit
            for path, citation in cited_at(entry)
            if citation.document == document
            for edit in (*_moved(path, citation, moves), *_quoted(path, citation, text))
        ]
        if own:
            [(file, place)] = library.places([entry.id])
            located = (edit._replace(path=(place, *edit.path)) for edit in own)
            edits.setdefault(file, []).extend(located)


def _moved(path: TreePath, citation: Citation, moves: Mapping[Span, Span]) -> Iterator[Edit]:
    """Yield the numbers of each passage that moved: what stands around them stays."""
    for index, span in enumerate(citation.locator):
        for key, old, new in zip(Span._fields, span, moves.get(span, span), strict=True):
            if old != new:
                yield Edit((*path, "locator", index, key), f"{key}: {new}")


def _quoted(path: TreePath, citation: Citation, text: str) -> Iterator[Edit]:
    quote = citation.quote
    if quote is not None and text.count(quote) == 1:
        start = text.index(quote)
        locator = f"locator: {{start: {start}, end: {start + len(quote)}}}"
        yield Edit((*path, "quote"), locator)


def _hash_edit(piece: Piece, found: str) -> Edit:
    """Set a key that is there; add one that is not, after the file's name."""
    there = "sha256" in piece.tree
    path = (piece.place, "sha256" if there else "file")
    return Edit(path, f"sha256: {found}", after=not there)
