"""Read entries and documents from the compiled almanac: `Library` and `Published` on SQLite.

A `SqliteLibrary` shows the almanac as it was when it was opened, even if another process compiles
meanwhile (shared_rows.py). In WAL mode, a reader does not stop the writer. Nothing is written here;
compiled_writer.py writes. Made by compiled_file.py.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from json import dumps
from typing import TYPE_CHECKING, Any, cast

from onthisday.adapters.sqlite.conditions import chosen_by, falling_on, marks, round_in, roundest
from onthisday.adapters.sqlite.counts import Counts
from onthisday.adapters.sqlite.known_days import (
    SHUT,
    last_corrected,
    last_opened,
    shut_after,
    withdrawn_until,
)
from onthisday.adapters.sqlite.rows import (
    DATES,
    DATES_BESIDE,
    LAST_YEAR,
    PICTURE,
    TOLD,
    document_of,
    entry_of,
)
from onthisday.adapters.sqlite.shared_rows import SharedRows
from onthisday.almanac.document import Document
from onthisday.almanac.entry import ALL, Entry, Selection
from onthisday.dates.calendars import MonthDay

if TYPE_CHECKING:
    from onthisday.adapters.sqlite.noted_rows import NotedRows
    from onthisday.almanac.library import Published, Told

_BEGUN = f"(first <= ? OR first = {LAST_YEAR})"
"""The condition that an entry falls until a year (`Entry.first_year`), or has no known year."""

_DOCUMENTS = 10_000
"""So many documents are kept in memory. An almanac may have a million."""


class SqliteLibrary:
    """Implements `Library`; with ``asked``, it implements `Published`.

    The column ``opens`` says from which Julian day number on an entry may be published
    (almanac/living.py). It is NULL for nearly all entries. If no entry is shut on the day that was
    asked for, the questions are the same as those of the whole library. So it is with the column
    ``withdrawn``: the day from which on an entry is withdrawn, as Python numbers days. Questions
    have the number of the last day on which that changed, so that they are the same until it
    changes again.

    Why conditions in SQL, and not a question about each occasion: what is left out must not be in
    counts either, nor take a place in a part of a list.
    """

    def __init__(
        self,
        rows: "SharedRows | NotedRows",
        asked: date | None = None,
        known: date | None = None,
        *,
        with_withdrawn: bool = False,
    ) -> None:
        self.rows, self.asked, self._until = rows, asked, known or asked
        self._published: dict[tuple[date, date], SqliteLibrary] = {}
        self._shut = shut_after(rows, asked)
        self._hidden = SHUT.format(self._shut)
        self._open = f" AND ifnull(opens, 0) <= {self._shut}" if self._shut else ""
        self._gone = None if with_withdrawn else withdrawn_until(rows, self._until)
        self._standing = f" AND ifnull(withdrawn > {self._gone}, 1)" if self._gone else ""
        self._counts = Counts(rows, self._shut, self._gone)
        corrected = int(rows.meta["corrected"])
        self.last_correction = date.fromordinal(corrected) if corrected else None
        self._document = rows.remembered(self._documents_reader(), _DOCUMENTS)
        self._size = rows.remembered(self._sizes_reader(), 1)
        self._all_days = rows.remembered(self._days_counter(), 1)

    @classmethod
    def on_connection(cls, connection: sqlite3.Connection) -> "SqliteLibrary":
        """Return a library that reads a connection. It closes the connection in the end."""
        return cls(SharedRows(connection))

    def published(self, day: date, known: date | None = None) -> "Published":
        days = day, known or day
        if days not in self._published:
            self._published[days] = SqliteLibrary(self.rows, *days)
        return cast("Published", self._published[days])

    def with_withdrawn(self) -> "Published":
        days = self.asked, self._until
        return cast("Published", SqliteLibrary(self.rows, *days, with_withdrawn=True))

    def noting(self) -> "Published":
        from onthisday.adapters.sqlite.noted_rows import (
            NotedRows,  # only now: `today` notes nothing
        )

        rows = self.rows if isinstance(self.rows, NotedRows) else NotedRows(self.rows)
        return cast("Published", SqliteLibrary(rows, self.asked, self._until))

    def answer(self, question: tuple[Any, ...]) -> str:
        return cast("NotedRows", self.rows).answer(question)

    @property
    def limits(self) -> tuple[int | None, ...]:
        return self._shut, self._gone

    @property
    def known(self) -> date:
        return self._until or date.max

    @property
    def opened(self) -> date | None:
        opened = last_opened(self.rows, self.asked)
        number = max(opened, last_corrected(self.rows, self.known, self._shut))
        return date.fromordinal(number) if number > 0 else None

    def hides(self, picture: str) -> bool:
        if not self._shut:
            return False
        shown = f"SELECT sum(ifnull(opens, 0) <= {self._shut}) FROM entries WHERE instr(body, ?)"
        [(openly,)] = self._found(shown, (dumps(picture, ensure_ascii=False),))
        return bool(openly == 0)

    @property
    def version(self) -> str:
        return self.rows.meta["version"]

    @property
    def modified(self) -> datetime:
        return datetime.fromtimestamp(int(self.rows.meta["modified"]) // 10**9, UTC)

    def on(self, day: MonthDay, selection: Selection = ALL, first: int = 0) -> Iterator[Entry]:
        where, values = falling_on((day,), selection)
        return self._listed(f"WHERE {where}{self._open}{self._standing}", values, first)

    def on_days(
        self,
        days: Collection[MonthDay],
        selection: Selection = ALL,
        years: Collection[int] = (),
    ) -> Iterator[Entry]:
        where, values = falling_on(days, selection)
        rounds, of_rounds = round_in(years, selection) if years else ("", ())
        clauses = f"WHERE {where}{rounds}{self._open}{self._standing} ORDER BY day, year, id"
        return self._entries(clauses, (*values, *of_rounds))

    def days(self, selection: Selection = ALL) -> frozenset[MonthDay]:
        return frozenset(self.counts(selection))

    def counts(self, selection: Selection = ALL) -> dict[MonthDay, int]:
        if selection == ALL:
            return dict(self._all_days(None))  # pages ask several times
        return _by_day(self._counts.chosen_days(selection, *self._falling(selection)))

    def _days_counter(self) -> Callable[[None], dict[MonthDay, int]]:
        counts = self._counts
        return lambda _: _by_day(counts.all_days())

    def years(self) -> dict[int | None, int]:
        return self._counts.years()

    def tags(self) -> dict[str, int]:
        return self._counts.tags()

    def selected(self, selection: Selection, first: int = 0) -> Iterator[Entry]:
        if len(selection.tags) == 1 and selection == Selection(tags=selection.tags):
            return self._named_in("tags WHERE tag = ?", selection.tags, first)
        where, values = self._where(selection)
        return self._listed(f"WHERE 1{where}", values, first, DATES)

    def has(self, selection: Selection) -> bool:
        where, values = self._where(selection)
        return any(self._found(f"SELECT 1 FROM entries WHERE 1{where} LIMIT 1", values))

    @property
    def rules(self) -> tuple[str, ...]:
        return tuple(self.rows.meta["rules"].split())

    def movable(
        self, selection: Selection = ALL, rules: Sequence[str] | None = None
    ) -> Iterator[Entry]:
        rules = self.rules if rules is None else rules
        if not rules:
            return iter(())
        where, values = self._falling(selection)
        return self._listed(f"WHERE rule IN ({marks(rules)}){where}", (*rules, *values))

    def count_movable(self, until: int) -> dict[str, int]:
        if not self.rules:
            return {}
        where = f"rule IS NOT NULL AND {_BEGUN}{self._open}{self._standing}"
        sql = f"SELECT rule, count(*) FROM entries WHERE {where} GROUP BY rule"
        return dict(self._found(sql, (until,)))

    def undated(self, month: int | None = None, first: int = 0) -> Iterator[Entry]:
        where = f"WHERE day IS NULL AND rule IS NULL{self._open}{self._standing}"
        if month is None:
            return self._listed(where, (), first)
        return self._listed(f"{where} AND month = ?", (month,), first)

    def count_on(self, day: MonthDay, until: int) -> int:
        where, values = falling_on((day,), ALL)
        where = f"{where} AND {_BEGUN}{self._open}{self._standing}"
        [(count,)] = self._found(f"SELECT count(*) FROM entries WHERE {where}", (*values, until))
        return int(count)

    def round_in(self, year: int) -> Iterator[Entry]:
        falls = f"(day IS NOT NULL OR rule IS NOT NULL){self._open}{self._standing}"
        rounds, values = _round_years(year)
        for (each,) in self._found(rounds, values):
            yield from self._entries(f"WHERE year = ? AND {falls} ORDER BY id", (each,))

    def jubilees(self, year: int, month: int | None, selection: Selection = ALL) -> Iterator[Entry]:
        where, values = self._falling(selection)
        rounds, of_rounds = round_in((year,), selection)
        clauses = f"WHERE jubilee = ?{rounds}{where} ORDER BY year, id"
        return self._entries(clauses, (month or 0, *of_rounds, *values))

    def roundest(self, year: int, month: int | None, most: int) -> list[str]:
        rounds, values = _round_years(year)
        which = f"jubilee = ? AND year = round AND approximate = 0{self._open}{self._standing}"
        sql = f"SELECT id FROM ({rounds}) CROSS JOIN entries ON {which} LIMIT ?"
        return [name for (name,) in self._found(sql, (*values, month or 0, most))]

    def ids(self) -> Iterator[str]:
        return (
            entry_id for (entry_id,) in self._found(f"SELECT id FROM entries WHERE 1{self._open}")
        )

    def ids_by_date(self) -> Iterator[str]:
        sql = f"SELECT id FROM entries WHERE 1{self._open} ORDER BY {DATES}"
        return (entry_id for (entry_id,) in self._found(sql))

    def size(self) -> tuple[int, int]:
        return self._size(None)  # it takes a while to count a million, and /metrics asks often

    def _sizes_reader(self) -> Callable[[None], tuple[int, int]]:
        entries = f"SELECT count(*) FROM entries WHERE 1{self._open}"
        documents = f"SELECT count(*) FROM documents WHERE 1{self._cited_openly()}"
        rows, sql = self.rows, f"SELECT ({entries}), ({documents})"
        return lambda _: next(rows.found(sql))

    def entry(self, entry_id: str) -> Entry | None:
        return next(self._entries(f"WHERE id = ?{self._open}", (entry_id,)), None)

    def entries(self) -> Iterator[Entry]:
        return self._entries(f"WHERE 1{self._open} ORDER BY id")

    def told(self) -> "Iterator[Told]":
        sql = f"SELECT {TOLD} FROM entries WHERE 1{self._open} ORDER BY id"
        return self._found(sql)

    def pictures(self) -> Iterator[str]:
        named = f"SELECT DISTINCT {PICTURE} AS name FROM entries WHERE 1{self._open}"
        return (name for (name,) in self._found(f"{named} AND name IS NOT NULL ORDER BY name"))

    def corrected(self) -> tuple[Entry, ...]:
        chosen = "id IN (SELECT entry FROM corrections WHERE day <= ?)"
        found = self._entries(f"WHERE {chosen}{self._open} ORDER BY id", (self.known.toordinal(),))
        return tuple(found)

    def correction_days(self) -> Iterator[tuple[str, date]]:
        openly = f" AND entry NOT IN ({self._hidden})" if self._shut else ""
        sql = f"SELECT entry, day FROM corrections WHERE day <= ?{openly} ORDER BY entry, day"
        found = self._found(sql, (self.known.toordinal(),))
        return ((entry, date.fromordinal(day)) for entry, day in found)

    def places(self, entry_ids: Iterable[str]) -> list[tuple[str, int]]:
        sql = "SELECT file, place FROM entries WHERE id = ?"
        return [next(self._found(sql, (entry_id,))) for entry_id in entry_ids]

    def document(self, document_id: str) -> Document | None:
        return self._document(document_id)

    def _documents_reader(self) -> Callable[[str], Document | None]:
        """Return what reads a document.

        It does not know this library, so that the connection is closed as soon as nobody uses it.
        """
        rows, sql = self.rows, f"SELECT body FROM documents WHERE id = ?{self._cited_openly()}"

        def read(document_id: str) -> Document | None:
            found = next(rows.found(sql, (document_id,)), None)
            return found and document_of(found[0])

        return read

    def documents(self) -> Iterator[Document]:
        sql = f"SELECT body FROM documents WHERE 1{self._cited_openly()} ORDER BY id"
        return (document_of(body) for (body,) in self._found(sql))

    def citing(self, document_id: str, first: int = 0) -> Iterator[Entry]:
        return self._named_in("citations WHERE document = ?", (document_id,), first)

    def ids_citing(self, document_id: str) -> Iterator[str]:
        cited = f"citations WHERE document = ?{self._open}"
        sql = f"SELECT entry FROM {cited} ORDER BY {DATES_BESIDE}"
        return (entry_id for (entry_id,) in self._found(sql, (document_id,)))

    def cited(self) -> dict[str, int]:
        return self._counts.cited()

    def _cited_openly(self) -> str:
        """Return an SQL condition that leaves out the documents that only shut entries cite."""
        if not self._shut:
            return ""
        cited = "FROM citations WHERE document = documents.id"
        return f" AND (EXISTS (SELECT 1 {cited}{self._open}) OR NOT EXISTS (SELECT 1 {cited}))"

    def close(self) -> None:
        """End the transaction and the connection."""
        self.rows.close()

    def _found(self, sql: str, values: tuple[Any, ...] = ()) -> Iterator[Any]:
        return self.rows.found(sql, values)

    def _listed(
        self, where: str, values: tuple[Any, ...], first: int = 0, order: str = "year, id"
    ) -> Iterator[Entry]:
        """Yield entries, the oldest first, and those without a year last.

        The first ``first`` of them are left out.
        """
        # an entry without a year has a very late year in its row (compiled_writer.py)
        clauses = f"{where} ORDER BY {order} LIMIT -1 OFFSET ?"
        return self._entries(clauses, (*values, first))

    def _named_in(self, rows: str, values: tuple[str, ...], first: int) -> Iterator[Entry]:
        """Yield the entries that are named in some rows, which are in the order of dates.

        Why not sort the entries themselves: a document may be cited by a million. CROSS JOIN says
        that the rows come first, in their order (sqlite.org/optoverview.html, "CROSS JOIN").
        """
        named = f"SELECT entry FROM {rows}{self._open} ORDER BY {DATES_BESIDE} LIMIT -1 OFFSET ?"
        return self._entries("ON id = entry", (*values, first), f"({named}) CROSS JOIN ")

    def _entries(
        self, clauses: str, values: tuple[Any, ...] = (), beside: str = ""
    ) -> Iterator[Entry]:
        sql = f"SELECT body FROM {beside}entries {clauses}"
        found = (entry_of(body) for (body,) in self._found(sql, values))
        if self._until is None or self.last_correction is None:
            return found
        return (each.known_on(self.known) if each.corrections else each for each in found)

    def _falling(self, selection: Selection) -> tuple[str, tuple[str, ...]]:
        """Return the conditions and values of `_where`, for entries that fall on a day.

        Entries that are withdrawn are left out.
        """
        where, values = self._where(selection)
        return where + self._standing, values

    def _where(self, selection: Selection) -> tuple[str, tuple[str, ...]]:
        """Return SQL conditions that choose the entries of a selection, and the values for them.

        Entries that are shut are left out.
        """
        where, values = chosen_by(selection)
        return self._open + where, values


def _by_day(counts: dict[int, int]) -> dict[MonthDay, int]:
    return {MonthDay(*divmod(day, 100)): count for day, count in counts.items()}


def _round_years(year: int) -> tuple[str, tuple[int, ...]]:
    """Return the question for the years that are a round age in a year, the roundest first.

    Then entries are asked for year by year, because there may be very many, and few are wanted.
    """
    rounds, values = round_in((year,), ALL)
    order = f"{roundest(year)}, year LIMIT -1"  # with a limit, the order stays in a question inside
    return f"SELECT year AS round FROM years WHERE 1{rounds} ORDER BY {order}", values
