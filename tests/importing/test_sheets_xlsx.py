"""Workbooks: which texts their cells are, and what is told of them."""

from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from onthisday.importers.found import Broken, Found, Note, Read, Refused
from onthisday.importers.sheets import read_xlsx
from tests.importing.incoming import incoming
from tests.importing.workbooks import FIRST_SHEET, Rows, replaced, workbook

HEAD = ("date", "title", "text")
AFTERNOON = datetime.fromisoformat("1956-02-25 14:30")  # a workbook knows no zones


def read(content: bytes) -> list[Read]:
    return list(read_xlsx(incoming(content)))


def notes(each: list[Read]) -> list[str]:
    return [note.message for note in each if isinstance(note, Note)]


def cell(value: Any, form: str | None = None, epoch: Any = None) -> Read:
    """Return what a row is whose date is a cell with this value and this format."""

    def change(book: Any) -> None:
        if form:
            book.active["A2"].number_format = form
        if epoch:
            book.epoch = epoch

    (one,) = read(workbook([HEAD, (value, "x")], change=change))
    return one


@pytest.mark.parametrize(
    ("value", "form", "edtf"),
    [
        ("1956-02-25", None, "1956-02-25"),
        (date(1956, 2, 25), None, "1956-02-25"),
        (date(1956, 2, 25), "dd.mm.yy", "1956-02-25"),
        (date(1956, 2, 25), '[$-407]d. mmmm yyyy "AD"', "1956-02-25"),
        (AFTERNOON, "yyyy-mm-dd", "1956-02-25"),
        (date(1956, 2, 1), "mmm-yy", "1956-02"),
        (date(1956, 1, 1), "yyyy", "1956"),
        (1956, None, "1956"),
        (1956.0, None, "1956"),
        (476, "0000", "0476"),
        ("44 BC", None, "-0043"),
    ],
)
def test_a_date_is_what_its_cell_shows(value: Any, form: str | None, edtf: str) -> None:
    one = cell(value, form)
    assert isinstance(one, Found)
    assert one.tree["date"] == edtf


def test_a_day_of_a_workbook_that_counts_from_1904_is_that_day() -> None:
    one = cell(date(1956, 2, 25), None, CALENDAR_MAC_1904)
    assert isinstance(one, Found)
    assert one.tree == {"date": "1956-02-25", "kind": "event", "title": "x"}


@pytest.mark.parametrize(
    ("value", "form", "reason"),
    [
        (date(2026, 2, 25), "d-mmm", "has no year"),
        (AFTERNOON, "yyyy-mm-dd hh:mm", "leave the time of day out"),
        (time(14, 30), None, "time of day"),
        (20510, None, "as spreadsheets count them"),
        (0.5, "0%", '"50%" is no date'),
        (date(1900, 1, 15), None, "before March 1900"),
        ("#REF!", None, "has #REF!"),
        (True, None, "no date"),
        (None, None, "has no date"),
    ],
)
def test_a_cell_that_is_no_day_is_refused(value: Any, form: str | None, reason: str) -> None:
    one = cell(value, form)
    assert isinstance(one, Refused)
    assert reason in one.reason


@pytest.mark.parametrize(
    ("number", "day"),
    [(-7596, "1879-03-14"), (-115858, "1582-10-15"), (-115859, "1582-10-04"),
     (-304318, "1066-10-14"), (-657436, "0100-01-01")],
)  # fmt: skip
def test_days_before_1900_are_those_that_libreoffice_shows(number: int, day: str) -> None:
    one = cell(number, "yyyy-mm-dd")
    assert isinstance(one, Found)
    assert one.tree["date"] == day


def test_a_place_is_the_row_and_after_the_first_sheet_its_sheet_too() -> None:
    content = workbook([HEAD, (), ("1956", "x")], {"Births": [("Date", "Name"), ("1879", "y")]})
    assert [(each.place.line, each.place.page) for each in read(content)] == [
        (3, "row 3"),
        (2, "Births, row 2"),
    ]


def test_a_sheet_that_is_no_table_of_dates_is_named_and_a_blank_one_is_not() -> None:
    content = workbook([HEAD, ("1956", "x")], {"Lists": [("a", "b")], "Sheet3": []})
    (told,) = notes(read(content))
    assert told.startswith('the sheet "Lists" is not imported: no column is named as a date')


def test_a_workbook_without_any_table_of_dates_is_broken() -> None:
    with pytest.raises(Broken, match='the sheet "Sheet" is not imported: no column is named as'):
        read(workbook([("a", "b")]))
    with pytest.raises(Broken, match="has no rows"):
        read(workbook([]))


