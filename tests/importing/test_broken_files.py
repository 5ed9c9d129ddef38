"""`import` with broken files of every format: each ends in a line or in entries, never in a trace.

The command runs as a whole, with the schema, the checks and the writing. The importers alone are
tried with many more files in the tests of each format.
"""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from onthisday.importers.calendar import read
from onthisday.importers.formats import IMPORTERS
from onthisday.importers.found import Broken
from tests.importing.desk import Desk
from tests.importing.incoming import incoming
from tests.importing.spoiling import spoiled

CALENDAR = """\
/* The mill */
#ifndef _mill_
#define _mill_
LANG=ru_RU.UTF-8
Easter=Ostern
01/07\tThe mill burns, 1904
7 янв.\tРождество (1613 год)
Ostern-2*\tGood Friday
\tand its fair, 44 BC
11/SunLast\tA feast // remark
2018/1/31\tAn eclipse
#include "mill"
CALENDAR=Julian
10/25\tThe palace falls, 1917
#endif
"""
TABLE = """\
id,date,title,place,tags,url
1,1904-01-07,The mill burns,Kiel,fire; mill,https://a.example/
,55 BC,Caesar lands,,,
,12. März 1850,Eine Brücke,,,
"""
LINES = (
    '{"id": "a", "date": "1904", "title": "A", "sources": [{"document": "d"}]}\n'
    '{"id": "d", "kind": "document", "title": "D"}\n'
    '{"date": "1956-02-25", "title": "B", "accounts": [{"question": "q", "answers": []}]}\n'
)
ICS = """\
BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:19040107
RRULE:FREQ=YEARLY
SUMMARY:The mill burns
END:VEVENT
END:VCALENDAR
"""
TREE = """\
0 HEAD
1 GEDC
2 VERS 5.5.1
1 CHAR UTF-8
0 @I1@ INDI
1 NAME Anna /Müller/
1 _UID 1234
1 BIRT
2 DATE 11 FEB 1731/32
2 PLAC Kiel
1 DEAT
2 DATE ABT 1800
0 TRLR
"""
ANSWER = """\
{"events": [{"text": "The mill burns", "year": 1904, "pages": [{"title": "Mill", "lang": "en",
"content_urls": {"desktop": {"page": "https://en.wikipedia.org/wiki/Mill"}}}]}],
"births": [{"text": "Anna, a miller (d. 1800)", "year": -44, "pages": []}]}
"""


def _workbook() -> bytes:
    book = Workbook()
    for line in TABLE.splitlines():
        book.active.append(line.split(","))  # type: ignore[union-attr]
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


GOOD: dict[str, tuple[str, Callable[[], bytes]]] = {
    "calendar": ("mill", CALENDAR.encode),
    "csv": ("mill.csv", TABLE.encode),
    "xlsx": ("mill.xlsx", _workbook),
    "jsonl": ("mill.jsonl", LINES.encode),
    "ics": ("mill.ics", ICS.encode),
    "gedcom": ("mill.ged", TREE.encode),
    "wikimedia": ("01-07.json", ANSWER.encode),
}
SEEDS = 100


def test_every_format_is_tried() -> None:
    assert GOOD.keys() == IMPORTERS.keys()


@pytest.mark.parametrize("form", GOOD)
def test_a_good_file_is_imported(form: str, desk: Desk) -> None:
    name, content = GOOD[form]
    assert " new entr" in desk.run("import", form, desk.write(name, content()))


@pytest.mark.slow
@pytest.mark.parametrize("form", GOOD)
def test_a_broken_file_ends_in_a_line_or_in_entries(form: str, desk: Desk) -> None:
    name, content = GOOD[form]
    good = content()
    for seed in range(SEEDS):
        desk.write(name, spoiled(good, seed))
        told = desk.run_to_any_end("import", form, desk.folder / name)
        assert "unexpected" not in told, (seed, told)
    desk.run("today")


@pytest.mark.parametrize("form", GOOD)
def test_a_file_of_another_format_is_told(form: str, desk: Desk) -> None:
    for other, (name, content) in GOOD.items():
        if other != form:
            told = desk.run_to_any_end("import", form, desk.write(name, content()))
            assert "unexpected" not in told, (other, told)
            assert told.strip()


@pytest.mark.parametrize("form", GOOD)
@pytest.mark.parametrize(
    "content", [b"", b"\0" * 5000, b"\xff" * 5000, b"\n" * 5000, b"(" * 99_999]
)
def test_a_file_of_nothing_is_told(form: str, content: bytes, desk: Desk) -> None:
    told = desk.run_to_any_end("import", form, desk.write(GOOD[form][0], content))
    assert "unexpected" not in told
    assert told.strip()


@pytest.mark.parametrize("form", GOOD)
def test_a_folder_is_no_file(form: str, desk: Desk) -> None:
    assert "it is a folder" in desk.run("import", form, desk.folder, code=1)


@pytest.mark.parametrize("seed", range(300))
def test_a_spoiled_calendar_is_read_or_told(seed: int) -> None:
    content = spoiled(CALENDAR.encode(), seed)
    try:
        for each in read(incoming(content, "mill", {"mill": content.decode("utf-8", "replace")})):
            assert each.place.line > 0
    except Broken:
        pass


def test_a_line_without_an_end_is_told(desk: Desk, tmp_path: Path) -> None:
    told = desk.run("import", "calendar", desk.write("mill", "01/07\t" + "x" * 5_000_000), code=1)
    assert "has a line of more than" in told
