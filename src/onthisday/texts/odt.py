"""Get the text out of an ODT file (OpenDocument), with the library odfdo.

Called by formats.py.
"""

from contextlib import suppress
from io import BytesIO

from odfdo import Document

from onthisday.texts.about import About, about
from onthisday.texts.extract import Extract, NoText


def extract(content: bytes) -> Extract:
    """Return the text. Each heading, paragraph and cell is a line. Raises NoText."""
    document = Document(BytesIO(content))
    parts = document.body.get_elements("//text:h|//text:p")
    lines = [str(part).strip() for part in parts]
    text = "\n\n".join(line for line in lines if line)
    if not text:
        raise NoText("has no text; leave it out")
    return Extract(f"{text}\n", _about(document))


def about_of(content: bytes) -> About:
    """Return what a document says of itself."""
    return _about(Document(BytesIO(content)))


def _about(document: Document) -> About:
    meta = document.meta
    with suppress(ValueError):  # a date or a language that is none
        return about(
            titles=[meta.title],
            authors=[meta.initial_creator or meta.creator],
            dates=[meta.creation_date],
            languages=[meta.language or ""],
        )
    return about(titles=[meta.title])
