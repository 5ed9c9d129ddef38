"""Use case: everything that can be found wrong with an almanac, at once."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from onthisday.almanac import Document, Entry
from onthisday.checks import picture_faults, prove, text_fault
from onthisday.errors import Finding, Severity
from onthisday.notation.entries import DOCUMENT, ENTRY
from onthisday.notation.shapes import Path, Record
from onthisday.ports import Source
from onthisday.service.compiling import DOCUMENTS

Texts = Callable[[str], bytes | None]
"""Gives a text by its file name; None where it is not held."""


class Report(NamedTuple):
    """What a check found, and how much it looked at."""

    findings: tuple[Finding, ...]
    entries: int
    documents: int
    proved: int
    unproved: int


def check(source: Source, texts: Texts) -> Report:
    """Hold every citation of an almanac that compiles against the texts that are held."""
    documents = [(place, found) for _, place, found in _values(source, (DOCUMENTS,), DOCUMENT)]
    held, findings = _held(source, documents, texts)
    proved, entries, unproved = 0, 0, Counter[str]()
    names = tuple(name for name in source.files() if name != DOCUMENTS)
    for name, place, entry in _values(source, names, ENTRY):
        proof = prove(entry, held)
        entries, proved = entries + 1, proved + proof.proved
        unproved.update(proof.unproved)
        faults = (*proof.faults, *picture_faults(entry, is_there=_has_picture(source, entry)))
        for fault in faults:
            path = (place, *fault.path)
            findings.append(_finding(source, name, path, fault.severity, fault.rule, fault.message))
    for place, document in documents:
        if unproved[document.id]:
            findings.append(_not_held(source, place, document, unproved[document.id]))
    return Report(tuple(findings), entries, len(documents), proved, unproved.total())


def _values(
    source: Source, names: tuple[str, ...], record: Record
) -> Iterator[tuple[str, int, Any]]:
    """Yield each item of some files with its file and place."""
    for name in names:
        if name in source.files():
            for piece in source.pieces(name):
                yield name, piece.place, record.read(piece.tree, (), [])


def _held(
    source: Source, documents: list[tuple[int, Document]], texts: Texts
) -> tuple[dict[str, str], list[Finding]]:
    """Return the texts that are held and are those that were cited, by document id."""
    held: dict[str, str] = {}
    findings = []
    for place, document in documents:
        content = texts(document.file) if document.file else None
        if content is None:
            continue
        fault = text_fault(document, content)
        if fault is None:
            held[document.id] = content.decode("utf-8")
        else:
            findings.append(_finding(source, DOCUMENTS, (place, "sha256"), "error", "text", fault))
    return held, findings


def _has_picture(source: Source, entry: Entry) -> bool:
    file = entry.image.file if entry.image else None
    return file is not None and source.picture(file) is not None


def _not_held(source: Source, place: int, document: Document, passages: int) -> Finding:
    what = "passage is" if passages == 1 else "passages are"
    message = (
        f'document "{document.id}": its text is not held, so {passages} {what} not proved; '
        "name the folder with --documents DIR"
    )
    return _finding(source, DOCUMENTS, (place, "id"), "warning", "unproved", message)


def _finding(
    source: Source, name: str, path: Path, severity: Severity, rule: str, message: str
) -> Finding:
    line = source.lines(name, [path])[0]
    return Finding(severity, rule, source.shown(name), line, message)
