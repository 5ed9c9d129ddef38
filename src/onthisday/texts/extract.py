"""What is got out of a document's file: its text, or why there is none."""

from collections.abc import Iterator
from typing import NamedTuple


class Extract(NamedTuple):
    """A document's text; pages are parted by form feeds.

    ``title`` is what the format calls it. ``note`` tells a person what was assumed, or is missing.
    ``verbatim``: the file's bytes are this text in UTF-8.
    """

    text: str
    title: str | None = None
    note: str | None = None
    verbatim: bool = False


class NoText(Exception):
    """A document has no text that can be read; its message says why, and what to do."""


def page_of(text: str, start: int) -> str | None:
    """Return the page of a place in a text, from 1; None where the text has no pages."""
    return str(text.count("\f", 0, start) + 1) if "\f" in text else None


class TextPart(NamedTuple):
    """A piece of a text that begins at the code point ``start`` of it."""

    start: int
    text: str


class DocumentText(NamedTuple):
    """A document's text: the name of the file that holds it, the SHA-256 of that, and its parts,
    to be read once. ``note`` is what a person should know of how it was read."""

    name: str
    sha256: str
    parts: Iterator[TextPart]
    title: str | None
    note: str | None
