"""Is our file with a document's text still the text that was cited? Compare the SHA-256.

Called by service/checking/ and the site. They read the file; this module gets its bytes.
"""

import hashlib
from collections.abc import Callable

from onthisday.almanac.document import Document
from onthisday.errors import Unreadable


def text_fault(document: Document, content: bytes) -> str | None:
    """Return a message if a document's text is not the text that was cited, or is not UTF-8.

    Also if the document has no SHA-256. Return None if nothing is wrong.
    """
    found = hashlib.sha256(content).hexdigest()
    if document.sha256 is None:
        return f'document "{document.id}" has no sha256; add sha256: {found}'
    if found != document.sha256:
        return (
            f'document "{document.id}": {document.file} is not the text that was cited: its '
            f"SHA-256 is {found}; put the cited text back, or let `check --fix` find the passages "
            "in this one, if all of them are still there; import it again, if it was imported"
        )
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return (
            f'document "{document.id}": {document.file} is not UTF-8; its passages cannot be found'
        )
    return None


def held_text(document: Document, texts: Callable[[str], bytes | None]) -> str | None:
    """Return the text of a document, if we have the text that was cited. Otherwise return None.

    ``texts``: returns the bytes of a file by its name.
    """
    try:
        content = texts(document.file) if document.file else None
    except Unreadable:  # `check` tells it
        return None
    if content is None or text_fault(document, content) is not None:
        return None
    return content.decode("utf-8")


def changed_text(document: Document, content: bytes) -> str | None:
    """Return the new text of a document, if the text changed since it was cited.

    Return None if the text did not change or is not UTF-8, or if the document has no SHA-256.
    """
    if document.sha256 in {None, hashlib.sha256(content).hexdigest()}:
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None
