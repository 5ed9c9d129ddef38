"""A workbook that we write: every cell is a text, and comes back as it went."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from onthisday.importers.found import Found
from onthisday.importers.sheet_cells import COLUMNS, cells_of
from onthisday.importers.sheets import read_xlsx
from onthisday.importers.xlsx_writing import LONGEST, TooLong, write
from tests.importing.entry_trees import ENTRIES, Tree
from tests.importing.incoming import incoming
from tests.importing.test_sheets_exported import SPEECH, tidy


def written(*rows: tuple[str, ...], header: tuple[str, ...] = ("date", "title")) -> bytes:
    into = BytesIO()
    write(header, rows, "almanac", into)
    return into.getvalue()


def sheet(content: bytes) -> Any:
    return load_workbook(BytesIO(content)).active


@given(st.lists(ENTRIES, min_size=1, max_size=3))
def test_every_entry_comes_back(trees: list[Tree]) -> None:
    into = BytesIO()
    write(COLUMNS, map(cells_of, trees), "almanac", into)
    back = [each for each in read_xlsx(incoming(into.getvalue())) if isinstance(each, Found)]
    assert [tidy(each.tree) for each in back] == [tidy(each) for each in trees]
    assert all(each.whole for each in back)


@pytest.mark.parametrize("text", ["=1+1", "#N/A", "1956", "TRUE", "1956-02-25", "a_x000D_b\r\n"])
def test_every_cell_is_a_text(text: str) -> None:
    cell = sheet(written(("1956", text)))["B2"]
    assert (cell.data_type, cell.number_format) == ("s", "@")


def test_a_cell_that_is_filled_later_is_a_text_too() -> None:
    assert sheet(written(("1956", ""))).column_dimensions["B"].number_format == "@"


def test_the_header_is_bold_stays_in_sight_and_has_filters() -> None:
    made = sheet(written(("1956", "x"), ("1957", "y")))
    assert made["A1"].font.bold
    assert (made.freeze_panes, made.auto_filter.ref) == ("A2", "A1:B3")


def test_an_almanac_without_entries_is_a_header() -> None:
    assert [[cell.value for cell in row] for row in sheet(written()).rows] == [["date", "title"]]


def test_a_text_that_no_cell_can_hold_is_named_and_not_cut() -> None:
    with pytest.raises(TooLong, match="row 3, column 2 has more than 32,766 characters"):
        written(("1956", "x" * LONGEST), ("1957", "x" * (LONGEST + 1)))


def test_a_row_is_written_before_the_next_one_is_asked_for() -> None:
    asked: list[int] = []

    def rows() -> Iterator[tuple[str, ...]]:
        for number in range(2):
            asked.append(number)
            yield ("1956", "x" * (LONGEST + 1 - number))

    with pytest.raises(TooLong):
        write(("date", "title"), rows(), "almanac", BytesIO())
    assert asked == [0]


def test_more_rows_than_a_sheet_can_have_go_into_further_sheets() -> None:
    into = BytesIO()
    write(("date", "title"), (("1956", str(at)) for at in range(5)), "almanac", into, most=3)
    facts = [each for each in read_xlsx(incoming(into.getvalue())) if isinstance(each, Found)]
    assert [each.tree["title"] for each in facts] == ["0", "1", "2", "3", "4"]
    assert [each.place.page for each in facts][2:] == [
        "almanac 2, row 2",
        "almanac 2, row 3",
        "almanac 3, row 2",
    ]


def test_an_edited_workbook_gives_what_was_edited() -> None:
    book = load_workbook(BytesIO(written(tuple(cells_of(SPEECH)), header=COLUMNS)))
    assert book.active is not None
    book.active["H2"] = "A secret speech"
    into = BytesIO()
    book.save(into)
    (one,) = read_xlsx(incoming(into.getvalue()))
    assert isinstance(one, Found)
    assert one.tree == SPEECH | {"brief": "A secret speech"}
