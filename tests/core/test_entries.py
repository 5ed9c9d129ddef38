"""Entries and documents: all mistakes are found at once, each with its path."""

import copy
import unicodedata
from datetime import date
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.adapters.files.trees import text_of, yaml_tree
from onthisday.almanac.entry import (
    Answer,
    Citation,
    Correction,
    Entry,
    Image,
    Span,
    TranslatedAccount,
    Translation,
)
from onthisday.dates.calendars import MonthDay
from onthisday.dates.edtf import parse
from onthisday.schema.entry_schema import DOCUMENT, ENTRY
from onthisday.schema.shapes import Problem
from tests.core.almanacs import ROOT, entry

FULL: dict[str, Any] = {
    "id": "secret-speech",
    "date": "1956-02-29?",
    "calendar": "gregorian",
    "as_written": "29 February 1956",
    "kind": "event",
    "title": "A title",
    "summary": "A summary.\n",
    "brief": "A sentence.",
    "place": "Moscow",
    "tags": ["soviet-union", "наука"],
    "tone": "solemn",
    "sources": [
        {"document": "a", "as": "reported", "locator": {"start": 559, "end": 645}},
        {"document": "b", "page": 58},
        {"document": "c", "quote": "some words"},
        {"document": "d", "locator": [{"start": 1, "end": 2}, {"start": 4, "end": 9}]},
    ],
    "accounts": [
        {
            "question": "How many?",
            "answers": [
                {"says": "1,400", "document": "a", "date": "1956-02"},
                {"says": "1,500", "document": "b", "as": "rumoured"},
            ],
        }
    ],
    "observe": "03-01",
    "leap_day": "mar-1",
    "featured": True,
    "updated": "2026-03-01",
    "corrections": [{"on": "2026-03-02", "was": "1,400", "now": "1,436", "why": "The minutes."}],
    "image": {"url": "https://example.org/a.jpg", "alt": "A hall", "credit": "B", "license": "CC0"},
    "language": "en",
    "languages": {
        "it": {
            "title": "Un titolo",
            "summary": "Un sommario",
            "brief": "Una frase.",
            "place": "Mosca",
            "accounts": [{"question": "Quanti?", "answers": ["1400", {"says": "1500"}]}],
        },
        "de": {"accounts": [None]},
    },
    "silence": [{"rule": "near-duplicate", "reason": "they are two"}],
}

FULL_DOCUMENT: dict[str, Any] = {
    "id": "history-today-2006",
    "title": "Stalin Denounced",
    "author": None,
    "publisher": "History Today",
    "published": "2006-02",
    "language": "en",
    "url": "https://example.org/a?b=c",
    "reference": "X 1",
    "rights": "©",
    "based_on": "other",
    "file": "a.txt",
    "sha256": "AB" * 32,
    "silence": [{"rule": "unused-document", "reason": "it is cited by others"}],
}


def read(tree: Any, record: Any = ENTRY) -> tuple[Any, list[Problem]]:
    """Read a tree. Return its value and its problems."""
    problems: list[Problem] = []
    return record.read(tree, (), problems), problems


def changed(**changes: Any) -> dict[str, Any]:
    """Return the full entry with some keys changed."""
    return {**copy.deepcopy(FULL), **changes}


def test_a_full_entry_is_read_whole() -> None:
    found, problems = read(FULL)
    assert problems == []
    assert isinstance(found, Entry)
    assert found.date == parse("1956-02-29?")
    assert found.tags == ("soviet-union", "наука")
    assert found.sources[0] == Citation("a", "reported", (Span(559, 645),))
    assert found.sources[1] == Citation("b", page="58")
    assert found.sources[2] == Citation("c", quote="some words")
    assert found.sources[3].locator == (Span(1, 2), Span(4, 9))
    assert found.accounts[0].answers[0] == Answer("1,400", Citation("a"), parse("1956-02"))
    assert found.observe == MonthDay(3, 1)
    assert found.image == Image(None, "https://example.org/a.jpg", "A hall", "B", "CC0")
    accounts = (TranslatedAccount("Quanti?", ("1400", "1500")),)
    italian = Translation("Un titolo", "Un sommario", "Una frase.", "Mosca", accounts)
    assert found.languages == (("it", italian), ("de", Translation(accounts=(None,))))
    assert found.language == "en"
    assert found.updated is not None
    assert found.updated.isoformat() == "2026-03-01"
    assert found.corrections == (Correction(date(2026, 3, 2), "1,400", "1,436", "The minutes."),)
    assert found.withdrawn is None
    assert [citation.document for citation in found.citations] == ["a", "b", "c", "d", "a", "b"]


