"""Get the text out of HTML: the words that a browser would show. Called by formats.py."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as parser

from onthisday.texts.extract import Extract, NoText
from onthisday.texts.plain import decode

_CHARSET = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{1,40})", re.IGNORECASE)

_XML = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")

_LEFT_OUT = frozenset(
    {
        "script", "style", "noscript", "template", "svg", "math", "head", "object", "embed",
        "iframe", "select"
    }
)  # fmt: skip
_INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
        "em", "font", "i", "img", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike",
        "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"
    }
)  # fmt: skip
_EMPTY = "is HTML without any text"
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


def extract(content: bytes) -> Extract:
    """Return the text and the title. Each block, such as a paragraph, is a line. Raises NoText."""
    text, note = _decoded(content)
    try:
        root = parser.document_fromstring(_XML.sub("", text), parser.HTMLParser(huge_tree=True))
    except (etree.ParserError, ValueError) as error:
        raise NoText(_EMPTY) from error
    blocks = "".join(_pieces(root)).split(_BREAK)
    lines = [line for block in blocks if (line := _SPACES.sub(" ", block).strip())]
    if not lines:
        raise NoText(_EMPTY)
    title = " ".join((root.findtext(".//title") or "").split()) or None
    return Extract("\n\n".join(lines) + "\n", title, note)


def _decoded(content: bytes) -> tuple[str, str | None]:
    named = _CHARSET.search(content[:2048])
    if named is not None:
        try:
            return content.decode(named[1].decode("ascii")), None
        except (LookupError, ValueError):  # some codecs of Python are for no text
            pass
    return decode(content)


_BREAK = "\0"
"""Marks the place between two blocks. HTML cannot hold this character."""


def _pieces(root: etree._Element) -> Iterator[str]:
    """Yield the texts of a page in order, with ``_BREAK`` where a block begins or ends."""
    hidden: etree._Element | None = None
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        is_block = event in {"start", "end"} and node.tag not in _INLINE
        if hidden is None and is_block:
            yield _BREAK
        if event == "start":
            if hidden is None and node.tag in _LEFT_OUT:
                hidden = node
            elif hidden is None:
                yield node.text or ""
            continue
        if hidden is node:
            hidden = None
        if hidden is None:
            yield node.tail or ""
