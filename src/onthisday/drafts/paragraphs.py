"""Cut a text into paragraphs, line by line, and keep the place of each.

A blank line ends a paragraph. A line break ends it too, unless the text was wrapped there
(wrapping.py). A paragraph's text is as it was before it was wrapped: a space stands for the line
break, and a word that was parted is whole again. Why: then all that is found in a text is the same,
whatever its width.

Called by mentions.py, sentences.py and context.py. Not here: what a paragraph says.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from io import StringIO
from typing import NamedTuple

from onthisday.drafts.parted_words import Heard, joint, vocabulary_of
from onthisday.drafts.places import Places, Skip
from onthisday.drafts.wrapping import Block, Wrapping, seen

_LONGEST = 20_000
"""A paragraph is cut after this many code points, to limit memory and time.

As much of a text is looked at to see how it is wrapped.
"""

_SOFT = "\u00ad"
"""A soft hyphen. It shows where a word may be parted, and is no part of the word."""

_BREAKS = r"\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
_LINE = re.compile(rf"\f?[^{_BREAKS}]*(?:\r\n|[{_BREAKS}]|\Z)")
"""A line with the character that ends it, as `str.splitlines` sees it."""

_GAP = re.compile(rf"(?<!\s)[^\S{_BREAKS}]*+[{_BREAKS}]\s*|\u00ad")


class Paragraph(NamedTuple):
    """A paragraph of a text.

    - ``text``: its words without the wrapping.
    - ``written``: its words as the document has them.
    - ``places``: where ``text`` stands in the document.
    """

    text: str
    written: str
    places: Places

    @property
    def start(self) -> int:
        """Where it begins in the document."""
        return self.places.start

    @property
    def end(self) -> int:
        """Where it ends in the document."""
        return self.places.start + len(self.written)


class Unwrapped(NamedTuple):
    """A text without its wrapping: each paragraph is one line.

    ``places`` tell where ``text`` stands in the document. ``starts``: where paragraphs begin.
    """

    text: str
    places: Places
    starts: tuple[int, ...]


def lines_of(text: str) -> Iterable[str]:
    """Return a text's lines with their line ends, as a file opened with ``newline=""`` does."""
    return StringIO(text, newline="")


def unwrapped(text: str, whole: Iterable[Paragraph] | None = None) -> Unwrapped:
    """Return a text without its wrapping. Blank lines and spaces between paragraphs stay.

    ``whole`` are the paragraphs of the text, if they are known already.
    """
    pieces: list[str] = []
    starts: list[int] = []
    skips: list[Skip] = []
    read = size = 0
    for paragraph in paragraphs(lines_of(text)) if whole is None else whole:
        size += paragraph.start - read
        starts.append(size)
        more = paragraph.start - size
        skips += (Skip(size + skip.at, more + skip.more) for skip in paragraph.places.skips)
        pieces += text[read : paragraph.start], paragraph.text
        size += len(paragraph.text)
        read = paragraph.end
    return Unwrapped("".join([*pieces, text[read:]]), Places(0, tuple(skips)), tuple(starts))


def paragraphs(lines: Iterable[str]) -> Iterator[Paragraph]:
    """Yield the paragraphs of a text, but no blank ones. ``lines`` are the lines of the text.

    No more of the text is in memory than _LONGEST code points and a line.
    """
    start = 0
    for part, heard in _parts(piece for line in lines for piece in _pieces(line)):
        written = "".join(line.text for line in part)
        if not written.isspace() and written.replace(_SOFT, "").strip():
            words = written.lstrip("\f")
            yield _paragraph(start + len(written) - len(words), words, heard)
        start += len(written)


def _parts(pieces: Iterable[str]) -> Iterator[tuple[Block, Heard]]:
    """Yield the lines of each paragraph, and what tells the words of the text around it.

    Some paragraphs are looked at together. The last of them may go on, so it is kept for the next.
    """
    held: Block = []
    size, wrapping = 0, Wrapping()
    for piece in pieces:
        if size + len(piece) > _LONGEST:
            wrapping, parts = _wrapped(wrapping, held)
            heard = _words_of(held)
            held = parts.pop() if len(parts) > 1 else []
            size = sum(len(line.text) for line in held)
            yield from ((part, heard) for part in parts)
        held.append(seen(piece))
        size += len(piece)
    heard = _words_of(held)
    yield from ((part, heard) for part in _wrapped(wrapping, held)[1])


def _wrapped(wrapping: Wrapping, lines: Block) -> tuple[Wrapping, list[Block]]:
    """Return how a text is wrapped, and the paragraphs of some lines of it."""
    blocks: list[Block] = []
    for line in lines:
        if blocks and line.length and blocks[-1][-1].length:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    wrapping = wrapping.learned(blocks)
    return wrapping, [part for block in blocks for part in wrapping.parts(block)]


def _words_of(lines: Block) -> Heard:
    return cache(lambda: vocabulary_of("".join(line.text for line in lines)))


def _pieces(line: str) -> Iterator[str]:
    """Cut a line at each character that ends a line.

    A form feed also ends one; if it stands at the beginning of a line, it only begins a page there,
    and a sentence may go on. If a piece is too long, cut it after a sentence or, if none ends
    there, after a word.
    """
    for piece in filter(None, _LINE.findall(line)):
        start = 0
        while len(piece) - start > _LONGEST:
            half, most = start + _LONGEST // 2, start + _LONGEST
            cut = piece.rfind(". ", half, most) + 1 or piece.rfind(" ", half, most) + 1 or most
            yield piece[start:cut]
            start = cut
        yield piece[start:]


def _paragraph(start: int, written: str, heard: Heard) -> Paragraph:
    """Return the paragraph of a document that begins at ``start``."""
    pieces: list[str] = []
    skips: list[Skip] = []
    read = size = 0
    for gap in _gaps(written, heard):
        pieces += written[read : gap.start], gap.shown
        size += gap.start - read + len(gap.shown)
        skips.append(Skip(size, gap.end - size))
        read = gap.end
    text = "".join([*pieces, written[read:]]) if skips else written
    return Paragraph(text, written, Places(start, tuple(skips)))


class _Gap(NamedTuple):
    """Characters that a paragraph's text does not hold, and what it has instead of them."""

    start: int
    end: int
    shown: str


def _gaps(written: str, heard: Heard) -> Iterator[_Gap]:
    """Yield the line breaks of joined lines with the spaces around them, and soft hyphens."""
    if _SOFT not in written and not _is_joined(written.strip()):
        return
    for found in _GAP.finditer(written):
        start, end = found.span()
        if found[0] == _SOFT:
            yield _Gap(start, end, "")
        elif start and end < len(written):
            around = written[max(0, start - 32) : start], written[end : end + 32]
            shown, dropped = joint(*around, heard)
            soft = written[start - 1] == _SOFT  # it is left out already
            yield _Gap(start if soft else start - dropped, end, shown)


def _is_joined(text: str) -> bool:
    return len(text.splitlines()) > 1
