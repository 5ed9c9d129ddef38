"""The lines of a file of `calendar(1)`, after what the C preprocessor does with it.

`calendar` runs each file through cpp: comments are taken out, ``#include`` puts in another file,
and ``#ifndef`` keeps a file from being put in twice. Macros are not replaced in the lines, because
a calendar is no program.

Called by calendar.py. Not here: what a line says.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from onthisday.importers.found import Note, Place, Refused
from onthisday.importers.incoming import Incoming, Line

_MOST_DEEP = 20
"""So many files may include each other. No calendar needs more."""

_DIRECTIVE = re.compile(r"[ \t]*#[ \t]*(?P<name>[a-z]+)?[ \t]*(?P<rest>.*)")
_INCLUDED = re.compile(r"<(?P<system>[^>]*)>|\"(?P<own>[^\"]*)\"")
_NEVER = frozenset({"0", "false"})


class Source(NamedTuple):
    """A line, and where it is from.

    - ``file``: the name of an included file; None for the file itself.
    - ``bare``: its text without comments.
    """

    line: Line
    file: str | None
    bare: str


class Begins(NamedTuple):
    """From here on lines are of another file. `LANG=` and the like begin anew there."""

    file: str | None


class _Conditions:
    """The ``#if`` that are open, and the names that are defined."""

    def __init__(self) -> None:
        self.defined: set[str] = set()
        self._open: list[bool] = []

    @property
    def holds(self) -> bool:
        return all(self._open)

    def directive(self, name: str, rest: str) -> None:
        word = rest.partition(" ")[0].strip()
        if name in {"ifdef", "ifndef"}:
            self._open.append((word in self.defined) == (name == "ifdef"))
        elif name == "if":
            self._open.append(word not in _NEVER)
        elif name == "else" and self._open:
            self._open[-1] = not self._open[-1]
        elif name == "endif" and self._open:
            self._open.pop()
        elif name == "define" and self.holds:
            self.defined.add(word)
        elif name == "undef" and self.holds:
            self.defined.discard(word)


def lines_of(file: Incoming) -> Iterator[Source | Begins | Refused | Note]:
    """Yield the lines of a file and of the files that it includes, in order."""
    return _lines(file, None, (file.name,), _Conditions())


def _lines(
    file: Incoming, shown: str | None, within: tuple[str, ...], conditions: _Conditions
) -> Iterator[Source | Begins | Refused | Note]:
    comment = _Comment()
    for line in file.lines():
        bare = comment.taken_out(line.text)
        found = _DIRECTIVE.fullmatch(bare) if bare.lstrip().startswith("#") else None
        if found is None:
            if conditions.holds:
                yield Source(line, shown, bare)
            continue
        if found["name"] == "include" and conditions.holds:
            yield from _included(file, line, shown, found["rest"], within, conditions)
            yield Begins(shown)
        else:
            conditions.directive(found["name"] or "", found["rest"])
    if comment.opened:
        place = Place(comment.opened, file=shown)
        yield Note(place, "a comment begins here and does not end, so the rest is not read")


def _included(
    file: Incoming,
    line: Line,
    shown: str | None,
    rest: str,
    within: tuple[str, ...],
    conditions: _Conditions,
) -> Iterator[Source | Begins | Refused | Note]:
    place = Place(line.number, file=shown)
    found = _INCLUDED.match(rest)
    name = (found["system"] or found["own"] or "").strip() if found else ""
    if not name:
        yield Refused(place, line.text, "names no file; write #include <calendar.name>")
    elif name in within:
        yield Refused(place, line.text, f"includes {name}, which includes this file; take it out")
    elif len(within) > _MOST_DEEP:
        yield Refused(place, line.text, f"is included by {_MOST_DEEP} files, one in the other")
    elif (other := file.beside(name)) is None:
        reason = f"there is no file {name} beside this one or among the system's calendars"
        yield Refused(place, line.text, reason)
    else:
        yield Begins(name)
        yield from _lines(other, name, (*within, name), conditions)


class _Comment:
    """Takes ``/* … */`` out of lines. ``opened``: the line where one began that did not end; 0."""

    def __init__(self) -> None:
        self.opened = 0
        self._number = 0

    def taken_out(self, text: str) -> str:
        self._number += 1
        kept, at = [], 0
        while at < len(text):
            if self.opened:
                end = text.find("*/", at)
                if end < 0:
                    break
                self.opened, at = 0, end + 2
                continue
            start = text.find("/*", at)
            kept.append(text[at : start if start >= 0 else len(text)])
            if start < 0:
                break
            self.opened, at = self._number, start + 2
        return "".join(kept)
