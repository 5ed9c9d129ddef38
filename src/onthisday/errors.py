"""The errors that the program expects, and `Finding`: one mistake in the config or the almanac.

    OnThisDayError          expected: the person sees one line, and the exit code is 1
    ├── InvalidInput        the config or the almanac has errors; this error holds all of them
    ├── Unreadable          a file or folder cannot be read
    ├── Unwritable          a file or folder cannot be written
    ├── NotFound            no channel, notice, entry or document has that name
    └── NotSet              a setting that is needed is missing in the config

Any other exception is a mistake in the program. The code of every folder may raise these errors.
"""

import errno
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from onthisday.characters import escaped_line

Severity = Literal["error", "warning"]

TreePath = tuple[str | int, ...]
"""A place in a YAML or JSON file: the keys and indexes that lead to it, from the outside in."""


class Finding(NamedTuple):
    """One mistake in the config or the almanac: where it is, and how to mend it.

    - ``file``: the path, as the person would type it.
    - ``line``: counted from 1; None if the finding is about the whole file.
    """

    severity: Severity
    rule: str
    file: str
    line: int | None
    message: str

    def __str__(self) -> str:
        """One line: ``almanac/1969.yaml:12: entry "moon-landing" has no source; …``."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        severity = "warning: " if self.severity == "warning" else ""
        return escaped_line(f"{place}: {severity}{self.message}")


def by_place(finding: Finding) -> tuple[str, int]:
    """Return what findings are sorted by: file and line."""
    return finding.file, finding.line or 0


MOST_SHOWN = 200
"""How many findings people are shown at once. A mistake may be in each of a million entries."""


def shown(findings: Sequence[Finding], number: int) -> Iterator[str]:
    """Yield the lines that people see of findings: the first 200, and how many more there are.

    ``number``: how many findings there are. ``findings`` may hold only the first of them.
    """
    yield from map(str, findings[:MOST_SHOWN])
    if number > MOST_SHOWN:
        more = number - MOST_SHOWN
        yield f"and {more:,} more; `onthisday check --format json` lists all"


def errors_of(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that are errors, without the warnings."""
    return tuple(finding for finding in findings if finding.severity == "error")


class OnThisDayError(Exception):
    """An error that the program expects. Its text says what is wrong, where, and what to do."""


class InvalidInput(OnThisDayError):
    """The config or the almanac has errors and cannot be used. Its text has the first of them."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__("\n".join(shown(findings, len(findings))))


class Unreadable(OnThisDayError):
    """A file or folder that cannot be read."""

    def __init__(self, path: str, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(f"{escaped_line(path)}: {why}")


class Unwritable(OnThisDayError):
    """A file or folder that cannot be written."""

    def __init__(self, path: str, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(f"{escaped_line(path)}: {why}")


class NotSure(OnThisDayError):
    """Something would do harm that cannot be undone, so it is not done without ``--force``."""


class NotFound(OnThisDayError):
    """Nothing has that name. The message lists the names that there are."""

    def __init__(self, what: str, name: str, known: tuple[str, ...] = (), mend: str = "") -> None:
        self.what, self.name, self.known = what, name, known
        hint = f"; there is {', '.join(known)}" if known else f"; {mend}" if mend else ""
        super().__init__(f'no {what} is named "{escaped_line(name)}"{hint}')


class NotSet(OnThisDayError):
    """The config must name something first, such as a channel."""


def system_words(error: OSError) -> str:
    """Return why the operating system refused something, in words that help to mend it."""
    return _SYSTEM.get(error.errno or 0) or error.strerror or type(error).__name__


_SYSTEM = {
    errno.ENOENT: "there is no such file or folder",
    errno.EACCES: "its rights do not allow it",
    errno.EPERM: "its rights do not allow it",
    errno.EISDIR: "it is a folder, and a file is needed",
    errno.ENOTDIR: "a part of its path is a file, where a folder is needed",
    errno.ENOSPC: "the disk is full",
    errno.EROFS: "the disk can only be read",
    errno.EMFILE: "too many files are open",
    errno.ENAMETOOLONG: "its name is too long",
    errno.EADDRINUSE: "another program listens there already",
    errno.EADDRNOTAVAIL: "this machine has no such address",
}
"""Plain words for errors of the operating system. Other errors keep the system's own words."""
