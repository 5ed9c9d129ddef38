"""The pages in a real browser: narrow and wide, light and dark, by keyboard, without scripts.

axe-core, from the package axe-playwright-python, checks that people with a handicap can use them.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import escape
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from onthisday.almanac.entry import Span
from onthisday.site.text_fragments import link_to_passage
from tests.website.fixtures import SHIPPED, entry_of, png, serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
try:
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
    from playwright.sync_api import Browser, Page, sync_playwright
except ImportError:  # pragma: no cover
    pytest.skip("there is no playwright: pip install '.[dev]'", allow_module_level=True)

pytestmark = [
    pytest.mark.program,
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="there is no chromium: apt install chromium"),
]

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip

TEXT = "It was a dry spring. In May, the mill at the weir burned down twice, and nobody knew why.\n"
DIARY = f"""
- id: diary
  title: A diary
  language: en
  url: https://diary.example.org/1901#may
  rights: Public domain
  file: diary.txt
  sha256: {hashlib.sha256(TEXT.encode()).hexdigest()}
"""

LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30">'
    '<rect width="90" height="30" fill="#1f4e8a"/></svg>'
)

KINDS = {
    "today": "/", "day": "/days/02-25/", "empty": "/days/07-01/", "year": "/year/",
    "entry": "/entries/secret-speech/", "odd": "/entries/odd/", "cited": "/entries/cited/",
    "document": "/documents/fakti-2025/",
    "tags": "/tags/", "tag": "/tags/soviet-union/", "disputed": "/disputed/",
    "entries": "/entries/", "documents": "/documents/",
    "search": "/search/", "found": "/search/?q=stalin+moscow",
    "subscribe": "/subscribe/", "embed": "/embed/", "asked": "/embed/?items=9",
    "list": "/tags/many/2/", "lost": "/nothing/",
}  # fmt: skip


def entries() -> Iterator[dict[str, Any]]:
    """Yield entries for every day around now, an entry that is hard to lay out, and a long list."""
    now = datetime.now(UTC)
    cited = {"sources": [{"document": "fakti-2025"}]}
    for ahead in range(-3, 4):
        day = now + timedelta(days=ahead)
        yield entry_of(f"e{day:%m-%d}", f"1926-{day:%m-%d}", tone="festive", **cited)
    yield entry_of(
        "odd",
        "1582-10-05",
        calendar="julian",
        title="<script>alert(1)</script> Donaudampfschifffahrtselektrizitätenhauptbetriebswerk"
        "bauunterbeamtengesellschaft",
        summary="x" * 200 + " 日本語のとても長い文章。" * 10,
        place="Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
        tags=["many", "dampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten", "été"],
        image={"file": "wide.png", "alt": "A red bar", "credit": "Nobody", "license": "CC0"},
        **cited,
    )
    locator = {"start": TEXT.index("the mill"), "end": TEXT.index(" down")}
    answers = [{"says": "Once", "document": "diary", "locator": locator},
               {"says": "Twice", "document": "fakti-2025"}]  # fmt: skip
    yield entry_of(
        "cited",
        "1901",
        sources=[{"document": "diary", "locator": locator}],
        accounts=[{"question": "How often?", "answers": answers}],
    )
    for number in range(12):
        said = f"{'It went on and on. ' * (10 + 5 * number)}The end of crowd{number}."
        yield entry_of(f"crowd{number}", f"{1800 + number}-03-07", summary=said, **cited)
    for number in range(150):
        yield entry_of(f"m{number}", f"{1700 + number}", tags=["many"], **cited)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("browsed")
    shutil.copytree(SHIPPED / "almanac", folder / "almanac")
    lines = "".join(f"{json.dumps(entry)}\n" for entry in entries())
    (folder / "almanac" / "more.jsonl").write_text(lines)
    (folder / "almanac" / "diary.txt").write_text(TEXT)
    with (folder / "almanac" / "documents.yaml").open("a") as documents:
        documents.write(DIARY)
    (folder / "almanac" / "wide.png").write_bytes(png(1600, 40))
    config = (SHIPPED / "config.yaml").read_text()
    links = 'site:\n  links: [{text: Imprint, url: "https://example.org/imprint"}]\n'
    logo = "  logo: logo.svg\n"
    (folder / "logo.svg").write_text(LOGO)
    (folder / "config.yaml").write_text(config.replace("site:\n", f"{links}{logo}", 1))
    with serving(folder / "config.yaml") as (address, _):
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
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert [line for line in said if "404 (Not Found)" not in line] == []


def overflow(page: Page) -> int:
    """Return how many pixels the page is wider than the window."""
    width: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return width


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_scrolls_sideways_or_complains(page: Page, home: str, kind: str) -> None:
    page.goto(home + KINDS[kind])
    for width in (320, 360, 768, 1400):
        page.set_viewport_size({"width": width, "height": 800})
        assert overflow(page) <= 0, f"{kind} at {width}"
    assert page.locator("h1").count() == 1
    assert page.title()
    assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(browser: Browser, home: str, kind: str, scheme: Any) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    page.goto(home + KINDS[kind])
    rules = {"runOnly": ["color-contrast"]} if scheme == "dark" else {}
    found = Axe().run(page, options={"resultTypes": ["violations"], **rules}).response["violations"]
    context.close()
    assert [
        (rule["impact"], rule["id"], [node["html"] for node in rule["nodes"]][:3]) for rule in found
    ] == []


def test_dark_mode_turns_the_paper_dark_and_the_ink_light(browser: Browser, home: str) -> None:
    shades = {}
    schemes: tuple[Any, ...] = ("light", "dark")
    for scheme in schemes:
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(f"{home}/entries/secret-speech/")
        shades[scheme] = [luminance(page, name) for name in ("backgroundColor", "color")]
        context.close()
    (light_paper, light_ink), (dark_paper, dark_ink) = shades["light"], shades["dark"]
    assert contrast(light_paper, light_ink) > 7
    assert contrast(dark_paper, dark_ink) > 7
    assert light_paper > 0.5 > dark_paper


def luminance(page: Page, name: str) -> float:
    """Return the relative luminance of a colour of the page's body (WCAG 2.2)."""
    said: str = page.evaluate(f"getComputedStyle(document.body).{name}")
    parts = [int(part) / 255 for part in said[said.index("(") + 1 : -1].split(",")[:3]]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: float, other: float) -> float:
    low, high = sorted((one, other))
    return (high + 0.05) / (low + 0.05)


