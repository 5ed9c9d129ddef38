"""Every kind of date is said as the tables in golden/spoken/ say, one a language."""

import pytest

from tests.core.spoken import FOLDER, languages, table


@pytest.mark.parametrize("language", languages())
def test_dates_are_said_as_the_table_of_the_language_says(language: str) -> None:
    """If this fails and the new words are right: ``python -m tests.core.spoken``."""
    assert table(language) == (FOLDER / f"{language}.txt").read_text("utf-8")


def test_there_is_a_table_of_english() -> None:
    assert "en" in languages()
