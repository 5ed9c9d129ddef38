"""A site in several languages: its pages, and what `build` and `serve` make of them."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest

from onthisday.app.publishing import write_site
from onthisday.app.workspace import Almanac
from onthisday.locales.locale import SPOKEN, locale_of
from onthisday.service.building import file_name
from tests.website.fixtures import serving, today, write_almanac
from tests.website.languages import LANGUAGES, ROOT, TITLES, bodies, open_languages, website_of
from tests.website.servers import ask
from tests.website.test_readers import NOW


class Link(NamedTuple):
    """A link of a page, with what is said of it."""

    tag: str
    address: str
    said: dict[str, str | None]


class Links(HTMLParser):
    """Collects what a page links to, loads or sends a form to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Link] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        for name in ("href", "src", "action"):
            if address := own.get(name):
                self.found.append(Link(tag, address, own))


def links(page: str) -> list[Link]:
    parser = Links()
    parser.feed(page)
    return parser.found


@pytest.fixture(scope="module")
def almanac(tmp_path_factory: pytest.TempPathFactory) -> Almanac:
    return open_languages(tmp_path_factory.mktemp("languages") / "site")


@pytest.fixture(scope="module")
def pages(almanac: Almanac) -> dict[str, bytes]:
    """Return the bytes of every path."""
    return dict(bodies(website_of(almanac)))


def html(pages: dict[str, bytes]) -> dict[str, str]:
    return {path: body.decode() for path, body in pages.items() if path.endswith("/")}


def folder_of(path: str) -> str:
    return next((each for each in LANGUAGES if each and path.startswith(f"/{each}")), "")


def in_main(path: str) -> str:
    """Return the path of the same page in the main language."""
    return path.replace(f"/{folder_of(path)}", "/", 1)


def test_every_page_feed_and_calendar_is_there_in_each_language(pages: dict[str, bytes]) -> None:
    files = r"(embed|favicon|logo|openapi|style)\.\w+"
    shared = re.compile(rf"/(images/.*|schemas/.*|search/words/.*|{files})")
    main = {path for path in pages if not folder_of(path)}
    once = {path for path in main if shared.fullmatch(path)}
    assert {"/images/wide.png", "/logo.svg", "/style.css", "/embed.js"} < once
    for folder in ("it/", "ar/"):
        own = {in_main(path) for path in pages if folder_of(path) == folder}
        assert own == main - once
    assert len(pages) == 3 * len(main - once) + len(once)


def test_every_link_leads_to_a_path_that_exists(pages: dict[str, bytes]) -> None:
    lost = set()
    for path, page in html(pages).items():
        for link in links(page):
            address = urljoin(f"{ROOT}{quote(path[1:])}", link.address).replace("webcal:", "https:")
            if address.startswith(ROOT) and not address.startswith(f"{ROOT}imprint"):
                found = unquote(urlsplit(address).path)
                if found not in pages:
                    lost.add((path, link.address))
    assert lost == set()


def test_a_link_stays_in_the_language_unless_it_is_for_another(pages: dict[str, bytes]) -> None:
    own = {path for path in pages if folder_of(path)} | {"/"}
    for path, page in html(pages).items():
        for link in links(page):
            address = urljoin(f"{ROOT}{quote(path[1:])}", link.address)
            if "hreflang" not in link.said and address.startswith(ROOT):
                found = unquote(urlsplit(address).path)
                if f"/{folder_of(path)}{found[1:]}" in own or found in own:
                    assert folder_of(found) == folder_of(path), (path, link.address)


def test_every_page_names_the_same_page_in_each_language(pages: dict[str, bytes]) -> None:
    for path, page in html(pages).items():
        found = [each for each in links(page) if each.tag == "link" and "hreflang" in each.said]
        named = {each.said["hreflang"]: each.address for each in found}
        same = quote(in_main(path)[1:])
        expected = {language: f"{ROOT}{folder}{same}" for folder, language in LANGUAGES.items()}
        assert named == expected | {"x-default": f"{ROOT}{same}"}, path
        assert len(found) == len(LANGUAGES) + 1


