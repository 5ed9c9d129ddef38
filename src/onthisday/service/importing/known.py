"""What earlier imports of a file brought: the entries that cite it.

An entry is of a file if one of its sources is the file's document, wherever in the almanac the
curator has moved the entry. Called by importing.py.
"""

from collections.abc import Mapping, Sequence
from sys import intern
from typing import Any, NamedTuple

from onthisday.almanac.entry import Citation, Entry, row_of
from onthisday.almanac.library import Library
from onthisday.service.importing.matching import Facts, place_of


class Known(NamedTuple):
    """The entries of a file: their keys, and their ids, in the order of the file."""

    facts: Facts
    ids: list[str]


def known_entries(library: Library, documents: Mapping[str, str | None]) -> Known:
    """Return the entries that cite some documents.

    ``documents``: the name of the included file of each document; None for the file itself.
    """
    facts, ids = Facts(), list[str]()
    files, sheets, starts = list[int](), list[str](), list[int]()
    for number, (document, file) in enumerate(documents.items()):
        for entry in library.citing(document):
            citation = citation_of(entry, document)
            if citation is not None:
                words = citation.digests[0] if citation.digests else citation.row
                place = place_of(next(iter(citation.locator), None), citation.page)
                facts.add(entry.id, f"{file}\x1f{words or ''}", entry.date.edtf, place)
                ids.append(entry.id)
                sheet, start = _order(citation)
                files.append(number)
                sheets.append(intern(sheet))
                starts.append(start)
    order = list(range(len(ids)))
    keys: Sequence[Any]
    for keys in (ids, starts, sheets, files):  # the last one counts most; a sort keeps the others
        order.sort(key=keys.__getitem__)
    return Known(facts.in_order(order), [ids[each] for each in order])


def citation_of(entry: Entry, document: str) -> Citation | None:
    """Return the source of an entry that is a document; the first one, or None."""
    return next((each for each in entry.sources if each.document == document), None)


def _order(citation: Citation) -> tuple[str, int]:
    if citation.locator:
        return "", citation.locator[0].start
    return row_of(citation.page or "") or ("", 0)
