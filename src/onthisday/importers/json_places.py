"""Walk through a JSON text value by value, and know where each value stands in it.

json.loads knows the values and not their places. Called by wikimedia.py.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from onthisday.importers.found import Broken

_SPACE = re.compile(r"[ \t\r\n\ufeff]*")


class JsonText:
    """A JSON text, and the place ``at`` up to which it was read.

    ``end`` is where the last value ended.

    After each name that `members` yields, and before each step of `items`, the caller reads the
    value that stands there: with `value`, `members` or `items`. All raise Broken.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._decoder = json.JSONDecoder()
        self._at = self.end = 0
        self._counted, self._line = 0, 1

    @property
    def at(self) -> int:
        """The place of what comes next. Spaces are passed over."""
        found = _SPACE.match(self.text, self._at)
        self._at = found.end() if found else self._at
        return self._at

    @property
    def next(self) -> str:
        """The character that comes next; an empty text at the end."""
        return self.text[self.at : self.at + 1]

    @property
    def line(self) -> int:
        """The line of what comes next, from 1."""
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line

    def value(self) -> Any:
        """Return the value that comes next."""
        try:
            value, self.end = self._decoder.raw_decode(self.text, self.at)
        except RecursionError as error:
            raise Broken("this JSON is nested too deep", self.line) from error
        except ValueError as error:
            raise self._broken() from error
        self._at = self.end
        return value

    def members(self) -> Iterator[str]:
        """Yield the names of an object. Before the next name, the caller reads the value."""
        for _ in self._parts("{", "}"):
            name = self.value() if self.next == '"' else None
            if not isinstance(name, str):
                raise self._broken()
            self._take(":")
            yield name

    def items(self) -> Iterator[None]:
        """Yield once before each value of a list. The caller reads the value."""
        return self._parts("[", "]")

    def _parts(self, first: str, last: str) -> Iterator[None]:
        self._take(first)
        if self.next != last:
            yield
            while self.next == ",":
                self._take(",")
                yield
        self._take(last)

    def _take(self, sign: str) -> None:
        if self.next != sign:
            raise self._broken()
        self._at += 1

    def _broken(self) -> Broken:
        if not self.next:
            return Broken("the file is cut: its JSON does not end", self.line)
        return Broken(f"this is no JSON: {self.text[self.at : self.at + 20]!r}", self.line)