def test_what_is_left_out_has_its_default() -> None:
    found, problems = read(entry("a", "1956"))
    assert problems == []
    assert (found.kind, found.tone, found.tags, found.accounts) == ("event", "neutral", (), ())
    assert (found.featured, found.rule, found.observe, found.image) == (False, None, None, None)


def test_null_is_as_if_left_out() -> None:
    kept = {"id", "date", "title", "sources"}
    nothing = {key: FULL[key] if key in kept else None for key in FULL}
    assert read(nothing) == read({key: FULL[key] for key in kept})


def test_a_tag_in_two_ways_of_writing_a_letter_is_one_tag() -> None:
    found, problems = read(entry("a", "1956", tags=["cafe\u0301", "नुक़्ता"]))
    assert problems == []
    assert found.tags == ("caf\u00e9", unicodedata.normalize("NFC", "नुक़्ता"))


def test_a_document_is_read_whole() -> None:
    found, problems = read(FULL_DOCUMENT, DOCUMENT)
    assert problems == []
    assert found.sha256 == "ab" * 32
    assert found.published == parse("2006-02")


MISTAKES: list[tuple[dict[str, Any], tuple[str | int, ...], str, str]] = [
    ({"id": None}, (), "has no id", "shape"),
    ({"id": "a b"}, ("id",), "cannot stand in an address", "shape"),
    ({"id": "../x"}, ("id",), "cannot stand in an address", "shape"),
    ({"id": "a/b"}, ("id",), "cannot stand in an address", "shape"),
    ({"id": "x" * 201}, ("id",), "has 201 bytes in UTF-8; make it shorter", "shape"),
    ({"id": "Index.html"}, ("id",), "is the name of a file of the site", "shape"),
    ({"id": "x."}, ("id",), "ends with a full stop", "shape"),
    ({"id": 7}, ("id",), 'put it in quotes: "7"', "shape"),
    ({"id": True}, ("id",), 'put it in quotes: "true"', "shape"),
    ({"date": None}, (), "has no date", "shape"),
    ({"date": 1956}, ("date",), 'put it in quotes: "1956"', "shape"),
    ({"date": "1955-02-29"}, ("date",), "February 1955 has 28 days", "date"),
    ({"date": "25.2.1956"}, ("date",), "is no date", "date"),
    ({"calendar": "julien"}, ("calendar",), "gregorian, julian", "shape"),
    ({"kind": "battle"}, ("kind",), "event, birth, death, marriage, holiday", "shape"),
    ({"title": None}, (), "has no title", "shape"),
    ({"title": "  "}, ("title",), "is blank", "shape"),
    ({"title": ["a"]}, ("title",), "must be text, not a list", "shape"),
    ({"title": True}, ("title",), "must be text, not true", "shape"),
    ({"title": "a\x07b"}, ("title",), "U+0007", "shape"),
    ({"title": "a\ud800b"}, ("title",), "U+D800", "shape"),
    ({"tags": "soviet-union"}, ("tags",), "must be a list, not a text", "shape"),
    ({"tags": ["ok", "not ok"]}, ("tags", 1), "cannot be a tag", "shape"),
    ({"tags": ["a/b"]}, ("tags", 0), "cannot be a tag", "shape"),
    ({"tags": ["é" * 101]}, ("tags", 0), "has 202 bytes in UTF-8; make it shorter", "shape"),
    ({"tags": ["index.html.gz"]}, ("tags", 0), "is the name of a file of the site", "shape"),
    ({"tone": "sad"}, ("tone",), "solemn, neutral, festive", "shape"),
    ({"sources": None}, (), "has no source; add one under sources:", "shape"),
    ({"sources": []}, ("sources",), "is empty", "shape"),
    ({"sources": [{"document": None}]}, ("sources", 0), "has no document", "shape"),
    ({"sources": ["a"]}, ("sources", 0), "must be a mapping of keys", "shape"),
    ({"sources": [{"document": "a", "as": "said"}]}, ("sources", 0, "as"), "stated", "shape"),
    ({"sources": [{"document": "a", "locator": {"start": 5, "end": 5}}]},
     ("sources", 0, "locator"), "is empty", "locator"),
    ({"sources": [{"document": "a", "locator": [{"start": 1, "end": 2}, {"start": 9, "end": 3}]}]},
     ("sources", 0, "locator", 1), "end must come after start", "locator"),
    ({"sources": [{"document": "a", "locator": {"start": -1, "end": 5}}]},
     ("sources", 0, "locator", "start"), "at least 0, not -1", "shape"),
    ({"sources": [{"document": "a", "locator": {"start": "1", "end": 5}}]},
     ("sources", 0, "locator", "start"), "not a text", "shape"),
    ({"sources": [{"document": "a", "locator": {"start": 1}}]},
     ("sources", 0, "locator"), "has no end", "shape"),
    ({"sources": [{"document": "a", "quote": "b", "locator": {"start": 1, "end": 2}}]},
     ("sources", 0, "quote"), "both a locator and a quote", "locator"),
    ({"accounts": [{"question": "?", "answers": [{"says": "x", "document": "a"}]}]},
     ("accounts", 0, "answers"), "fewer than two answers", "account"),
    ({"accounts": [{"question": "?", "answers": [{"says": "x", "document": "a", "date": "56"},
                                                 {"says": "y", "document": "b"}]}]},
     ("accounts", 0, "answers", 0, "date"), "is no date", "date"),
    ({"observe": "3-1"}, ("observe",), "is no day of the year", "shape"),
    ({"observe": "02-30"}, ("observe",), "does not have it", "shape"),
    ({"observe": "13-01"}, ("observe",), "is no day of the year", "shape"),
    ({"leap_day": "feb-29"}, ("leap_day",), "feb-28, mar-1, omit", "shape"),
    ({"date": "1956-02-25", "observe": None}, ("leap_day",), "of another day", "shape"),
    ({"rule": "whitsun"}, ("rule",), "is no rule", "shape"),
    ({"featured": "yes"}, ("featured",), 'true or false, not "yes"', "shape"),
    ({"updated": "1.3.2026"}, ("updated",), "is no day", "shape"),
    ({"updated": "2026-02-30"}, ("updated",), "day", "shape"),
    ({"corrections": [{"on": "2026-03-02", "was": "a", "now": "b"}]},
     ("corrections", 0), "has no why; add why: in one sentence, how you know", "shape"),
    ({"corrections": [{"on": "2.3.2026", "was": "a", "why": "c"}]},
     ("corrections", 0, "on"), "is no day", "shape"),
    ({"corrections": [{"on": "2026-03-02", "was": "a", "now": "b", "why": " "}]},
     ("corrections", 0, "why"), "is blank", "shape"),
    ({"corrections": [{"on": "2026-03-02", "was": "a", "nwo": "b", "why": "c"}]},
     ("corrections", 0, "nwo"), 'did you mean "now"?', "shape"),
    ({"corrections": {"on": "2026-03-02"}},
     ("corrections",), "begin each item with a dash", "shape"),
    ({"corrections": [{"on": "2026-03-02", "was": "a", "why": "c"},
                      {"on": "2026-03-02", "was": "d", "now": "e", "why": "f"}]},
     ("corrections", 0), "has no now, so it withdraws the entry, but another one follows", "shape"),
    ({"image": {"file": "a", "url": "https://a.b/"}}, ("image",), "and not both", "image"),
    ({"image": {"alt": "a"}}, ("image",), "a file or a url", "image"),
    ({"image": {"url": "javascript:alert(1)"}}, ("image", "url"), "is no web address", "shape"),
    ({"languages": ["it"]}, ("languages",), "must be a mapping", "shape"),
    ({"languages": {"it": {"titel": "x"}}}, ("languages", "it", "titel"), '"title"?', "shape"),
    ({"tittle": "x"}, ("tittle",), 'did you mean "title"?', "shape"),
    ({"sourcse": []}, ("sourcse",), 'did you mean "sources"?', "shape"),
    ({"xyzzy": 1}, ("xyzzy",), "known are id, date", "shape"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "path", "said", "rule"), MISTAKES)
