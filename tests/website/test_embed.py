"""The page that other sites show in a frame: how many entries, light or dark, how high."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from onthisday.app.publishing import website_at
from onthisday.site.website import Website
from tests.website.fixtures import SHIPPED, entry_of, open_almanac, serving, write_almanac
from tests.website.test_browser import CHROMIUM, FLAGS, contrast, luminance

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NOW = datetime(2026, 2, 25, 12, tzinfo=UTC)


def html(website: Website, path: str = "/embed/") -> str:
    page = website.render(path)
    assert page is not None
    return page.body.decode()


def titles(page: str) -> list[str]:
    return re.findall(r"entries/(\w+)/#\d+", page)


def test_a_frame_has_ten_entries_at_most_the_round_ones_first_and_shows_three(
    tmp_path: Path,
) -> None:
    entries = [entry_of(f"e{year}", f"{year}-02-25") for year in range(1905, 1925)]
    shown = html(website_at(open_almanac(tmp_path, entries), NOW))
    assert len(titles(shown)) == 10
    assert titles(shown)[:2] == ["e1906", "e1916"]
    assert shown.count("<article") - shown.count(" hidden>") == 3
    assert "Source: A press." in shown


def test_a_frame_of_an_empty_day_shows_what_comes_with_its_day(tmp_path: Path) -> None:
    entries = [entry_of("soon", "1956-02-28"), entry_of("later", "1957-03-01?")]
    shown = html(website_at(open_almanac(tmp_path, entries), NOW))
    assert "Nothing is recorded for 25 February. Next:" in shown
    assert "28 February 2026, 70 years ago" in shown
    assert "1 March 2026, perhaps 69 years ago" in shown


def test_a_frame_of_an_empty_almanac_says_so_and_leads_to_the_site(tmp_path: Path) -> None:
    shown = html(website_at(open_almanac(tmp_path, [entry_of("vague", "1956")]), NOW))
    assert "Nothing is recorded for 25 February.<" in shown
    assert '<a href="https://almanac.example/">On this day</a>' in shown


def test_the_lines_to_copy_are_the_same_on_the_page_and_in_the_recipes(tmp_path: Path) -> None:
    page = html(website_at(open_almanac(tmp_path, []), NOW), "/subscribe/")
    frame, script = (
        unescape(found) for found in re.findall(r"<code>(&lt;.*?)</code>", page, re.DOTALL)
    )
    told = (SHIPPED / "docs" / "own-site.md").read_text("utf-8")
    assert f"{frame.replace('almanac.example', 'history.example.org')}\n{script}\n" in told


def test_a_title_with_quotation_marks_can_be_copied(tmp_path: Path) -> None:
    site = website_at(open_almanac(tmp_path, [], title='Our "town" & <us>'), NOW)
    [frame] = re.findall(r"<code>(&lt;iframe.*?)</code>", html(site, "/subscribe/"))
    assert 'title="Our &#34;town&#34; &amp; &lt;us&gt;"' in unescape(frame)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a site with twelve entries on each day around now."""
    now = datetime.now(UTC)
    days = [now + timedelta(days=ahead) for ahead in range(-2, 3)]
    entries = [
        entry_of(f"e{number}-{day:%m-%d}", f"{1901 + 10 * number}-{day:%m-%d}")
        for number in range(12)
        for day in days
    ]
    config = write_almanac(tmp_path_factory.mktemp("framed"), entries)
    if not CHROMIUM:
        pytest.skip("there is no chromium: apt install chromium")
    with serving(config) as (address, _):
        yield address


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def framed(home: str, *queries: str, script: bool = True) -> str:
    """Return a page of another site with frames, and with the lines that recipes say."""
    told = (SHIPPED / "docs" / "own-site.md").read_text("utf-8")
    lines = told.partition("```html\n")[2].partition("\n```")[0]
    frame, _, code = lines.partition("\n")
    frame = frame.replace("https://history.example.org/", home)
    frames = "".join(f"<div>{frame.replace('?items=3', query)}</div>" for query in queries)
    return f"<!doctype html><title>x</title>{frames}{code if script else ''}"


def shown_whole(page: "Page", place: int) -> list[bool]:
    """Return, for each entry that a frame has in sight, whether all of it is in sight."""
    found: list[bool] = page.frames[place].evaluate(
        """() => {
          const area = document.querySelector(".items").getBoundingClientRect();
          const boxes = [...document.querySelectorAll(".item")].filter(i => !i.hidden)
            .map(i => i.getBoundingClientRect()).filter(b => b.left < area.right - 1);
          return boxes.map(b => b.bottom <= area.bottom + 1 && b.top >= area.top - 1);
        }"""
    )
    return found


QUERIES = ("?items=1", "?items=3&theme=dark", "?items=7", "?items=99", "", "?items=x&theme=y")


@pytest.mark.program
@pytest.mark.browser
@pytest.mark.parametrize("width", [300, 900])
def test_a_frame_is_as_high_as_the_entries_that_were_asked_for(
    browser: "Browser", home: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 700})
    page.set_content(framed(home, *QUERIES))
    page.wait_for_function(
        "[...document.querySelectorAll('iframe')].every(frame => frame.height !== '420')"
    )
    for place, count in enumerate((1, 3, 7, 10, 3, 3), start=1):
        assert shown_whole(page, place) == [True] * count
        scrolls = "document.documentElement.scrollHeight > innerHeight"
        assert not page.frames[place].evaluate(scrolls)
    page.close()


@pytest.mark.program
@pytest.mark.browser
def test_a_frame_whose_page_has_no_script_cuts_no_entry_and_keeps_its_link(
    browser: "Browser", home: str
) -> None:
    for runs in (True, False):
        page = browser.new_context(java_script_enabled=runs).new_page()
        page.set_content(framed(home, "?items=5", script=False))
        frame = page.frame_locator("iframe")
        frame.get_by_role("heading", level=1).wait_for()
        link = frame.get_by_role("link", name="On this day", exact=True).bounding_box()
        height = page.locator("iframe").bounding_box()
        assert link
        assert height
        assert link["y"] + link["height"] <= height["y"] + height["height"]
        if runs:
            whole = shown_whole(page, 1)
            assert 2 <= len(whole) < 5
            assert all(whole)
        page.context.close()


@pytest.mark.program
@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_frame_is_light_or_dark_as_asked_and_else_as_the_reader_is(
    browser: "Browser", home: str, scheme: Any
) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    for query, dark in (("?theme=dark", True), ("?theme=light", False), ("", scheme == "dark")):
        page.goto(f"{home}embed/{query}")
        paper, ink = luminance(page, "backgroundColor"), luminance(page, "color")
        assert (paper < ink) == dark
        assert contrast(paper, ink) > 7
    context.close()
