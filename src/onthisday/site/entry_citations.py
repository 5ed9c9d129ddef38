"""An entry as programs for references read it: `cite.bib` and `cite.json` beside its page.

Both have the entry first, and then each document that it rests on. Used by website.py. Not here:
the formats (citing/).
"""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from onthisday.almanac.entry import Entry
from onthisday.citing import bibtex, csl
from onthisday.citing.work import Work, entry_work, work_of
from onthisday.dates.edtf import parse
from onthisday.dates.historical_date import HistoricalDate
from onthisday.site.page import Page, SiteState, route
from onthisday.views import correction_words


def _citation(form: Any, state: SiteState, entry_id: str) -> Page | None:
    entry = state.contents.entry(entry_id)
    if entry is None:
        return None
    works = (_itself(state, entry), *_documents(state, entry))
    return state.page(b"".join(form.pieces(state.locale, works)), form.MEDIA_TYPE)


def _itself(state: SiteState, entry: Entry) -> Work:
    """Return the entry as a work. Its date is that of its last change, if it was changed."""
    changed = state.contents.changed_by(entry)
    view, last = state.presenter.entry(entry), entry.corrections[-1:]
    gone = correction_words.correction_words(state.locale, last[0]) if view.withdrawn else None
    return entry_work(state.site, view, _dated(changed) if changed else None, gone)


def _dated(day: date) -> HistoricalDate:
    return parse(day.isoformat())


def _documents(state: SiteState, entry: Entry) -> Iterator[Work]:
    """Yield each document that the entry or an answer cites, with all its pages."""
    pages: dict[str, dict[str, None]] = {}
    for citation in entry.citations:
        cited = pages.setdefault(citation.document, {})
        cited |= {citation.page: None} if citation.page else {}
    for name, cited in pages.items():
        yield work_of(state.presenter.document(name), ", ".join(cited) or None)


def _paths(ending: str, state: SiteState) -> Iterator[str]:
    return (f"/entries/{name}/cite.{ending}" for name in state.library.ids())


ROUTES = (
    route(
        "/entries/{entry}/cite.bib",
        partial(_paths, "bib"),
        partial(_citation, bibtex),
        "An entry and its documents, as BibTeX",
        bibtex.MEDIA_TYPE,
    ),
    route(
        "/entries/{entry}/cite.json",
        partial(_paths, "json"),
        partial(_citation, csl),
        "An entry and its documents, as CSL-JSON",
        schema="csl",
    ),
)
