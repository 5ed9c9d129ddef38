"""Broken tables and workbooks: something is told of each, and nothing else happens."""

import time
from collections.abc import Callable, Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest

from onthisday.importers.found import Broken, Found, Note, Read, Refused
from onthisday.importers.incoming import Incoming
from onthisday.importers.sheet_cells import COLUMNS, cells_of
from onthisday.importers.sheets import read_csv, read_xlsx
from onthisday.importers.xlsx_writing import write
from tests.importing.incoming import incoming
from tests.importing.spoiling import spoiled
from tests.importing.test_sheets_exported import SPEECH, exported
from tests.importing.workbooks import replaced, workbook

TABLE = (
    "Date;Event;Text;Link;Born\n"
    '55 BC;Caesar lands;"a ""text"", with\nlines";https://a.example/;\n'
    "12/05/1920;x;y;;1879-03-14\n" * 5
)
ROWS = [("Date", "Event", "Text"), ("55 BC", "Caesar", "a text"), (1956, "x", "=1+1")]

TABLES = (TABLE.encode(), exported(SPEECH).encode(), TABLE.encode("utf-16"))
OTHERS = (b"%PDF-1.7\n1 0 obj", b"\x89PNG\r\n\x1a\n", b"<html><body>x", b'{"a": 1}', b"\0" * 9999)


def _written() -> bytes:
    into = BytesIO()
    write(COLUMNS, [cells_of(SPEECH)], "almanac", into)
    return into.getvalue()


def _spoiled_inside(content: bytes, seed: int) -> bytes:
    """Return a workbook of which one of the files inside is spoiled. Its package is whole."""
    names = ZipFile(BytesIO(content)).namelist()
    return replaced(content, names[seed % len(names)], lambda each: spoiled(each, seed))


def _broken_workbooks() -> Iterator[bytes]:
    for good in (workbook(ROWS), _written()):
        yield from (spoiled(good, seed) for seed in range(100))
        yield from (_spoiled_inside(good, seed) for seed in range(100))
    yield from OTHERS


def _assert_told(read: Callable[[Incoming], Iterator[Read]], content: bytes) -> None:
    try:
        told = list(read(incoming(content)))
    except Broken:
        return
    assert all(isinstance(each, Found | Refused | Note) for each in told)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("good", TABLES, ids=["table", "exported", "utf-16"])
def test_a_hundred_broken_tables_are_told_and_never_end_in_another_error(good: bytes) -> None:
    for seed in range(100):
        _assert_told(read_csv, spoiled(good, seed))


@pytest.mark.parametrize("content", OTHERS)
def test_a_file_of_another_format_is_told(content: bytes) -> None:
    _assert_told(read_csv, content)


@pytest.mark.timeout(120)
def test_hundreds_of_broken_workbooks_are_told_and_never_end_in_another_error() -> None:
    for content in _broken_workbooks():
        _assert_told(read_xlsx, content)


def test_a_cell_with_deep_json_is_refused() -> None:
    (one,) = read_csv(incoming(exported(SPEECH, accounts="[" * 100_000)))
    assert isinstance(one, Refused)


@pytest.mark.parametrize("cell", [" " * 100_000, "'" * 100_000, "1" * 100_000, "a-" * 50_000,
                                  "between " * 10_000, "(" * 100_000, "#" * 100_000])  # fmt: skip
def test_a_very_long_cell_takes_no_long_time(cell: str) -> None:
    began = time.process_time()
    for row in (f"{cell},x", f"1956,{cell}", f"1956,x,{cell},{cell}", f"1956,x,,,{cell}"):
        list(read_csv(incoming(f"date,title,tags,url,born\n{row}\n")))
    assert time.process_time() - began < 5


def test_a_text_that_never_ends_breaks_the_file_before_it_fills_the_memory() -> None:
    with pytest.raises(Broken, match="does not end with one"):
        list(read_csv(incoming('date,title\n1956,"' + "x\n" * 100_000)))
