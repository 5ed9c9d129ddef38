"""The page of each entry, and the pictures that entries show. Used by website.py."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple, TypeVar
from urllib.parse import quote

from onthisday.almanac import pictures
from onthisday.almanac.entry import Citation, Correction, Entry
from onthisday.almanac.movable import days_around
from onthisday.almanac.picture_size import size_of
from onthisday.checks.passages import prove, proved_earlier
from onthisday.config import Site
from onthisday.locales.locale import Locale, locale_of
from onthisday.site.cited_words import CitedWords, cited_words
from onthisday.site.page import Page, SiteState, route
from onthisday.views import correction_words, source_words
from onthisday.views.together import sources_once
from onthisday.views.view import OccasionView
from onthisday.views.yearless import YearlessView

_Key = TypeVar("_Key")

_YEARS_AHEAD = 2
"""The page of a feast that moves says its day in this year and in so many years after it."""


def _entry(state: SiteState, entry_id: str) -> Page | None:
    entry = state.contents.entry(entry_id)
    if entry is None:
        return None
    view = state.presenter.entry(entry)
    falls = days_around(entry, state.year, 0, _YEARS_AHEAD) if entry.rule else []
    page = state.html(
        "entry.html",
        f"/entries/{entry.id}/",
        view=view,
        own=entry.key,
        falls=falls,
        data=_data(state.site, view),
        shown=_shown(state, entry),
        proof=_proof(state, entry),
        cited=_cited(state, ((source.document, source) for source in entry.sources)),
        answered=[
            _cited(
                state,
                (((each.says, each.citation.document), each.citation) for each in account.answers),
            )
            for account in entry.accounts
        ],
    )
    return state.of_year(page) if entry.rule else page


def _cited(
    state: SiteState, citations: Iterable[tuple[_Key, Citation]]
) -> dict[_Key, tuple[CitedWords, ...]]:
    """Return the words that may be shown, of all citations that have the same key."""
    found: dict[_Key, tuple[CitedWords, ...]] = {}
    for key, citation in citations:
        document = state.presenter.document(citation.document)
        words_of = cited_words(citation, document, state.contents.text(document))
        found[key] = (*found.get(key, ()), *words_of)
    return found


def _proof(state: SiteState, entry: Entry) -> str | None:
    """Return a sentence that says how many passages of an entry are proved.

    Return None if the entry cites no passage.
    """
    cited = {each.document: state.presenter.document(each.document) for each in entry.citations}
    texts = {name: state.contents.text(document) for name, document in cited.items()}
    proof = prove(entry, {name: text for name, text in texts.items() if text is not None})
    earlier: Counter[date] = Counter()
    for citation in entry.citations:
        if texts[citation.document] is None:
            earlier += proved_earlier(citation, cited[citation.document])
    unproved = len(proof.unproved) + len(proof.faults) - earlier.total()
    return source_words.proof_words(state.locale, proof.proved, unproved, earlier)


class Shown(NamedTuple):
    """A picture as a page shows it.

    - ``src``: the address for the page itself; it may be relative to the page.
    - ``address``: the whole address.
    - ``width``, ``height``: in pixels; None if not known.
    """

    src: str
    address: str
    alt: str | None
    credit: str | None
    license: str | None
    width: int | None = None
    height: int | None = None


def _shown(state: SiteState, entry: Entry) -> Shown | None:
    """Return the picture of an entry. None if the entry has no picture or its file is missing."""
    image = entry.image
    if image is None:
        return None
    said = (image.alt, image.credit, image.license)
    if image.url is not None:
        return Shown(image.url, image.url, *said)
    name = image.file or ""
    content = state.contents.pictures(name) if state.has_picture(name) else None
    if content is None:
        return None
    here = f"images/{quote(name)}"
    up = "../../../" if state.site.folder else "../../"
    return Shown(f"{up}{here}", f"{state.site.root}{here}", *said, *size_of(content))


def _data(site: Site, view: OccasionView) -> dict[str, Any]:
    """Return an entry as data of schema.org (an ``Article`` with citations), for search engines."""
    cited = [
        {
            "@type": "CreativeWork",
            "name": source.title,
            "url": source.url,
            "archivedAt": source.archived,
        }
        for source in sources_once(view.sources)
    ]
    data = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": view.title,
        "description": view.summary,
        "url": view.url,
        "inLanguage": view.language,
        "temporalCoverage": view.date.edtf,
        "keywords": list(view.tags),
        "license": site.license,
        "isPartOf": {"@type": "WebSite", "name": site.title, "url": site.url},
        "correction": [
            _comment(locale_of(site.language), each) for each in reversed(view.corrections)
        ],
        "creativeWorkStatus": "Withdrawn" if view.withdrawn else None,
        "citation": [{key: item for key, item in work.items() if item} for work in cited],
    }
    return {key: item for key, item in data.items() if item}


def _comment(locale: Locale, correction: Correction) -> dict[str, str]:
    text = correction_words.correction_words(locale, correction)
    day = correction.on.isoformat()
    return {"@type": "CorrectionComment", "text": text, "dateCreated": day}


def _json(state: SiteState, entry_id: str) -> Page | None:
    entry = state.contents.entry(entry_id)
    return entry and state.json(YearlessView(None, state.site.zone, state.views([entry])))


def _paths(state: SiteState) -> Iterator[str]:
    return (f"/entries/{name}/" for name in state.library.ids())


def _json_paths(state: SiteState) -> Iterator[str]:
    return (f"/entries/{name}/index.json" for name in state.library.ids())


def _picture(state: SiteState, name: str) -> Page | None:
    ending = name.rpartition(".")[2].lower()
    content = None if state.library.hides(name) else state.contents.pictures(name)
    return None if content is None else state.page(content, pictures.MEDIA_TYPES[ending])


def _picture_paths(state: SiteState) -> Iterator[str]:
    """Yield the path of each picture that entries show, if its file is there. No path twice."""
    for name in state.library.pictures():
        if state.has_picture(name):
            yield f"/images/{name}"


ROUTES = (
    route("/entries/{entry}/", _paths, _entry, "An entry with its sources"),
    route(
        "/entries/{entry}/index.json", _json_paths, _json, "An entry, as JSON", schema="occasions"
    ),
)

SHARED = (route("/images/{picture}", _picture_paths, _picture, "A picture of an entry", "image/*"),)
