"""Get the text out of a DOCX file (Office Open XML), with the library python-docx.

Called by formats.py.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx import Document

from onthisday.texts.about import About, about
from onthisday.texts.extract import Extract, NoText
from onthisday.texts.rows import row_lines


def extract(content: bytes) -> Extract:
    """Return the text. Each paragraph and each row of a table is a line. Raises NoText."""
    document = Document(BytesIO(content))
    text = "\n\n".join(_lines(document))
    if not text.strip():
        raise NoText("has no text; leave it out")
    return Extract(f"{text}\n", _about(document))


def about_of(content: bytes) -> About:
    """Return what a document says of itself."""
    return _about(Document(BytesIO(content)))


def _about(document: Any) -> About:
    said = document.core_properties
    made, language = said.created, said.language
    return about(
        titles=[said.title], authors=[said.author], dates=[made], languages=[language or ""]
    )


def _lines(container: Any) -> Iterator[str]:
    """Yield the paragraphs of a document or a cell, in order.

    The paragraphs of tables inside it are also there.
    """
    for part in container.iter_inner_content():
        if hasattr(part, "rows"):
            for row in part.rows:
                yield from row_lines([list(_lines(cell)) for cell in row.cells])
        elif part.text.strip():
            yield part.text