def test_all_of_it_works_with_scripts_off(browser: Browser, home: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{home}/")
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Year").click()
    page.get_by_role("region", name="February").get_by_role("link", name="25").click()
    assert page.url == f"{home}/days/02-25/"
    page.get_by_role("link", name="Khrushchev denounces Stalin in a closed session").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Khrushchev denounces")
    page.get_by_role("link", name="Fakti").first.click()
    assert "/documents/fakti-2025/" in page.url
    context.close()


def test_the_first_tab_offers_to_skip_to_the_content(page: Page, home: str) -> None:
    page.goto(f"{home}/entries/secret-speech/")
    skip = page.get_by_role("link", name="Skip to the content")
    page.keyboard.press("Tab")
    assert skip.evaluate("link => link === document.activeElement")
    box = skip.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_what_has_the_focus_can_be_seen(page: Page, home: str) -> None:
    page.goto(f"{home}/")
    for _ in range(8):
        page.keyboard.press("Tab")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style == "solid"


def test_answers_stand_side_by_side_where_there_is_room(page: Page, home: str) -> None:
    page.goto(f"{home}/entries/secret-speech/")

    def tops() -> list[float]:
        boxes = [item.bounding_box() for item in page.locator(".side").first.locator("> li").all()]
        return [box["y"] for box in boxes if box]

    narrow = tops()
    page.set_viewport_size({"width": 1400, "height": 900})
    wide = tops()
    assert len(set(narrow)) == len(narrow) == 2
    assert len(set(wide)) == 1


def test_markup_in_an_entry_is_shown_as_text(page: Page, home: str) -> None:
    page.goto(f"{home}/entries/odd/")
    assert page.get_by_role("heading", level=1).inner_text().startswith("<script>alert(1)</script>")


def test_a_picture_keeps_its_shape_on_a_phone(page: Page, home: str) -> None:
    page.goto(f"{home}/entries/odd/")
    picture = page.get_by_role("img", name="A red bar")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    assert box is not None
    assert box["width"] <= 360
    assert box["width"] / box["height"] == pytest.approx(40, rel=0.1)


def test_another_site_may_frame_today_and_its_links_leave_the_frame(
    browser: Browser, home: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.set_content(f'<iframe src="{home}/embed/" title="x" width="360" height="320"></iframe>')
    frame = page.frame_locator("iframe")
    frame.get_by_role("heading", level=1).wait_for(timeout=5000)
    link = frame.get_by_role("link").first
    assert (link.get_attribute("href") or "").startswith("http://127.0.0.1:8080/entries/")
    with context.expect_page() as opened:  # nobody answers at the shipped address
        link.click()
    assert opened.value != page
    assert frame.get_by_role("heading", level=1).is_visible()
    context.close()


def test_a_printed_page_has_the_entry_and_no_navigation(page: Page, home: str) -> None:
    page.goto(f"{home}/entries/secret-speech/")
    page.emulate_media(media="print")
    assert page.get_by_role("heading", level=1).is_visible()
    assert not page.locator(".masthead nav").is_visible()
    assert not page.locator("footer").is_visible()
    assert page.locator(".printed").inner_text().endswith("/entries/secret-speech/")


@pytest.mark.parametrize("kind", ["year", "day", "entry", "odd"])
def test_print_is_black_on_white_also_for_a_reader_whose_screen_is_dark(
    browser: Browser, home: str, kind: str
) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(home + KINDS[kind])
    page.emulate_media(media="print", color_scheme="dark")
    assert luminance(page, "backgroundColor") == 1
    assert luminance(page, "color") == 0
    found = "[...document.querySelectorAll('.when, .by, .label')]"
    accents = f"{found}.map(each => getComputedStyle(each).color)"
    assert set(page.evaluate(accents)) <= {"rgb(0, 0, 0)", "rgb(51, 51, 51)"}
    context.close()


def test_no_entry_is_broken_across_printed_pages(browser: Browser, home: str) -> None:
    page = browser.new_page()
    page.goto(f"{home}/days/03-07/")
    printed = PdfReader(BytesIO(page.pdf(format="A5"))).pages
    texts = [" ".join(each.extract_text().split()) for each in printed]
    assert len(texts) > 2
    for number in range(12):
        place = next(n for n, text in enumerate(texts) if f"What crowd{number} was" in text)
        assert f"The end of crowd{number}." in texts[place], number
    page.close()


def test_pages_tell_machines_what_they_are(page: Page, home: str) -> None:
    page.goto(f"{home}/entries/secret-speech/")
    said = json.loads(page.locator('script[type="application/ld+json"]').inner_text())
    assert said["@context"] == "https://schema.org"
    assert said["temporalCoverage"] == "1956-02-25"
    assert page.locator('meta[property="og:title"]').get_attribute("content")
    assert page.locator('link[rel="alternate"]').count() >= 4


@pytest.mark.parametrize("kind", KINDS)
def test_headings_descend_one_level_at_a_time(page: Page, home: str, kind: str) -> None:
    page.goto(home + KINDS[kind])
    levels = page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])"
    )
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_subscribe_page_leads_to_feeds_calendars_and_lists(page: Page, home: str) -> None:
    page.goto(f"{home}/subscribe/")
    links = {link.get_attribute("href") for link in page.get_by_role("link").all()}
    assert {"../feed.atom", "../daily.rss", "../disputed/feed.json", "../feeds.opml"} <= links
    assert "webcal://127.0.0.1:8080/calendar.ics" in links


