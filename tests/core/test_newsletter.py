"""`today --format html`: what people paste into a newsletter."""

from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.almanac.entry import Span
from onthisday.app.workspace import Almanac
from onthisday.cli import main
from onthisday.cli.html import Newsletter
from onthisday.config import Site
from onthisday.dates.edtf import parse
from onthisday.views.view import (
    AccountView,
    AnswerView,
    DayView,
    ImageView,
    NextView,
    OccasionView,
    SourceView,
)
from tests.website.fixtures import SHIPPED

SITE = Site("Our town", "https://town.example/", None, None, "UTC", "en", "town.example,2026")
DAY = date(2026, 2, 25)
TAGS = {"div", "h2", "h3", "p", "a", "ul", "li", "em", "img", "br", "span"}
VOID = {"img", "br"}


class Read(HTMLParser):
    """Reads HTML, and collects its texts, links and attributes. Elements must be closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]
        self.open += [tag] if tag not in VOID else []

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def written(day: DayView) -> Read:
    return Read("\n".join(Newsletter(SITE).lines(day)))


def view(text: str, url: str = "https://books.example/1") -> OccasionView:
    """Return an occasion that has a text in every place that can hold one."""
    when = parse("1956-02-25?")
    source = SourceView("book", text, text, None, None, url, None, text, "reported", ())
    answers = tuple(
        AnswerView(says, "rumoured", None, "book", text, None, (Span(1, 2),))
        for says in (f"{text} 1", f"{text} 2")
    )
    return OccasionView(
        "e", "tag:x/2026", when, None, None, 70, True, "event", text, text, text, (text,),
        "neutral", ImageView(url, text, text, text), "https://town.example/entries/e/#2026",
        (source,), (AccountView(text, answers),),
    )  # fmt: skip


def test_what_is_pasted_has_its_sources_and_where_they_differ(
    capsys: pytest.CaptureFixture[str],
) -> None:
    config = str(SHIPPED / "config.yaml")
    assert main(["--config", config, "today", "--date", "2026-02-25", "--format", "html"]) == 0
    told = capsys.readouterr().out
    read = Read(told)
    said = " ".join(" ".join(read.texts).split())
    for words in ("Wednesday, 25 February 2026", "70 years ago · 25 February 1956 · Moscow",
                  "Sources", "Where the sources differ", "How many delegates listened?",
                  "1,500 delegates (History Today, p. 58)"):  # fmt: skip
        assert words in said
    assert "http://127.0.0.1:8080/entries/secret-speech/#2026" in read.links
    assert "date uncertain" in " ".join(written(DayView(DAY, "UTC", (view("x"),), None)).texts)


def test_it_has_its_style_in_itself_and_nothing_that_mail_programs_take_out() -> None:
    read = written(DayView(DAY, "UTC", (view("A title"),), None))
    assert read.attributes == {"style", "href", "src", "alt", "lang"}
    assert all(link.startswith("https://") for link in read.links)


@given(st.text(), st.text())
def test_whatever_an_entry_says_is_text(text: str, more: str) -> None:
    for hostile in (text, f"<{text}>", f"\"{text}'", f"</p><script>{more}</script>&{text};"):
        read = written(DayView(DAY, "UTC", (view(hostile),), NextView("n", DAY, hostile)))
        empty = written(DayView(DAY, "UTC", (), NextView("n", DAY, hostile)))
        assert read.attributes <= {"style", "href", "src", "alt", "lang"}
        assert empty.attributes <= {"style", "href", "lang"}


def test_signs_of_html_are_shown_as_they_are() -> None:
    said = "".join(written(DayView(DAY, "UTC", (view('2 < 3 & so "it" goes'),), None)).texts)
    assert said.count('2 < 3 & so "it" goes') >= 7


def test_an_address_cannot_leave_its_attribute() -> None:
    address = 'https://books.example/"onclick="alert(1)'
    read = written(DayView(DAY, "UTC", (view("x", address),), None))
    assert "onclick" not in read.attributes


def test_the_accent_of_the_house_is_that_of_the_newsletter() -> None:
    site = SITE._replace(colours=SITE.colours._replace(accent="#1f4e8a"))
    lines = Newsletter(site).lines(DayView(DAY, "UTC", (view("x"),), None))
    assert "color:#1f4e8a" in "".join(lines)


def test_a_day_with_nothing_names_the_next_with_its_link() -> None:
    almanac = Almanac.open(str(SHIPPED / "config.yaml"))
    read = written(almanac.on(date(2026, 7, 1)))
    assert "Nothing is recorded for 1 July." in read.texts
    assert read.links == ["https://town.example/entries/khrushchev-dies/"]
