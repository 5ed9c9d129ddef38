"""The page of each document, with the entries that cite it. Used by website.py."""

from collections.abc import Iterator
from functools import partial

from onthisday.site.page import Page, SiteState, part, part_paths, route
from onthisday.views.as_json import tree_of


def _document(state: SiteState, document_id: str, number: str | None) -> Page | None:
    document = state.library.document(document_id)
    found = document and part(partial(state.library.citing, document_id), number)
    if document is None or found is None:
        return None
    followed = document.based_on and state.library.document(document.based_on)
    return state.html(
        "document.html",
        f"/documents/{document.id}/{number + '/' if number else ''}",
        shown=document,
        followed=followed or None,
        views=state.titles(found.entries),
        part=found,
    )


def _json(state: SiteState, document_id: str) -> Page | None:
    document = state.library.document(document_id)
    if document is None:
        return None
    entries = list(state.library.ids_citing(document_id))
    return state.json(tree_of(document) | {"entries": entries})


def _paths(state: SiteState) -> Iterator[str]:
    cited = state.contents.cited
    for document in state.library.documents():
        yield from part_paths(f"/documents/{document.id}/", cited.get(document.id, 0))


def _json_paths(state: SiteState) -> Iterator[str]:
    return (f"/documents/{document.id}/index.json" for document in state.library.documents())


ROUTES = (
    route(
        "/documents/{document}/[{number}/]", _paths, _document, "A document, with what rests on it"
    ),
    route(
        "/documents/{document}/index.json",
        _json_paths,
        _json,
        "A document, as JSON",
        schema="cited-document",
    ),
)
