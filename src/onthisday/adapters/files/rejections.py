"""The drafts that a curator rejected: `rejected.csv` in the almanac's folder, one passage a line.

Why there: the curators made these decisions, so they must move together with the almanac. The file
has dates, digests and the names of documents, but no words from the documents. Used by
cli/draft.py.
"""

import csv
from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path

from onthisday.adapters.files.opening import (
    LEADS_OUT,
    Refused,
    leads_out_of,
    open_inside,
    refuse_large,
)
from onthisday.errors import Unreadable, Unwritable, system_words

NAME = "rejected.csv"

Rejection = tuple[str, str]
"""A date, and a digest of the passage that was rejected for it."""


class Rejections:
    """The rejected drafts of one almanac. ``almanac`` is its folder."""

    def __init__(self, almanac: str) -> None:
        self._path = Path(almanac) / NAME

    def read(self) -> frozenset[Rejection]:
        """Return all rejections. Raise Unreadable."""
        try:
            opened = refuse_large(open_inside(str(self._path.parent), NAME))
            with TextIOWrapper(opened, encoding="utf-8", newline="") as file:
                rows = [row for row in csv.reader(file) if len(row) > 1]
        except FileNotFoundError:
            return frozenset()
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            why = system_words(error) if isinstance(error, OSError) else error
            raise Unreadable(str(self._path), f"cannot be read: {why}") from error
        return frozenset((row[0], row[1]) for row in rows)

    def add(self, rejected: Iterable[tuple[str, str, str]]) -> None:
        """Add rejections.

        Each has the date, the digest, and the name of the document. Raises Unwritable.
        """
        try:
            if leads_out_of(str(self._path.parent), str(self._path)):
                raise Refused(LEADS_OUT)
            is_new = not self._path.exists()
            with self._path.open("a", encoding="utf-8", newline="") as file:
                rows = csv.writer(file, lineterminator="\n")
                rows.writerows([("date", "passage", "document")] if is_new else [])
                rows.writerows(rejected)
        except OSError as error:
            raise Unwritable(
                str(self._path), f"cannot be written: {system_words(error)}"
            ) from error
