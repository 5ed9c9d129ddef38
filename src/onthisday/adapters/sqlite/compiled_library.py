"""Read entries and documents from the compiled almanac: `Library` on an SQLite file.

A `SqliteLibrary` keeps one transaction open as long as it lives. So it shows the almanac as it was
when it was opened, even if another process compiles meanwhile. In WAL mode, a reader does not stop
the writer. Nothing is written here; compiled_writer.py writes. Made by compiled_file.py.
"""

import sqlite3
from _thread import allocate_lock
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any
from weakref import finalize

from onthisday.adapters.sqlite.rows import document_of, entry_of
from onthisday.almanac.document import Document
from onthisday.almanac.entry import ALL, Entry, Selection
from onthisday.dates.calendars import MonthDay


class SqliteLibrary:
    """Implements `Library`.

    ``rows`` is a connection that nobody else uses. The library closes it. Several threads may read
    at a time: a lock lets one of them ask SQLite at a time, because Python may give two threads one
    statement, if both ask the same question.
    """

    def __init__(self, rows: sqlite3.Connection) -> None:
        self._rows, self._lock = rows, allocate_lock()
        # This closes the connection when nobody uses this object any more. Why not `__del__`: if
        # objects refer to each other in a circle, Python may drop the connection first, and warns
        # (ResourceWarning). `finalize` keeps the connection until it is closed.
        self._end = finalize(self, rows.close)
        self._documents: dict[str, Document | None] = {}
        self._size: tuple[int, int] | None = None
        rows.execute("BEGIN")
        self._meta: dict[str, str] = dict(rows.execute("SELECT key, value FROM meta"))

    @property
    def version(self) -> str:
        return self._meta["version"]

    @property
    def modified(self) -> datetime:
        return datetime.fromtimestamp(int(self._meta["modified"]) // 10**9, UTC)

    def on(self, day: MonthDay, selection: Selection = ALL, first: int = 0) -> Iterator[Entry]:
        where, values = _where(selection)
        return self._listed(f"WHERE day = ?{where}", (_number(day), *values), first)

    def on_days(self, days: Collection[MonthDay], selection: Selection = ALL) -> Iterator[Entry]:
        where, values = _where(selection)
        numbers = tuple(map(_number, days))
        clauses = f"WHERE day IN ({_marks(numbers)}){where} ORDER BY day, year, id"
        return self._entries(clauses, (*numbers, *values))

    def days(self, selection: Selection = ALL) -> frozenset[MonthDay]:
        where, values = _where(selection)
        if where:
            sql = f"SELECT DISTINCT day FROM entries WHERE day IS NOT NULL{where}"
        else:
            sql = "SELECT day FROM days"
        return frozenset(MonthDay(*divmod(day, 100)) for (day,) in self._found(sql, values))

    def counts(self, selection: Selection = ALL) -> dict[MonthDay, int]:
        where, values = _where(selection)
        if where:
            dated = f"FROM entries WHERE day IS NOT NULL{where}"
            sql = f"SELECT day, count(*) {dated} GROUP BY day ORDER BY day"
        else:
            sql = "SELECT day, entries FROM days ORDER BY day"
        return {MonthDay(*divmod(day, 100)): count for day, count in self._found(sql, values)}

    def tags(self) -> dict[str, int]:
        return dict(self._found("SELECT tag, count(*) FROM tags GROUP BY tag ORDER BY tag"))

    def selected(self, selection: Selection, first: int = 0) -> Iterator[Entry]:
        where, values = _where(selection)
        return self._listed(f"WHERE 1{where}", values, first)

    def movable(self, selection: Selection = ALL) -> Sequence[Entry]:
        if self._meta["movable"] == "0":
            return ()
        where, values = _where(selection)
        return tuple(self._listed(f"WHERE rule = 1{where}", values))

    def undated(self, month: int | None = None, first: int = 0) -> Iterator[Entry]:
        where = "WHERE day IS NULL AND rule = 0"
        if month is None:
            return self._listed(where, (), first)
        return self._listed(f"{where} AND month = ?", (month,), first)

    def ids(self) -> Iterator[str]:
        return (entry_id for (entry_id,) in self._found("SELECT id FROM entries"))

    def size(self) -> tuple[int, int]:
        if self._size is None:  # it takes a while to count a million, and /metrics asks often
            counts = "SELECT (SELECT count(*) FROM entries), (SELECT count(*) FROM documents)"
            self._size = next(self._found(counts))
        return self._size

    def entry(self, entry_id: str) -> Entry | None:
        return next(self._entries("WHERE id = ?", (entry_id,)), None)

    def entries(self) -> Iterator[Entry]:
        return self._entries("ORDER BY id")

    def places(self, entry_ids: Iterable[str]) -> list[tuple[str, int]]:
        sql = "SELECT file, place FROM entries WHERE id = ?"
        return [next(self._found(sql, (entry_id,))) for entry_id in entry_ids]

    def document(self, document_id: str) -> Document | None:
        if document_id not in self._documents:
            sql = "SELECT body FROM documents WHERE id = ?"
            found = next(self._found(sql, (document_id,)), None)
            self._documents[document_id] = found and document_of(found[0])
        return self._documents[document_id]

    def documents(self) -> Iterator[Document]:
        sql = "SELECT body FROM documents ORDER BY id"
        return (document_of(body) for (body,) in self._found(sql))

    def citing(self, document_id: str, first: int = 0) -> Iterator[Entry]:
        cited = "WHERE id IN (SELECT entry FROM citations WHERE document = ?)"
        return self._listed(cited, (document_id,), first)

    def cited(self) -> dict[str, int]:
        sql = "SELECT document, count(*) FROM citations GROUP BY document"
        return dict(self._found(sql))

    def close(self) -> None:
        """End the transaction and the connection."""
        self._end()

    def _found(self, sql: str, values: tuple[Any, ...] = ()) -> Iterator[Any]:
        """Yield the rows of a query. Fetch few at first, because often the first one is enough."""
        with self._lock:
            cursor = self._rows.execute(sql, values)
            found = cursor.fetchmany(8)
        while found:
            yield from found
            with self._lock:
                found = cursor.fetchmany(200)

    def _listed(self, where: str, values: tuple[Any, ...], first: int = 0) -> Iterator[Entry]:
        """Yield entries, the oldest first, and those without a year last.

        The first ``first`` of them are left out.
        """
        # an entry without a year has a very late year in its row (compiled_writer.py)
        clauses = f"{where} ORDER BY year, id LIMIT -1 OFFSET ?"
        return self._entries(clauses, (*values, first))

    def _entries(self, clauses: str, values: tuple[Any, ...] = ()) -> Iterator[Entry]:
        sql = f"SELECT body FROM entries {clauses}"
        return (entry_of(body) for (body,) in self._found(sql, values))


def _number(day: MonthDay) -> int:
    return day.month * 100 + day.day


def _where(selection: Selection) -> tuple[str, tuple[str, ...]]:
    """Return SQL conditions that choose the entries of a selection, and the values for them."""
    where = ""
    if selection.kinds:
        where += f" AND kind IN ({_marks(selection.kinds)})"
    if selection.tags:
        tagged = f"SELECT entry FROM tags WHERE tag IN ({_marks(selection.tags)})"
        where += f" AND id IN ({tagged})"
    if selection.disputed:
        where += " AND disputed = 1"
    return where, (*selection.kinds, *selection.tags)


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
