"""The questions of an earlier build, each once with a digest of its answer.

Many pages ask the same. So a page has only the numbers of what it asked. Used by build_file.py.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import count
from typing import Any
from zlib import crc32

Asked = tuple[str, str]
"""A question as JSON, and a digest of its answer (`Trace.asked`)."""

TABLE = """
CREATE TABLE IF NOT EXISTS asked (
    number INTEGER PRIMARY KEY, question TEXT, answer TEXT, checksum INTEGER
);
"""


def checksum_of(*values: object) -> int:
    """Return a number by which a damaged row is known: SQLite does not see a bit that changed."""
    return crc32(repr(values).encode())


class AskedRows:
    """The rows of the table that are not damaged. ``ask``: runs SQL with values, returns rows."""

    def __init__(self, ask: Callable[..., list[Any]]) -> None:
        self._ask = ask
        self._used: set[int] = set()

    @cached_property
    def _asked(self) -> dict[int, Asked]:
        rows = self._ask("SELECT number, question, answer, checksum FROM asked")
        return {
            number: (question, answer)
            for number, question, answer, checksum in rows
            if checksum == checksum_of(number, question, answer)
        }

    @cached_property
    def _numbers(self) -> dict[Asked, int]:
        return {asked: number for number, asked in self._asked.items()}

    @cached_property
    def _free(self) -> Iterator[int]:
        return count(max(self._asked, default=0) + 1)

    def of(self, numbers: list[int]) -> tuple[Asked, ...] | None:
        """Return what these numbers stand for; None if one is unknown."""
        self._used.update(numbers)
        try:
            return tuple(map(self._asked.__getitem__, numbers))
        except KeyError:
            return None

    def numbers_of(self, asked: Iterable[Asked]) -> list[int]:
        """Return the numbers of some questions with their answers. New ones are kept."""
        numbers = [self._numbers.get(each) or self._new(each) for each in asked]
        self._used.update(numbers)
        return numbers

    def _new(self, asked: Asked) -> int:
        number = next(self._free)
        sql = "INSERT OR REPLACE INTO asked VALUES (?, ?, ?, ?)"
        self._ask(sql, number, *asked, checksum_of(number, *asked))
        self._asked[number], self._numbers[asked] = asked, number
        return number

    def forget_unused(self) -> None:
        """Forget what nobody asked for by `of` and `numbers_of`."""
        for number in self._asked.keys() - self._used:
            self._ask("DELETE FROM asked WHERE number = ?", number)
