"""Every kind of date is said as the tables in golden/spoken/ say, one a language."""

import re

import pytest

from onthisday.dates.edtf import parse
from onthisday.locales.locale import ENGLISH
from onthisday.views.historical_words import spoken
from tests.core.almanacs import ROOT
from tests.core.spoken import FOLDER, languages, table


@pytest.mark.parametrize("language", languages())
def test_dates_are_said_as_the_table_of_the_language_says(language: str) -> None:
    """If this fails and the new words are right: ``python -m tests.core.spoken``."""
    assert table(language) == (FOLDER / f"{language}.txt").read_text("utf-8")


def test_there_is_a_table_of_english() -> None:
    assert "en" in languages()


def test_the_docs_show_what_readers_see() -> None:
    page = (ROOT / "docs" / "almanac.md").read_text("utf-8").partition("| write | readers see |")[2]
    rows = re.findall(r'^\| `"(.+?)"` \| (.+) \|$', page, re.MULTILINE)[:10]
    assert len(rows) == 10
    for text, shown in rows:
        assert shown.startswith(spoken(ENGLISH, parse(text))), text
