"""The files of words with which a browser searches a static site."""

import json
from bisect import bisect_right
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from onthisday.app.publishing import website_at
from onthisday.site.website import Website
from tests.website.fixtures import entry_of, open_almanac

NOW = datetime(2026, 2, 25, 12, tzinfo=UTC)

MANY = [
    {
        **entry_of(f"e{n}", f"19{n % 90 + 10}-02-25"),
        "title": f"word{n} 日本語{chr(0x4E00 + n)} é{n}",
    }
    for n in range(250)
]


def website_of(folder: Path, entries: list[dict[str, Any]]) -> Website:
    return website_at(open_almanac(folder, entries), NOW)


def read(website: Website, path: str) -> Any:
    page = website.render(path)
    assert page is not None, path
    return json.loads(page.body)


def words_paths(website: Website) -> list[str]:
    return [path for path in website.paths() if path.startswith("/search/words/")]


def test_each_word_is_in_the_file_in_which_a_browser_looks(tmp_path: Path) -> None:
    website = website_of(tmp_path, MANY)
    firsts = read(website, "/search/index.json")["shards"]
    files = [read(website, path) for path in words_paths(website)]
    assert len(files) == 3
    ordered = [word.encode("utf-16-be") for word in firsts]
    for place, words in enumerate(files):
        for word in words:
            assert bisect_right(ordered, word.encode("utf-16-be")) - 1 == place, word
    assert all(f"word{n}" in "".join(map(json.dumps, files)) for n in range(250))


def test_the_files_of_words_have_about_the_same_size(tmp_path: Path) -> None:
    website = website_of(tmp_path, MANY)
    pages = [website.render(path) for path in words_paths(website)]
    sizes = [len(page.body) for page in pages if page]
    assert max(sizes) < 1.5 * min(sizes), sizes


def test_if_there_are_few_words_the_last_files_of_words_are_empty(tmp_path: Path) -> None:
    alike = [{"id": f"e{n}", "date": "1950", "title": "x", "sources": [{"document": "book"}]}
             for n in range(650)]  # fmt: skip
    website = website_of(tmp_path, alike)
    files = [read(website, path) for path in words_paths(website)]
    assert len(files) == 7
    assert files[-1] == {}
    assert len(read(website, "/search/index.json")["shards"]) == sum(map(bool, files))


def test_which_files_there_are_is_known_before_an_entry_is_read(tmp_path: Path) -> None:
    asked = [
        json.loads(question) for question, _ in website_of(tmp_path, MANY).listed().trace.asked
    ]
    read_of_entries = [each[3] for each in asked if "body FROM entries" in each[1]]
    assert sum(read_of_entries) == 0


@pytest.mark.parametrize("path", ["/search/words/3.json", "/search/words/99.json"])
def test_there_are_no_more_files_of_words_than_the_list_says(tmp_path: Path, path: str) -> None:
    assert website_of(tmp_path, MANY).render(path) is None


def test_a_file_of_words_notes_one_question_for_all_documents(tmp_path: Path) -> None:
    traced = website_of(tmp_path, MANY).traced("/search/words/0.json")
    assert traced is not None
    assert len([each for each, _ in traced.trace.asked if "documents" in each]) <= 2
