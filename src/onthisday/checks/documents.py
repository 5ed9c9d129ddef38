"""Check the documents of an almanac: unused, the same text twice, based on each other in a circle.

Also check the language tags of documents and translations. Called by service/checking/report.py.

Not here: a document's text (cited_text.py).
"""

from collections.abc import Collection, Container, Iterator, Sequence
from functools import cache

from onthisday.almanac.document import Document
from onthisday.almanac.entry import Entry
from onthisday.checks.anachronism import Published, followed_later
from onthisday.checks.citing import Followed
from onthisday.checks.faults import Fault
from onthisday.schema.language_tags import parse_language_tag
from onthisday.views.words import counted


def following(documents: Sequence[Document]) -> Followed:
    """Return the function `Followed` for these documents.

    A document follows the document in its ``based_on``, then the document in the ``based_on`` of
    that one, and so on. In a circle, a document follows itself.
    """
    based = {document.id: document.based_on for document in documents if document.based_on}

    @cache
    def followed(document: str) -> frozenset[str]:
        found: list[str] = []
        while (document := based.get(document, "")) and document not in found:
            found.append(document)
        return frozenset(found)

    return followed


def document_faults(
    documents: Sequence[Document],
    used: Container[str],
    followed: Followed,
    published: Published,
) -> Iterator[tuple[str, Fault]]:
    """Yield the faults of documents. Each fault comes with the document's id.

    - ``used``: the ids of the documents that entries cite.
    - ``published``: when the documents were published, if they say it.
    """
    based = {document.based_on for document in documents}
    texts: dict[str, str] = {}
    for document in documents:
        for fault in (*_own_faults(document, followed), *followed_later(document, published)):
            yield document.id, fault
        if document.id not in used and document.id not in based:
            message = f'no entry cites document "{document.id}"; cite it, or take it out'
            yield document.id, Fault(("id",), "unused-document", message)
        first = texts.setdefault(document.sha256, document.id) if document.sha256 else document.id
        if first != document.id:
            message = (
                f'document "{document.id}" has the same text as "{first}"; keep one, and cite that'
            )
            yield document.id, Fault(("sha256",), "same-text", message)


def maybe_meant(documents: Sequence[Document], cited: Collection[str]) -> frozenset[str]:
    """Return the documents that a misspelt id may mean: an id that is cited, and not there.

    Such a document is not unused. If there are very many unknown ids, any document may be meant.
    """
    known = {document.id for document in documents}
    named = {*cited, *(document.based_on for document in documents if document.based_on)}
    unknown, unused = sorted(named - known), known - named
    if not unknown or len(unknown) > _MOST_COMPARED:
        return frozenset(unused if unknown else ())
    from difflib import get_close_matches  # slow to load: only after a mistake

    return frozenset(name for name in unused if get_close_matches(name, unknown, n=1))


_MOST_COMPARED = 100


def _own_faults(document: Document, followed: Followed) -> Iterator[Fault]:
    if document.id in followed(document.id):
        circle = ", ".join(sorted(followed(document.id)))
        message = f'document "{document.id}" is based on itself, through {circle}; correct based_on'
        yield Fault(("based_on",), "based-on-loop", message)
    if document.language is not None:
        yield from language_faults(("language",), document.language)


def translation_faults(entry: Entry) -> Iterator[Fault]:
    """Yield a fault for each translation whose language is not a BCP 47 tag, such as `de`."""
    for language, _ in entry.languages:
        yield from language_faults(("languages", language), language)


def language_faults(path: tuple[str, ...], language: str) -> Iterator[Fault]:
    """Yield a fault if a language is not a BCP 47 tag (RFC 5646).

    ``path``: where the language is in the entry or the document.
    """
    try:
        parse_language_tag(language)
    except ValueError as error:
        yield Fault(path, "language", str(error))


def unproved(document: Document, passages: int) -> Fault:
    """Return the fault of a document whose text we do not have, so that passages are not compared.

    ``passages``: how many passages.
    """
    what = counted(passages, "passage is", "passages are")
    message = (
        f'document "{document.id}": its text was not found, so {what} not proved; '
        "name the folder with --documents DIR"
    )
    return Fault(("id",), "unproved", message)
