"""Every word of `today`, `upcoming`, `search`, feeds and calendars goes through the catalogues."""

import re
from datetime import date
from html import unescape
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from onthisday.app.workspace import Almanac
from onthisday.feeds.calendar import calendar_of
from onthisday.feeds.feed import daily_feed_of, feed_of
from tests.core import almanacs
from tests.pseudo import left_in_english, program, pseudo
from tests.website import rich

DAYS = ("2026-02-25", "2026-07-01")
"""A day that has entries, and one that has none."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an almanac that has everything, in the language that nobody speaks."""
    folder = tmp_path_factory.mktemp("spoken") / "site"
    rich.write(folder, list(rich.entries()), pseudo())
    return folder


def run(folder: Path, *words: str) -> "CompletedProcess[str]":
    """Run the copy of the program that knows the language."""
    return almanacs.run(folder, *words, environ={"PYTHONPATH": program()})


def left(text: str) -> list[str]:
    """Return the lines of a text that have a word that is only English."""
    words = unescape(re.sub(r"<[^>]*>|\]\([^)\s]*\)", " ", text))
    return [line for line in words.splitlines() if left_in_english(line, *rich.OWN, *EDTF)]


EDTF = tuple(sorted((*rich.DATES, "1917-10-12", "1904-02-29"), key=len, reverse=True))
"""`--explain` shows dates as they are written."""


@pytest.mark.program
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("form", ["text", "markdown", "html"])
@pytest.mark.parametrize(
    "words",
    [
        ("today",), ("today", "--days=-2..2"), ("today", "--tag", "μύλος"),
        ("today", "--tag", "ου"), ("today", "--kind", "death", "--tag", "ου"),
        ("upcoming",), ("upcoming", "--milestones"), ("upcoming", "--days", "1"),
    ],
)  # fmt: skip
def test_no_command_says_a_word_that_is_only_english(
    folder: Path, words: tuple[str, ...], form: str, day: str
) -> None:
    shown = run(folder, *words, "--date", day, "--format", form)
    assert shown.returncode == 0, shown.stderr
    assert left(shown.stdout) == []


@pytest.mark.program
@pytest.mark.parametrize("form", ["text", "markdown"])
@pytest.mark.parametrize("asked", ["μύλος", "τίποτα"])
def test_a_search_says_no_word_that_is_only_english(folder: Path, asked: str, form: str) -> None:
    assert left(run(folder, "search", asked, "--format", form).stdout) == []


@pytest.mark.parametrize("day", DAYS)
def test_feeds_and_calendars_say_no_word_that_is_only_english(folder: Path, day: str) -> None:
    almanac, on = Almanac.open(str(folder / "config.yaml")), date.fromisoformat(day)
    site, library = almanac.site, almanac.published(on)
    for feed in (feed_of(site, library, on), daily_feed_of(site, library, on)):
        said = [feed.title, feed.subtitle]
        said += [text for item in feed.items for text in (item.title, item.summary, item.content)]
        assert [line for text in said for line in left(text)] == []
    calendar = calendar_of(site, library, on)
    told = [text for each in calendar.events for text in (each.title, each.description)]
    assert [
        line for text in (calendar.title, calendar.description, *told) for line in left(text)
    ] == []


@pytest.mark.program
def test_a_language_may_be_asked_for_that_the_site_does_not_have(folder: Path) -> None:
    shown = run(folder, "today", "--date", DAYS[1], "--language", "de").stdout
    assert "Für den 1. Juli ist nichts verzeichnet" in shown or "1. Juli" in shown
    paper = run(folder, "today", "--date", DAYS[0], "--language", "ar", "--format", "html").stdout
    assert paper.startswith('<div lang="ar" dir="rtl"')
    refused = run(folder, "today", "--language", "pl")
    assert refused.returncode == 2
    assert "write en, de, fr, it, es, pt, nl, ru, ar" in refused.stderr
