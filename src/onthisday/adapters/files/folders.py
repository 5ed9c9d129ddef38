"""The almanac's folder on the disk: implements `Source`. Also the signature and digest of a file.

A signature is what the file system says of a file: its size and times. It shows quickly whether a
file has changed, and mostly `today` asks for nothing else. So YAML is imported only if a file is
read. Paths are strings, because to import pathlib takes a tenth of the time of `today`. Used by
app/workspace.py.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from onthisday.almanac.file_signatures import Signature
from onthisday.errors import Finding, InvalidInput, Unreadable, system_words

if TYPE_CHECKING:
    from onthisday.adapters.files.trees import Malformed
    from onthisday.almanac.source import Block, Edit, Piece
    from onthisday.errors import TreePath


MOST_PICTURE = 20 * 1024 * 1024
"""Bytes. A larger picture is not for a page, so it is treated as missing."""


MOST_TEXT = 512 * 1024 * 1024
"""Bytes. A larger text of a document is not read."""


class AlmanacFolder:
    """Implements `Source`, with the files `*.yaml` and `*.jsonl` of one folder.

    - ``folder``: written as a person would type it, because messages show it.
    - ``staged``: the paths of files that stand for files of the folder, by their names: what these
      are to become (staged_folder.py).
    """

    def __init__(self, folder: str, staged: "Mapping[str, str] | None" = None) -> None:
        self._folder = folder.rstrip("/") or "/"
        self._staged = {} if staged is None else staged

    def files(self) -> dict[str, Signature]:
        there = almanac_files(self._folder)
        there.update((name, sign(path)) for name, path in self._staged.items())
        return {name: there[name] for name in sorted(there)} if self._staged else there

    def digest(self, name: str) -> str:
        return digest(*self._where(name))

    def _where(self, name: str) -> tuple[str, str | None]:
        """Return the path of a file, and the folder that it must be in."""
        staged = self._staged.get(name)
        return (staged, None) if staged else (self.shown(name), self._folder)

    def pieces(self, name: str) -> Iterator["Piece"]:
        wrong: list[Finding] = []
        for block in self.blocks(name):
            yield from self.pieces_of(block, wrong)
        if wrong:
            raise InvalidInput(tuple(wrong))

    def blocks(self, name: str) -> Iterator["Block"]:
        from onthisday.adapters.files.blocks import blocks_of
        from onthisday.adapters.files.trees import Malformed

        try:
            yield from blocks_of(name, *self._where(name))
        except Malformed as error:
            raise InvalidInput((self._finding(name, error),)) from error

    def pieces_of(self, block: "Block", wrong: list[Finding]) -> Iterator["Piece"]:
        from onthisday.adapters.files.blocks import pieces_of
        from onthisday.adapters.files.trees import MOST_WRONG, Malformed

        own: list[Malformed] = []
        try:
            yield from pieces_of(block, own, MOST_WRONG - len(wrong))
        except Malformed as error:
            own.append(error)
        wrong += [self._finding(block.name, each) for each in own]

    def _finding(self, name: str, error: "Malformed") -> Finding:
        return Finding("error", error.rule, self.shown(name), error.line, str(error))

    def lines(self, name: str, paths: Sequence["TreePath"]) -> list[int | None]:
        if name.endswith(".jsonl"):
            return [int(path[0]) for path in paths]
        from onthisday.adapters.files import trees
        from onthisday.adapters.files.yaml_lines import yaml_lines

        path, folder = self._where(name)
        content = trees.read_bytes(path, folder=folder)
        return yaml_lines(trees.text_of(content), paths)

    def picture(self, name: str) -> bytes | None:
        """Return the bytes of a picture in the almanac's folder; None if there is none."""
        from onthisday.adapters.files.names import leads_out
        from onthisday.adapters.files.opening import open_inside
        from onthisday.almanac.pictures import is_picture

        if leads_out(name) or name.startswith(".") or os.path.basename(name) != name:
            return None
        try:
            with open_inside(self._folder, name) as file:
                content = file.read(MOST_PICTURE + 1)
        except (OSError, ValueError):  # ValueError: a NUL in the name
            return None
        return content if len(content) <= MOST_PICTURE and is_picture(name, content) else None

    def edit(self, name: str, edits: Sequence["Edit"]) -> None:
        if edits:
            from onthisday.adapters.files.editing import edit_file

            edit_file(self.shown(name), edits)

    def append(self, name: str, items: str) -> None:
        from onthisday.adapters.files.appending import append_items

        append_items(self.shown(name), items)

    def shown(self, name: str) -> str:
        return os.path.join(self._folder, name)


