"""Is it safe to read a workbook, and what is in it that its rows do not show?

A workbook (XLSX) is a packed folder of XML files (ECMA-376). A few bytes of it can be meant to fill
the memory: they unpack to very many, or an XML entity does. Such a file is refused before the
library openpyxl gets it. It forbids entities itself too, as does expat since 2.4.1.

Called by xlsx_rows.py.
"""

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import IO, NoReturn
from xml.parsers import expat
from zipfile import ZipFile

from onthisday.importers.found import Broken

_MOST_FILES = 10_000
_MOST_UNPACKED = 2 * 1024**3
_FEW = 16 * 1024**2
"""Bytes. What unpacks to fewer is never refused for unpacking to many times its size."""

_MOST_TIMES = 100
"""How many times its size a file may unpack to. Sheets unpack to about ten times theirs."""

_CHUNK = 1024**2

_LOCKED = "EncryptedPackage".encode("utf-16-le")
_AS_XLSX = 'save it as "Excel Workbook (.xlsx)"'

_REMARKABLE = re.compile(
    rb'<(?:\w+:)?(?:(?P<hidden>row)\b[^>]*\bhidden="(?:1|true)"|(?P<merged>mergeCell)\b'
    rb"|f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)(?:<(?:\w+:)?v ?/>|<v></v>)?</(?:\w+:)?(?P<unknown>c)>)"
)

_REMARKS = {
    "hidden": "hidden rows: {}; they are read too",
    "merged": "merged cells: {}; only the first cell of each has its value, so write it into each "
    "one that needs it",
    "unknown": "formulas without a result: {}; their cells are read as blank, so open the file "
    "in a spreadsheet program, and save it",
}


def refuse(content: bytes) -> None:
    """Raise Broken if a file is no workbook that can be read, or is not safe to read."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        locked = _LOCKED in content
        raise Broken(
            "is locked with a password; save it without one"
            if locked
            else f"is in the old format of Excel (.xls); {_AS_XLSX}"
        )
    if not content.startswith(b"PK\x03\x04"):
        raise Broken(f"is no workbook; {_AS_XLSX}, or import it as csv if it is a text")
    if content.count(b"PK\x01\x02") > _MOST_FILES:
        raise Broken(f"has more than {_MOST_FILES} files in it; {_AS_XLSX} anew")
    with ZipFile(BytesIO(content)) as package:
        _refuse_sizes(package)
        _refuse_others(set(package.namelist()))
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                _refuse_declarations(package.open(name))


def _refuse_sizes(package: ZipFile) -> None:
    """Raise Broken for what unpacks to too much. zipfile gives no more than what is declared."""
    files = package.infolist()
    bombs = (each.file_size > max(_FEW, _MOST_TIMES * each.compress_size) for each in files)
    if any(bombs) or sum(each.file_size for each in files) > _MOST_UNPACKED:
        raise Broken("unpacks to far too many bytes; save its rows as several workbooks")


def _refuse_others(names: set[str]) -> None:
    if "content.xml" in names or "xl/workbook.bin" in names:
        raise Broken(f"is a workbook of another format (.ods or .xlsb); {_AS_XLSX}")


def _refuse_declarations(file: IO[bytes]) -> None:
    """Raise Broken for XML with a DTD, which could declare entities. XLSX forbids it (OPC, 8.1.4).

    What is no XML is left to openpyxl.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _forbidden
    parser.StartElementHandler = _begun
    try:
        while chunk := file.read(_CHUNK):
            parser.Parse(chunk)
    except (_Begun, expat.ExpatError):
        return


class _Begun(Exception):
    """The first element begins: no declaration can follow."""


def _begun(*_: object) -> NoReturn:
    raise _Begun


def _forbidden(*_: object) -> NoReturn:
    raise Broken(f"has declarations that no workbook needs; {_AS_XLSX} anew")


def remarks(content: bytes) -> Iterator[str]:
    """Yield what the person must know of hidden rows, merged cells and formulas without results."""
    found = Counter[str]()
    with ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                found.update(_remarkable(package.open(name)))
    yield from (said.format(found[kind]) for kind, said in _REMARKS.items() if found[kind])


def _remarkable(sheet: IO[bytes]) -> Iterator[str]:
    """Yield a word for each such thing in a sheet. It is read in pieces that end with a row."""
    kept = b""
    while chunk := sheet.read(_CHUNK):
        before, end, after = (kept + chunk).rpartition(b"</row>")
        yield from (match.lastgroup or "" for match in _REMARKABLE.finditer(before + end))
        kept = after[-_CHUNK:]
    yield from (match.lastgroup or "" for match in _REMARKABLE.finditer(kept))
