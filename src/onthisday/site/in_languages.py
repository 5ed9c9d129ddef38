"""The same page in each language of the site: for search engines, and for the reader's choice.

Used by rendering.py. Why no page leads to another language by itself, from what a browser asks for
(``Accept-Language``): an address always gives the same page, so that it can be kept, cited and
copied. And who follows a link gets what the link says.
"""

from typing import NamedTuple

from onthisday.config import Site
from onthisday.locales.locale import Direction, locale_of


class InLanguage(NamedTuple):
    """A page in one language of the site.

    - ``name``: the language, in its own words.
    - ``href``: the way from the page that has the link. ``url``: the whole address.
    - ``is_here``: True for the page that has the link.
    """

    language: str
    name: str
    direction: Direction
    href: str
    url: str
    is_here: bool


def in_languages(site: Site, root: str, path: str) -> tuple[InLanguage, ...]:
    """Return a page in each language, the main one first; nothing if the site has only one.

    - ``root``: the way from the page to `/`.
    - ``path``: the path of the page in its language, without the first slash.
    """
    if not site.languages:
        return ()
    return tuple(_page(site, *each, root, path) for each in site.folders)


def _page(site: Site, language: str, folder: str, root: str, path: str) -> InLanguage:
    locale, here = locale_of(language), folder == site.folder
    href, url = f"{root}{folder}{path}", f"{site.root}{folder}{path}"
    return InLanguage(language, locale.name, locale.direction, href, url, here)
