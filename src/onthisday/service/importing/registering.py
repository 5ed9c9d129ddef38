"""The documents of an import: the file itself, those that it includes, and those that it names.

Called by importing.py. A document that is there already keeps what the curator wrote of it; of the
file itself, the SHA-256 is brought up to date.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from onthisday.almanac.document import Document
from onthisday.almanac.library import Library
from onthisday.almanac.source import Edit, Piece, Staging
from onthisday.importers.found import Place, Refused
from onthisday.importers.sheet_cells import DOCUMENT as KIND
from onthisday.schema.entry_schema import DOCUMENT
from onthisday.schema.shapes import Problem
from onthisday.service.checking.findings import listed_documents
from onthisday.service.importing.differences import changes, edits
from onthisday.service.importing.naming import free, stem_of
from onthisday.service.importing.round_trip import CONFLICT, is_conflict, is_untouched, with_unsaid
from onthisday.service.importing.taking import Told
from onthisday.service.importing.telling import Changed
from onthisday.service.reading.problems import DOCUMENTS


class TextFile(NamedTuple):
    """A file that is imported, as a document of the almanac.

    - ``is_utf8``: its passages can be proved, because it is UTF-8.
    - ``has_passages``: it is a text, so entries cite passages of it.
    """

    name: str
    sha256: str
    is_utf8: bool
    has_passages: bool


def ids_of(library: Library, files: Mapping[str | None, TextFile]) -> dict[str | None, str]:
    """Return the id of the document of each file.

    A document is of a file if it names it, or if it has its SHA-256: then the file was renamed.

    ``files``: the file itself is under None, an included file under its name.
    """
    documents = list(library.documents())
    by_file = {each.file: each.id for each in documents if each.file}
    by_title = {each.title: each.id for each in documents if not each.file}
    by_sha256 = {each.sha256: each.id for each in documents if each.sha256}
    taken = {each.id.casefold() for each in documents}
    found = {}
    for key, file in files.items():
        name = file.name
        known = by_file.get(name) or by_title.get(name) or by_sha256.get(file.sha256)
        found[key] = known or free(stem_of(name), lambda each: each.casefold() not in taken)
        taken.add(found[key].casefold())
    return found


def with_free_ids(library: Library, named: Mapping[str, Told]) -> dict[str, Told]:
    """Return what a file says of documents, each with the id that it has in the almanac.

    The keys are the ids that the file gives. Why another one: a document of the almanac may have
    this id by chance, and an entry must not cite a document that does not say it.
    """
    found: dict[str, Told] = {}
    taken: set[str] = set()
    for name, told in named.items():

        def is_free(each: str, told: Told = told) -> bool:
            there = library.document(each)
            return each not in taken and (there is None or _is_of(there, told.tree))

        given = name if told.whole else free(name, is_free)
        taken.add(given)
        found[name] = told._replace(tree={**told.tree, "id": given})
    return found


def _is_of(document: Document, tree: Mapping[str, Any]) -> bool:
    """Return True if a document of the almanac is the one that a file names."""
    ours = (document.url, document.reference, document.title)
    theirs = (tree.get("url"), tree.get("reference"), tree.get("title"))
    return any(one is not None and one == other for one, other in zip(ours, theirs, strict=True))


def register(
    staging: Staging,
    files: Mapping[str, TextFile],
    named: Mapping[str, Told],
    today: date,
    tell: Callable[[Refused | Changed], None],
) -> int:
    """Add the documents that are new, and bring the others up to date. Return how many are new.

    ``files``: by their document's id. ``named``: what the file says of documents, by their ids.
    """
    listed = listed_documents(staging.source)
    new = [_of_file(document, file, today) for document, file in files.items()
           if document not in listed]  # fmt: skip
    for name, told in named.items():
        if name not in listed and name not in files:
            if reason := _wrong(told.tree):
                tell(Refused(Place(0), name, reason))
            else:
                new.append(told.tree)
    made = [*_of_files(listed, files, today), *_of_named(listed, named, tell)]
    if made:
        staging.edit(DOCUMENTS, made)
    if new:
        staging.append(DOCUMENTS, new)
    return len(new)


def _of_file(document: str, file: TextFile, today: date) -> dict[str, Any]:
    tree = {"id": document, "title": file.name}
    if file.is_utf8:
        tree |= {"file": file.name, "sha256": file.sha256}
    if file.is_utf8 and file.has_passages:
        tree["proved"] = str(today)
    return tree


def _of_files(
    listed: Mapping[str, Piece], files: Mapping[str, TextFile], today: date
) -> Iterator[Edit]:
    for document, file in files.items():
        old = listed[document].tree if document in listed else {}
        if not old.get("file") or not old.get("sha256") or not file.is_utf8:
            continue
        now = {"file": file.name}
        if old["sha256"] != file.sha256:
            now |= {"sha256": file.sha256} | ({"proved": str(today)} if "proved" in old else {})
        yield from edits((listed[document].place,), old, now, whole=False)


def _of_named(
    listed: Mapping[str, Piece],
    named: Mapping[str, Told],
    tell: Callable[[Refused | Changed], None],
) -> Iterator[Edit]:
    """Yield the edits of documents that a whole almanac's file tells otherwise, and tell them."""
    for name, told in named.items():
        if name not in listed or not told.whole:
            continue
        place, old = listed[name].place, listed[name].tree
        now = with_unsaid(told.tree, old, told.unsaid)
        changed = changes(old, now, whole=True)
        if not changed or is_untouched(told.mark, _as_row(now)):
            continue
        if reason := _wrong(now):
            tell(Refused(Place(0), name, reason))
        elif is_conflict(told.mark, _as_row(old)):
            tell(Refused(Place(0), name, CONFLICT.format("document", name)))
        else:
            tell(Changed(name, changed, "document"))
            yield from edits((place,), old, now, whole=True)


def _as_row(tree: Mapping[str, Any]) -> dict[str, Any]:
    return {**tree, "kind": KIND}


def _wrong(tree: Mapping[str, Any]) -> str | None:
    problems: list[Problem] = []
    DOCUMENT.read(dict(tree), (), problems)
    return f"is no document: {problems[0].message}" if problems else None


def documents_after(library: Library, named: Mapping[str, Told]) -> tuple[Document, ...]:
    """Return the documents of the almanac, and those that a file names and that can be read."""
    there = {each.id: each for each in library.documents()}
    for told in named.values():
        problems: list[Problem] = []
        document = DOCUMENT.read(told.tree, (), problems)
        if not problems and document.id not in there:
            there[document.id] = document
    return tuple(there.values())
