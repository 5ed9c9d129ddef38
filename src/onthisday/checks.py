"""What a curator's second reader finds: citations held against the texts that they cite.

Pure: texts are arguments. What makes an almanac unreadable (notation/) or inconsistent
(service/compiling.py) is found before this.
"""

import hashlib
from collections.abc import Callable, Iterable
from typing import NamedTuple

from onthisday.almanac import Citation, Document, Entry
from onthisday.errors import Severity
from onthisday.notation.shapes import Path


class Fault(NamedTuple):
    """Something wrong with an entry, at a path of it."""

    path: Path
    rule: str
    message: str
    severity: Severity = "error"


class Proof(NamedTuple):
    """What came of holding an entry's passages against texts: how many are proved, how many
    rest on a text that is not held, and what is wrong."""

    proved: int
    unproved: tuple[str, ...]
    faults: tuple[Fault, ...]


def text_fault(document: Document, content: bytes) -> str | None:
    """Return what is wrong with a document's text, if it is not the one that was cited."""
    found = hashlib.sha256(content).hexdigest()
    if document.sha256 is None:
        return f'document "{document.id}" has no sha256; add sha256: {found}'
    if found != document.sha256:
        return (
            f'document "{document.id}": {document.file} is not the text that was cited: its '
            f"SHA-256 is {found}; restore that text, or prove its passages again"
        )
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return (
            f'document "{document.id}": {document.file} is not UTF-8; its passages cannot be found'
        )
    return None


def held_text(document: Document, texts: Callable[[str], bytes | None]) -> str | None:
    """Return the text of a document where it is held, and is the one that was cited."""
    content = texts(document.file) if document.file else None
    if content is None or text_fault(document, content) is not None:
        return None
    return content.decode("utf-8")


def prove(entry: Entry, texts: dict[str, str]) -> Proof:
    """Hold an entry's passages against the texts, by document id, that are held."""
    proved = 0
    unproved: list[str] = []
    faults: list[Fault] = []
    for path, citation in cited_at(entry):
        passages = len(citation.locator) + (citation.quote is not None)
        if citation.document not in texts:
            unproved.extend([citation.document] * passages)
            continue
        found = tuple(_faults(entry, path, citation, texts[citation.document]))
        faults.extend(found)
        proved += passages - len(found)
    return Proof(proved, tuple(unproved), tuple(faults))


def cited_at(entry: Entry) -> Iterable[tuple[Path, Citation]]:
    """Yield each citation of an entry with its path."""
    for index, source in enumerate(entry.sources):
        yield ("sources", index), source
    for index, account in enumerate(entry.accounts):
        for place, answer in enumerate(account.answers):
            yield ("accounts", index, "answers", place), answer.citation


def _faults(entry: Entry, path: Path, citation: Citation, text: str) -> Iterable[Fault]:
    cites = f'entry "{entry.id}" cites {citation.document}'
    for span in citation.locator:
        if span.end > len(text):
            message = (
                f"{cites} at {span.start}–{span.end}, outside its text of {len(text)} code points"
            )
            yield Fault((*path, "locator"), "locator", f"{message}; correct the locator")
        elif not text[span.start : span.end].strip():
            message = f"{cites} at {span.start}–{span.end}, where there is only blank space"
            yield Fault((*path, "locator"), "locator", f"{message}; correct the locator")
    if citation.quote is not None:
        times = text.count(citation.quote)
        if times != 1:
            where = "is not in its text" if times == 0 else f"is there {times} times"
            message = f"{cites} with a quote that {where}; quote it exactly, and enough of it"
            yield Fault((*path, "quote"), "quote", message)


def picture_faults(entry: Entry, *, is_there: bool) -> Iterable[Fault]:
    """Yield what is missing of an entry's picture; ``is_there`` says whether its file is."""
    image = entry.image
    if image is None:
        return
    if image.file and not is_there:
        message = f'entry "{entry.id}" shows {image.file}, which is not beside the almanac; add it'
        yield Fault(("image", "file"), "image", message)
    for key in ("alt", "credit", "license"):
        if getattr(image, key) is None:
            message = f'the picture of entry "{entry.id}" has no {key}; {_ASKED[key]}'
            yield Fault(("image",), "image", message, "warning")


_ASKED = {
    "alt": "say in alt: what it shows, for who does not see it",
    "credit": "say in credit: who made it",
    "license": "say in license: under which licence it may be shown",
}
