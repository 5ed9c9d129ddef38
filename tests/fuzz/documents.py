"""Documents: whatever a file holds, it has a text or says why not, and costs what a file may cost.

Each trial changes a good document: bytes, the files inside a packed one, tags of a page, dates of a
text. Packed documents and PDFs are read by the process that `draft` uses. Their text, and texts
made of dates and marks, then give drafts.
"""

import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from random import Random

from onthisday.adapters.files.text_worker import BROKE, Limits, TextWorker
from onthisday.drafts.merging import drafts_of
from onthisday.service.proposing.drafting import read_for
from onthisday.texts.extract import DocumentText, Extract, NoText, TextPart
from tests.drafts.formats import docx_of, odt_of, pdf_of

LINES = ("The mill", "It burned on 25 February 1956.", "Nobody died on the next day, or in 1957.")

MOST = 12.0
"""Seconds that a trial may take, on a slow machine."""


@contextmanager
def trying() -> Iterator[Callable[[Random], None]]:
    """Give a function that tries one document."""
    good = [
        docx_of(*LINES),
        odt_of(*LINES),
        pdf_of(list(LINES)),
        _page(),
        "\n".join(LINES).encode(),
    ]
    with TextWorker(Limits(seconds=5, more=0)) as worker:
        yield lambda random: _attempt(worker, good, random)


def _attempt(worker: TextWorker, good: list[bytes], random: Random) -> None:
    begun = time.monotonic()
    found = Extract(_text(random))
    if random.random() < 0.6:
        content = _spoilt(random, random.choice(good))
        found, why = _extracted(worker, content)
        assert why != BROKE, "the process broke off"
        assert "\n" not in why
        assert len(why) < 200
    _read(found)
    took = time.monotonic() - begun
    assert took < MOST, f"it took {took:.0f} s"


def _extracted(worker: TextWorker, content: bytes) -> tuple[Extract, str]:
    """Return the text, or no text and why."""
    try:
        return worker.extract(content), ""
    except NoText as error:
        return Extract(""), str(error)


def _read(found: Extract) -> None:
    """Look for dates. Each mention, and each passage of a proposal, must stand where it says."""
    for wish in ("mentions", "all"):
        parts = iter((TextPart(0, found.text),))
        text = DocumentText("a.txt", "0" * 64, parts, found.about, found.note)
        read = read_for(wish, "a.txt", lambda text=text: text)  # type: ignore[misc]
        assert read.trouble is None
        for mention in read.mentions:
            assert found.text[mention.start : mention.end] == mention.text
        for proposal in read.proposals:
            for passage in proposal.passages:
                assert found.text[passage.start : passage.end] == passage.exact
        drafts_of(read.proposals)


def _page() -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in LINES)
    return f'<!doctype html><html><head><meta charset="utf-8"></head>{paragraphs}</html>'.encode()


_BITS = [
    b"<div>", b"</p>", b"<table><tr><td>", b"<!--", b"-->", b"&#x110000;", b"&nbsp", b"\x00",
    b"<a ", b"charset=undefined", b"charset=utf-16", b"<?xml", b"]]>", b"obj", b"endobj",
    b"stream", b"R 0", b"/Kids[2 0 R]", b"/Filter/FlateDecode", b"9999999999", b"-1",
    b"PK\x01\x02", b"PK\x05\x06", b"<w:tbl>", b'<text:s text:c="99999999"/>',
    b'<w:gridSpan w:val="99999"/>', b"\xff\xfe",
]  # fmt: skip


def _spoilt(random: Random, content: bytes) -> bytes:
    if content.startswith(b"PK") and random.random() < 0.7:
        with suppress(zipfile.BadZipFile):
            return _inside(random, content)
    return _changed(random, content)


def _inside(random: Random, content: bytes) -> bytes:
    """Change one of the files in a packed document."""
    into = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before:
        names = before.namelist()
        chosen = random.choice([*(n for n in names if n.endswith("t.xml")), *names])
        with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as after:
            for name in names:
                inner = before.read(name)
                after.writestr(name, _changed(random, inner) if name == chosen else inner)
    return into.getvalue()


def _changed(random: Random, content: bytes) -> bytes:
    for _ in range(random.randint(1, 4)):
        place = random.randrange(len(content) + 1)
        more = random.choice(_BITS) * random.choice([1, 1, 1, 3, 3000])
        more = random.choice([more, random.randbytes(3), b""])
        content = content[:place] + more + content[place + random.randint(0, 9) :]
    return content


_WORDS = [
    "1 May 1900", "May 1, 1900", "25.02.1956", "1956-02-25", "in 1956", "the next day",
    "two days later", "44 BC", "the 1950s", "1938–47", "25–27 March", "[O.S. 25 October]",
    "le 1er mai 1900", "1. Mai 1900", "1900年", "25 февраля 1956 года", "Ann Lee", "he was born",
    "1,400 delegates", "[", "](", "(", "“", ". ", ", ", "; ", "\n", "\n\n", "\r\n", "\f",
    "\u2028", " ", "\u0301", "\U0001f3ad", "\ufeff", "©", "31 February 1900", "0 May 0000",
    "99999", "#", "*", "_", "Mr. ", "U.S. ", "…", "!", "\ud800",
]  # fmt: skip


def _text(random: Random) -> str:
    words = random.choices(_WORDS, k=random.choice([1, 3, 9]))
    between = random.choice(["", " ", ", ", "\n", " and "])
    return between.join(random.choices(words, k=random.choice([3, 30, 300, 3000])))
