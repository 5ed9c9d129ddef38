"""The lines of a GEDCOM file, in the encoding that its head names.

Called by gedcom.py and gedcom_records.py. Not here: which encoding that is (gedcom_encodings.py).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from onthisday.importers.found import Broken
from onthisday.importers.gedcom_encodings import Head, codec_of, decoder_of, is_unicode, note_of
from onthisday.importers.incoming import Incoming, Line

_LINE = re.compile(rb"([^\r\n]*)(\r\n|\r|\n|\Z)")
_HEAD_LINES = 200
_HEAD_BYTES = 16 * 1024
"""The encoding and the language stand in so many lines or bytes, or are not looked for."""


class Written(NamedTuple):
    """A line, and the line end before it. ``start`` is its place in code points."""

    number: int
    start: int
    text: str
    before: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class Text(NamedTuple):
    """A file's text. ``lines`` yields it from the beginning. ``note``: what people must hear."""

    head: Head
    lines: Callable[[], Iterator[Written]]
    note: str | None = None


def text_of(file: Incoming) -> Text:
    """Return the text of a file. Raises Broken and Unreadable."""
    head = _head(file)
    codec = codec_of(head)
    if codec is None:
        return Text(head, lambda: _written(file.lines()))
    content = file.content()
    if is_unicode(content):
        return Text(head, lambda: _written(file.lines()))
    return Text(head, lambda: _decoded(content, codec), note_of(head, codec))


def passage(lines: Iterable[Written]) -> str:
    """Return what stands in some lines that follow each other, exactly."""
    return "".join(f"{line.before}{line.text}" for line in lines).lstrip("\r\n")


def _head(file: Incoming) -> Head:
    found = {"CHAR": "", "LANG": ""}
    for text in islice(_first_lines(file), _HEAD_LINES):
        words = text.split(None, 2)
        if words[:1] == ["0"] and words[1:] != ["HEAD"]:
            break
        if len(words) == 3 and words[0] == "1" and words[1] in found:
            found[words[1]] = words[2].strip()
    return Head(found["CHAR"], found["LANG"])


def _first_lines(file: Incoming) -> Iterator[str]:
    """Yield the texts of the lines. If nobody could guess the encoding, there are no lines.

    The head is in ASCII, so it can be read all the same.
    """
    has_text = False
    for line in _written(file.lines()):
        has_text = has_text or bool(line.text)
        yield line.text
    if has_text:
        return
    beginning = file.content()[:_HEAD_BYTES]
    if beginning.startswith(b"PK"):
        raise Broken("is a GEDZIP file; take gedcom.ged out of it, and import that")
    yield from beginning.decode("ascii", "replace").splitlines()


def _written(lines: Iterable[Line]) -> Iterator[Written]:
    """Yield the lines. A carriage return alone ends a line too: old Macintosh programs write so."""
    number, end = 0, 0
    for line in lines:
        before = "\r\n" if line.start == end + 2 else "\n"
        start = line.start
        for text in line.text.split("\r"):
            number += 1
            yield Written(number, start, text, before)
            before, end = "\r", start + len(text)
            start = end + 1


def _decoded(content: bytes, codec: str) -> Iterator[Written]:
    """Yield the lines of a text with one byte a character, each decoded by itself."""
    decode = decoder_of(codec)
    start, before = 0, ""
    for number, found in enumerate(_LINE.finditer(content), 1):
        text = found[1].decode("ascii") if found[1].isascii() else decode(found[1])
        yield Written(number, start, text, before)
        start, before = found.end(), found[2].decode("ascii")
