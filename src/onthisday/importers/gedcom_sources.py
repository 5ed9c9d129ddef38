"""The sources and notes of a GEDCOM file: documents, citations of them, and summaries.

Only what stands below an event is cited for it. A source of the whole person says something of the
person, and perhaps not this.

Called by gedcom_known.py and gedcom_facts.py.
"""

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from onthisday.drafts.titles import slug
from onthisday.importers.gedcom_records import Structure

Document = dict[str, str]
"""A document as curators write it."""

_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::[0-9]{2,5})?(?:/[^\s<>\"\\]*)?"
)
_MARKUP = re.compile(r"<[^<>]*>")


class Source(NamedTuple):
    """A source. ``kept_in``: the pointer to its archive, and the shelfmark there."""

    title: str
    author: str = ""
    publisher: str = ""
    url: str = ""
    kept_in: tuple[str, str] = ("", "")


def source_of(top: Structure, name: str) -> Source:
    """Return the source of a record."""
    title = top.first("TITL") or top.first("ABBR") or top.first("TEXT", "NOTE")
    kept = next(top.all("REPO"), None)
    address = next(filter(_ADDRESS.fullmatch, (top.first(tag) for tag in _ADDRESS_TAGS)), "")
    return Source(
        title or f"Source {name.strip('@')}",
        top.first("AUTH"),
        top.first("PUBL"),
        address,
        (kept.pointer or kept.words, kept.first("CALN")) if kept else ("", ""),
    )


_ADDRESS_TAGS = ("WWW", "_URL", "URL", "_LINK", "_WEBTAG", "PUBL")
"""Where programs write the address of a source: before version 7 GEDCOM had no place for it."""


def documents_of(sources: Mapping[str, Source], archives: Mapping[str, str]) -> dict[str, Document]:
    """Return a document for each source. Sources that are alike are one document.

    Its id is made of its title. If two have one title, the later one in the file gets a number.
    """
    ids: dict[tuple[str, ...], str] = {}
    taken: dict[str, int] = {}
    documents = {}
    for name, source in sources.items():
        tree = _tree(source, archives)
        key = tuple(tree.items())
        alike = tuple(part for pair in key for part in pair)
        if alike not in ids:
            ids[alike] = _free(slug(source.title, 60) or "source", taken)
        documents[name] = {"id": ids[alike], **tree}
    return documents


def _free(wish: str, taken: dict[str, int]) -> str:
    taken[wish] = taken.get(wish, 0) + 1
    if taken[wish] == 1:
        return wish
    return _free(f"{wish}-{taken[wish]}", taken)


def _tree(source: Source, archives: Mapping[str, str]) -> Document:
    pointer, shelfmark = source.kept_in
    kept = archives.get(pointer, "" if pointer.startswith("@") else pointer)
    tree = {
        "title": source.title,
        "author": source.author,
        "publisher": source.publisher,
        "url": source.url,
        "reference": ", ".join(filter(None, (kept, shelfmark))),
    }
    return {key: text for key, text in tree.items() if text}


def cited_by(event: Structure) -> Iterator[tuple[str, str]]:
    """Yield what an event cites: a pointer to a source or its text, and the page."""
    for each in event.all("SOUR"):
        if (name := each.pointer or each.words) and name != "@VOID@":
            yield name, each.first("PAGE")


def citations(
    event: Structure, documents: Mapping[str, Document]
) -> tuple[list[dict[str, Any]], tuple[Document, ...]]:
    """Return the citations of an event as curators write them, and the documents they name."""
    cited = [(documents[name], page) for name, page in cited_by(event) if name in documents]
    pages = dict.fromkeys((document["id"], page) for document, page in cited)
    trees = [{"document": name} | ({"page": page} if page else {}) for name, page in pages]
    return trees, tuple({document["id"]: document for document, _ in cited}.values())


def summary_of(event: Structure, notes: Mapping[str, str]) -> str:
    """Return what the notes of an event say, as one paragraph."""
    told = (
        notes.get(each.pointer, "") if each.pointer else note_of(each) for each in _notes(event)
    )
    return " ".join(filter(None, dict.fromkeys(told)))


def _notes(event: Structure) -> Iterator[Structure]:
    return event.all("NOTE", "SNOTE")


def note_of(note: Structure) -> str:
    """Return the words of a note, without markup."""
    if note.first("MIME") == "text/html":
        return " ".join(html.unescape(_MARKUP.sub("", note.text)).split())
    return note.words
