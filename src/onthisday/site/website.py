"""The whole site: all paths that exist on a day, and the content of each path.

`build` and `serve` both call this module, so both give the same bytes for a path.

The content depends only on the site's settings, the library, the day, the pictures and the
documents' texts. Only today's pages, the feeds and the calendars depend on the day. Why: the other
pages show the year of an entry, and not how many years ago it was.

Each module of site/ has its ROUTES: for each kind of path a pattern, the paths that exist, and the
function that makes the page.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from onthisday.config import Site
from onthisday.search.finding import Found
from onthisday.site import (
    correction_pages,
    day_pages,
    document_list,
    document_pages,
    dressing,
    entry_list,
    entry_pages,
    feed_paths,
    list_pages,
    search_pages,
    tag_pages,
    today_page,
)
from onthisday.site.page import Page, Route, SiteFiles, SiteState

if TYPE_CHECKING:
    from onthisday.almanac.library import Library

__all__ = ["Page", "Website"]

ROUTES: tuple[Route, ...] = (
    *today_page.ROUTES,
    *feed_paths.ROUTES,
    *day_pages.ROUTES,
    *entry_list.ROUTES,
    *entry_pages.ROUTES,
    *document_list.ROUTES,
    *document_pages.ROUTES,
    *tag_pages.ROUTES,
    *list_pages.ROUTES,
    *correction_pages.ROUTES,
    *dressing.ROUTES,
    *search_pages.ROUTES,
)


_NO_FILES = SiteFiles()


class Website:
    """The site on one day.

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
        self.library, self.day = library.published(day), day
        changed = changed or library.modified
        self._state = SiteState(site, self.library, day, files, changed)
        self.site = self._state.site

    def paths(self) -> Iterator[str]:
        """Yield every path of the site, not quoted for a URL. A path that ends with / is a page."""
        for route in ROUTES:
            yield from route.paths(self._state)

    def render(self, path: str) -> Page | None:
        """Return the page of a path, or None if the site has no such path."""
        for route in ROUTES:
            match = route.pattern.fullmatch(path)
            if match is not None:
                return route.render(self._state, *match.groups())
        return None

    def results(self, path: str, found: Found) -> Page:
        """Return the page of what was found. ``path``: one of `search_pages.ASKED`."""
        return search_pages.results(self._state, path, found)

    def refusal(self, path: str, asked: str, why: str) -> Page:
        """Return the page that says why nothing can be found now.

        ``why``: a key of `found_words.search_words`.
        """
        return search_pages.refusal(self._state, path, asked, why)
