"""Get the text out of HTML: the words of its article, as a browser would show them.

If no article is found, such as in a page of a few words, it is what the page's `main` or body
holds, without menus and the like. Called by formats.py.
"""

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as parser

from onthisday.texts.about import About
from onthisday.texts.article import article_of
from onthisday.texts.extract import Extract, NoText
from onthisday.texts.page_about import page_about
from onthisday.texts.plain import decode
from onthisday.texts.rows import join_rows

_CHARSET = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{1,40})", re.IGNORECASE)

_XML = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")

_LEFT_OUT = frozenset(
    {
        "script", "style", "noscript", "template", "svg", "math", "head", "object", "embed",
        "iframe", "select", "nav", "aside", "footer", "dialog", "button"
    }
)  # fmt: skip
_INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
        "em", "font", "i", "img", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike",
        "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "hi", "ref"
    }
)  # fmt: skip
_EMPTY = "is HTML without any text"
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


_FEWEST = 200
"""Code points. If an article has less, the whole page is taken: nothing must be lost."""


def extract(content: bytes) -> Extract:
    """Return the text. Each block, such as a paragraph, is a line. Raises NoText."""
    text, note = _decoded(content)
    root = _root(text)
    article = article_of(_XML.sub("", text))
    lines = [] if article is None else _lines(article, frozenset())
    if sum(map(len, lines)) < _FEWEST:
        main = root.find(".//main")
        lines = _lines(root if main is None else main, _LEFT_OUT)
    if not lines:
        raise NoText(_EMPTY)
    return Extract("\n\n".join(lines) + "\n", page_about(root), note)


def about_of(content: bytes) -> About:
    """Return what a page says of itself. Raises NoText."""
    return page_about(_root(_decoded(content)[0]))


def _root(text: str) -> etree._Element:
    try:
        return parser.document_fromstring(_XML.sub("", text), parser.HTMLParser(huge_tree=True))
    except (etree.ParserError, ValueError) as error:
        raise NoText(_EMPTY) from error


def _lines(root: etree._Element, left_out: frozenset[str]) -> list[str]:
    join_rows(root, _INLINE)
    blocks = "".join(_pieces(root, left_out)).split(_BREAK)
    return [line for block in blocks if (line := _SPACES.sub(" ", block).strip())]


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


def _pieces(root: etree._Element, left_out: frozenset[str]) -> Iterator[str]:
    """Yield the texts of a page in order, with ``_BREAK`` where a block begins or ends."""
    hidden: etree._Element | None = None
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        is_block = event in {"start", "end"} and node.tag not in _INLINE
        if hidden is None and is_block:
            yield _BREAK
        if event == "start":
            if hidden is None and node.tag in left_out:
                hidden = node
            elif hidden is None:
                yield node.text or ""
            continue
        if hidden is node:
            hidden = None
        if hidden is None:
            yield node.tail or ""
