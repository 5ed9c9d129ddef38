"""Open the files that are imported: their lines, their bytes, and the files that they name.

A file is read twice: first to learn its SHA-256 and whether it is UTF-8, then its lines. So a file
of a million lines is never in memory as a whole, if it is UTF-8. Any other file is.

Used by cli/import_files.py. importers/ reads what is in the lines.
"""

import codecs
import hashlib
import os
from collections.abc import Iterator, Sequence
from datetime import date
from io import BufferedReader, TextIOWrapper
from typing import NamedTuple

from onthisday.adapters.files.names import leads_out
from onthisday.adapters.files.opening import open_inside, open_named
from onthisday.errors import Unreadable, system_words
from onthisday.importers.incoming import MOST, Incoming, Line
from onthisday.texts.extract import NoText
from onthisday.texts.plain import decode

MOST_LINE = 4 * 1024 * 1024
"""Characters. No line of a calendar, a table or a family tree is longer."""

_BLOCK = 1024 * 1024


class OpenedFile(NamedTuple):
    """A file that is imported, and what `documents.yaml` says of it.

    - ``is_utf8``: False if its text was read in another encoding. Then ``note`` says which.
    """

    incoming: Incoming
    sha256: str
    is_utf8: bool
    note: str | None


class IncomingFiles:
    """Opens files for importers, and keeps what is known of each.

    - ``system``: folders where files may be that a file names, after its own folder.
    """

    def __init__(self, today: date, system: Sequence[str] = ()) -> None:
        self._today, self._system = today, system
        self.opened: dict[str, OpenedFile] = {}

    def open(self, path: str) -> OpenedFile:
        """Open a file that a person named. Raises Unreadable."""
        folder = os.path.dirname(path) or "."
        return self._open(path, os.path.basename(path), folder, None)

    def _open(self, path: str, name: str, main: str, folder: str | None) -> OpenedFile:
        try:
            sha256, is_utf8 = _looked_at(_bytes(path, folder))
            text, note = (None, None) if is_utf8 else _decoded(path, folder)
        except OSError as error:
            raise Unreadable(path, f"cannot be read: {system_words(error)}") from error
        incoming = Incoming(
            name,
            lambda: _lines(path, folder) if text is None else _cut(path, text.split("\n")),
            lambda: _content(path, folder),
            lambda other: self._beside(other, main),
            self._today,
        )
        self.opened[name] = OpenedFile(incoming, sha256, is_utf8, note)
        return self.opened[name]

    def _beside(self, name: str, main: str) -> Incoming | None:
        """Return a file that another one names. It must be in a folder where calendars are."""
        if leads_out(name) or os.path.isabs(name):
            return None
        for folder in (main, *self._system):
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                return self._open(path, name, main, folder).incoming
        return None


def _bytes(path: str, folder: str | None) -> BufferedReader:
    if folder is None:
        return open_named(path)
    return open_inside(folder, os.path.relpath(path, folder))


def _looked_at(file: BufferedReader) -> tuple[str, bool]:
    """Return the SHA-256 of a file, and whether all of it is UTF-8."""
    found, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    is_utf8 = True
    with file:
        while block := file.read(_BLOCK):
            found.update(block)
            is_utf8 = is_utf8 and b"\0" not in block and _goes_on(decoder, block)
    return found.hexdigest(), is_utf8 and _goes_on(decoder, b"", final=True)


def _goes_on(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _content(path: str, folder: str | None) -> bytes:
    try:
        with _bytes(path, folder) as file:
            content = file.read(MOST + 1)
    except OSError as error:
        raise Unreadable(path, f"cannot be read: {system_words(error)}") from error
    if len(content) > MOST:
        raise Unreadable(path, f"is larger than {MOST // 1024 // 1024} MB; split it")
    return content


def _decoded(path: str, folder: str | None) -> tuple[str, str | None]:
    """Return the text of a file that is not UTF-8. A file without text has no lines."""
    try:
        return decode(_content(path, folder))
    except NoText:
        return "", None


def _lines(path: str, folder: str | None) -> Iterator[Line]:
    try:
        with TextIOWrapper(_bytes(path, folder), encoding="utf-8", newline="\n") as file:
            yield from _cut(path, iter(lambda: file.readline(MOST_LINE + 1), ""))
    except UnicodeDecodeError as error:
        raise Unreadable(path, "changed while it was read; import it again") from error
    except OSError as error:
        raise Unreadable(path, f"cannot be read: {system_words(error)}") from error


def _cut(path: str, lines: "Iterator[str] | list[str]") -> Iterator[Line]:
    """Yield lines with their places. A byte order mark counts as a character, and is left out."""
    start = 0
    for number, line in enumerate(lines, 1):
        if len(line) > MOST_LINE:
            raise Unreadable(path, f"has a line of more than {MOST_LINE:,} characters ({number})")
        mark = number == 1 and line.startswith("\ufeff")
        text = line.removesuffix("\n").removesuffix("\r")
        if text or line.endswith("\n") or isinstance(lines, list):
            yield Line(number, start + mark, text[mark:])
        start += len(line) + isinstance(lines, list)