def test_what_is_hidden_or_merged_is_read_and_told() -> None:
    def change(book: Any) -> None:
        book.active.row_dimensions[2].hidden = True
        book.active.merge_cells("A2:A3")
        book["Old"].sheet_state = "hidden"

    rows: Rows = [HEAD, ("1956", "x"), (None, "y")]
    all_read = read(workbook(rows, {"Old": [HEAD, ("1957", "z")]}, change))
    assert [told.partition(";")[0] for told in notes(all_read)] == [
        "hidden rows: 1",
        "merged cells: 1",
        'the sheet "Old" is hidden',
    ]
    assert [type(each) for each in all_read if not isinstance(each, Note)] == [
        Found,
        Refused,
        Found,
    ]


def test_a_formula_is_its_result_and_told_if_the_file_has_none() -> None:
    content = workbook([HEAD, ("=1900+56", "x", "=A1"), ("1957", "y", None)])
    (told,) = notes(read(content))
    assert told.startswith("formulas without a result: 2")
    one, _ = read(
        replaced(content, FIRST_SHEET, lambda xml: xml.replace(b"<v></v>", b"<v>1956</v>"))
    )
    assert isinstance(one, Found)
    assert one.tree == {"date": "1956", "kind": "event", "title": "x", "summary": "1956"}


def test_a_line_break_and_an_escaped_control_of_a_text_are_what_they_mean() -> None:
    (one,) = read(workbook([HEAD, ("1956", "x", "a\nb_x000D_\nc_x005F_x000D_")]))
    assert isinstance(one, Found)
    assert one.tree["summary"] == "a\nb\nc_x000D_"


@pytest.mark.parametrize("size", [b"A1", b"A1:XFD1048576"])
def test_a_sheet_is_read_whole_whatever_size_it_says_it_has(size: bytes) -> None:
    def lie(xml: bytes) -> bytes:
        return xml.replace(b'ref="A1:C2"', b'ref="' + size + b'"')

    (one,) = read(replaced(workbook([HEAD, ("1956", "x", "y")]), FIRST_SHEET, lie))
    assert isinstance(one, Found)


def test_rows_beyond_what_a_sheet_can_have_break_the_file() -> None:
    content = workbook([HEAD, ("1956", "x", "y")])
    far = replaced(content, FIRST_SHEET, lambda xml: xml.replace(b'r="2"', b'r="99999999999"'))
    with pytest.raises(Broken, match="more rows than a sheet can have"):
        read(far)


def _packed(**files: bytes) -> bytes:
    into = BytesIO()
    with ZipFile(into, "w") as packed:
        for name, content in files.items():
            packed.writestr(name.replace("__", "/").replace("_", "."), content)
    return into.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xd0\xcf\x11\xe0 old", "old format of Excel"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (b"date,title\n1956,x\n", "import it as csv"),
        (b"", "is no workbook"),
        (_packed(content_xml=b""), r"another format \(.ods or .xlsb\)"),
        (_packed(a_txt=b"x"), "is damaged"),
        (workbook([HEAD])[:-100], "is damaged"),
    ],
)
def test_what_is_no_workbook_is_broken_with_what_to_do(content: bytes, message: str) -> None:
    with pytest.raises(Broken, match=message):
        read(content)


_ENTITIES = b"".join(
    b'<!ENTITY e%d "%s">' % (at, (b"&e%d;" % (at - 1)) * 10 if at else b"lol") for at in range(10)
)


@pytest.mark.parametrize("name", [FIRST_SHEET, "xl/workbook.xml", "xl/styles.xml"])
def test_entities_that_would_fill_the_memory_are_refused(name: str) -> None:
    def bomb(xml: bytes) -> bytes:
        body = xml.partition(b"?>")[2] if xml.startswith(b"<?xml") else xml
        return b"<!-- --><!DOCTYPE x [" + _ENTITIES + b"]>" + body

    with pytest.raises(Broken, match="declarations that no workbook needs"):
        read(replaced(workbook([HEAD, ("1956", "x")]), name, bomb))


@pytest.mark.parametrize("filler", [b"<row/>", b" ", b"<!---->"])
def test_a_file_that_unpacks_to_far_too_much_is_refused(filler: bytes) -> None:
    def bomb(xml: bytes) -> bytes:
        return xml.replace(b"<sheetData>", b"<sheetData>" + filler * (60_000_000 // len(filler)))

    with pytest.raises(Broken, match="far too many bytes"):
        read(replaced(workbook([HEAD, ("1956", "x")]), FIRST_SHEET, bomb))


def test_very_many_files_in_a_file_are_refused() -> None:
    into = BytesIO()
    with ZipFile(into, "w") as packed:
        for number in range(10_001):
            packed.writestr(str(number), b"")
    with pytest.raises(Broken, match="more than 10000 files"):
        read(into.getvalue())
