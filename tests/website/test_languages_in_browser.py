"""Pages in other languages in a real browser, above all those from right to left."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.website import rich
from tests.website.fixtures import serving
from tests.website.test_browser import CHROMIUM, FLAGS, overflow

try:
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
    from playwright.sync_api import Browser, Locator, Page, sync_playwright
except ImportError:  # pragma: no cover
    pytest.skip("there is no playwright: pip install '.[dev]'", allow_module_level=True)

pytestmark = [
    pytest.mark.program,
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="there is no chromium: apt install chromium"),
]

PATHS = (
    "/", "/days/02-25/", "/days/02-27/2/", "/year/", "/entries/", "/entries/whole/",
    "/entries/gone/", "/entries/arabic/", "/documents/", "/documents/diary/", "/disputed/",
    "/corrections/", "/tags/", "/search/", "/search/?q=Suez", "/subscribe/", "/embed/", "/nothing/",
)  # fmt: skip

ARABIC = rich.entry(
    "arabic",
    "1956-02-25",
    title="تأميم قناة السويس",
    summary="أعلن جمال عبد الناصر تأميم القناة (Suez Canal) في الإسكندرية.",
    place="الإسكندرية",
    accounts=[
        {
            "question": "كم كان عدد السفن؟",
            "answers": [
                {"says": "14,666 ships", "document": "diary", "page": "7"},
                {"says": "١٤٬٦٦٦ سفينة", "document": "book"},
            ],
        }
    ],
    corrections=[{"on": "2026-02-01", "was": "القاهرة", "now": "Alexandria", "why": "كذا"}],
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module", params=["de", "ru", "ar"])
def home(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Serve an almanac whose texts are Greek and Arabic. Yield the language and the address."""
    folder: Path = tmp_path_factory.mktemp("spoken") / "site"
    others = [each for each in ("de", "ru", "ar") if each != request.param]
    entries = [*rich.entries(), ARABIC]
    config = rich.write(folder, entries, request.param, languages=others)
    with serving(config) as (address, _):
        yield request.param, address.rstrip("/")
    shutil.rmtree(folder)


def test_axe_finds_nothing_and_no_page_scrolls_sideways(
    browser: Browser, home: tuple[str, str]
) -> None:
    language, address = home
    context = browser.new_context(viewport={"width": 360, "height": 740}, bypass_csp=True)
    page, axe = context.new_page(), Axe()
    for path in PATHS:
        page.goto(address + path)
        assert page.locator("html").get_attribute("lang") == language
        found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(rule["id"], [each["html"] for each in rule["nodes"]]) for rule in found] == [], (
            path
        )
        for width in (320, 390, 1100):
            page.set_viewport_size({"width": width, "height": 800})
            assert overflow(page) <= 0, (path, width)
    context.close()


def test_an_arabic_page_is_the_mirror_of_the_others(
    browser: Browser, home: tuple[str, str]
) -> None:
    language, address = home
    context = browser.new_context(viewport={"width": 1100, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/days/02-27/2/")
    is_before = before_in(language)
    assert is_before(page.locator(".masthead .name a"), page.locator(".masthead form"))
    assert is_before(page.locator('[rel="prev"]').first, page.locator('[rel="next"]').first)
    page.goto(f"{address}/entries/arabic/")
    sides = page.locator(".side li")
    assert is_before(sides.first, sides.last)
    assert direction(page, ".side .says >> nth=0") == "ltr"
    assert direction(page, ".side .says >> nth=1") == "rtl"
    assert page.locator("h1").evaluate("e => getComputedStyle(e).direction") == "rtl"
    context.close()


def test_a_reader_changes_the_language_and_sees_the_same_page(
    browser: Browser, home: tuple[str, str]
) -> None:
    language, address = home
    page = browser.new_page()
    page.goto(f"{address}/entries/whole/")
    assert page.locator(".languages [aria-current]").get_attribute("lang") == language
    for each, name in (("ar", "العربية"), ("ru", "Русский"), ("de", "Deutsch")):
        page.get_by_role("link", name=name, exact=True).click()
        folder = "" if each == language else f"/{each}"
        assert page.url == f"{address}{folder}/entries/whole/"
        assert page.locator("html").get_attribute("lang") == each
        assert page.locator("figure img").evaluate("e => e.complete && e.naturalWidth") == 160
    page.close()


def before_in(language: str) -> Any:
    """Return a function: True if one thing stands before another, as people read a line."""

    def is_before(one: "Locator", other: "Locator") -> bool:
        first, second = one.bounding_box(), other.bounding_box()
        assert first is not None
        assert second is not None
        return (first["x"] < second["x"]) is (language != "ar")

    return is_before


def direction(page: "Page", place: str) -> str:
    found: str = page.locator(place).evaluate("e => getComputedStyle(e).direction")
    return found
