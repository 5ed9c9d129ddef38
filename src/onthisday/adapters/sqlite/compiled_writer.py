"""Write the compiled almanac: put entries in and take them out, in one transaction.

service/reading/compiling.py finds out which files have changed and what they say, and calls this.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from json import dumps
from typing import Any, cast

from onthisday.adapters.sqlite.compiled_file import CompiledAlmanac
from onthisday.adapters.sqlite.packing import Tables, packed
from onthisday.adapters.sqlite.rows import entry_of, text_of
from onthisday.almanac.compiled import Faulty, Packed, Row, Twice, Unknown
from onthisday.almanac.document import Document
from onthisday.almanac.file_signatures import ReadFile

_COUNTS = {
    "days": "SELECT day, count(*) FROM entries WHERE day IS NOT NULL GROUP BY day",
    "years": "SELECT year, count(*) FROM entries GROUP BY year",
    "used_tags": "SELECT tag, count(*) FROM tags GROUP BY tag",
    "cited": "SELECT document, count(*) FROM citations GROUP BY document",
}
"""For each table of counts, the question that counts."""

_VALUES = {
    "entries": "?, ?, ?, ?, ?, ?, ?, nullif(?, ''), ?, ?, nullif(?, 0), nullif(?, 0), ?, ?, ?",
    "tags": "?, ?, ?, ?, nullif(?, 0), ?",
    "citations": "?, ?, ?, ?, nullif(?, 0), ?, ?",
}
"""For some tables, the values of a new row: where packing.py gives nothing, NULL."""


_NAMING = {"entries": "id", "tags": "entry", "corrections": "entry", "citations": "entry"}
"""The tables that name entries, and in which column."""


class Compiling:
    """Implements `Compiled` on an open CompiledAlmanac."""

    def __init__(self, compiled: CompiledAlmanac) -> None:
        self._compiled = compiled
        self._rows: sqlite3.Connection = compiled.rows
        self._unsorted: list[str] = []

    def files(self) -> dict[str, ReadFile]:
        return self._compiled.files()

    def modified(self) -> int:
        return self._compiled.modified()

    def keep(self, name: str, kept: ReadFile) -> None:
        self._compiled.keep(name, kept)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make all changes of the block together.

        If the block raises an error, make none of them.
        """
        self._rows.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if (
                self._rows.in_transaction
            ):  # a full disk has ended it (sqlite.org/lang_transaction.html)
                self._rows.execute("ROLLBACK")
            raise
        self._rows.execute("COMMIT")
        self._empty_log()

    def _empty_log(self) -> None:
        """Move the changes from the write-ahead log into the file, if nobody is reading.

        Otherwise the next process that opens the file would have to read the whole log first
        (sqlite.org/wal.html, "Recovery").
        """
        self._rows.execute("PRAGMA busy_timeout = 0")
        self._rows.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self._rows.execute(f"PRAGMA busy_timeout = {int(self._compiled.wait * 1000)}")

    def forget(self, names: Collection[str]) -> None:
        """Take all entries of some of the almanac's files out of the compiled almanac.

        If no file stays, the indexes are taken out too, until `sort`. Why: it is faster to sort
        many rows once than to put each of them in its place in each index.
        """
        stay = self.files().keys() - set(names)
        if not stay:
            self._unsort()
        for table in ("entries", "faulty", "tags", "citations", "corrections"):
            self._forget(table, "file", names if stay else None)
        self._forget("files", "name", names)

    def _forget(self, table: str, column: str, names: Collection[str] | None) -> None:
        """Remove the rows of some files from a table, or all its rows."""
        if names is None:
            self._rows.execute(f"DELETE FROM {table}")
        else:
            sql = f"DELETE FROM {table} WHERE {column} = ?"
            self._rows.executemany(sql, [(name,) for name in names])

    def _unsort(self) -> None:
        """Take out the indexes that have every row. Those with a condition have few."""
        indexes = "SELECT name, sql FROM sqlite_schema WHERE type = 'index'"
        whole = dict(self._rows.execute(f"{indexes} AND sql NOT LIKE '%WHERE%'").fetchall())
        for name in whole:
            self._rows.execute(f"DROP INDEX {name}")
        self._unsorted = [*whole.values()]

    def sort(self) -> None:
        for sql in self._unsorted:
            self._rows.execute(sql)
        self._unsorted = []

    def add(self, name: str, rows: Iterable[Row]) -> None:
        """Put the entries of one of the almanac's files into the compiled almanac.

        500 entries at a time are in memory.
        """
        rows = iter(rows)
        while some := list(islice(rows, 500)):
            self.add_packed(packed(name, some))

    def add_packed(self, packed: Packed) -> None:
        for table, rows in cast("Tables", packed).items():
            if rows:
                self._insert(table, len(rows[0]), rows)

    def add_faulty(self, name: str, faulty: Iterable[Faulty]) -> None:
        for each in faulty:
            self._insert("faulty", 3, [(each.id, name, each.place)])
            place = (None, None, each.id, 0, name, each.place)
            self._insert("citations", 7, [(document, *place) for document in each.documents])

    def _insert(self, table: str, columns: int, rows: Sequence[tuple[Any, ...]]) -> None:
        values = _VALUES.get(table) or ",".join("?" * columns)
        self._rows.executemany(f"INSERT INTO {table} VALUES ({values})", rows)

    def set_documents(self, documents: Iterable[Document]) -> None:
        self._rows.execute("DELETE FROM documents")
        rows = ((document.id, text_of(document)) for document in documents)
        self._rows.executemany("INSERT INTO documents VALUES (?, ?)", rows)

    def entries_there_twice(self) -> list[Twice]:
        sql = """
            WITH doubled AS (
                SELECT id FROM entries GROUP BY id HAVING count(*) > 1
                UNION SELECT id FROM faulty WHERE id IN (SELECT id FROM entries)
                UNION SELECT id FROM faulty WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1),
            them AS (
                SELECT id, file, place FROM entries WHERE id IN doubled
                UNION ALL SELECT id, file, place FROM faulty WHERE id IN doubled)
            SELECT id, file, place, first_value(file) OVER same, first_value(place) OVER same,
                row_number() OVER same AS number
            FROM them WINDOW same AS (PARTITION BY id ORDER BY file, place)
            ORDER BY file, place"""
        return [Twice(*row) for *row, number in self._rows.execute(sql) if number > 1]

    def leave_out_twice(self) -> None:
        first = self._first_of_doubled()
        for table, column in _NAMING.items() if first else ():
            sql = f"DELETE FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))"
            self._rows.execute(sql, (dumps([*first]),))
        for file, row in first.values():
            self.add(file, [row])

    def _first_of_doubled(self) -> dict[str, tuple[str, Row]]:
        """Return the first entry of each id that is there twice, with its file, by its id."""
        ids = "SELECT id FROM entries GROUP BY id HAVING count(*) > 1"
        them = f"SELECT id, file, place, body FROM entries WHERE id IN ({ids}) ORDER BY file, place"
        first: dict[str, tuple[str, Row]] = {}
        for name, file, place, body in self._rows.execute(them):
            if name not in first:
                first[name] = file, Row(place, entry_of(body))
        return first

    def unknown_documents(self) -> list[Unknown]:
        sql = """
            SELECT document, entry, file, place FROM citations
            WHERE document IN (
                SELECT DISTINCT document FROM citations EXCEPT SELECT id FROM documents)
            ORDER BY file, place, document"""
        return [Unknown(*row) for row in self._rows.execute(sql)]

    def finish(self, modified: int, version: str) -> None:
        """End a change: count the entries, and note the version of the content.

        The counts are kept because pages ask for them, and to count a million takes long. ``opens``
        is the day on which the last entry opens (living.py); 0 if all are open. ``corrected`` is
        the day of the last correction, and ``withdrawn`` counts withdrawn entries; 0 if there is
        none, as in most almanacs, so that nothing is asked there.
        """
        for table, counted in _COUNTS.items():
            self._rows.execute(f"DELETE FROM {table}")
            self._rows.execute(f"INSERT INTO {table} {counted}")
        opens = self._rows.execute("SELECT ifnull(max(opens), 0) FROM entries").fetchone()[0]
        notes = {"rules": self._rules(), "opens": opens, "version": version, **self._corrected()}
        for key, value in notes.items():
            self._compiled.set_note(key, str(value))
        self._compiled.set_modified(modified)

    def _rules(self) -> str:
        """Return the rules that entries have, each once. No rule has a space."""
        sql = "SELECT DISTINCT rule FROM entries WHERE rule IS NOT NULL ORDER BY rule"
        return " ".join(rule for (rule,) in self._rows.execute(sql))

    def _corrected(self) -> dict[str, int]:
        gone = "SELECT count(*) FROM entries WHERE withdrawn IS NOT NULL"
        sql = f"SELECT (SELECT ifnull(max(day), 0) FROM corrections), ({gone})"
        corrected, withdrawn = self._rows.execute(sql).fetchone()
        return {"corrected": corrected, "withdrawn": withdrawn}
