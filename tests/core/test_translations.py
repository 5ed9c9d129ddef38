"""Entries in several languages: which text a reader gets, and which language it is said to have."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.almanac.entry import Account, Answer, Citation, Entry, TranslatedAccount, Translation
from onthisday.almanac.translations import is_translated, missing, told_in
from onthisday.app.workspace import Almanac
from onthisday.cli import main
from onthisday.schema.entry_schema import ENTRY
from onthisday.site.website import Website
from tests.checks.curating import Desk
from tests.core.almanacs import entry, opened
from tests.core.test_occasions import parsed
from tests.examples import examples

TITLED = {"title": "Un titolo", "summary": "Un sommario.", "place": "Mosca"}
ITALIAN = TITLED | {"accounts": [{"question": "Quanti?", "answers": ["Molti", None]}]}
ACCOUNTS = [
    {
        "question": "How many?",
        "answers": [{"says": "Many", "document": "d"}, {"says": "Few", "document": "d"}],
    }
]


def told(**more: Any) -> Entry:
    return parsed(entry("a", "1956-02-25", title="A title", **more))


@pytest.mark.parametrize(
    ("asked", "title", "language"),
    [
        ("it", "Un titolo", "it"), ("IT", "Un titolo", "it"), ("it-CH", "Un titolo", "it"),
        ("en", "A title", "en"), ("de", "A title", "en"), ("en-GB", "A title", "en"),
        ("it-Latn-x-a", "Un titolo", "it"),
    ],
)  # fmt: skip
def test_a_reader_gets_the_title_in_the_language_asked_for_or_the_entrys_own(
    asked: str, title: str, language: str
) -> None:
    found, languages = told_in(told(languages={"it": TITLED}), asked, "en")
    assert (found.title, languages.title) == (title, language)


def test_a_text_that_is_missing_falls_back_and_says_its_own_language() -> None:
    given = told(languages={"it": ITALIAN}, accounts=ACCOUNTS, brief="Brief.")
    found, languages = told_in(given, "it", "en")
    assert (found.place, languages.place) == ("Mosca", "it")
    assert (found.brief, languages.brief) == ("Brief.", "en")
    (account,) = found.accounts
    assert [account.question, *(each.says for each in account.answers)] == [
        "Quanti?", "Molti", "Few",
    ]  # fmt: skip
    assert languages.accounts == (("it", "it", "en"),)


def test_an_answer_may_be_written_as_the_entrys_own_is() -> None:
    italian = {"accounts": [{"answers": [{"says": "Molti"}]}]}
    found, _ = told_in(told(languages={"it": italian}, accounts=ACCOUNTS), "it", "en")
    assert [each.says for each in found.accounts[0].answers] == ["Molti", "Few"]


def test_the_language_of_an_entry_is_unknown_if_it_is_translated_into_that_of_the_site() -> None:
    for native in ("it", "it-CH"):
        found, languages = told_in(told(languages={"it": {"title": "Un titolo"}}), native, native)
        assert (found.title, languages.title, languages.own) == ("Un titolo", "it", "")
    _, languages = told_in(told(language="en", languages={"it": TITLED}), "it", "it")
    assert languages.own == "en"


@pytest.mark.parametrize(
    ("italian", "where"),
    [
        ({"accounts": [{"answers": ["a", "b", "c"]}]}, "languages.it.accounts[0]"),
        ({"accounts": [{}, {}]}, "languages.it has more accounts"),
        ({"titel": "A"}, "titel"),
        ({"accounts": [{"answers": [3.5]}]}, "answers[0]"),
    ],
)
def test_a_translation_that_does_not_fit_its_entry_is_a_finding(
    italian: dict[str, Any], where: str
) -> None:
    problems: list[Any] = []
    ENTRY.read(entry("a", "1956", languages={"it": italian}, accounts=ACCOUNTS), (), problems)
    (problem,) = problems
    assert problem.path[0] == "languages"
    assert where in problem.message


texts = st.text(max_size=4) | st.none()
translated = st.builds(
    Translation,
    title=texts, summary=texts, brief=texts, place=texts,
    accounts=st.lists(
        st.none() | st.builds(TranslatedAccount, texts, st.lists(texts, max_size=2).map(tuple)),
        max_size=1,
    ).map(tuple),
)  # fmt: skip
tags = st.sampled_from(["en", "de", "de-AT", "it", "zh-Hant-TW", "it-CH"])


@examples(200)
@given(st.dictionaries(tags, translated, max_size=3), tags, tags)
def test_a_text_is_the_translation_in_its_language_or_the_entrys_own(
    languages: dict[str, Translation], asked: str, native: str
) -> None:
    answers = (Answer("Many", Citation("d")), Answer("Few", Citation("d")))
    own = told()._replace(
        languages=tuple(languages.items()), accounts=(Account("How many?", answers),)
    )
    found, said = told_in(own, asked, native)
    for name in ("title", "summary", "place", "brief"):
        text, language = getattr(found, name), getattr(said, name)
        other = dict(languages).get(language)
        translation = other and getattr(other, name)
        assert text == (translation or getattr(own, name))
        assert bool(translation) or language == said.own
    assert not missing(own, asked, native) or found.title == own.title or is_translated(own, asked)


def _views(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Iterator[Any]:
    opened(
        folder,
        entry("a", "1956-02-25", title="A title", languages={"it": TITLED}),
        entry("b", "1957-02-25", title="Another"),
    )
    config = str(folder / "config.yaml")
    assert (
        main(["--config", config, "today", "--date", "2026-02-25", "--format", "json", *words]) == 0
    )
    return iter(json.loads(capsys.readouterr().out)["occasions"])


def test_json_says_the_language_of_the_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = [(each["title"], each["language"]) for each in _views(tmp_path, capsys)]
    assert found == [("A title", "en"), ("Another", "en")]
    italian = _views(tmp_path, capsys, "--language", "it")
    found = [(each["title"], each["language"]) for each in italian]
    assert found == [("Un titolo", "it"), ("Another", "en")]


def test_what_is_next_has_its_title_in_the_language(tmp_path: Path) -> None:
    almanac: Almanac = opened(
        tmp_path, entry("a", "1956-02-25", title="A title", languages={"it": TITLED})
    )
    view = almanac.in_language("it").on(date(2026, 1, 1))
    assert view.next is not None
    assert view.next.title == "Un titolo"


def test_check_names_what_is_not_translated_yet(tmp_path: Path) -> None:
    desk = Desk(tmp_path, wanted=("en", "it", "de"))
    source = [{"document": "d"}]
    desk.write(
        [
            {"id": "whole", "date": "1956-02-25", "kind": "event", "title": "A", "sources": source,
             "languages": {"it": {"title": "A"}, "de": {"title": "A"}}},
            {"id": "part", "date": "1956-02-26", "kind": "event", "title": "B", "summary": "B.",
             "sources": source, "languages": {"it": {"title": "B"}}},
            *({"id": f"none{n}", "date": f"1956-03-0{n}", "kind": "event", "title": f"C{n}",
               "sources": source} for n in range(1, 6)),
        ],
        [{"id": "d", "title": "D"}],
    )  # fmt: skip
    said = [each.message for each in desk.check().findings if each.rule == "untranslated"]
    end = "; add them under languages:, or readers get the entry's own words"
    assert said == [
        'entry "part" lacks in it: summary; add it under languages:',
        f"6 entries have no texts in de: part, none1, none2 and 3 more{end}",
        f"5 entries have no texts in it: none1, none2, none3 and 2 more{end}",
    ]


def test_check_asks_for_the_language_of_an_entry_that_is_translated_into_that_of_the_site(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path)
    desk.write(
        [{"id": "a", "date": "1956-02-25", "kind": "event", "title": "A",
          "sources": [{"document": "d"}], "languages": {"en": {"title": "B"}}}],
        [{"id": "d", "title": "D"}],
    )  # fmt: skip
    (said,) = [each.message for each in desk.check().findings if each.rule == "untranslated"]
    assert said.endswith("add language:, such as language: en")


def test_a_page_says_the_language_of_what_is_next(tmp_path: Path) -> None:
    translated = entry("a", "1956-02-25", language="en", languages={"it": TITLED})
    own = entry("b", "1956-03-01", language="en", title="Another")
    almanac = opened(tmp_path, translated, own, config="site: {language: it}\n")
    site = Website(almanac.site, almanac.library, date(2026, 2, 26))
    pages = [site.render(path) for path in ("/days/02-24/", "/days/02-28/")]
    told = [page.body.decode() for page in pages if page]
    assert ">Un titolo</a>" in told[0]
    assert 'lang="en"' not in told[0].partition("Un titolo")[0].rpartition("<p")[2]
    assert 'lang="en"' in told[1].partition("Another")[0].rpartition("<p")[2]
