"""Use case: correct what a program can correct in a curator's files, and change nothing else.

- A quote is replaced by a locator (the numbers of its place in the text).
- If a document has no SHA-256, it is filled in.
- If a document's text has changed, its locators and its SHA-256 are corrected. This is done only if
  all passages that are cited from it were found again.

Called by cli/check.py for `check --fix`.
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
from onthisday.errors import TreePath, Unreadable
from onthisday.service.checking.findings import listed_documents
from onthisday.service.checking.proving import Texts, relocated
from onthisday.service.reading.compiling import DOCUMENTS

_Edits = dict[str, list[Edit]]
"""The edits of each file, by the file's name."""


def fix(library: Library, source: Source, texts: Texts, memory: PassageMemory) -> int:
    """Correct the files of an almanac that compiles. Return how many edits were made.

    If the program is stopped between two files, the next call does the rest. For this, the
    documents' file is edited last, so until then it has the SHA-256 of the old text. Under that
    SHA-256, both the old and the new places of the passages are remembered, so the next call knows
    both.
    """
    edits: _Edits = {}
    listed = listed_documents(source)
    for document in library.documents():
        try:
            content = texts(document.file) if document.file else None
        except Unreadable:  # the check that follows tells it
            continue
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
    """Add the edits of all citations of a document to ``edits``."""
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
    """Yield an edit for each number of a locator that changed.

    The rest of the line stays as it is.
    """
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
    """Return the edit of a document's SHA-256.

    If the document has none yet, it is added after `file`.
    """
    there = "sha256" in piece.tree
    path = (piece.place, "sha256" if there else "file")
    return Edit(path, f"sha256: {found}", after=not there)
