"""Searching on the site: the page and JSON of `serve`, and a static site by its script."""

import http.server
import json
import random
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from onthisday.app.caches import search_cache
from onthisday.app.publishing import website_at, write_site
from onthisday.app.workspace import Almanac, Workspace
from onthisday.search.folding import fold
from onthisday.search.query import query_of
from tests.search.hostile import HOSTILE
from tests.search.test_finding import ENTRIES
from tests.website.fixtures import open_almanac, serving
from tests.website.test_browser import CHROMIUM, FLAGS

try:
    from playwright.sync_api import Browser, Page, sync_playwright
except ImportError:  # pragma: no cover
    pytest.skip("there is no playwright: pip install '.[dev]'", allow_module_level=True)

pytestmark = [
    pytest.mark.program,
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="there is no chromium: apt install chromium"),
]

ALPHABETS = {
    "Latin": "aáàâäãåæçéèêëíñóöøœßðþłđħŧıİŁÉÇœǆﬁ’-1½Ⅳ e\u0301n\u0303",
    "Cyrillic": "абвгґдеёжзийіїкъыьэюяЁЙЇ и\u0306",
    "Greek": "αάβγεέηήθιίϊΐκςσΣΆΏὈ ᾳ",
    "Arabic": "ابتثةىيأإآٱؤئءـمُحَمَّد٠١٩ کگیۀ۰۹\u200c",
    "Hebrew": "אבגדהשׁשּׂלוֹםךםן־״",
    "Devanagari": "अआइकखगक़ज़हिन्दी१२९ नमस्ते",
    "Thai": "กขคงจฉชาำิีึืุูเแโใไ็่้๊๋์ๆ๑๙ฯ",
    "Khmer": "កខគឃងចាិីឹុូួើេែៃោះ់៉្១៩។",
    "Japanese": "日本語あいうがぎぐぱアイウガギヴーｱｶﾞ々〇・。",
    "Chinese": "中文汉字漢字歷史历史年月一二三，。𠀀豈",
    "Korean": "한국어서울에서가나다 ㅎㅏㄴ\u1112\u1161",
}  # fmt: skip


@contextmanager
def static_server(folder: Path) -> Iterator[str]:
    """Serve a folder as any server of files does. Yield its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

    handler = partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the config of an almanac with entries in several scripts."""
    folder = tmp_path_factory.mktemp("searching")
    open_almanac(folder, ENTRIES, languages=["de"])
    return folder / "config.yaml"


