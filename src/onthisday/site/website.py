"""The whole site: all paths that exist on a day, and the content of each path.

`build` and `serve` both call this module, so both give the same bytes for a path.

The content depends only on the site's settings, the library, the day, the pictures and the
documents' texts. Only today's pages, the feeds and the calendars depend on the day. Why: the other
pages show the year of an entry, and not how many years ago it was.

Each module of site/ has its ROUTES: for each kind of path a pattern, the paths that exist, and the
function that makes the page. They exist in each language of the site: for the main one at `/`, for
Italian at `/it/`. What is the same in all languages is SHARED.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from onthisday.checks.logo import logo_fault
from onthisday.config import Site
from onthisday.search.finding import Found
from onthisday.site import (
    correction_pages,
    day_pages,
    document_list,
    document_pages,
    dressing,
    entry_citations,
    entry_list,
    entry_pages,
    feed_paths,
    list_pages,
    schema_pages,
    search_pages,
    tag_pages,
    today_page,
    wikipedia_paths,
)
from onthisday.site.built import Frame, Listed
from onthisday.site.contents import Contents, SiteFiles
from onthisday.site.faults import Fault, fault
from onthisday.site.page import Page, Route, SiteState, only
from onthisday.site.traces import Trace, asked_in, digest_of, noting, trace_of

if TYPE_CHECKING:
    from onthisday.almanac.library import Library

__all__ = ["Page", "Website"]

ROUTES: tuple[Route, ...] = (
    *today_page.ROUTES,
    *feed_paths.ROUTES,
    *day_pages.ROUTES,
    *entry_list.ROUTES,
    *entry_pages.ROUTES,
    *entry_citations.ROUTES,
    *document_list.ROUTES,
    *document_pages.ROUTES,
    *tag_pages.ROUTES,
    *list_pages.ROUTES,
    *correction_pages.ROUTES,
    *dressing.ROUTES,
    *search_pages.ROUTES,
    *wikipedia_paths.ROUTES,
)


def _openapi(state: SiteState) -> Page:
    from onthisday.site import openapi  # only now, as in schema_pages.py

    return state.json(openapi.document(state.site, SHARED, ROUTES))


SHARED: tuple[Route, ...] = (
    *dressing.SHARED,
    *entry_pages.SHARED,
    *search_pages.SHARED,
    *schema_pages.SHARED,
    only("/openapi.json", _openapi, "All that the site answers, as OpenAPI", schema="schema"),
)
"""What is the same in all languages. It exists only once, and pages of all languages lead to it."""

_OF_MAIN = (*SHARED, *ROUTES)

_NO_FILES = SiteFiles()


_ANSWERS = 100_000
"""So many answers to noted questions are kept, because many pages ask the same."""


class Traced(NamedTuple):
    """A page, with what it was made from."""

    page: Page
    trace: Trace


class Website:
    """The site on one day, in all its languages.

    - ``library``: the almanac.
    - ``day``: the day, in the site's zone.
    - ``files``: pictures, texts and the logo. If the logo may not be shown, ``site`` has none.
    - ``changed``: when anything of these changed last; by default, when the almanac did.
    """

    def __init__(
        self,
        site: Site,
        library: "Library",
        day: date,
        files: SiteFiles = _NO_FILES,
        changed: datetime | None = None,
    ) -> None:
        published = library.published(day)
        contents = Contents(site, published, day, files, changed or library.modified)
        self.library, self.day, self._contents = contents.library, day, contents
        self._answer = lru_cache(_ANSWERS)(partial(_answer, contents))
        is_shown_logo = site.logo and logo_fault(site.logo, contents.logo) is None
        self.site = site if is_shown_logo else site._replace(logo=None)
        self._main = SiteState(self.site, contents)
        self._others = {
            f"/{language}": SiteState(self.site.in_language(language), contents)
            for language in site.languages
        }

    def paths(self) -> Iterator[str]:
        """Yield every path that `build` writes, not quoted for a URL. A page's ends with a slash.

        `serve` also answers some others (wikipedia_paths.py).
        """
        yield from _paths(_OF_MAIN, self._main)
        for folder, state in self._others.items():
            yield from (f"{folder}{path}" for path in _paths(ROUTES, state))

    def listed(self) -> Listed:
        """Return the `paths`, with what the list was made from."""
        with noting() as notes:
            paths = tuple(self.paths())
        return Listed(paths, trace_of(notes))

    def render(self, path: str) -> Page | None:
        """Return the page of a path, or None if the site has no such path."""
        state, own = self._at(path)
        for route in _OF_MAIN if state is self._main else ROUTES:
            match = route.pattern.fullmatch(own)
            if match is not None:
                return route.render(state, *match.groups())
        return None

    def traced(self, path: str) -> "Traced | None":
        """Return the page of a path, with what it was made from; None if there is no such path."""
        with noting() as notes:
            page = self.render(path)
        return page and Traced(page, trace_of(notes))

    def is_as(self, trace: Trace) -> bool:
        """Return True if a page that was made from this is the same page now.

        That is so only if the `frame` of its site goes on.
        """
        answer = self._answer
        return self.lasts(trace) and all(answer(asked) == before for asked, before in trace.asked)

    def lasts(self, trace: Trace) -> bool:
        """Return True if a page is the same on this day, if all that it was made from is the same.

        This asks nothing, for whoever knows that nothing else changed.
        """
        return self.day < trace.until

    @property
    def frame(self) -> Frame:
        """What no trace has, because every page is made from it."""
        logo, limits = self._contents.logo or b"", repr(self._contents.library.limits)
        return Frame(digest_of((repr(self.site), logo, limits)), self.day)

    def goes_on(self, before: Frame) -> bool:
        """Return True if pages of a site with this frame may be the same now (`is_as`).

        If something began by itself since its day, such as a correction, nobody knows which pages
        that changed. So it is if the clock was set back.
        """
        opened = self.library.opened
        is_same = self.frame.digest == before.digest and before.day <= self.day
        return is_same and (opened is None or opened <= before.day)

    def is_of_words(self, path: str) -> bool:
        """Return True if a page is made from the words of all entries.

        Such pages are best made by one process: the first takes long, and the others do not.
        """
        return search_pages.is_of_words(self._at(path)[1])

    def topics(self) -> Iterator[tuple[str, str]]:
        """Yield the address of each feed, and a digest of what it says. The main ones are first."""
        for state in (self._main, *self._others.values()):
            yield from feed_paths.topics(state)

    def site_at(self, path: str) -> Site:
        """Return the site in the language of a path, also if there is no such page."""
        return self._at(path)[0].site

    def fault(self, path: str, method: str, status: int) -> Fault:
        """Return what is told if a path cannot be answered. ``status``: why, as HTTP says it."""
        state, own = self._at(path)
        return fault(state.site, own, method, status)

    def can_find(self, path: str) -> bool:
        """Return True if a question can be asked at a path: one of `search_pages.ASKED`."""
        return self._at(path)[1] in search_pages.ASKED

    def results(self, path: str, found: Found) -> Page:
        """Return the page of what was found. ``path``: where it was asked (`can_find`)."""
        return search_pages.results(*self._at(path), found)

    def refusal(self, path: str, asked: str, why: str) -> Page:
        """Return the page that says why nothing can be found now.

        ``why``: a key of `found_words.search_words`.
        """
        return search_pages.refusal(*self._at(path), asked, why)

    def _at(self, path: str) -> tuple[SiteState, str]:
        """Return the site in the language of a path, and the path there: ``/year/`` of both."""
        folder, slash, own = path[1:].partition("/")
        state = self._others.get(f"/{folder}") if slash else None
        return (self._main, path) if state is None else (state, f"/{own}")


def _answer(contents: Contents, question: str) -> str:
    return contents.answer(asked_in(question))


def _paths(routes: Iterable[Route], state: SiteState) -> Iterator[str]:
    for route in routes:
        if route.paths is not None:
            yield from route.paths(state)
