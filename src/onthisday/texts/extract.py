"""What is got out of a document's file: its text, or why there is none."""

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
