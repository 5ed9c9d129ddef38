"""An almanac that was exported into a table: its entries come back whole, also edited ones."""

import csv
import io
import json
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.characters import clean
from onthisday.importers.found import Found, Note, Read, Refused
from onthisday.importers.sheet_cells import COLUMNS, cells_of
from onthisday.importers.sheets import read_csv
from tests.importing.entry_trees import DOCUMENTS, ENTRIES, Tree
from tests.importing.incoming import incoming

SOURCES = [{"document": "history-today-2006", "locator": {"start": 205, "end": 522}}]
SPEECH: Tree = {
    "id": "secret-speech",
    "date": "1956-02-25",
    "title": "Khrushchev denounces Stalin",
    "summary": 'One line.\nAnother; with "quotes" and, commas.',
    "tags": ["soviet-union", "de-stalinization"],
    "sources": SOURCES,
    "exported": "1f0c",
}


def table(rows: Iterable[list[str]], separator: str = ",") -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=separator).writerows(rows)
    return f"\ufeff{written.getvalue()}"


def exported(*trees: Tree, **edited: str) -> str:
    """Return a table as `export` writes it. ``edited``: cells that a person has changed."""
    rows = [dict(zip(COLUMNS, cells_of(tree), strict=True)) | edited for tree in trees]
    return table([list(COLUMNS), *(list(row.values()) for row in rows)])


def read(text: str) -> list[Read]:
    return list(read_csv(incoming(text)))


def edited(**cells: str) -> Found:
    (one,) = read(exported(SPEECH, **cells))
    assert isinstance(one, Found)
    return one


def test_an_exported_entry_comes_back_whole() -> None:
    one = edited()
    assert (one.tree, one.id, one.whole) == (SPEECH, "secret-speech", True)


@given(st.lists(st.one_of(ENTRIES, DOCUMENTS), min_size=1, max_size=3), st.sampled_from(",;\t"))
def test_every_exported_entry_and_document_comes_back(trees: list[Tree], separator: str) -> None:
    text = table([list(COLUMNS), *map(cells_of, trees)], separator)
    back = [each.tree for each in read(text) if isinstance(each, Found)]
    assert [tidy(each) for each in back] == [tidy(each) for each in trees]


def tidy(tree: Tree) -> Tree:
    """Return a tree with the texts that the schema makes of its texts."""
    texts = {key: item for key, item in tree.items() if isinstance(item, str)}
    return tree | {key: clean(item).strip() for key, item in texts.items()}


def test_a_date_that_a_spreadsheet_has_changed_is_the_same_date() -> None:
    assert edited(date="2/25/1956").tree == SPEECH
    assert edited(date="1956-02-25 00:00:00").tree == SPEECH


def test_a_month_that_lost_its_century_is_refused() -> None:
    (one,) = read(exported(SPEECH, date="Feb-56"))
    assert isinstance(one, Refused)
    assert "only you know the century" in one.reason


def test_a_cell_of_json_that_a_person_broke_is_refused_by_name() -> None:
    (one,) = read(exported(SPEECH, sources=json.dumps(SOURCES)[:-1]))
    assert isinstance(one, Refused)
    assert one.reason.startswith("the cell sources is no whole JSON")


def test_a_line_break_inside_the_json_of_a_cell_is_taken() -> None:
    cell = '[{"question": "a\nb", "answers": []}]'
    assert edited(accounts=cell).tree["accounts"] == [{"question": "a\nb", "answers": []}]


def test_a_row_that_a_curator_adds_is_no_whole_entry() -> None:
    one = edited(id="", sources="", exported="", date="c. 1950", tags="a,b")
    assert (one.id, one.whole, one.tree["date"]) == (None, False, "1950~")
    assert one.tree["tags"] == ["a", "b"]


def test_a_source_in_words_in_an_added_row_is_a_document() -> None:
    one = edited(id="new", sources="Pravda", exported="")
    assert (one.id, one.whole) == ("new", False)
    assert [each["title"] for each in one.documents] == ["Pravda"]


def test_a_row_whose_sources_were_emptied_is_still_the_whole_entry() -> None:
    one = edited(sources="")
    assert one.whole
    assert "sources" not in one.tree


def test_a_column_that_a_curator_adds_is_named() -> None:
    note, one = read(exported(SPEECH).replace("exported\r\n", "exported,remarks\r\n"))
    assert isinstance(note, Note)
    assert note.message == 'these columns are not imported: "remarks"'
    assert isinstance(one, Found)


def test_columns_may_stand_in_another_order_and_some_may_be_gone() -> None:
    (one,) = read('sources,title,date,id\n"[{""document"": ""d""}]",x,1956,a\n')
    assert isinstance(one, Found)
    assert one.whole
    assert one.tree == {"id": "a", "date": "1956", "title": "x", "sources": [{"document": "d"}]}


def test_a_text_that_a_spreadsheet_program_may_have_cut_is_refused() -> None:
    (one,) = read(exported(SPEECH, summary="x" * 32_767))
    assert isinstance(one, Refused)
    assert one.reason.startswith('may be cut in the column "summary"')


@pytest.mark.parametrize("text", ["??????? ????", "Caf\ufffd"])
def test_a_row_whose_letters_a_program_has_lost_is_refused(text: str) -> None:
    (one,) = read(exported(SPEECH, place=text))
    assert isinstance(one, Refused)
    assert "save the exported table as UTF-8" in one.reason


def test_a_table_that_somebody_else_made_may_have_a_column_of_sources_in_words() -> None:
    one, other = read("id,date,title,sources\na,1956,x,Pravda\nb,1957,y,\n")
    assert isinstance(one, Found)
    assert isinstance(other, Found)
    assert [each["title"] for each in one.documents] == ["Pravda"]
    assert (other.id, other.whole, other.documents) == ("b", False, ())
