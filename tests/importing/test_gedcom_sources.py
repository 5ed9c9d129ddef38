"""The sources and notes of a family tree become documents, citations and summaries."""

from typing import Any

import pytest

from tests.importing.gedcom_files import found, gedcom, notes, person


def death(*lines: str, others: tuple[str, ...] = ()) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the entry and the documents of a death with these lines below it."""
    fact = found(gedcom(person("1 DEAT", "2 DATE 1900", *lines), *others))[0]
    return fact.tree, list(fact.documents)


@pytest.mark.parametrize(
    ("source", "document"),
    [
        (
            "1 TITL A long\n2 CONC er\n2 CONT title",
            {"id": "a-longer-title", "title": "A longer title"},
        ),
        ("1 ABBR Short", {"id": "short", "title": "Short"}),
        ("1 AUTH Ada", {"id": "source-s1", "title": "Source S1", "author": "Ada"}),
        ("1 TITL 日記", {"id": "source", "title": "日記"}),
        (
            "1 TITL A\n1 PUBL https://example.org/a b",
            {"id": "a", "title": "A", "publisher": "https://example.org/a b"},
        ),
        (
            "1 TITL A\n1 _URL https://example.org/a",
            {"id": "a", "title": "A", "url": "https://example.org/a"},
        ),
        ("1 TITL A\n1 REPO At home", {"id": "a", "title": "A", "reference": "At home"}),
        ("1 TITL A\n1 REPO @R9@\n2 CALN 7", {"id": "a", "title": "A", "reference": "7"}),
    ],
)
def test_a_source_is_a_document(source: str, document: dict[str, str]) -> None:
    _, documents = death("2 SOUR @S1@", others=(f"0 @S1@ SOUR\n{source}",))
    assert documents == [document]


def test_a_source_in_words_is_a_document_too() -> None:
    tree, documents = death("2 SOUR The family", "3 CONT bible", "3 PAGE 3")
    assert documents == [{"id": "the-family-bible", "title": "The family bible"}]
    assert tree["sources"] == [{"document": "the-family-bible", "page": "3"}]


def test_two_sources_of_one_title_have_two_ids_and_alike_ones_are_one() -> None:
    sources = ("0 @S1@ SOUR\n1 TITL Births\n1 AUTH A", "0 @S2@ SOUR\n1 TITL Births\n1 AUTH B",
               "0 @S3@ SOUR\n1 TITL Births\n1 AUTH A")  # fmt: skip
    cited = ("2 SOUR @S1@", "2 SOUR @S2@", "2 SOUR @S3@", "2 SOUR @S1@", "3 PAGE 4")
    tree, documents = death(*cited, others=sources)
    assert [each["id"] for each in documents] == ["births", "births-2"]
    assert tree["sources"] == [
        {"document": "births"},
        {"document": "births-2"},
        {"document": "births", "page": "4"},
    ]


def test_a_source_of_the_whole_person_is_not_cited_for_an_event() -> None:
    file = gedcom(person("1 SOUR @S1@", "1 DEAT", "2 DATE 1900"), "0 @S1@ SOUR\n1 TITL A")
    assert "sources" not in found(file)[0].tree


def test_a_source_that_is_nowhere_is_told() -> None:
    file = gedcom(person("1 DEAT", "2 DATE 1900", "2 SOUR @S9@", "2 SOUR @VOID@"))
    assert [each.message for each in notes(file)] == ["cites @S9@, and the file has no such source"]


@pytest.mark.parametrize(
    ("lines", "summary"),
    [
        (("2 NOTE At home,", "3 CONT with all", "3 CONC  of them."), "At home, with all of them."),
        (("2 NOTE One.", "2 NOTE Two.", "2 NOTE One."), "One. Two."),
        (("2 NOTE @N1@",), "A shared note of two lines."),
        (("2 SNOTE @N2@",), "Bold & true"),
        (("2 NOTE <b>Bold</b> &amp; true", "3 MIME text/html"), "Bold & true"),
        (("2 NOTE <unknown>",), "<unknown>"),
        (("2 NOTE @N9@", "2 NOTE @VOID@", "2 NOTE"), None),
        (("2 NOTE a@@b.example\x07",), "a@b.example"),
    ],
)
def test_the_notes_of_an_event_are_its_summary(lines: tuple[str, ...], summary: str | None) -> None:
    shared = (
        "0 @N1@ NOTE A shared note\n1 CONT of two\n1 CONC  lines.",
        "0 @N2@ SNOTE <i>Bold</i> &amp; true\n1 MIME text/html",
    )
    assert death(*lines, others=shared)[0].get("summary") == summary


def test_a_place_has_no_empty_parts() -> None:
    assert death("2 PLAC , Berlin,, , Germany,")[0]["place"] == "Berlin, Germany"
    assert "place" not in death("2 PLAC , ,")[0]
