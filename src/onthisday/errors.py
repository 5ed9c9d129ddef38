"""What can go wrong, as a tree, and a finding: one thing that is wrong in what people wrote.

    OnThisDayError          expected: one line before the person, exit code 1
    ├── InvalidInput        config or almanac has findings that are errors; carries them all
    ├── Unreadable          a file or folder that cannot be read
    ├── Unwritable          a file or folder that cannot be written
    ├── NotFound            a channel, notice, entry or document of that name does not exist
    └── NotSet              something that config must name first

Everything else that is raised is a defect of the program.
"""

import errno
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]

TreePath = tuple[str | int, ...]
"""A place in a tree of plain values, as YAML or JSON give it: the keys and indexes to it."""


class Finding(NamedTuple):
    """One thing that is wrong in config or almanac: where, and how to mend it.

    ``line`` counts from 1; it is None where a whole file is meant. ``file`` is written as the
    person would type it.
    """

    severity: Severity
    rule: str
    file: str
    line: int | None
    message: str

    def __str__(self) -> str:
        """``almanac/1969.yaml:12: entry "moon-landing" has no source; …``."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {'warning: ' if self.severity == 'warning' else ''}{self.message}"


class OnThisDayError(Exception):
    """The root of every expected error; its text says what, where and what to do."""


class InvalidInput(OnThisDayError):
    """Config or almanac cannot be used as they are."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__("\n".join(str(finding) for finding in findings))


class Unreadable(OnThisDayError):
    """A file or folder that cannot be read."""

    def __init__(self, path: str, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(f"{path}: {why}")


class Unwritable(OnThisDayError):
    """A file or folder that cannot be written."""

    def __init__(self, path: str, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(f"{path}: {why}")


class NotFound(OnThisDayError):
    """Nothing of that name exists; the known names are told."""

    def __init__(self, what: str, name: str, known: tuple[str, ...] = (), mend: str = "") -> None:
        self.what, self.name, self.known = what, name, known
        hint = f"; there is {', '.join(known)}" if known else f"; {mend}" if mend else ""
        super().__init__(f'no {what} is named "{name}"{hint}')


class NotSet(OnThisDayError):
    """Config must name something first."""


def system_words(error: OSError) -> str:
    """Return why the system refused something, in words that say what to look at."""
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
"""What the system says, in plain words; what is not here keeps the system's own."""
