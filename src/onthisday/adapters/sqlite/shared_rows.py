"""A connection to the compiled almanac that several libraries and several threads read.

It keeps one transaction open as long as it lives, so all of them read the almanac as it was when it
was opened. Made and used by compiled_library.py.
"""

import sqlite3
from _thread import allocate_lock
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache
from typing import Any, TypeVar

A = TypeVar("A")
R = TypeVar("R")

_FIRST, _MOST = 8, 200
"""So many rows are fetched at first, and then twice as many each time, up to the most."""


class LastingRows(sqlite3.Connection):
    """A connection that closes itself when nobody uses it any more. Otherwise Python would warn.

    (ResourceWarning.) Why not `SharedRows.__del__` alone: if objects refer to each other in a
    circle, Python may drop the connection before the object that has it. Why not
    `weakref.finalize`: to load `weakref` takes a fiftieth of the time of `today`.
    """

    def __del__(self) -> None:
        """Close the connection."""
        with suppress(sqlite3.ProgrammingError):  # it was never open
            self.close()


class SharedRows:
    """A connection that nobody else uses.

    A lock lets one thread ask SQLite at a time, because Python may give two threads one statement,
    if both ask the same question.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection, self._lock = connection, allocate_lock()
        self.close = connection.close
        connection.execute("BEGIN")
        self.meta: dict[str, str] = dict(connection.execute("SELECT key, value FROM meta"))

    def __del__(self) -> None:
        """Close the connection at once.

        It refers to itself by the statements that it keeps, so Python finds it unused only later.
        Until then its transaction would be open, and others could not lock the file.
        """
        self.close()

    def found(self, sql: str, values: tuple[Any, ...] = ()) -> Iterator[Any]:
        """Yield the rows of a query. Fetch few at first, because often these are enough."""
        with self._lock:
            cursor = self.connection.execute(sql, values)
            found = cursor.fetchmany(_FIRST)
        while found:
            yield from found
            cursor.arraysize = min(2 * len(found), _MOST)
            with self._lock:
                found = cursor.fetchmany()

    def remembered(self, function: Callable[[A], R], most: int) -> Callable[[A], R]:
        """Return a function that keeps so many of the values that it returned."""
        return lru_cache(most)(function)
