"""Values for the text of a document, and errors if there is no text.

The modules of this room make an `Extract`. adapters/files/document_files.py makes a `DocumentText`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onthisday.texts.about import About


class Extract(NamedTuple):
    """The text that was read from a document.

    - ``text``: the text. Between two pages there is a form feed character.
    - ``about``: what the file says of itself.
    - ``note``: tells a person what was assumed about the file, or what is missing.
    - ``verbatim``: True if the file already holds exactly this text in UTF-8.
    """

    text: str
    about: About = About()
    note: str | None = None
    verbatim: bool = False


class NoText(Exception):
    """A document has no text that can be read. The message says why, and what to do."""


class Damaged(NoText):
    """The beginning of a file shows its format, but the library for the format cannot read it."""

    def __init__(self, form: str, error: Exception) -> None:
        name = type(error).__name__
        super().__init__(f"cannot be read as {form} ({name}); get it again, or save it as text")


class NotInstalled(NoText):
    """The library that reads a format is not installed.

    ``extra``: the name of the package's extra that installs this library.
    """

    def __init__(self, why: str, extra: str) -> None:
        super().__init__(why)
        self.extra = extra


def page_ends(text: str) -> list[int]:
    """Return the places where a page of a text ends: at each form feed."""
    return [found.start() for found in re.finditer("\f", text)]


def page_of(ends: Sequence[int], start: int) -> str | None:
    """Return the number of the page, from 1, for a place in a text. None if there are no pages.

    ``ends`` are of `page_ends`.
    """
    return str(bisect_left(ends, start) + 1) if ends else None


class TextPart(NamedTuple):
    """A part of a long text. ``start``: where it begins in the whole text, in code points."""

    start: int
    text: str


class DocumentText(NamedTuple):
    """The text of a document, in parts.

    - ``name``, ``sha256``: the name and the digest of the file that holds the text.
    - ``parts``: the parts. They can be read only once.
    - ``about``, ``note``: as in `Extract`.
    """

    name: str
    sha256: str
    parts: Iterator[TextPart]
    about: About | None = None
    note: str | None = None
