"""Notice a row of the ledger that says something impossible: the file is damaged.

SQLite keeps no checksum of what is in a file. So a bit that flipped on the disk may come back as
another letter or number. What cannot be true is told here; what could be true is believed, if
nothing else in the file contradicts it. ledger_damage.py reads the whole file for contradictions.
"""

import sqlite3
import zlib
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

Value = TypeVar("Value")


class Damaged(sqlite3.DatabaseError):
    """A row that this program never wrote. transactions.py says in words what to do."""

    sqlite_errorname = "SQLITE_CORRUPT"


def decoding(of_row: Callable[..., Value]) -> Callable[..., Value]:
    """Let a function that makes a value out of a row raise Damaged where the row is impossible.

    The function itself raises ValueError, or any error that Python raises for such a row.
    """

    @wraps(of_row)
    def decoded(*row: Any) -> Value:
        try:
            return of_row(*row)
        except (ValueError, TypeError, OverflowError, zlib.error) as error:
            raise Damaged(f"a row cannot be read: {error}") from error

    return decoded
