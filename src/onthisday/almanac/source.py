"""The almanac as a curator keeps it: a folder of files, as a protocol.

Why a protocol, though only one folder implements it: use cases read and edit an almanac, and must
not know files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from onthisday.almanac.file_signatures import Signature
    from onthisday.errors import TreePath


class Piece(NamedTuple):
    """One item of an almanac file: its place (an index, or a line of JSON Lines) and its tree."""

    place: int
    tree: Any


class Edit(NamedTuple):
    """A key to replace with a text ``key: value``, or, with ``after``, to put that text after."""

    path: TreePath
    text: str
    after: bool = False


class Source(Protocol):
    """The almanac as a curator keeps it: a folder of files."""

    def files(self) -> dict[str, Signature]:
        """Return the files by name, in order; raise Unreadable."""

    def digest(self, name: str) -> str:
        """Return the SHA-256 of a file's content; raise Unreadable."""

    def pieces(self, name: str) -> Iterator[Piece]:
        """Yield what is in a file, in order; raise InvalidInput where it is not what it says."""

    def lines(self, name: str, paths: Sequence[TreePath]) -> list[int | None]:
        """Return the line of each path, whose first part is a place."""

    def picture(self, name: str) -> bytes | None:
        """Return a picture that is kept beside the entries; None where there is none."""

    def edit(self, name: str, edits: Sequence[Edit]) -> None:
        """Make edits in a file, at once or not at all; every other byte stays as it is."""

    def append(self, name: str, items: str) -> None:
        """Add items of YAML to the end of a file, which is made where it is missing."""

    def shown(self, name: str) -> str:
        """Return a file's name as a person would type it."""
