"""`onthisday search` as people call it."""

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.core.almanacs import ROOT
from tests.core.test_commands import refused, said

pytestmark = pytest.mark.program


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a copy of the shipped config and almanac."""
    folder = tmp_path_factory.mktemp("searched")
    shutil.copytree(ROOT / "almanac", folder / "almanac")
    shutil.copy(ROOT / "config.yaml", folder)
    return folder


def test_what_is_found_has_its_date_its_place_its_title_and_the_words_around(
    shipped: Path,
) -> None:
    text = said(shipped, "search", "delegates", "listened")
    assert "25 February 1956 · Moscow\nKhrushchev denounces Stalin in a closed session\n" in text
    assert "How many delegates listened?" in text
    assert text.endswith("\n1 entry with “delegates listened”.\n")


def test_words_in_quotation_marks_stand_together(shipped: Path) -> None:
    assert "1 entry" in said(shipped, "search", '"closed session"', "denounces")
    assert said(shipped, "search", '"session closed"') == 'No entry has "session closed".\n'


def test_json_has_the_hits_and_where_they_are(shipped: Path) -> None:
    told = json.loads(said(shipped, "search", "--format", "json", "--limit", "1", "delegates"))
    assert (told["q"], told["more"], len(told["hits"])) == ("delegates", True, 1)
    [hit] = told["hits"]
    keys = {"id", "date", "when", "place", "title", "snippet", "marks", "url", "withdrawn"}
    assert set(hit) == keys
    [[start, end]] = hit["marks"]["snippet"]
    assert hit["snippet"][start:end] == "delegates"


def test_markdown_links_to_the_entry_and_marks_the_hits(shipped: Path) -> None:
    text = said(shipped, "search", "--format", "markdown", "delegates", "listened")
    assert "](http://127.0.0.1:8080/entries/secret-speech/), 25 February 1956 · Moscow" in text
    assert "How many **delegates listened**?" in text or "**delegates** **listened**" in text


@pytest.mark.parametrize("limit", ["0", "101", "-1", "x", "٣", "1.5"])
def test_a_limit_that_is_none_is_refused(shipped: Path, limit: str) -> None:
    assert "is no number from 1 to 100" in refused(shipped, 2, "search", "x", f"--limit={limit}")


def test_without_words_it_says_that_they_are_missing(shipped: Path) -> None:
    assert "WORDS" in refused(shipped, 2, "search")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_only_be_read_can_be_searched(shipped: Path) -> None:
    (shipped / "var" / "cache").chmod(0o500)
    try:
        assert "1 entry" in said(shipped, "search", "delegates listened")
    finally:
        (shipped / "var" / "cache").chmod(0o700)
