"""`check` compares documents, language tags, and tags that are nearly the same."""

from pathlib import Path

from onthisday.checks.tags import near_tags
from tests.checks.curating import checked, document, rules
from tests.core.almanacs import entry


def test_a_document_that_nothing_rests_on_is_told(tmp_path: Path) -> None:
    answered = [{"question": "?", "answers": [{"says": "x", "document": "gazette"},
                                              {"says": "y", "document": "answered"}]}]  # fmt: skip
    report = checked(
        tmp_path,
        entry("a", "1956", accounts=answered),
        documents=(document("answered", based_on="root"), document("root"), document("unused")),
    )
    [finding] = report.findings
    assert (finding.rule, finding.line) == ("unused-document", 4)
    assert finding.file.endswith("documents.yaml")


def test_an_id_with_spaces_around_it_is_found_in_its_file(tmp_path: Path) -> None:
    report = checked(tmp_path, entry(" a ", "2027"), documents=(document(" unused "),))
    assert {(each.rule, each.line) for each in report.findings} == {
        ("future", 1), ("unused-document", 2)
    }  # fmt: skip


def test_two_documents_with_the_same_text_are_told(tmp_path: Path) -> None:
    report = checked(
        tmp_path,
        entry("a", "1956", sources=[{"document": "one"}, {"document": "two"}]),
        documents=(document("one", "A text."), document("two", "A text.")),
    )
    assert [each.line for each in report.findings if each.rule == "same-text"] == [3]


def test_documents_that_follow_each_other_are_an_error(tmp_path: Path) -> None:
    report = checked(
        tmp_path,
        entry("a", "1956", sources=[{"document": "three"}]),
        documents=(document("one", based_on="two"), document("two", based_on="one"),
                   document("three", based_on="one"), document("self", based_on="self")),
    )  # fmt: skip
    loops = [each for each in report.findings if each.rule == "based-on-loop"]
    assert [each.line for each in loops] == [2, 3, 5]
    assert {each.severity for each in loops} == {"error"}
    assert report.errors == 3


def test_a_language_is_told_where_it_stands(tmp_path: Path) -> None:
    report = checked(
        tmp_path,
        entry("a", "1956", sources=[{"document": "book"}], languages={"italiano": {"title": "x"}}),
        documents=(document("book", language="en_GB"),),
    )
    found = {(each.rule, Path(each.file).name, each.line) for each in report.findings}
    assert {("language", "documents.yaml", 2), ("language", "entries.yaml", 1)} <= found


def test_a_tag_that_is_nearly_another_is_told_where_it_is_rarer(tmp_path: Path) -> None:
    report = checked(
        tmp_path,
        entry("a", "1956", tags=["soviet-union", "war"]),
        entry("b", "1957", tags=["soviet-union"]),
        entry("c", "1958", tags=["SovietUnion", "wars", "cold-war"]),
        entry("d", "1959", tags=["war"]),
    )
    assert rules(report) == ["near-tag", "near-tag"]
    assert {each.line for each in report.findings} == {3}
    said = "SovietUnion (1 entry), which is nearly soviet-union (2 entries); write soviet-union"
    assert said in report.findings[0].message


def test_ids_that_are_one_folder_on_some_disks_are_told(tmp_path: Path) -> None:
    report = checked(
        tmp_path,
        entry("Moon", "1956", sources=[{"document": "book"}, {"document": "Book"}]),
        entry("mars", "1957", sources=[{"document": "book"}]),
        entry("moon", "1958", sources=[{"document": "book"}]),
        documents=(document("book"), document("Book")),
    )
    found = [each for each in report.findings if each.rule == "near-id"]
    assert [(each.severity, Path(each.file).name, each.line) for each in found] == [
        ("warning", "documents.yaml", 2), ("warning", "entries.yaml", 3)
    ]  # fmt: skip
    assert 'entry "moon" and entry "Moon" would be one folder' in found[1].message


def test_tags_that_only_begin_alike_are_left_alone() -> None:
    assert list(near_tags({"war": 1, "warsaw": 1, "art": 2, "arts-and-crafts": 1})) == []
    assert list(near_tags({"press": 1, "pres": 1, "gas": 1, "ga": 1})) == []
    assert [(each.tag, each.usual) for each in near_tags({"b-a": 1, "ba": 1, "BA": 3})] == [
        ("b-a", "BA"), ("ba", "BA")
    ]  # fmt: skip
