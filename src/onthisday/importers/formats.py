"""The formats that can be imported, by the name that `import` takes."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from onthisday.importers import calendar, gedcom, ics, jsonl, wikimedia
from onthisday.importers.found import Read
from onthisday.importers.incoming import Incoming
from onthisday.importers.sheets import read_csv, read_xlsx


class Importer(NamedTuple):
    """A format.

    - ``read``: yields what a file has, in its order. It raises Broken. It holds one fact at a time,
      so that a million need no more memory than ten, where the format allows that.
    - ``means``: a few words for `--help`.
    - ``is_text``: entries cite passages of the file. Otherwise they cite rows of a spreadsheet.
    - ``names_encoding``: the file itself says its encoding, so none is guessed.
    """

    read: Callable[[Incoming], Iterator[Read]]
    means: str
    is_text: bool = True
    names_encoding: bool = False


IMPORTERS: dict[str, Importer] = {
    "calendar": Importer(calendar.read, "files of calendar(1), as BSD and Debian have them"),
    "csv": Importer(
        read_csv, "a table with named columns, parted by commas, semicolons or tabs", is_text=False
    ),
    "gedcom": Importer(
        gedcom.read,
        "a family tree, GEDCOM 5.5.1 or 7: births, deaths, marriages",
        names_encoding=True,
    ),
    "ics": Importer(ics.read, "calendars: iCalendar, as calendar programs export it"),
    "jsonl": Importer(jsonl.read, "one entry a line, as JSON, in the shape of an almanac's files"),
    "wikimedia": Importer(wikimedia.read, "answers of Wikipedia's on-this-day API, as JSON"),
    "xlsx": Importer(
        read_xlsx, "a workbook of Excel or LibreOffice with named columns", is_text=False
    ),
}
