"""Rows of the compiled almanac, of which is noted what was read (site/traces.py).

Made and used by compiled_library.py, for the library of a website.
"""

import hashlib
import marshal
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar

from onthisday.adapters.sqlite.shared_rows import SharedRows
from onthisday.site.traces import Asked, Question, note, remembered

A = TypeVar("A")
R = TypeVar("R")

ROWS, META = "rows", "meta"
"""The kinds of questions: rows of a query, and a value of the table ``meta``."""


class NotedRows:
    """The rows of a `SharedRows`, with notes.

    Of a query that is not read to its end, only the rows that were read are noted.
    """

    def __init__(self, rows: SharedRows) -> None:
        self.plain = rows
        self.meta: Mapping[str, str] = _NotedMeta(rows.meta)
        self.close = rows.close

    def found(self, sql: str, values: tuple[Any, ...] = ()) -> Iterator[Any]:
        """Yield the rows of a query."""
        reading = _Reading(sql, values)
        note(reading.asked)
        return reading.of(self.plain.found(sql, values))

    def remembered(self, function: Callable[[A], R], most: int) -> Callable[[A], R]:
        """Return a function that keeps what it returned (`traces.remembered`)."""
        return remembered(function, most)

    def answer(self, question: Question) -> str:
        """Ask a question of `found` or of ``meta`` again. Return the digest of the answer."""
        kind, *asked = question
        if kind == META:
            return str(self.plain.meta.get(asked[0]))
        sql, values, count, ended = asked
        again = _Reading(sql, tuple(values))
        found = again.of(self.plain.found(sql, tuple(values)))
        for _ in islice(found, count + ended):  # one more, to see whether the query ends there
            pass
        return again.asked()[1]


class _Reading:
    """A query, with the digest of the rows that were read so far."""

    def __init__(self, sql: str, values: tuple[Any, ...]) -> None:
        self._sql, self._values = sql, values
        self._count, self._ended = 0, False
        self._read = hashlib.blake2b(digest_size=16)

    def of(self, rows: Iterator[Any]) -> Iterator[Any]:
        for row in rows:
            self._count += 1
            self._read.update(marshal.dumps(row, 2))  # its version 2 gives equal rows equal bytes
            yield row
        self._ended = True

    def asked(self) -> Asked:
        question = (ROWS, self._sql, self._values, self._count, self._ended)
        return question, f"{self._count} {self._ended:d} {self._read.hexdigest()}"


class _NotedMeta(Mapping[str, str]):
    """The table ``meta``. What is read from it is noted."""

    def __init__(self, meta: dict[str, str]) -> None:
        self._meta = meta

    def __getitem__(self, key: str) -> str:
        value = self._meta[key]
        note(lambda: ((META, key), value))
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._meta)

    def __len__(self) -> int:
        return len(self._meta)
