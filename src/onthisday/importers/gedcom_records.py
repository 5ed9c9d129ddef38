"""The records of a GEDCOM file: a person, a family, a source, each with the lines below it.

Called by gedcom.py and by the modules beside it.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from onthisday.almanac.entry import Span
from onthisday.characters import clean, nfc
from onthisday.importers.found import Broken, Place, Refused
from onthisday.importers.gedcom_lines import Written, passage

_MOST_LINES = 100_000
"""A record with more lines is no person and no family, and would need much memory."""

_ROW = re.compile(
    r"[ \t]*([0-9]{1,2})[ \t]+(?:(@[^@]+@)[ \t]+)?([A-Za-z0-9_]+)(?: (.*))?", re.DOTALL
)
"""Level, name of the record, tag and value."""

_POINTER = re.compile(r"@[^@#][^@]*@")
_NOTHING = " \t\0\x1a\ufeff"
"""What may stand on a line that says nothing. DOS wrote U+001A at the end of a file."""

_NO_ROW = "is no line of GEDCOM: a line has a level, a tag and a value, such as 1 NAME Anna /Weber/"


class Structure(NamedTuple):
    """A line of a record with those below it. ``at``: which line of the record it is."""

    tag: str
    value: str
    at: int
    below: list["Structure"]

    def all(self, *tags: str) -> Iterator["Structure"]:
        """Yield what is right below and has one of these tags."""
        return (each for each in self.below if each.tag in tags)

    def first(self, *tags: str) -> str:
        """Return the text, on one line, of the first such one below that says something."""
        return next((words for each in self.all(*tags) if (words := each.words)), "")

    @property
    def text(self) -> str:
        """The value and the lines that continue it, without controls. ``@@`` means ``@``."""
        further = "".join(
            f"\n{each.value}" if each.tag == "CONT" else each.value
            for each in self.all("CONT", "CONC")
        )
        return nfc(clean((self.value + further).replace("@@", "@"))).strip()

    @property
    def words(self) -> str:
        """The text on one line."""
        return " ".join(self.text.split())

    @property
    def pointer(self) -> str:
        """The name of the record to which the value points; empty if it is none."""
        value = self.value.strip()
        return value if _POINTER.fullmatch(value) else ""

    @property
    def last(self) -> int:
        """Which line of the record is its last one."""
        lowest = self
        while lowest.below:
            lowest = lowest.below[-1]
        return lowest.at


class Record(NamedTuple):
    """A record. ``name`` is that by which others point to it, such as ``@I1@``.

    A record without a name gets the number of its line instead.
    """

    name: str
    top: Structure
    lines: list[Written]

    def passage(self, of: Structure) -> tuple[Place, str]:
        """Return where a structure stands, and its text."""
        lines = self.lines[of.at : of.last + 1]
        return Place(lines[0].number, Span(lines[0].start, lines[-1].end)), passage(lines)

    def first_line(self, of: Structure) -> tuple[Place, str]:
        """Return the same for its first line alone. Its text is ``1 BIRT``: it has no date."""
        line = self.lines[of.at]
        return Place(line.number, Span(line.start, line.end)), f"1 {of.tag}"


def records(lines: Iterable[Written]) -> Iterator[Record | Refused]:
    """Yield the records, and the lines that are none. Raises Broken.

    A file that is cut may be cut inside a date. So its last record is not yielded.
    """
    record, opened = None, list[Structure]()
    for line in lines:
        row = _ROW.fullmatch(line.text.lstrip("\ufeff"))
        if row is not None and int(row[1]) == 0:
            if record is not None:
                yield record
            record, opened = _begun(record, row, line)
        elif row is not None and record is not None:
            _add(record, opened, row, line)
        elif line.text.strip(_NOTHING):
            yield _refused(record, line)
        elif record is not None:
            record.lines.append(line)
    if record is None or record.top.tag != "TRLR":
        raise _cut(record)


def _begun(
    before: Record | None, row: re.Match[str], line: Written
) -> tuple[Record, list[Structure]]:
    if before is None and row[3] != "HEAD":
        raise _no_gedcom(line)
    top = Structure(row[3], row[4] or "", 0, [])
    return Record(row[2] or str(line.number), top, [line]), [top]


def _add(record: Record, opened: list[Structure], row: re.Match[str], line: Written) -> None:
    """Add a line to a record. ``opened``: the structures to which it may belong, by their level."""
    if len(record.lines) == _MOST_LINES:
        raise Broken(f"has a record with more than {_MOST_LINES:,} lines", line.number)
    del opened[int(row[1]) :]
    structure = Structure(row[3], row[4] or "", len(record.lines), [])
    opened[-1].below.append(structure)
    opened.append(structure)
    record.lines.append(line)


def _refused(record: Record | None, line: Written) -> Refused:
    if record is None:
        raise _no_gedcom(line)
    record.lines.append(line)
    return Refused(Place(line.number, Span(line.start, line.end)), line.text, _NO_ROW)


def _no_gedcom(line: Written) -> Broken:
    return Broken("is no GEDCOM: it does not begin with 0 HEAD", line.number)


def _cut(record: Record | None) -> Broken:
    if record is None:
        return Broken("is no GEDCOM: it is empty")
    number = record.lines[0].number
    words = "does not end with 0 TRLR, so it may be cut, and its last record is not imported"
    return Broken(f"{words}; let the program that made it write it anew", number)