def screenshots(folder: Path, home: str) -> None:
    """Save a picture of every kind of page, for a person to look at."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for name, width, scheme in (("phone", 360, "light"), ("wide", 1400, "dark")):
            context = browser.new_context(
                viewport={"width": width, "height": 800},
                color_scheme=scheme,  # type: ignore[arg-type]
            )
            page = context.new_page()
            for kind, path in KINDS.items():
                page.goto(home + path)
                page.screenshot(path=folder / f"{kind}-{name}.png", full_page=True)
        browser.close()


def test_the_cited_words_are_marked_within_their_sentence(page: Page, home: str) -> None:
    page.goto(f"{home}/entries/cited/")
    quoted = page.locator(".sources blockquote")
    assert quoted.inner_text() == TEXT.partition(". ")[2].strip()
    assert quoted.locator("mark").inner_text() == "the mill at the weir burned"
    assert not page.locator(".side blockquote").is_visible()
    page.locator(".side summary").click()
    assert page.locator(".side blockquote mark").is_visible()


@pytest.mark.parametrize(
    "passage",
    [
        "It rained, again & again - all of the well-known May of 1901; nobody knew why",
        "The mill burned.\nNobody was hurt, and it was never built again by anyone who lived there",
        "ll burned.\nNobody was hu",
        "a second time, “as before”",
    ],
)
def test_a_link_to_a_passage_leads_the_browser_to_it(
    page: Page, tmp_path: Path, passage: str
) -> None:
    said = (
        "It rained, again & again - all of the well-known May of 1901; nobody knew why.\n"
        "The mill burned.\n"
        "Nobody was hurt, and it was never built again by anyone who lived there.\n"
        "It happened a second time, “as before”.\n"
    )
    filler = "Nothing at all is told of these years.\n" * 200
    text = f"{filler}{said}{filler}"
    file = tmp_path / "page.html"
    lines = "".join(f"<p>{escape(line)}</p>\n" for line in text.splitlines())
    file.write_text(f"<!doctype html><meta charset=utf-8><title>x</title>{lines}", "utf-8")
    start = text.index(passage)
    link = link_to_passage(file.as_uri(), text, Span(start, start + len(passage)))
    page.goto(link)
    page.wait_for_function("scrollY > 0", timeout=5_000)
    shown = page.evaluate(
        "() => { const p = [...document.querySelectorAll('p')][200].getBoundingClientRect();"
        " return p.top > -200 && p.bottom < innerHeight + 200; }"
    )
    assert shown
