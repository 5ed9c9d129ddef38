"""A protocol for reading and editing the curator's files of an almanac.

Why a protocol, though only adapters/files/folders.py implements it: the use cases (service/) read
and edit an almanac, and must not open files themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from onthisday.almanac.file_signatures import Signature
    from onthisday.errors import Finding, TreePath


class Piece(NamedTuple):
    """One item of a file of the almanac, as YAML or JSON gives it.

    - ``place``: in YAML the item's index from 0, in JSON Lines its line from 1.
    - ``tree``: the item's content: dicts, lists and plain values inside each other.
    - ``whole``: False if a key in it is there twice; then the first counts. That is among the
      errors of the file.
    """

    place: int
    tree: Any
    whole: bool = True


class Block(NamedTuple):
    """Some whole items of a file of the almanac, as they stand in it.

    - ``name``: the file's.
    - ``line``: the line of the file on which the block begins, counted from 1.
    - ``content``: its bytes.
    """

    name: str
    line: int
    content: bytes


class Edit(NamedTuple):
    """One change of a file: write ``text`` in place of the key at ``path`` and its value.

    - ``text``: ``key: value``. An empty text takes the key and its value out.
    - ``after``: keep the key at ``path``, and add ``text`` after it. If the key of ``text`` is
      there already, its value is replaced.
    """

    path: TreePath
    text: str
    after: bool = False


class Staging(Protocol):
    """Changes of a curator's files that are not made yet.

    - ``source``: the folder as it is to become.
    - ``has_changes``: whether a file is to change.
    """

    @property
    def source(self) -> Source: ...

    @property
    def has_changes(self) -> bool: ...

    def edit(self, name: str, edits: Iterable[Edit]) -> None:
        """Make edits in a file. Of JSON Lines, they must come in the order of the lines."""

    def append(self, name: str, trees: Iterable[Mapping[str, Any]]) -> None:
        """Add items to the end of a file. It is made if it is not there."""


class Source(Protocol):
    """The folder with a curator's files. ``name``: the name of a file in this folder."""

    def files(self) -> dict[str, Signature]:
        """Return the signature (size and times) of each file, sorted by name. Raises Unreadable."""

    def digest(self, name: str) -> str:
        """Return the SHA-256 of a file's content. Raises Unreadable."""

    def pieces(self, name: str) -> Iterator[Piece]:
        """Yield the items of a file that can be read, in order.

        At the end it raises InvalidInput, if something is wrong: the file is not YAML or JSON
        Lines, or not a list of items. Each item that cannot be read is told.
        """

    def blocks(self, name: str) -> Iterator[Block]:
        """Yield a file in blocks. Raises Unreadable, and InvalidInput if it is too large.

        A YAML file is one block. JSON Lines are in blocks of about 1 MB.
        """

    def pieces_of(self, block: Block, wrong: list[Finding]) -> Iterator[Piece]:
        """Yield the items of a block that can be read, in order.

        ``wrong``: what is wrong in the blocks of its file before. At the end it gets what is wrong
        in this one. After 100 of them, the rest of the file is not read.
        """

    def lines(self, name: str, paths: Sequence[TreePath]) -> list[int | None]:
        """Return the line of each path in a file, counted from 1, or None.

        The first part of a path is the item's place (`Piece`).
        """

    def picture(self, name: str) -> bytes | None:
        """Return the bytes of a picture in the folder, or None if there is none."""

    def edit(self, name: str, edits: Sequence[Edit]) -> None:
        """Make all these edits in a file. If one is not possible, make none.

        In a YAML file, every other byte stays the same.
        """

    def append(self, name: str, items: str) -> None:
        """Add items, as YAML text, to the end of a file. Creates the file if it is missing."""

    def shown(self, name: str) -> str:
        """Return the path of a file as a person would type it, for messages."""
