"""A document's text: whether it is the one that was cited."""

import hashlib
from collections.abc import Callable

from onthisday.almanac.document import Document


def text_fault(document: Document, content: bytes) -> str | None:
    """Return what is wrong with a document's text, if it is not the one that was cited."""
    found = hashlib.sha256(content).hexdigest()
    if document.sha256 is None:
        return f'document "{document.id}" has no sha256; add sha256: {found}'
    if found != document.sha256:
        return (
            f'document "{document.id}": {document.file} is not the text that was cited: its '
            f"SHA-256 is {found}; restore that text, or find its passages in this one: "
            "`check --fix` does, where all are still there"
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


def changed_text(document: Document, content: bytes) -> str | None:
    """Return a text that is another than the one that was cited; None where it is that one, or
    cannot be read."""
    if document.sha256 in {None, hashlib.sha256(content).hexdigest()}:
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None