def test_each_mistake_is_found_at_its_path(
    changes: dict[str, Any], path: tuple[str | int, ...], said: str, rule: str
) -> None:
    value, problems = read(changed(**changes))
    assert value is None
    assert [(problem.path, problem.rule) for problem in problems] == [(path, rule)]
    assert said in problems[0].message


@pytest.mark.parametrize("tree", [None, [], "text", 7, True])
def test_an_entry_that_is_no_mapping_is_refused(tree: Any) -> None:
    value, (problem,) = read(tree)
    assert value is None
    assert problem.path == ()
    assert "must be a mapping of keys" in problem.message


def test_all_mistakes_are_found_at_once() -> None:
    tree = changed(id="a b", kind="battle", tittle="x", tags=["not ok"], sources=[{"as": "said"}])
    _, problems = read(tree)
    assert {problem.path for problem in problems} == {
        ("tittle",), ("id",), ("kind",), ("tags", 0), ("sources", 0), ("sources", 0, "as"),
    }  # fmt: skip


BESIDE: list[tuple[dict[str, Any], set[tuple[str | int, ...]]]] = [
    ({"date": "1900-02-29"}, {("date",)}),
    ({"date": "1956-02-25", "observe": None}, {("leap_day",)}),
    ({"living": "a singer", "died": "1800"}, {("living",), ("died",)}),
    ({"kind": "birth", "died": "1800"}, {("died",)}),
    ({"sources": [{"document": "a", "quote": "b", "as": "said",
                   "locator": {"start": 3, "end": 1}},
                  {"document": "a", "quote": "b", "as": "said",
                   "locator": {"start": 0, "end": 1}}]},
     {("sources", 0, "as"), ("sources", 0, "locator"), ("sources", 1, "as"),
      ("sources", 1, "quote")}),
    ({"sources": [{"document": "a", "locator": {"start": 3, "end": 1, "stop": 2}}]},
     {("sources", 0, "locator", "stop"), ("sources", 0, "locator")}),
    ({"accounts": [{"question": 7, "answers": [{"says": "x", "document": "a", "date": "56"}]}]},
     {("accounts", 0, "question"), ("accounts", 0, "answers"),
      ("accounts", 0, "answers", 0, "date")}),
    ({"image": {"file": "a", "url": "https://a.b/", "alt": 7}}, {("image", "alt"), ("image",)}),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "paths"), BESIDE)
