"""For the tests of a site in several languages: German at `/`, and also Italian and Arabic."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from onthisday.app.workspace import Almanac
from onthisday.site.contents import SiteFiles
from onthisday.site.website import Website
from tests.website import rich

ROOT = "https://almanac.example/"

LANGUAGES = {"": "de", "it/": "it", "ar/": "ar"}
"""The languages of the site by their folders."""

TITLES = {"": "Αλμανάκ", "it/": "Accadde oggi", "ar/": "Αλμανάκ"}


def open_languages(folder: Path) -> Almanac:
    """Write the almanac, and open it."""
    site: dict[str, Any] = {"languages": ["it", "ar"], "titles": {"it": "Accadde oggi"}}
    config = rich.write(folder, list(rich.entries()), "de", logo="logo.svg", **site)
    (folder / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    return Almanac.open(str(config))


def website_of(almanac: Almanac, **site: Any) -> Website:
    """Return the site of the almanac, with some settings changed."""
    files = SiteFiles(almanac.pictures, almanac.texts, almanac.logo)
    changed = almanac.site._replace(**site)
    return Website(changed, almanac.library, date(2026, 2, 25), files)


def bodies(website: Website) -> Iterator[tuple[str, bytes]]:
    """Yield every path with its bytes."""
    for path in website.paths():
        page = website.render(path)
        assert page is not None, path
        yield path, page.body
