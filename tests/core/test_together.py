"""Equal answers stand once with all their documents, and a document that is cited twice once."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from onthisday.app.workspace import Almanac
from onthisday.cli import markdown
from onthisday.cli.terminal import Layout
from onthisday.feeds.content import occasion_html
from onthisday.locales.locale import ENGLISH
from onthisday.views.source_words import answer_by, answer_words, source_words
from onthisday.views.together import shared_answers, sources_once
from onthisday.views.view import DayView, OccasionView
from tests.website.fixtures import entry_of, write_almanac

PAGE = "p.\N{NO-BREAK SPACE}"


def told(folder: Path, answers: list[dict[str, Any]], **more: Any) -> OccasionView:
    """Return an occasion of 25 February 1956 with one question. The documents: diary, letter."""
    entry = entry_of("a", "1956-02-25", accounts=[{"question": "Who?", "answers": answers}], **more)
    config = write_almanac(folder, [entry])
    with (folder / "almanac" / "documents.yaml").open("a") as documents:
        documents.write(
            "- id: diary\n  title: A diary\n- id: letter\n  title: The mill, May 1901\n"
        )
    (view,) = Almanac.open(str(config)).on(date(2026, 2, 25)).occasions
    return view


def test_equal_answers_stand_once_with_their_documents_in_the_order_of_the_entry(
    tmp_path: Path,
) -> None:
    answers = [
        {"says": "Ada", "document": "diary"}, {"says": "Ben", "document": "book"},
        {"says": "Ada", "document": "book", "page": "7"}, {"says": "Ada", "document": "diary"},
    ]  # fmt: skip
    view = told(tmp_path, answers)
    (account,) = view.accounts
    shared = [answer_words(ENGLISH, each) for each in shared_answers(account, view.date)]
    assert shared == [f"Ada (A diary; A press, {PAGE}7)", "Ben (A press)"]
    assert shared[0] in occasion_html(ENGLISH, view)
    day = DayView(date(2026, 2, 25), "UTC", (view,), None)
    assert f"    – {shared[0]}" in list(Layout(200).lines(day))
    assert f"- {shared[0]}" in list(markdown.lines(day))
    assert len(account.answers) == 4, "JSON has each answer by itself"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({}, "The mill, May 1901"),
        ({"date": "1956-02-26"}, "“The mill, May 1901”, 26 February 1956"),
        ({"date": "1956-02-25"}, "The mill, May 1901"),
        ({"page": "3", "as": "rumoured"}, f"“The mill, May 1901”, {PAGE}3, rumoured"),
    ],
)
def test_a_title_with_figures_is_not_run_together_with_what_follows(
    tmp_path: Path, answer: dict[str, Any], words: str
) -> None:
    answers = [{"says": "Ada", "document": "letter", **answer}, {"says": "Ben", "document": "book"}]
    view = told(tmp_path, answers)
    shared, _ = shared_answers(view.accounts[0], view.date)
    assert [answer_by(ENGLISH, each) for each in shared.by] == [words]


@pytest.mark.parametrize(
    ("cited", "words"),
    [
        ([{"page": "7"}, {"page": "9"}, {"page": "7"}], "A book, pp.\N{NO-BREAK SPACE}7, 9"),
        ([{}, {"as": "reported"}], "A book — in part reported"),
        ([{"as": "rumoured"}, {"as": "reported"}], "A book — reported and rumoured"),
        ([{"as": "rumoured"}, {"as": "rumoured"}], "A book — rumoured"),
    ],
)
def test_a_document_that_is_cited_twice_stands_once_with_its_pages_and_hedges(
    tmp_path: Path, cited: list[dict[str, Any]], words: str
) -> None:
    sources = [{"document": "book", **each} for each in cited]
    answers = [{"says": says, "document": "diary"} for says in ("Ada", "Ben")]
    view = told(tmp_path, answers, sources=[*sources, {"document": "diary"}])
    first, second = sources_once(view.sources)
    assert source_words(ENGLISH, first) == f"A press, {words}"
    assert second.document == "diary"
    assert len(view.sources) == len(cited) + 1, "JSON has each citation by itself"