def test_what_does_not_fit_together_is_found_beside_every_other_mistake(
    changes: dict[str, Any], paths: set[tuple[str | int, ...]]
) -> None:
    _, problems = read(changed(**changes, tittle="x"))
    assert {problem.path for problem in problems} == {("tittle",), *paths}


def test_nothing_is_judged_by_a_value_that_is_wrong_itself() -> None:
    for changes in (
        {"date": "56", "leap_day": "mar-1", "observe": None},
        {"calendar": "julien", "date": "1956-02-25", "observe": None},
        {"kind": "brith", "died": "1950", "leap_day": None},
    ):
        _, problems = read(changed(**changes))
        assert len(problems) == 1, problems


@pytest.mark.parametrize(
    ("changes", "path", "said"),
    [
        ({"id": None}, (), "has no id"),
        ({"title": None}, (), "has no title"),
        ({"sha256": "abc"}, ("sha256",), "64 hexadecimal digits"),
        ({"url": "example.org"}, ("url",), "is no web address"),
        ({"published": "2006-2"}, ("published",), "is no date"),
        ({"based_on": "a b"}, ("based_on",), "cannot stand in an address"),
        ({"autor": "x"}, ("autor",), 'did you mean "author"?'),
    ],
)
def test_each_mistake_of_a_document_is_found(
    changes: dict[str, Any], path: tuple[str | int, ...], said: str
) -> None:
    value, (problem,) = read({**FULL_DOCUMENT, **changes}, DOCUMENT)
    assert value is None
    assert problem.path == path
    assert said in problem.message


SHIPPED = sorted((ROOT / "almanac").glob("*.yaml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_the_schema_accepts_the_shipped_almanac(path: Any) -> None:
    record = DOCUMENT if path.name == "documents.yaml" else ENTRY
    schema = record.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    trees = yaml_tree(text_of(path.read_bytes()))
    assert trees
    for tree in trees:
        validator.validate(tree)


VALIDATOR = jsonschema.Draft202012Validator(ENTRY.schema())


def test_the_schema_accepts_a_full_entry_and_describes_every_key() -> None:
    VALIDATOR.validate(FULL)
    properties = ENTRY.schema()["properties"]
    assert set(properties) == set(FULL) | {"rule", "living", "died"}
    assert all(item["description"] for item in properties.values())


@pytest.mark.parametrize(
    "changes", [{"tittle": "x"}, {"id": 7}, {"title": ""}, {"kind": "battle"}, {"sources": []},
                {"tags": "a"}, {"featured": "yes"}, {"languages": {"it": {"titel": "x"}}},
                {"sources": [{"document": "a", "locator": {"start": -1, "end": 2}}]}],
)  # fmt: skip
def test_the_schema_refuses_what_the_reader_refuses(changes: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(changed(**changes))


SCRAPS = st.sampled_from([None, True, 0, -1, 58, 1.5, "", "x", "a b", "1956-02-29", "02-29",
                          "stated", "feb-28", "death", [], ["x"], {}, {"start": 1, "end": 2},
                          [{"document": "a"}], {"it": {"title": "x"}}, "easter+1"])  # fmt: skip


@given(st.dictionaries(st.sampled_from([*FULL, "rule", "tittle"]), SCRAPS, max_size=4))
def test_the_reader_and_the_schema_agree(changes: dict[str, Any]) -> None:
    tree = changed(**changes)
    value, problems = read(tree)
    assert (value is None) == bool(problems)
    if value is not None:
        assert VALIDATOR.is_valid(tree)
