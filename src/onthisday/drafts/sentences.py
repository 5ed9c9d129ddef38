"""The sentences of a text, and the passage that a date is quoted with.

Split on lines, then on what ends a sentence. That does as well as the library that was tried
(pysbd), in a hundredth of its time. Places are code points; nothing is cut out or changed.
Called by whatever proposes drafts from mentions.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from onthisday.drafts.languages.language import words
from onthisday.drafts.paragraphs import Paragraph, lines_of, paragraphs

_STOP = re.compile(r"[.!?…]{1,3}[\"'”’»)\]]{0,3}\s{1,9}")
_BEGINS = re.compile(r"[\"'“‘«„(\[¿¡]{0,2}[^\W_]")
_LAST_WORD = re.compile(r"[^\W_]{1,12}\Z")
_ABBREVIATIONS = words(
    "jan feb mar apr jun jul aug sep sept oct nov dec"
    " mr mrs ms dr st sr jr prof gen col maj capt lt sgt adm gov sen rep rev hon pres"
    " vol ch pp fig ed vs ca inc ltd co dept"
    " г гг вв ул им см bd bzw hl nr sig dott mme mlle sra av"
)
_BLANK = re.compile(r"\n\s{0,9}\n")
_NEAR = 5_000
"""How far around a mention its passage is looked for, in code points."""


class Span(NamedTuple):
    """A piece of a text, ``text[start:end]``."""

    start: int
    end: int


def sentences(text: str) -> Iterator[Span]:
    """Yield the sentences of a text in order, without the space around them.

    "Feb.", "St." and initials such as those of V. I. Lenin do not end one. A line break does, save
    where lines were wrapped to a width.
    """
    for paragraph in paragraphs(lines_of(text)):
        yield from _sentences_of(paragraph)


def passage_around(text: str, start: int, end: int) -> Span:
    """Return the sentence that holds a mention ``text[start:end]``.

    Where that sentence is only a date ("On February 25, 1956."), the passage reaches on to the end
    of the next one of its paragraph.
    """
    begin = _last_blank_line(text, start)
    for paragraph in paragraphs(lines_of(text[begin : end + _NEAR])):
        here = Paragraph(begin + paragraph.start, paragraph.text)
        if start < here.start + len(here.text):
            return _passage(list(_sentences_of(here)), text, start, end)
    return Span(start, end)


def _passage(ones: list[Span], text: str, start: int, end: int) -> Span:
    holding = [place for place, one in enumerate(ones) if one.start < end and start < one.end]
    if not holding:
        return Span(start, end)
    first, last = holding[0], holding[-1]
    rest = text[ones[first].start : start] + text[end : ones[last].end]
    if len(re.findall(r"\w+", rest)) <= 1 and last + 1 < len(ones):
        last += 1
    return Span(ones[first].start, ones[last].end)


def _last_blank_line(text: str, start: int) -> int:
    near = max(0, start - _NEAR)
    ends = [blank.end() for blank in _BLANK.finditer(text, near, start)]
    return ends[-1] if ends else near


def _sentences_of(paragraph: Paragraph) -> Iterator[Span]:
    text, begin = paragraph.text, 0
    for stop in _STOP.finditer(text):
        if _ends_sentence(text, stop):
            yield from _trimmed(paragraph, begin, stop.end())
            begin = stop.end()
    yield from _trimmed(paragraph, begin, len(text))


def _ends_sentence(text: str, stop: re.Match[str]) -> bool:
    begins = _BEGINS.match(text, stop.end())
    if begins is None or begins[0][-1].islower():
        return False
    if stop[0][0] != "." or not stop[0][1].isspace():
        return True
    word = _LAST_WORD.search(text[max(0, stop.start() - 13) : stop.start()])
    if word is None:
        return True
    initial = len(word[0]) == 1 and word[0].isupper()
    return not initial and word[0].lower() not in _ABBREVIATIONS


def _trimmed(paragraph: Paragraph, begin: int, end: int) -> Iterator[Span]:
    piece = paragraph.text[begin:end]
    if piece.strip():
        start = paragraph.start + begin + len(piece) - len(piece.lstrip())
        yield Span(start, start + len(piece.strip()))
