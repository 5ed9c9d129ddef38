"""Read a CSV file as rows, each with the number of its line (RFC 4180, UTF-8).

app/config_file.py reads the table of channels with this. schema/ knows what the columns mean.
"""

import csv
from collections.abc import Iterator, Sequence
from io import TextIOWrapper

from onthisday.adapters.files.opening import open_named, refuse_large
from onthisday.adapters.files.trees import Malformed
from onthisday.errors import Unreadable, system_words
from onthisday.schema.channel_rows import SURPLUS


def rows(path: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row: the number of its line, and its cells by the names in the first line.

    Blank cells and blank rows are left out. Cells for which the first line has no name are under
    the name SURPLUS. Raises Malformed, which names the line, and Unreadable.
    """
    line = 1
    try:
        opened = refuse_large(open_named(path))
        with TextIOWrapper(opened, encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            _refuse_repeated_names(reader.fieldnames or ())
            for row in reader:
                line = reader.line_num
                surplus = row.pop(None, None)
                cells = {key: cell.strip() for key, cell in row.items() if cell and cell.strip()}
                if surplus:
                    cells[SURPLUS] = ",".join(surplus)
                if cells:  # spreadsheets write rows that have only commas
                    yield line, cells
    except UnicodeDecodeError as error:
        raise Malformed("is not UTF-8; save it as UTF-8", rule="encoding") from error
    except csv.Error as error:
        raise Malformed(f"is not CSV: {error}", line + 1) from error
    except OSError as error:
        raise Unreadable(path, f"cannot be read: {system_words(error)}") from error


def _refuse_repeated_names(names: Sequence[str]) -> None:
    places: dict[str, int] = {}
    for place, name in enumerate(names, 1):
        if name and (first := places.setdefault(name, place)) != place:
            message = f"the columns {first} and {place} have one name; keep one of them"
            raise Malformed(message, 1, "duplicate")
