"""What earlier imports of a file brought: the entries that cite it.

An entry is of a file if one of its sources is the file's document, wherever in the almanac the
curator has moved the entry. Called by importing.py.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from onthisday.almanac.entry import Citation, Entry, row_of
from onthisday.almanac.library import Library
from onthisday.service.importing.matching import Facts, place_of


class Known(NamedTuple):
    """The entries of a file.

    - ``facts``: their keys, in the order of the file.
    - ``ids``: their ids, in the same order.
    - ``places``: where the file has them: what their citation says.
    """

    facts: Facts
    ids: list[str]
    places: list[Citation]


def known_entries(library: Library, documents: Mapping[str, str | None]) -> Known:
    """Return the entries that cite some documents.

    ``documents``: the name of the included file of each document; None for the file itself.
    """
    found = sorted(_entries(library, documents), key=lambda each: each[0])
    known = Known(Facts(), [], [])
    for (_, _, _, named), date, citation in found:
        words = citation.digests[0] if citation.digests else citation.row
        known.facts.add(
            named,
            f"{documents[citation.document]}\x1f{words or ''}",
            date,
            place_of(next(iter(citation.locator), None), citation.page),
        )
        known.ids.append(named)
        known.places.append(citation)
    return known


_Order = tuple[int, str, int, str]


def _entries(
    library: Library, documents: Mapping[str, str | None]
) -> Iterator[tuple[_Order, str, Citation]]:
    for number, document in enumerate(documents):
        for entry in library.citing(document):
            citation = citation_of(entry, document)
            if citation is not None:
                yield (number, *_order(citation), entry.id), entry.date.edtf, citation


def citation_of(entry: Entry, document: str) -> Citation | None:
    """Return the source of an entry that is a document; the first one, or None."""
    return next((each for each in entry.sources if each.document == document), None)


def _order(citation: Citation) -> tuple[str, int]:
    if citation.locator:
        return "", citation.locator[0].start
    return row_of(citation.page or "") or ("", 0)