@pytest.fixture(scope="module")
def static(config: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("built")
    write_site(Almanac.open(str(config)), str(folder), datetime.now(UTC), lambda _: None)
    with static_server(folder) as address:
        yield address


@pytest.fixture(scope="module")
def served(config: Path) -> Iterator[str]:
    with serving(config) as (address, _):
        yield address.rstrip("/")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Yield a page. Fail the test if the browser wrote anything on its console."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("response", lambda reply: said.append(reply.url) if reply.status >= 400 else None)
    yield page
    context.close()
    assert [line for line in said if "favicon.ico" not in line and "404 (" not in line] == []


def found_on(page: Page, address: str) -> tuple[str, list[str]]:
    """Open a page that searches. Return what it says, and the HTML of its hits."""
    page.goto(address)
    page.wait_for_function("document.getElementById('said').textContent")
    return str(page.inner_text("#said")), [
        item.inner_html().replace("\n", "") for item in page.locator("#hits li").all()
    ]


def texts() -> list[str]:
    """Return 1,100 texts in eleven scripts."""
    chance = random.Random(7)
    return [
        "".join(chance.choices(alphabet, k=chance.randint(1, 30)))
        for alphabet in ALPHABETS.values()
        for _ in range(100)
    ]


def test_the_browser_folds_as_python_does(page: Page, static: str) -> None:
    page.goto(f"{static}/search/")
    asked = texts()
    assert len(asked) >= 1000
    assert page.evaluate("texts => texts.map(fold)", asked) == [fold(text) for text in asked]


def test_the_browser_reads_questions_as_python_does(page: Page, static: str) -> None:
    page.goto(f"{static}/search/")
    asked = [
        *texts(),
        '"a b" c',
        "„x y“ z",
        "25.2.1956",
        "a",
        "日",
        "日本 ",
        "2026年",
        "no ",
        '"',
        "a b c d e f g h i j k l m n o p q r s t u v w x y z",
        '"' + "mi " * 30 + '" x',
        "1.2.3.4.5.6.7.8.9.10.11.12.13.14",
    ]
    terms = page.evaluate(
        "texts => texts.map(text => termsOf(text)"
        ".map(({text, words, begun, typed}) => [text, words, begun, typed]))",
        asked,
    )
    for text, own in zip(asked, terms, strict=True):
        assert own == [[t, list(w), b, y] for t, w, b, y in query_of(text).terms], text


@pytest.mark.parametrize(
    "asked",
    ["needle", "needle ", "lodz", "大学", "東", "มหา", "strasse", "soviet union", "1851", "book",
     '"needle is found"', '"found needle"', "needle zebra", "n", "found need", "…", "1 May 1851",
     "1. Mai 1851"],
)  # fmt: skip
@pytest.mark.parametrize("folder", ["", "/de"])
def test_a_static_site_shows_what_serve_shows(
    page: Page, static: str, served: str, asked: str, folder: str
) -> None:
    path = f"{folder}/search/?q={quote(asked)}"
    assert found_on(page, static + path) == found_on(page, served + path)


def test_what_is_found_changes_while_a_person_types(page: Page, static: str, served: str) -> None:
    for home in (static, served):
        page.goto(f"{home}/search/")
        box = page.get_by_role("searchbox")
        box.focus()
        page.keyboard.type("lod")
        page.get_by_text("1 entry with “lod”.").wait_for(timeout=5000)
        page.keyboard.type("x")
        page.get_by_text("No entry has “lodx”.").wait_for(timeout=5000)
        assert page.url.endswith("/search/?q=lodx")
        page.keyboard.press("Backspace")
        page.get_by_text("1 entry with “lod”.").wait_for(timeout=5000)
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{home}/entries/place/")


def test_every_page_has_a_box_that_leads_to_what_is_found(
    page: Page, static: str, served: str
) -> None:
    for home in (static, served):
        page.goto(f"{home}/year/")
        page.get_by_role("searchbox").fill("needle")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{home}/search/?q=needle")
        page.locator("#hits li").first.wait_for(timeout=5000)
        assert page.get_by_role("searchbox").input_value() == "needle"


def test_without_scripts_serve_answers_and_a_static_site_names_the_lists(
    browser: Browser, static: str, served: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}/search/?q=lodz")
    assert page.inner_text("#said") == "1 entry with “lodz”."
    assert page.locator("#hits li").count() == 1
    page.goto(f"{static}/search/?q=lodz")
    assert "only with JavaScript" in page.inner_text("main")
    page.get_by_role("link", name="tag", exact=True).click()
    assert page.url == f"{static}/tags/"
    context.close()


@pytest.mark.parametrize("asked", ["<script>alert(1)</script>", "<b>x", '"><img src=x>', "\\", "%"])
def test_what_is_asked_is_shown_as_text(page: Page, static: str, served: str, asked: str) -> None:
    for home in (static, served):
        found_on(page, f"{home}/search/?q={quote(asked)}")
        assert page.locator("main img, main b, main script").count() == 0
        assert page.get_by_role("searchbox").input_value() == asked


def test_the_page_is_the_same_from_build_and_from_serve(config: Path, served: str) -> None:
    website = website_at(Almanac.open(str(config)), datetime.now(UTC))
    for path in ("/search/", "/search/search.js", "/search/index.json", "/search/words/0.json",
                 "/search/entries/0.json"):  # fmt: skip
        built = website.render(path)
        assert built is not None
        with urllib.request.urlopen(f"{served}{path}") as reply:
            assert reply.read() == built.body, path


def test_too_many_entries_have_no_files_of_words(
    tmp_path: Path, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onthisday.site.search_pages.MOST_ENTRIES", 5)
    folder = tmp_path / "built"
    write_site(open_almanac(tmp_path, ENTRIES), str(folder), datetime.now(UTC), lambda _: None)
    assert not (folder / "search" / "words").exists()
    with static_server(folder) as home:
        said, hits = found_on(page, f"{home}/search/?q=needle")
    assert (said.startswith("Here are too many entries"), hits) == (True, [])


def test_no_question_of_a_stranger_does_harm(served: str) -> None:
    for asked in HOSTILE:
        if len(asked) > 2000:
            continue
        words = quote(asked.encode("utf-8", "surrogatepass"))
        for path in (f"/search/?q={words}", f"/search/index.json?q={words}&limit=1000000"):
            with urllib.request.urlopen(f"{served}{path}") as reply:
                body = reply.read()
            assert len(body) < 100_000
            if "index.json" in path and body.startswith(b'{"q"'):
                assert len(json.loads(body)["hits"]) <= 100
    with urllib.request.urlopen(f"{served}/healthz") as reply:
        assert json.load(reply)["status"] == "ok"


@pytest.mark.parametrize(
    "query", ["", "?", "?q=", "?q=+", "?x=1", "?" + "&".join(f"q{n}=1" for n in range(50))]
)
def test_a_question_of_nothing_gets_the_page(served: str, query: str) -> None:
    with urllib.request.urlopen(f"{served}/search/{query}") as reply:
        body = reply.read()
    with urllib.request.urlopen(f"{served}/search/") as reply:
        assert reply.read() == body


def test_the_workspace_keeps_the_index_beside_the_compiled_almanac(config: Path) -> None:
    workspace = Workspace(str(config))
    search_cache(workspace).prepare(workspace.almanac().library.published(datetime.now(UTC).date()))
    assert (config.parent / "var" / "cache" / "config.yaml.search.db").exists()
