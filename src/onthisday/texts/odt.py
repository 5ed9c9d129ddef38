"""Get the text out of an ODT file (OpenDocument), with the library odfdo.

Called by formats.py.
"""

from io import BytesIO

from odfdo import Document

from onthisday.texts.extract import Extract, NoText


def extract(content: bytes) -> Extract:
    """Return the text and the title. Each heading, paragraph and cell is a line.

    Raises NoText.
    """
    document = Document(BytesIO(content))
    parts = document.body.get_elements("//text:h|//text:p")
    lines = [str(part).strip() for part in parts]
    title = document.meta.title or None
    text = "\n\n".join(line for line in lines if line)
    if not text:
        raise NoText("has no text; leave it out")
    return Extract(f"{text}\n", title)
