"""Every word and every number that the pages say themselves goes through the catalogues."""

import json
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from itertools import chain

import pytest

import catalogues
from onthisday.app.searching import SearchCache
from onthisday.app.workspace import Almanac
from onthisday.locales.locale import ENGLISH
from onthisday.site import rendering
from onthisday.site.contents import SiteFiles
from onthisday.site.faults import FAULTS, UNKNOWN
from onthisday.site.search_pages import ASKED
from onthisday.site.website import Website
from onthisday.views.found_words import search_words
from tests.pseudo import left_in_english, pieces, pseudo
from tests.website import rich

READ = {"title", "aria-label", "placeholder", "alt", "value"}
"""The attributes that people read or hear."""

DESCRIBING = {"description", "og:title", "og:description", "og:site_name"}

SILENT = {"script", "style", "code"}

DAYS = (date(2026, 2, 25), date(2026, 7, 1))
"""A day that has entries, and one that has none."""


class Texts(HTMLParser):
    """Collects what people read of a page: its text, and the attributes that have words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        if tag in SILENT:
            self._inside.append(tag)
        self.found += [value for name, value in attrs if name in READ and value]
        if (own.get("name") or own.get("property")) in DESCRIBING:
            self.found.append(own["content"] or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.found.append(data)


def texts(page: str) -> list[str]:
    """Return what people read of a page."""
    parser = Texts()
    parser.feed(page)
    return parser.found


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> list[Website]:
    """Return the sites of an almanac that has everything, and of one that has nothing."""
    found = []
    for entries in (list(rich.entries()), []):
        config = rich.write(tmp_path_factory.mktemp("words") / "site", entries, pseudo())
        almanac = Almanac.open(str(config))
        files = SiteFiles(almanac.pictures, almanac.texts)
        found += [Website(almanac.site, almanac.library, day, files) for day in DAYS]
    return found


@pytest.fixture(scope="module")
def pages(sites: list[Website]) -> dict[str, str]:
    """Return all pages of the sites by their paths, and what a search and a fault show."""
    return dict(chain(*map(_pages, range(len(sites)), sites), _faults(sites[0])))


def _pages(number: int, site: Website) -> Iterator[tuple[str, str]]:
    for path in site.paths():
        if path.endswith(("/", ".html")):
            page = site.render(path)
            assert page is not None
            yield f"{number}{path}", page.body.decode()
    for asked in ("μύλος", "τι", "ω", ""):
        found = SearchCache([]).find(site.library, asked, 20, (pseudo(),))
        yield f"{number}/search/?q={asked}", site.results(ASKED[0], found).body.decode()


def _faults(site: Website) -> Iterator[tuple[str, str]]:
    for why in search_words(ENGLISH):
        yield why, site.refusal(ASKED[0], "μύλος", why).body.decode()
    for title, text in (*FAULTS.values(), UNKNOWN):
        yield title, rendering.plain(site.site, title, text)


def test_no_page_has_a_word_or_a_number_that_is_only_english(pages: dict[str, str]) -> None:
    found = {
        text: path
        for path, page in pages.items()
        for text in texts(page)
        if left_in_english(text, *rich.OWN)
    }
    assert found == {}


def test_the_pages_show_every_message_of_the_templates(pages: dict[str, str]) -> None:
    """Otherwise the test above would not see what stands beside it."""
    whole = "".join(pages.values())
    unseen = [each for each in _messages() if not any(_is_in(whole, form) for form in each)]
    assert unseen == []


def _messages() -> Iterator[tuple[str, ...]]:
    """Yield the messages of the templates; one for a number of things has two forms."""
    for message in catalogues.extracted():
        if any(name.startswith("site/templates") for name, _ in message.locations):
            yield (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _is_in(whole: str, message: str) -> bool:
    return all(piece in whole for piece in pieces(message))


def test_what_search_engines_read_of_a_correction_is_not_only_english(
    pages: dict[str, str],
) -> None:
    given = re.search(r'"application/ld\+json">(.*)</script>', pages["0/entries/whole/"])
    assert given is not None
    (correction,) = json.loads(given[1])["correction"]
    assert not left_in_english(correction["text"])


def test_the_script_of_the_search_says_nothing_in_english(sites: list[Website]) -> None:
    page = sites[0].render("/search/search.js")
    assert page is not None
    given = re.search(r"const GIVEN = (.*);", page.body.decode())
    assert given is not None
    said = json.loads(given[1])["said"].values()
    told = chain.from_iterable([each] if isinstance(each, str) else each for each in said)
    assert [text for text in told if left_in_english(text, "{asked}")] == []
