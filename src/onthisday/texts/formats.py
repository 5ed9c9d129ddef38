"""Find out which format a document has, and get its text.

We look at the first bytes, never at the file's name. Called by adapters/files/text_worker.py, which
reads what is not simple in a process with limits.
"""

import zipfile
from importlib import import_module
from io import BytesIO
from typing import Protocol, cast

from onthisday.texts.about import About
from onthisday.texts.extract import Damaged, Extract, NoText, NotInstalled

MOST_UNPACKED = 256 * 1024 * 1024
"""How many bytes a packed (ZIP) document may have after unpacking.

A larger document could fill the memory.
"""


def extract(content: bytes) -> Extract:
    """Return the text of a document. Raises NoText, and MemoryError if the memory is not enough.

    The libraries for the formats raise errors of any kind if a document is damaged.
    """
    form = _form_of(content)
    try:
        _refuse(content)
        form = _packed_form(content) if form == "ZIP" else form
        return _module_of(form).extract(content)
    except (NoText, MemoryError):
        raise
    except Exception as error:
        raise Damaged(form, error) from error


def about(content: bytes) -> About:
    """Return what a document says of itself: nothing if it cannot be read. Raises MemoryError.

    This is quicker than `extract`, because the text is not read.
    """
    try:
        form = _form_of(content)
        form = _packed_form(content) if form == "ZIP" else form
        return About() if form == "text" else _module_of(form).about_of(content)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - libraries raise errors of any kind if a file is damaged
        return About()


def is_simple(content: bytes) -> bool:
    """Return True for plain text: reading it takes no more time and memory than its length says."""
    return _form_of(content) == "text"


def _form_of(content: bytes) -> str:
    head = content[:1024].lower()
    if b"%pdf-" in head:
        return "PDF"
    if content.startswith(b"PK\x03\x04"):
        return "ZIP"
    return "HTML" if b"<html" in head or b"<!doctype html" in head else "text"


def _refuse(content: bytes) -> None:
    for magic, advice in _REFUSED.items():
        if content.startswith(magic):
            raise NoText(advice)


def _packed_form(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            names = set(packed.namelist())
            size = sum(each.file_size for each in packed.infolist())
    except zipfile.BadZipFile as error:
        raise NoText("is damaged; get it anew") from error
    if size > MOST_UNPACKED:
        raise NoText(f"unpacks to {size:,} bytes; save its text alone")
    if "word/document.xml" in names:
        return "DOCX"
    if "content.xml" in names:
        return "ODT"
    raise NoText("is a packed file, not a text; unpack it")


class _Reader(Protocol):
    """A module that reads a format."""

    def extract(self, content: bytes) -> Extract:
        """Return the text of a document. Raises NoText."""

    def about_of(self, content: bytes) -> About:
        """Return what a document says of itself."""


def _module_of(form: str) -> _Reader:
    """Return the module that reads a format. Raises NotInstalled.

    Its library is loaded only now, because loading is slow. Some come with the extra `drafts`.
    """
    name = "plain" if form == "text" else form.lower()
    try:
        return cast("_Reader", import_module(f"{__package__}.{name}"))
    except ModuleNotFoundError as error:
        why = f"is {form}, and what reads {form} is not installed"
        raise NotInstalled(why, "drafts") from error


_REFUSED = {
    b"{\\rtf": "is RTF; save it as DOCX, ODT or text",
    b"\xd0\xcf\x11\xe0": "is of an old Office format; save it as DOCX, ODT or text",
}