def test_a_reader_can_change_the_language_on_every_page(pages: dict[str, bytes]) -> None:
    for path, page in html(pages).items():
        if path.endswith("/embed/"):  # it is small, and stands inside another website
            continue
        found = [each for each in links(page) if each.tag == "a" and "hreflang" in each.said]
        same, here = quote(in_main(path)[1:]), f"{ROOT}{quote(path[1:])}"
        for link, (folder, language) in zip(found, LANGUAGES.items(), strict=True):
            assert urljoin(here, link.address) == f"{ROOT}{folder}{same}"
            assert link.said["hreflang"] == link.said["lang"] == language
            assert link.said["dir"] == locale_of(language).direction
            is_here = folder == folder_of(path)
            assert link.said.get("aria-current") == ("page" if is_here else None)
        assert all(f">{name}</a>" in page for name in ("Deutsch", "Italiano", "العربية"))


def test_a_page_says_its_own_words_address_and_title(pages: dict[str, bytes]) -> None:
    for path, page in html(pages).items():
        folder = folder_of(path)
        assert f'<html lang="{LANGUAGES[folder]}"' in page
        assert TITLES[folder] in page
        if not path.endswith("/embed/"):
            assert f'<link rel="canonical" href="{ROOT}{quote(path[1:])}">' in page
    assert "25 febbraio 2026" in html(pages)["/it/"]


def test_who_stays_with_the_main_language_sees_nothing_new(
    almanac: Almanac, pages: dict[str, bytes]
) -> None:
    before = dict(bodies(website_of(almanac, languages=(), titles=())))
    told = re.compile(r'<link rel="alternate" hreflang.*\n|(?s:<ul class="languages">.*?</ul>\n)')
    of_all = re.compile(r"/openapi\.json|/search/(words|search\.js|index\.json)")
    for path, body in before.items():
        if path.endswith((".html", "/")):
            assert told.sub("", pages[path].decode()) == body.decode(), path
        elif not of_all.match(path):  # all languages are named, and the words of all are found
            assert pages[path] == body, path


def test_build_and_serve_give_the_same_bytes(
    almanac: Almanac, pages: dict[str, bytes], tmp_path: Path
) -> None:
    write_site(almanac, str(tmp_path), NOW, lambda _: None)
    for path, body in pages.items():
        assert (tmp_path / file_name(path)).read_bytes() == body, path


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Serve a site in English, Italian and Arabic. Yield its port."""
    said: dict[str, Any] = {"languages": ["it", "ar"]}
    with serving(write_almanac(tmp_path_factory.mktemp("served"), today(), **said)) as (home, _):
        yield int(home.rstrip("/").rpartition(":")[2])


@pytest.mark.program
def test_serve_has_the_paths_of_each_language_and_no_others(served: int) -> None:
    for path in ("/", "/it/", "/ar/entries/", "/it/feed.atom", "/it/404.html", "/style.css"):
        assert ask(served, path).status == 200, path
    for path in ("/it/style.css", "/it/healthz", "/it/it/", "/it/en/", "/de/", "/en/"):
        assert ask(served, path).status == 404, path
    slashless = ask(served, "/it")
    assert (slashless.status, slashless.headers["location"]) == (308, "./it/")


@pytest.mark.program
@pytest.mark.parametrize(("path", "language"), [("/", "en"), ("/it/", "it"), ("/ar/it/", "ar")])
def test_the_page_that_is_lost_is_in_the_language_of_its_path(
    served: int, path: str, language: str
) -> None:
    lost = ask(served, f"{path}none/")
    assert lost.status == 404
    assert f'<html lang="{language}"' in lost.body.decode()


@pytest.mark.program
@pytest.mark.parametrize("folder", ["", "it/"])
def test_each_language_finds_the_words_of_all_and_leads_to_its_own_pages(
    served: int, folder: str
) -> None:
    (hit, *_) = json.loads(ask(served, "/search/index.json?q=summary").body)["hits"]
    found = json.loads(ask(served, f"/{folder}search/index.json?q={quote(hit['when'])}").body)
    assert [each["id"] for each in found["hits"]] == [hit["id"]]
    assert found["hits"][0]["url"] == f"{ROOT}{folder}entries/{hit['id']}/"
    assert (found["hits"][0]["when"] == hit["when"]) == (folder == "")


@pytest.mark.program
def test_who_changes_the_language_keeps_what_was_asked(served: int) -> None:
    page = ask(served, "/it/search/?q=x%22%20y").body.decode()
    assert 'href="../../ar/search/?q=x%22%20y"' in page


def test_no_language_has_the_name_of_another_path(almanac: Almanac) -> None:
    paths = website_of(almanac, languages=(), titles=()).paths()
    first = {path[1:].partition("/")[0].lower() for path in paths} | {"api", "schemas", "healthz"}
    assert first.isdisjoint(SPOKEN)
    assert not [each for each in first if each.partition("-")[0] in SPOKEN]
