"""What a search finds, in which order, and what it never shows."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.adapters.sqlite import search_file
from onthisday.adapters.sqlite.search_file import PASSING, NoSearch, SearchFile
from onthisday.app.caches import search_cache
from onthisday.app.searching import SearchCache
from onthisday.app.workspace import Almanac, Workspace
from onthisday.search.finding import Found, find
from tests.search.hostile import HOSTILE
from tests.website.fixtures import SHIPPED, entry_of, open_almanac

DAY = date(2026, 2, 25)


def account(question: str, *says: str) -> dict[str, Any]:
    answers = [{"says": each, "document": "book"} for each in says]
    return {"accounts": [{"question": question, "answers": answers}]}


ENTRIES = [
    entry_of("title", "1990-05-01", title="A needle is found"),
    entry_of("summary", "1950-05-01", summary="Here is a needle, too."),
    entry_of("answers", "1900-05-01", **account("What was found?", "A needle", "A pin")),
    entry_of("older", "1890-05-01", title="The Needle breaks"),
    entry_of("begun", "1800-05-01", title="Needlework is taught"),
    entry_of("place", "1850-05-01", place="Łódź", tags=["soviet-union"]),
    entry_of("asia", "1851-05-01", title="東京大学が設立された", summary="กรุงเทพมหานคร"),
    entry_of("other", "1852-05-01", languages={"de": {"title": "Die Straße", "summary": "Kurz."}}),
    entry_of("later", "1950-11-02", summary="A needle in November."),
]


@pytest.fixture(scope="module")
def almanac(tmp_path_factory: pytest.TempPathFactory) -> Almanac:
    return open_almanac(tmp_path_factory.mktemp("searched"), ENTRIES)


@pytest.fixture(scope="module")
def index(almanac: Almanac) -> SearchFile:
    return search_file.make(PASSING, almanac.library.published(DAY))


def found(almanac: Almanac, index: SearchFile, asked: str, limit: int = 20) -> Found:
    return find(almanac.library.published(DAY), index, asked, limit)


def ids(almanac: Almanac, index: SearchFile, asked: str) -> Sequence[str]:
    return [hit.id for hit in found(almanac, index, asked).hits]


def test_a_title_in_another_language_counts_as_a_title(tmp_path: Path) -> None:
    translated = entry_of("b", "1852-05-01", languages={"de": {"title": "Die Straße"}})
    almanac = open_almanac(tmp_path, [entry_of("a", "1700-05-01", summary="Straße."), translated])
    index = search_file.make(PASSING, almanac.library.published(DAY))
    assert ids(almanac, index, "strasse") == ["b", "a"]


def test_hits_in_titles_come_first_then_summaries_then_answers_and_the_older_first(
    almanac: Almanac, index: SearchFile
) -> None:
    assert ids(almanac, index, "needle ") == ["older", "title", "summary", "later", "answers"]


def test_whole_words_come_before_words_that_are_only_begun(
    almanac: Almanac, index: SearchFile
) -> None:
    assert ids(almanac, index, "needle")[:3] == ["older", "title", "begun"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("lodz", ["place"]), ("LÓDŹ", ["place"]), ("soviet union", ["place"]),
        ("大学", ["asia"]), ("東", ["asia"]), ("京大学が", ["asia"]), ("มหา", ["asia"]),
        ("strasse", ["other"]), ("strassen", []), ("1851", ["asia"]), ('"1 May 1851"', ["asia"]),
        ('"needle found"', []), ('"needle is found"', ["title"]),
        ("found needle ", ["title", "answers"]),
        ("needle zebra", []), ('"pin what"', []), ("学京", []),
    ],
)  # fmt: skip
def test_a_search_finds_what_people_mean(
    almanac: Almanac, index: SearchFile, asked: str, expected: list[str]
) -> None:
    assert ids(almanac, index, asked) == expected


def test_titles_of_documents_are_found_last_and_shown(almanac: Almanac, index: SearchFile) -> None:
    hits = found(almanac, index, "book").hits
    assert len(hits) == len(ENTRIES)
    assert hits[0].id == "begun", "the oldest"
    assert hits[0].snippet.text == "A book"


def test_there_are_at_most_as_many_hits_as_were_asked_for(
    almanac: Almanac, index: SearchFile
) -> None:
    some = found(almanac, index, "needle ", 5)
    assert (len(some.hits), some.more) == (5, False)
    fewer = found(almanac, index, "needle ", 2)
    assert ([hit.id for hit in fewer.hits], fewer.more) == (["older", "title"], True)


def test_a_birth_of_somebody_who_may_be_living_is_not_found_until_it_is_published(
    tmp_path: Path,
) -> None:
    births = [
        entry_of("child", "1990-05-01", kind="birth", title="Ann is born"),
        entry_of("elder", "1880-05-01", kind="birth", title="Ann is born"),
    ]
    open_almanac(tmp_path, births)
    cache, almanac = cache_of(tmp_path / "config.yaml")
    for day, expected in (
        (DAY, ["elder"]), (date(2100, 5, 1), ["elder", "child"]), (DAY, ["elder"]),
    ):  # fmt: skip
        hits = cache.find(almanac.library.published(day), "ann", 9).hits
        assert [hit.id for hit in hits] == expected


@pytest.mark.parametrize("asked", HOSTILE, ids=range(len(HOSTILE)))
def test_no_question_does_harm(almanac: Almanac, index: SearchFile, asked: str) -> None:
    assert len(found(almanac, index, asked).hits) <= 20


@given(st.text(max_size=300))
def test_any_text_may_be_searched_for(almanac: Almanac, index: SearchFile, asked: str) -> None:
    for hit in found(almanac, index, asked).hits:
        assert hit.title.text
        assert hit.title.marks or hit.snippet.text or hit.when


def test_a_hundred_of_them_are_tried() -> None:
    assert len(set(HOSTILE)) >= 100


# The file


def test_a_date_is_found_and_shown_in_the_language_of_the_site(almanac: Almanac) -> None:
    cache, library = SearchCache([]), almanac.library.published(DAY)
    german, russian = (cache.find(library, asked, 9, tags) for asked, tags in DATES)
    assert [(hit.id, hit.when) for hit in german.hits] == [("older", "1. Mai 1890")]
    assert [(hit.id, hit.when) for hit in russian.hits] == [
        ("older", "1 мая 1890\N{NARROW NO-BREAK SPACE}г.")
    ]


DATES = (("mai 1890", ("de", "ru")), ("мая 1890", ("ru", "de")))


def cache_of(config: Path) -> tuple[SearchCache, Almanac]:
    workspace = Workspace(str(config))
    return search_cache(workspace), workspace.almanac()


def asked(cache: SearchCache, almanac: Almanac, text: str) -> list[str]:
    return [hit.id for hit in cache.find(almanac.library.published(DAY), text, 20).hits]


def test_the_index_is_made_when_somebody_searches_and_again_when_the_almanac_changed(
    tmp_path: Path,
) -> None:
    open_almanac(tmp_path, ENTRIES)
    file = tmp_path / "var" / "cache" / "config.yaml.search.db"
    assert not file.exists()
    assert asked(*cache_of(tmp_path / "config.yaml"), "lodz") == ["place"]
    made = file.stat().st_ino
    assert asked(*cache_of(tmp_path / "config.yaml"), "needle ")[0] == "older"
    assert file.stat().st_ino == made, "it is used again"
    cache, _ = cache_of(tmp_path / "config.yaml")
    open_almanac(tmp_path, [entry_of("new", "1950-05-01", title="A new needle")])
    almanac = Workspace(str(tmp_path / "config.yaml")).almanac()
    assert asked(cache, almanac, "needle") == ["new"]
    assert file.stat().st_ino != made


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"x" * 5000])
def test_a_file_that_is_damaged_is_made_anew(tmp_path: Path, content: bytes) -> None:
    open_almanac(tmp_path, ENTRIES)
    file = tmp_path / "var" / "cache" / "config.yaml.search.db"
    file.write_bytes(content)
    assert asked(*cache_of(tmp_path / "config.yaml"), "lodz") == ["place"]


def test_a_file_whose_words_are_damaged_is_made_anew(tmp_path: Path) -> None:
    open_almanac(tmp_path, ENTRIES)
    assert asked(*cache_of(tmp_path / "config.yaml"), "lodz") == ["place"]
    file = tmp_path / "var" / "cache" / "config.yaml.search.db"
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + b"x" * (len(whole) - 8192))  # the pages after the tables' names
    assert asked(*cache_of(tmp_path / "config.yaml"), "lodz") == ["place"]


def test_what_a_killed_process_left_is_in_nobodys_way(tmp_path: Path) -> None:
    open_almanac(tmp_path, ENTRIES)
    (tmp_path / "var" / "cache" / "config.yaml.search.db.new").write_text("half")
    assert asked(*cache_of(tmp_path / "config.yaml"), "lodz") == ["place"]
    assert not (tmp_path / "var" / "cache" / "config.yaml.search.db.new").exists()


def test_without_a_folder_to_write_to_the_index_is_a_temporary_file(
    almanac: Almanac, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    cache = SearchCache([str(tmp_path / "file" / "under" / "search.db")])
    assert asked(cache, almanac, "lodz") == ["place"]
    assert os.listdir(tmp_path) == ["file"]


def test_a_sqlite_without_fts5_is_told_in_plain_words(
    almanac: Almanac, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = search_file._TABLES.replace("fts5", "fts9")
    monkeypatch.setattr(search_file, "_TABLES", tables)
    with pytest.raises(NoSearch, match="has no FTS5"):
        search_file.make(PASSING, almanac.library.published(DAY))


def test_what_the_shipped_almanac_says_is_found() -> None:
    almanac = Almanac.open(str(SHIPPED / "config.yaml"))
    index = search_file.make(PASSING, almanac.library.published(DAY))
    assert ids(almanac, index, "delegates listened") == ["secret-speech"]
    assert ids(almanac, index, '"closed session"')[0] == "secret-speech"
