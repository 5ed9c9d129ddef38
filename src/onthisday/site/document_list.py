"""The list of all documents, by title, with how many entries cite each. Used by website.py."""

from collections.abc import Iterator

from onthisday.site.page import (
    MOST_LISTED,
    ListPart,
    Page,
    SiteState,
    only,
    part_paths,
    route,
)


def _documents(state: SiteState, number: str | None = None) -> Page | None:
    which = int(number or 1)
    ids = state.contents.document_ids[(which - 1) * MOST_LISTED : which * MOST_LISTED]
    if not ids and which > 1:
        return None
    return state.html(
        "documents.html",
        f"/documents/{f'page/{number}/' if number else ''}",
        total=len(state.contents.document_ids),
        documents=[state.presenter.document(each) for each in ids],
        cited=state.contents.cited,
        part=ListPart((), which, which * MOST_LISTED < len(state.contents.document_ids)),
    )


def _paths(state: SiteState) -> Iterator[str]:
    further = part_paths("/documents/page/", len(state.contents.document_ids))
    next(further)
    return further


ROUTES = (
    only("/documents/", _documents, "All documents, by title"),
    route("/documents/page/{number}/", _paths, _documents, "Further pages of all documents"),
)
