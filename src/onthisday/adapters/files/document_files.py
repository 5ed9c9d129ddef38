"""Find documents in folders, read their texts, and keep the extracted texts beside them.

If a document is not a UTF-8 text (for example a PDF), its text is extracted once (texts/) and
written beside it as ``NAME.extract.txt``. From then on, that file is the document's text. Why: a
newer version of a library may extract another text, and the cited passages would be at other
places.

app/parallel_reading.py calls this in several processes at once. cli/draft.py finds the documents.
"""

import codecs
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from io import BufferedReader, TextIOWrapper
from pathlib import Path
from typing import NamedTuple

from onthisday.adapters.files.opening import leads_out_of, open_named, opened
from onthisday.adapters.files.writing import write_atomically
from onthisday.errors import Unreadable, system_words
from onthisday.texts.about import About
from onthisday.texts.extract import DocumentText, Extract, NoText, TextPart

GetText = Callable[[bytes], Extract]
GetAbout = Callable[[bytes], About]

EXTRACT = ".extract.txt"

WHOLE = 16 * 1024 * 1024
"""Bytes. A text that is larger is read in parts, and must be UTF-8."""

PART = 1024 * 1024
"""How many code points of a large text are read at a time."""

MEGABYTE = 1024 * 1024

LARGEST = 512 * MEGABYTE
"""Bytes. From a document that is larger, such as a PDF, no text is extracted."""


class DocumentFile(NamedTuple):
    """A file with a document.

    - ``path``: where it is.
    - ``name``: its path from the folder that was asked for, with ``/`` on every system.
    - ``folder``: the folder that was asked for, which it must be in; None if it was named itself.
    """

    path: str
    name: str
    folder: str | None = None

    def open(self) -> BufferedReader:
        """Open the file. Raise OSError if it is no regular file, or leads out of its folder."""
        return open_named(self.path) if self.folder is None else opened(self.path, self.folder)


def find_documents(paths: Sequence[str]) -> tuple[DocumentFile, ...]:
    """Return the files that are named in ``paths``, and all files in the folders that are named.

    Hidden files are left out. An extract is left out if its document is there. If a link leads back
    to a folder, that folder is read only once. A link that leads out of a folder is returned, but
    not followed: to read it fails, and says why. Raises Unreadable.
    """
    found = [file for path in paths for file in _found(path)]
    there = {file.path for file in found}
    return tuple(
        file for file in found if file.path.removesuffix(EXTRACT) not in there - {file.path}
    )


def _found(path: str) -> Iterator[DocumentFile]:
    if not os.path.exists(path):
        raise Unreadable(path, "there is no such file or folder")
    if not os.path.isdir(path):
        yield DocumentFile(path, os.path.basename(path))
        return
    entered: set[tuple[int, int]] = set()
    for folder, folders, names in os.walk(path, followlinks=True):
        place = os.stat(folder)
        is_new = (place.st_dev, place.st_ino) not in entered
        entered.add((place.st_dev, place.st_ino))
        seen = sorted(name for name in folders if is_new and not name.startswith("."))
        outside = [name for name in seen if leads_out_of(path, os.path.join(folder, name))]
        folders[:] = [name for name in seen if name not in outside]
        for name in sorted([*names, *outside]) if is_new else ():
            whole = os.path.join(folder, name)
            if not name.startswith(".") and (name in outside or os.path.isfile(whole)):
                yield DocumentFile(whole, Path(whole).relative_to(path).as_posix(), path)


def _nothing(_: bytes) -> About:
    return About()


def read_document(file: DocumentFile, extract: GetText, about: GetAbout = _nothing) -> DocumentText:
    """Return a document's text. Raise NoText or Unreadable.

    ``extract`` gets the text out of a document's bytes: `TextWorker.extract`. ``about`` gets what
    it says of itself, if its text was kept before: `TextWorker.about`.
    """
    try:
        if os.path.exists(file.path + EXTRACT):
            return _kept(file, extract, about)
        with file.open() as opened:
            size = os.fstat(opened.fileno()).st_size
            if size <= WHOLE:
                return _small(file, opened, extract)
        return _large(file, size, extract)
    except OSError as error:
        raise Unreadable(file.path, f"cannot be read: {system_words(error)}") from error


def _kept(file: DocumentFile, extract: GetText, about: GetAbout) -> DocumentText:
    """Return the text that was extracted before.

    If the document is newer than this text, ``note`` says so.
    """
    folder = os.path.dirname(file.path) if file.folder is None else file.folder
    kept = DocumentFile(file.path + EXTRACT, file.name + EXTRACT, folder)
    found = read_document(kept, extract, about)
    with file.open() as opened:
        content = opened.read(LARGEST + 1)
    if len(content) <= LARGEST:
        found = found._replace(about=about(content))
    if os.stat(file.path).st_mtime > os.stat(kept.path).st_mtime:
        name = os.path.basename(kept.path)
        note = f"is newer than {name}, which is used; remove that to read it anew"
        return found._replace(note=note)
    return found


def _small(file: DocumentFile, opened: BufferedReader, extract: GetText) -> DocumentText:
    content = opened.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise NoText(f"is larger than {LARGEST // MEGABYTE} MB; split it")
    found = extract(content)
    if found.verbatim:
        return _text(file.name, content, found)
    content = found.text.encode("utf-8", "replace")
    try:
        write_atomically(Path(file.path + EXTRACT), content)
    except OSError as error:
        note = f"its text cannot be kept beside it: {system_words(error)}"
        found = found._replace(note="; ".join(filter(None, (found.note, note))))
    return _text(file.name + EXTRACT, content, found)


def _text(name: str, content: bytes, found: Extract) -> DocumentText:
    sha256 = hashlib.sha256(content).hexdigest()
    return DocumentText(name, sha256, iter((TextPart(0, found.text),)), found.about, found.note)


def _large(file: DocumentFile, size: int, extract: GetText) -> DocumentText:
    with file.open() as opened:
        head = opened.peek(8192)[:8192]
        if head.startswith((b"%PDF-", b"PK\x03\x04")) or b"<html" in head.lower():
            if size > LARGEST:
                raise NoText(f"is larger than {LARGEST // MEGABYTE} MB; split it")
            return _small(file, opened, extract)
    return DocumentText(file.name, _proved(file), _parts(file))


def _proved(file: DocumentFile) -> str:
    """Return the SHA-256 of a large text. Raise NoText if some part of it is not UTF-8 text."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    digest = hashlib.sha256()
    with file.open() as opened:
        while block := opened.read(PART):
            digest.update(block)
            try:
                text = decoder.decode(block)
            except UnicodeDecodeError as error:
                raise NoText("is large and not UTF-8; convert it (iconv -t utf-8)") from error
            if "\0" in text:
                raise NoText("is no text; leave it out")
    return digest.hexdigest()


def _parts(file: DocumentFile) -> Iterator[TextPart]:
    """Yield a large text in parts. `_cut` says where each part ends."""
    start, left = 0, ""
    with TextIOWrapper(file.open(), "utf-8", "replace", newline="") as opened:
        while block := opened.read(PART):
            whole = left + block
            cut = _cut(whole)
            yield TextPart(start, whole[:cut])
            start, left = start + cut, whole[cut:]
    if left:
        yield TextPart(start, left)


def _cut(text: str) -> int:
    """Return where a part ends: after the last paragraph that ends in its second half.

    If no paragraph ends there, after the last line. If no line ends there, after the last word.
    """
    for end in ("\n\n", "\n", " "):
        place = text.rfind(end, len(text) // 2)
        if place >= 0:
            return place + len(end)
    return len(text)
