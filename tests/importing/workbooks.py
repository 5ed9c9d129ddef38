"""Workbooks (XLSX) in memory, as openpyxl makes them, and changed inside."""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

Rows = Sequence[Sequence[Any]]


def workbook(
    rows: Rows,
    more: Mapping[str, Rows] | None = None,
    change: Callable[[Any], object] = lambda _: None,
) -> bytes:
    """Return a workbook: a first sheet, and ``more`` by their names. ``change`` gets the book."""
    book: Any = Workbook()
    for row in rows:
        book.active.append(row)
    for name, others in (more or {}).items():
        sheet = book.create_sheet(name)
        for row in others:
            sheet.append(row)
    change(book)
    return saved(book)


def saved(book: Any) -> bytes:
    into = BytesIO()
    book.save(into)
    return into.getvalue()


def replaced(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook in which one of its files is another one."""
    into = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(into, "w", ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, change(old.read(each)) if each == name else old.read(each))
    return into.getvalue()


FIRST_SHEET = "xl/worksheets/sheet1.xml"
