"""Entries and documents as cells: they come back as they went, and no cell runs as a formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.importers.sheet_cells import (
    COLUMNS,
    EXPORTED,
    BadCell,
    cells_of,
    guarded,
    tree_of,
    unguarded,
)
from onthisday.schema.entry_schema import DOCUMENT, ENTRY
from onthisday.schema.shapes import Problem, Record
from tests.importing.entry_trees import BIRTHS, DOCUMENTS, ENTRIES, Tree


def back(tree: Tree) -> Tree:
    return tree_of(dict(zip(COLUMNS, cells_of(tree), strict=True)))


def assert_accepted(record: Record, tree: Tree) -> None:
    problems: list[Problem] = []
    record.read(tree, (), problems)
    assert problems == []


@given(st.one_of(ENTRIES, BIRTHS))
def test_an_entry_comes_back_from_its_cells(tree: Tree) -> None:
    assert_accepted(ENTRY, tree)
    assert back(tree) == tree


@given(DOCUMENTS)
def test_a_document_comes_back_from_its_cells(tree: Tree) -> None:
    assert_accepted(DOCUMENT, {key: item for key, item in tree.items() if key != "kind"})
    assert back(tree) == tree


def test_every_key_of_an_entry_and_of_a_document_has_a_column() -> None:
    assert {*ENTRY.keys, *DOCUMENT.keys, EXPORTED} == set(COLUMNS)


def test_a_key_that_is_null_is_left_out() -> None:
    assert back({"id": "a", "place": None}) == {"id": "a"}


@given(st.text())
def test_any_text_comes_back_from_its_guarded_cell(text: str) -> None:
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize(
    "mark", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", " =", "'="]
)
def test_a_text_that_a_spreadsheet_may_run_has_an_apostrophe_before_it(mark: str) -> None:
    assert guarded(f"{mark}1+1") == f"'{mark}1+1"


@pytest.mark.parametrize(
    "text",
    [
        "0044",
        "1,956",
        "1.5",
        "10:30",
        "50%",
        "1953-03",
        "03-01",
        "1/2",
        "007",
        "1e5",
        "12e4567890123456",
        "0" * 64,
        "#N/A",
    ],
)
def test_a_text_that_a_spreadsheet_would_change_has_an_apostrophe_before_it(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["1956-02-25", "1956", "1950~", "a-b", "#tag", "10 Downing St"])
def test_other_texts_stand_as_they_are(text: str) -> None:
    assert guarded(text) == text


def test_an_apostrophe_of_the_text_itself_stays() -> None:
    assert guarded("'Tis the season") == "'Tis the season" == unguarded("'Tis the season")


def test_tags_stand_as_people_write_them() -> None:
    assert cells_of({"tags": ["peace", "treaty"]})[COLUMNS.index("tags")] == "peace, treaty"


@pytest.mark.parametrize("tags", [[], ["["], ["a,b"], ["[1]", "x"], ["a", ","]])
def test_tags_that_people_would_read_in_another_way_come_back(tags: list[str]) -> None:
    assert back({"tags": tags}) == {"tags": tags}


def test_tags_that_a_person_changed_are_read_with_any_spaces() -> None:
    assert tree_of({"tags": "peace,treaty ,  war,"}) == {"tags": ["peace", "treaty", "war"]}


@pytest.mark.parametrize("cell", ["TRUE", "true", "WAHR", "VRAI", "ИСТИНА"])
def test_true_is_read_as_each_spreadsheet_program_writes_it(cell: str) -> None:
    assert tree_of({"featured": cell, "died": cell}) == {"featured": True, "died": True}


@pytest.mark.parametrize("cell", ["[{", "[" * 100_000, "1" * 5000, "x"])
def test_a_cell_that_is_no_json_is_told_by_its_name(cell: str) -> None:
    with pytest.raises(BadCell, match="the cell sources is no whole JSON"):
        tree_of({"sources": cell})
