"""Find out which format a document has, and get its text.

We look at the first bytes, never at the file's name. Called by adapters/files/document_files.py.
"""

import zipfile
from collections.abc import Callable
from importlib import import_module
from io import BytesIO

from onthisday.texts.extract import Extract, NoText, NotInstalled

MOST_UNPACKED = 256 * 1024 * 1024
"""How many bytes a packed (ZIP) document may have after unpacking.

A larger document could fill the memory.
"""


def extract(content: bytes) -> Extract:
    """Return the text of a document. Raises NoText."""
    return _reader_of(content)(content)


def _reader_of(content: bytes) -> Callable[[bytes], Extract]:
    """Return the function that reads the format of these bytes. Raises NoText.

    The library for the format is loaded only now, because loading is slow.
    """
    head = content[:1024]
    if b"%PDF-" in head:
        return _of_extra("PDF")
    if head.startswith(b"PK\x03\x04"):
        return _packed_reader(content)
    for magic, advice in _REFUSED.items():
        if head.startswith(magic):
            raise NoText(advice)
    if b"<html" in head.lower() or b"<!doctype html" in head.lower():
        from onthisday.texts import html

        return html.extract
    from onthisday.texts import plain

    return plain.extract


def _packed_reader(content: bytes) -> Callable[[bytes], Extract]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            names = set(packed.namelist())
            size = sum(each.file_size for each in packed.infolist())
    except zipfile.BadZipFile as error:
        raise NoText("is damaged; get it anew") from error
    if size > MOST_UNPACKED:
        raise NoText(f"unpacks to {size:,} bytes; save its text alone")
    if "word/document.xml" in names:
        return _of_extra("DOCX")
    if "content.xml" in names:
        return _of_extra("ODT")
    raise NoText("is a packed file, not a text; unpack it")


def _of_extra(form: str) -> Callable[[bytes], Extract]:
    """Return the function that reads a format whose library comes with the extra `drafts`."""
    try:
        reader: Callable[[bytes], Extract] = import_module(f"{__package__}.{form.lower()}").extract
    except ModuleNotFoundError as error:
        raise NotInstalled(form, "drafts") from error
    return reader


_REFUSED = {
    b"{\\rtf": "is RTF; save it as DOCX, ODT or text",
    b"\xd0\xcf\x11\xe0": "is of an old Office format; save it as DOCX, ODT or text",
}
