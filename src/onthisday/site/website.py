"""The site: which paths it has on a day, and what each holds. `build` and `serve` both ask here,
so the same path has the same bytes from either.

A function of site, library, day and the pictures beside the almanac. Only `/`, `/embed/`, feeds and
calendars depend on the day; other pages say the year, not the years since. What a path holds is
said in one module a section, each with its ROUTES: a pattern, the paths of it that exist, and what
renders one.
"""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from onthisday.config import Site
from onthisday.site import (
    day_pages,
    document_pages,
    entry_pages,
    feed_paths,
    list_pages,
    tag_pages,
    today_page,
)
from onthisday.site.page import Files, Page, Route, SiteState

if TYPE_CHECKING:
    from onthisday.almanac.library import Library

__all__ = ["Page", "Website"]

ROUTES: tuple[Route, ...] = (
    *today_page.ROUTES,
    *feed_paths.ROUTES,
    *day_pages.ROUTES,
    *entry_pages.ROUTES,
    *document_pages.ROUTES,
    *tag_pages.ROUTES,
    *list_pages.ROUTES,
)


def _nothing(_name: str) -> bytes | None:
    return None


class Website:
    """The site in one state of its library, on one day of its zone.

    ``pictures`` gives a picture that is kept beside the almanac by its name, ``texts`` the text of
    a document.
    """

    def __init__(
        self,
        site: Site,
        library: "Library",
        day: date,
        pictures: Files = _nothing,
        texts: Files = _nothing,
    ) -> None:
        self.site, self.library, self.day = site, library, day
        self._state = SiteState(site, library, day, pictures, texts)

    def paths(self) -> Iterator[str]:
        """Yield every path, as it stands in an address unquoted; one that ends in / is a page."""
        for route in ROUTES:
            yield from route.paths(self._state)

    def render(self, path: str) -> Page | None:
        """Return what a path holds, or None where the site has no such path."""
        for route in ROUTES:
            match = route.pattern.fullmatch(path)
            if match is not None:
                return route.render(self._state, *match.groups())
        return None
