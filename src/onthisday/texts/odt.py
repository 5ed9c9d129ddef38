"""Get the text out of an ODT file (OpenDocument), with the library odfdo.

Called by formats.py.
"""

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO

from odfdo import Document, Element

from onthisday.texts.about import About, about
from onthisday.texts.extract import Extract, NoText
from onthisday.texts.rows import row_lines


def extract(content: bytes) -> Extract:
    """Return the text. Each heading, paragraph and row is a line. Raises NoText."""
    document = Document(BytesIO(content))
    text = "\n\n".join(line for line in _lines(document.body) if line)
    if not text:
        raise NoText("has no text; leave it out")
    return Extract(f"{text}\n", _about(document))


def _lines(body: Element) -> Iterator[str]:
    outside = "[not(ancestor::table:table-row)]"
    for part in body.get_elements(
        f"//text:h{outside}|//text:p{outside}|//table:table-row{outside}"
    ):
        if part.tag != "table:table-row":
            yield str(part).strip()
            continue
        yield from row_lines(
            [str(each) for each in cell.get_elements("descendant::text:h|descendant::text:p")]
            for cell in part.get_elements("table:table-cell")
        )


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