def small_file(folder: str, name: str, most: int) -> bytes | None:
    """Return the bytes of a file in a folder; None if there is none.

    Of a larger one than ``most`` bytes, only the first ``most`` and one more are read.
    """
    from onthisday.adapters.files.opening import open_inside

    try:
        with open_inside(folder, name) as file:
            return file.read(most + 1)
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return None


class TextFolder:
    """The folder with the documents' texts."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def text(self, name: str) -> bytes | None:
        """Return the bytes of a text, by its file's name; None if the file is not there.

        Raises Unreadable.
        """
        from onthisday.adapters.files.names import leads_out
        from onthisday.adapters.files.opening import open_inside

        path = os.path.join(self._folder, name)
        if leads_out(name):
            return None
        try:
            with open_inside(self._folder, name) as file:
                content = file.read(MOST_TEXT + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Unreadable(path, f"cannot be read: {system_words(error)}") from error
        if len(content) > MOST_TEXT:
            raise Unreadable(path, f"is larger than {MOST_TEXT // 1024 // 1024} MB; split it")
        return content


def sign(path: str) -> Signature:
    """Return a file's signature. Raise Unreadable."""
    try:
        return _signature(os.stat(path))
    except FileNotFoundError as error:
        raise Unreadable(path, "there is no such file") from error
    except OSError as error:
        raise Unreadable(path, f"cannot be read: {system_words(error)}") from error


def almanac_files(folder: str) -> dict[str, Signature]:
    """Return the signature of each file `*.yaml` and `*.jsonl` in a folder, sorted by name.

    Raises Unreadable.
    """
    try:
        with os.scandir(folder) as listing:
            found = {entry.name: entry.stat() for entry in listing if _is_almanac(entry.name)}
    except FileNotFoundError as error:
        raise Unreadable(
            folder,
            "there is no such folder; make it, or name the right one under almanac: in the config",
        ) from error
    except OSError as error:
        raise Unreadable(folder, f"cannot be read: {system_words(error)}") from error
    return {name: _signature(found[name]) for name in sorted(found)}


def files_beside(*folders: str, others: Sequence[str] = ()) -> dict[str, Signature]:
    """Return the signatures of the other files of some folders, by path: pictures, and texts.

    ``others``: paths of files elsewhere, such as the logo.

    A folder itself has a separator at its end. Its time changes if a file is added or removed. A
    folder that cannot be read is left out.
    """
    found: dict[str, Signature] = {}
    for folder in folders:
        try:
            with os.scandir(folder) as listing:
                beside = [each for each in listing if not _is_almanac(each.name) and each.is_file()]
                signed = {each.path: _signature(each.stat()) for each in beside}
            found |= {os.path.join(folder, ""): _signature(os.stat(folder)), **signed}
        except OSError:
            continue
    for path in others:
        with suppress(OSError):
            found[path] = _signature(os.stat(path))
    return found


def digest(path: str, folder: str | None = None) -> str:
    """Return the SHA-256 of a file's content. Raise Unreadable.

    ``folder``: the file must be in there; None for a file that may be anywhere.
    """
    import hashlib  # needed only for a file that has just changed; most runs of `today` do without

    from onthisday.adapters.files.opening import opened

    try:
        with opened(path, folder) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise Unreadable(path, f"cannot be read: {system_words(error)}") from error


def _is_almanac(name: str) -> bool:
    return name.endswith((".yaml", ".jsonl")) and not name.startswith(".")


def _signature(status: os.stat_result) -> Signature:
    return Signature(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
