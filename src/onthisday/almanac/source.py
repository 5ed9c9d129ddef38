"""The curator's files of an almanac: a protocol to read and edit them.

Why a protocol, though only adapters/files/folders.py implements it: the use cases (service/) read
and edit an almanac, and must not know files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from onthisday.almanac.file_signatures import Signature
    from onthisday.errors import TreePath


class Piece(NamedTuple):
    """One item of a file of the almanac, as the tree that the file holds.

    ``place`` is the item's index from 0, or in JSON Lines its line from 1.
    """

    place: int
    tree: Any


class Edit(NamedTuple):
    """One change of a file: replace the key at ``path`` and its value by ``text``.

    ``text`` is ``key: value``. With ``after``, the key stays, and ``text`` is added after it.
    """

    path: TreePath
    text: str
    after: bool = False


class Source(Protocol):
    """The folder with a curator's files. ``name`` is a file's name in that folder."""

    def files(self) -> dict[str, Signature]:
        """Return the signature of each file, in order of names. Raises Unreadable."""

    def digest(self, name: str) -> str:
        """Return the SHA-256 of a file's content. Raises Unreadable."""

    def pieces(self, name: str) -> Iterator[Piece]:
        """Yield the items of a file, in order.

        Raises InvalidInput if the file is no YAML or JSON Lines, or is no list.
        """

    def lines(self, name: str, paths: Sequence[TreePath]) -> list[int | None]:
        """Return for each path its line, from 1. The first part of a path is an item's place."""

    def picture(self, name: str) -> bytes | None:
        """Return the bytes of a picture in the folder, or None if there is none."""

    def edit(self, name: str, edits: Sequence[Edit]) -> None:
        """Make all these edits in a file, or none. Every other byte of a YAML file stays."""

    def append(self, name: str, items: str) -> None:
        """Add items, as YAML text, to the end of a file. Creates the file if it is missing."""

    def shown(self, name: str) -> str:
        """Return the path of a file as a person would type it."""
