"""How many entries there are of each day, year, tag and document.

The compiled almanac has these counts of all its entries, because it takes long to count a million.
What is shut or withdrawn is counted when somebody asks, and taken off: mostly it is little, or
nothing. Used by compiled_library.py; compiled_writer.py counts.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from onthisday.adapters.sqlite.rows import LAST_YEAR
from onthisday.almanac.entry import Selection

if TYPE_CHECKING:
    from onthisday.adapters.sqlite.noted_rows import NotedRows
    from onthisday.adapters.sqlite.shared_rows import SharedRows


class Counts:
    """The counts of a library.

    - ``shut``: the day number that an entry's ``opens`` may not exceed; None if none is shut.
    - ``gone``: the day until which an entry's ``withdrawn`` counts; None if none is withdrawn.
    """

    def __init__(self, rows: "SharedRows | NotedRows", shut: int | None, gone: int | None) -> None:
        self._rows, self._shut, self._gone = rows, shut, gone

    def chosen_days(
        self, selection: Selection, where: str, values: tuple[str, ...]
    ) -> dict[int, int]:
        """Return how many entries of a selection fall on each day (`all_days`).

        ``where``: the conditions of the selection and of what is published, with their values.
        """
        rows, day = "entries", "day"
        if _is_one_tag(selection) and not self._shut and not self._gone:
            # no entry is looked up: the date of a tag's row is its day, or a month without one
            rows, day, where = "tags", "date", " AND tag = ? AND date % 100 > 0"
        sql = f"SELECT {day}, count(*) FROM {rows} WHERE {day} > 0{where} GROUP BY 1 ORDER BY 1"
        return dict(self._rows.found(sql, values))

    def all_days(self) -> dict[int, int]:
        """Return how many entries fall on each day of the year, which is a number such as 225."""
        counts = self._all("days", "day")
        for index, where in self._left_out():
            days = f"entries INDEXED BY {index} WHERE {where} AND day IS NOT NULL"
            self._take_off(counts, "day", days)
        return _some(counts)

    def _left_out(self) -> Iterator[tuple[str, str]]:
        """Yield an index and a condition for each kind of entry that falls on no day."""
        if self._shut:
            yield "entry_openings", f"opens > {self._shut}"
        if self._gone:
            openly = f" AND ifnull(opens, 0) <= {self._shut}" if self._shut else ""
            yield "entry_withdrawals", f"withdrawn <= {self._gone}{openly}"

    def years(self) -> dict[int | None, int]:
        """Return how many entries each year has; None is for those without a year."""
        years = self._open("years", "year", "entries INDEXED BY entry_openings")
        return {None if year == LAST_YEAR else year: count for year, count in years.items()}

    def tags(self) -> dict[str, int]:
        """Return how many entries have each tag."""
        return self._open("used_tags", "tag", "tags INDEXED BY tag_openings")

    def cited(self) -> dict[str, int]:
        """Return how many entries cite each document that is cited."""
        return self._open("cited", "document", "citations INDEXED BY citation_openings")

    def _open(self, table: str, key: str, rows: str) -> dict[Any, int]:
        """Return the counts of a table without the rows that are shut.

        ``rows``: the rows that were counted, with the index that has those that may be shut.
        """
        counts = self._all(table, key)
        if self._shut:
            self._take_off(counts, key, f"{rows} WHERE opens > {self._shut}")
        return _some(counts)

    def _all(self, table: str, key: str) -> dict[Any, int]:
        return dict(self._rows.found(f"SELECT {key}, entries FROM {table} ORDER BY {key}"))

    def _take_off(self, counts: dict[Any, int], key: str, rows: str) -> None:
        for each, count in self._rows.found(f"SELECT {key}, count(*) FROM {rows} GROUP BY {key}"):
            counts[each] -= count


def _is_one_tag(selection: Selection) -> bool:
    return len(selection.tags) == 1 and selection == Selection(tags=selection.tags)


def _some(counts: dict[Any, int]) -> dict[Any, int]:
    """Return the counts that are not 0."""
    return {each: count for each, count in counts.items() if count}
