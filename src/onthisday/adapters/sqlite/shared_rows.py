"""A connection to the compiled almanac that several libraries and several threads read.

It keeps one transaction open as long as it lives, so all of them read the almanac as it was when it
was opened. Made and used by compiled_library.py.
"""

import sqlite3
from _thread import allocate_lock
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, TypeVar
from weakref import finalize

A = TypeVar("A")
R = TypeVar("R")

_FIRST, _MOST = 8, 200
"""So many rows are fetched at first, and then twice as many each time, up to the most."""


class SharedRows:
    """A connection that nobody else uses. It is closed with this object.

    A lock lets one thread ask SQLite at a time, because Python may give two threads one statement,
    if both ask the same question.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection, self._lock = connection, allocate_lock()
        # This closes the connection when nobody uses this object any more. Why not `__del__`: if
        # objects refer to each other in a circle, Python may drop the connection first, and warns
        # (ResourceWarning). `finalize` keeps the connection until it is closed.
        self.close = finalize(self, connection.close)
        connection.execute("BEGIN")
        self.meta: dict[str, str] = dict(connection.execute("SELECT key, value FROM meta"))

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
