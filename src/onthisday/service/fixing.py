"""Use case: mend what a program can mend: a quote becomes a locator, a missing SHA-256 is filled
in. Nothing else of a curator's files is touched."""

import hashlib

from onthisday.almanac import Document
from onthisday.checks import cited_at
from onthisday.notation.entries import DOCUMENT, ENTRY
from onthisday.ports import Edit, Source
from onthisday.service.checking import Texts
from onthisday.service.compiling import DOCUMENTS


def fix(source: Source, texts: Texts) -> int:
    """Edit an almanac that compiles; return how many edits were made."""
    held: dict[str, str] = {}
    hashes = []
    if DOCUMENTS in source.files():
        for piece in source.pieces(DOCUMENTS):
            document: Document = DOCUMENT.read(piece.tree, (), [])
            content = texts(document.file) if document.file else None
            if content is None:
                continue
            found = hashlib.sha256(content).hexdigest()
            if document.sha256 is None:
                hashes.append(_hash_edit(piece.place, piece.tree, found))
            if document.sha256 in {None, found}:
                held[document.id] = content.decode("utf-8", "replace")
        source.edit(DOCUMENTS, hashes)
    return len(hashes) + sum(
        _fix_quotes(source, name, held) for name in source.files() if name != DOCUMENTS
    )


def _hash_edit(place: int, tree: dict[str, object], found: str) -> Edit:
    """Set a key that is there and empty; add one that is not, after the file's name."""
    there = "sha256" in tree
    path = (place, "sha256" if there else "file")
    return Edit(path, f"sha256: {found}", after=not there)


def _fix_quotes(source: Source, name: str, held: dict[str, str]) -> int:
    edits = []
    for piece in source.pieces(name):
        for path, citation in cited_at(ENTRY.read(piece.tree, (), [])):
            text = held.get(citation.document)
            if citation.quote is None or text is None or text.count(citation.quote) != 1:
                continue
            start = text.index(citation.quote)
            locator = f"locator: {{start: {start}, end: {start + len(citation.quote)}}}"
            edits.append(Edit((piece.place, *path, "quote"), locator))
    source.edit(name, edits)
    return len(edits)
