"""A row of a table is named as a row, and not as a page."""

import pytest

from onthisday.almanac.entry import row_of
from onthisday.locales.locale import locale_of
from onthisday.views.source_words import source_words
from onthisday.views.view import SourceView


@pytest.mark.parametrize(
    ("page", "row"),
    [
        ("row 12", ("", 12)),
        ("Births, row 2", ("Births", 2)),
        ("A, row 3, row 4", ("A, row 3", 4)),
        ("58", None),
        ("row x", None),
        ("arrow 5", None),
        ("row ²", None),
    ],
)
def test_a_page_may_be_a_row_of_a_sheet(page: str, row: tuple[str, int] | None) -> None:
    assert row_of(page) == row


@pytest.mark.parametrize(
    ("language", "page", "words"),
    [
        ("en", "row 12", "births.csv, row 12"),
        ("de", "row 12", "births.csv, Zeile 12"),
        ("ru", "Births, row 2", "births.csv, Births, строка 2"),
        ("en", "58", "births.csv, p.\N{NO-BREAK SPACE}58"),
    ],
)
def test_readers_are_told_the_row_in_their_language(language: str, page: str, words: str) -> None:
    source = SourceView("births", "births.csv", *(None,) * 5, page, "stated", ())
    assert source_words(locale_of(language), source) == words
