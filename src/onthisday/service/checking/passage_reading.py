"""A part of `check`: read what a document's text says of the entries that cite it.

This takes most of the time of a check with texts. Nothing is noted or kept here, so several
processes can read at once (app/parallel_checking.py). proving.py asks for it, document by document,
and notes what is found.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from onthisday.almanac.document import Document
from onthisday.almanac.entry import Citation, Entry, Span
from onthisday.checks.citing import locator_faults
from onthisday.checks.dating import passage_faults
from onthisday.checks.days_named import days_named
from onthisday.checks.faults import Fault
from onthisday.checks.not_in_passage import Hearing, KnownAlmanac, heard, opened
from onthisday.checks.passages import Proof, prove
from onthisday.checks.saying.read_text import ReadText
from onthisday.checks.saying.said import Said
from onthisday.checks.saying.statements import language_of
from onthisday.drafts.languages import LANGUAGES

_KEPT = 1024
"""How many passages of a document are kept as they were read: entries cite the same ones."""


class Cited(NamedTuple):
    """A document, and some of the entries that cite it.

    - ``text``: None if it is not there, or is not the text that was cited.
    - ``fault``: why a text that is there cannot be used. ``content``: its bytes.
    - ``is_last``: no more entries of this document come.
    """

    document: Document
    text: str | None = None
    entries: tuple[Entry, ...] = ()
    fault: Fault | None = None
    content: bytes | None = None
    is_last: bool = True


class EntryRead(NamedTuple):
    """What one document's text says of an entry.

    - ``faults``: of its citations and their days. ``proof``: of its passages.
    - ``hearing``: what it claims and this text does not say.
    """

    faults: tuple[Fault, ...]
    proof: Proof
    hearing: Hearing


Reads = tuple[EntryRead, ...]
"""What was read of each entry of a `Cited`."""

ReadAll = Callable[[KnownAlmanac, Iterable[Cited]], Iterator[tuple[Cited, Reads]]]
"""Reads many, in their order."""


def read_all(almanac: KnownAlmanac, many: Iterable[Cited]) -> Iterator[tuple[Cited, Reads]]:
    """Read one after the other. Each is asked for when the one before it is noted."""
    return ((cited, read_cited(almanac, cited)) for cited in many)


def read_cited(almanac: KnownAlmanac, cited: Cited) -> Reads:
    """Return what a document's text says of each of the entries."""
    document, text = cited.document.id, cited.text
    if text is None:
        return ()
    passages = _passages_of(text, _language_of(cited.document, text, almanac.language))
    return tuple(
        EntryRead(
            (
                *locator_faults(entry, document),
                *passage_faults(entry, document, text, days_named),
            ),
            prove(entry, {document: text}),
            heard(opened(entry, almanac), entry, document, passages),
        )
        for entry in cited.entries
    )


@lru_cache(maxsize=4)  # the entries of a document come in parts
def _language_of(document: Document, text: str, otherwise: str) -> str:
    said = (document.language or "").partition("-")[0].lower()
    return said if said in LANGUAGES else language_of(text, otherwise)


def _passages_of(text: str, language: str) -> Callable[[Citation], Said]:
    """Return a function that returns what a citation's passages say."""

    @lru_cache(maxsize=_KEPT)
    def passages(locator: tuple[Span, ...]) -> Said:
        words = "\n".join(text[start:end] for start, end in locator)
        return Said(ReadText(words, language))

    def passages_of(citation: Citation) -> Said:
        if citation.quote is not None:
            return Said(ReadText(citation.quote, language))
        return passages(citation.locator or (Span(0, len(text)),))

    return passages_of
