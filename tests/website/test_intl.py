"""A browser's own CLDR (its `Intl`) says dates, numbers, years and lists as our catalogues do."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from onthisday.locales.locale import locale_of
from onthisday.views.date_words import long_day, month_and_day, month_of_year
from onthisday.views.words import years_ago
from tests.website.test_browser import CHROMIUM, FLAGS

try:
    from playwright.sync_api import Page, sync_playwright
except ImportError:  # pragma: no cover
    pytest.skip("there is no playwright: pip install '.[dev]'", allow_module_level=True)

pytestmark = [
    pytest.mark.program,
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="there is no chromium: apt install chromium"),
]

NUMBERS = [999, 1000, 1436, 9999, 10_000, 12_345]
YEARS = [1, 2, 3, 5, 11, 21, 70, 100, 101, 102]

ASKED = """([tag, numbers, years]) => {
  const fixed = { timeZone: "UTC", calendar: "gregory" };
  const on = (day, how) =>
    new Intl.DateTimeFormat(tag, { ...fixed, ...how }).format(new Date(day));
  return {
    numbers: numbers.map((n) => new Intl.NumberFormat(tag).format(n)),
    years: years.map((n) => new Intl.RelativeTimeFormat(tag).format(-n, "year")),
    long: on("2026-01-05", { dateStyle: "full" }),
    day: on("2026-01-05", { month: "long", day: "numeric" }),
    month: on("1953-03-05", { month: "long", year: "numeric" }),
    and: new Intl.ListFormat(tag).format(["a", "b", "c"]),
    or: new Intl.ListFormat(tag, { type: "disjunction" }).format(["a", "b", "c"]),
  };
}"""


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser.new_page()
        browser.close()


@pytest.mark.parametrize(
    "tag",
    ["de", "fr", "it", "es", "pt", "nl", "ru", "ar", "en-US", "pt-PT", "ar-EG", "es-MX", "fr-CA"],
)
def test_the_browser_says_the_same(page: Page, tag: str) -> None:
    locale, day = locale_of(tag), date(2026, 1, 5)
    ours: dict[str, Any] = {
        "numbers": list(map(locale.number, NUMBERS)),
        "years": [years_ago(locale, years) for years in YEARS],
        "long": long_day(locale, day),
        "day": month_and_day(locale, day),
        "month": month_of_year(locale, 1953, 3),
        "and": locale.listed(["a", "b", "c"]),
        "or": locale.listed(["a", "b", "c"], "or"),
    }
    assert _spaced(page.evaluate(ASKED, [tag, NUMBERS, YEARS])) == _spaced(ours)


def _spaced(found: dict[str, Any]) -> dict[str, Any]:
    """Return texts with plain spaces: which space it is changes with CLDR's version."""
    return {
        name: [re.sub(r"\s", " ", each) for each in ([said] if isinstance(said, str) else said)]
        for name, said in found.items()
    }
