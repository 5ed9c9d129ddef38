"""Get the text out of a PDF file, page by page, with the library pypdf. Called by formats.py.

A page that is only a picture has no text. A person must first run a program for OCR.
"""

import logging
from io import BytesIO

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, WrongPasswordError

from onthisday.texts.about import About, about
from onthisday.texts.extract import Extract, NoText
from onthisday.texts.layout import Piece, text_of
from onthisday.texts.pages import joined

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings help nobody

_LOCKED = "is encrypted; save a copy of it without a password"


def extract(content: bytes) -> Extract:
    """Return the text. Between two pages there is a form feed. Raises NoText."""
    try:
        reader = _opened(content)
        pages = [_text_of(page).strip() for page in reader.pages]
        return _joined(pages, _about(reader))
    except (DependencyError, FileNotDecryptedError, WrongPasswordError) as error:
        raise NoText(_LOCKED) from error


def _text_of(page: PageObject) -> str:
    pieces: list[Piece] = []

    def note(text: str, turned: list[float], moved: list[float], *_: object) -> None:
        x, y = moved[4] * turned[0] + turned[4], moved[5] * turned[3] + turned[5]
        pieces.append(Piece(_whole(x), _whole(y), text))

    page.extract_text(visitor_text=note)
    return text_of(pieces)


def _whole(place: float) -> int:
    """Return a place on a page as a whole number; 0 if it is none, as in a damaged file."""
    return round(place) if abs(place) < 100_000 else 0


def about_of(content: bytes) -> About:
    """Return what a document says of itself. Raises NoText."""
    try:
        return _about(_opened(content))
    except (DependencyError, FileNotDecryptedError, WrongPasswordError) as error:
        raise NoText(_LOCKED) from error


def _opened(content: bytes) -> PdfReader:
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        reader.decrypt("")  # many PDFs are locked only against changes, not against reading
    return reader


def _about(reader: PdfReader) -> About:
    said = reader.metadata
    language = reader.root_object.get("/Lang")
    if said is None:
        return about(languages=[language])
    return about(
        titles=[said.title],
        authors=[said.author],
        dates=[said.get("/CreationDate")],
        languages=[language],
    )


def _joined(pages: list[str], said: About) -> Extract:
    blank = sum(not page for page in pages)
    if blank == len(pages):
        raise NoText("has no text, only pictures of it; it needs OCR first (ocrmypdf, say)")
    note = f"{blank} of its {len(pages)} pages have no text; they may need OCR" if blank else None
    return Extract(joined(pages), said, note)
