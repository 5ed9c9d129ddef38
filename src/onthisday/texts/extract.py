"""Values for the text of a document, and the error if there is none.

The modules of this room make an `Extract`. adapters/files/document_files.py makes a `DocumentText`.
"""

from collections.abc import Iterator
from typing import NamedTuple


class Extract(NamedTuple):
    """A document's text. Between two pages stands a form feed.

    ``title`` is the title in the file's own data. ``note`` tells a person what was assumed, or what
    is missing. ``verbatim``: the bytes of the file are this text in UTF-8.
    """

    text: str
    title: str | None = None
    note: str | None = None
    verbatim: bool = False


class NoText(Exception):
    """A document has no text that can be read. The message says why, and what to do."""


class Damaged(NoText):
    """The file says that it has a format, and its library cannot read it."""

    def __init__(self, form: str, error: Exception) -> None:
        name = type(error).__name__
        super().__init__(f"cannot be read as {form} ({name}); get it again, or save it as text")


class NotInstalled(NoText):
    """The library that reads a format is not installed. ``extra`` is the extra that brings it."""

    def __init__(self, form: str, extra: str) -> None:
        super().__init__(f"is {form}, and what reads {form} is not installed")
        self.extra = extra


def page_of(text: str, start: int) -> str | None:
    """Return the page of a place in a text, counted from 1. None if the text has no pages."""
    return str(text.count("\f", 0, start) + 1) if "\f" in text else None


class TextPart(NamedTuple):
    """A part of a text. It begins at the code point ``start`` of the whole text."""

    start: int
    text: str


class DocumentText(NamedTuple):
    """A document's text, in parts.

    ``name`` and ``sha256`` are of the file that holds the text. ``parts`` can be read only once.
    ``title`` and ``note`` are as in `Extract`.
    """

    name: str
    sha256: str
    parts: Iterator[TextPart]
    title: str | None
    note: str | None
