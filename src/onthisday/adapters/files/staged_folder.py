"""An almanac's folder with changes that are not made yet: implements `Staging`.

The changed files stand in a temporary folder until all of them are known to be right. So nobody
reads half of an import, and one that is not wanted leaves nothing. A large file of JSON Lines is
never in memory as a whole.

Used by cli/import_files.py. service/importing/ decides what changes.
"""

import filecmp
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import TextIOWrapper
from itertools import groupby
from pathlib import Path
from typing import IO, Any

from onthisday.adapters.files.appending import with_items
from onthisday.adapters.files.editing import edited_line, edited_yaml
from onthisday.adapters.files.folders import AlmanacFolder
from onthisday.adapters.files.opening import open_inside
from onthisday.adapters.files.temporary import in_temporary_folder
from onthisday.adapters.files.writing import rewrite_from
from onthisday.almanac.file_signatures import Signature
from onthisday.almanac.source import Edit
from onthisday.errors import Unwritable, system_words
from onthisday.schema.written_entry import item_yaml, line_json


class StagedFolder:
    """The changes of an import. `close` forgets those that were not made."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        with in_temporary_folder():
            self._temporary = tempfile.TemporaryDirectory(prefix="onthisday-import-")
        self._staged: dict[str, str] = {}
        self._before: dict[str, Signature] = AlmanacFolder(folder).files()
        self.source = AlmanacFolder(folder, self._staged)

    @property
    def has_changes(self) -> bool:
        """Whether a file is to change."""
        return bool(self._staged)

    def edit(self, name: str, edits: Iterable[Edit]) -> None:
        """Make edits in a file. Of JSON Lines, they come in the order of the lines."""
        if name.endswith(".jsonl"):
            self._rewrite(name, lambda file: _edited_lines(file, edits))
        else:
            self._rewrite(name, lambda file: [edited_yaml(file.read(), list(edits))])

    def append(self, name: str, trees: Iterable[Mapping[str, Any]]) -> None:
        """Add items to the end of a file. It is made if it is not there."""
        if name.endswith(".jsonl"):
            self._rewrite(name, lambda file: _with_lines(file, trees))
        else:
            items, shown = "\n".join(map(item_yaml, trees)), self.source.shown(name)
            self._rewrite(name, lambda file: [with_items(shown, file.read(), items)])

    def make(self) -> None:
        """Make the changes. Raises Unwritable if a file of the folder has changed meanwhile."""
        there = AlmanacFolder(self._folder).files()
        for name in self._staged:
            if there.get(name) != self._before.get(name):
                shown = self.source.shown(name)
                raise Unwritable(shown, "changed meanwhile; nothing was imported, so try again")
        for name in sorted(self._staged, key=lambda name: name != "documents.yaml"):
            path = Path(self._folder) / name
            try:
                rewrite_from(path, Path(self._staged[name]))
            except OSError as error:
                raise Unwritable(str(path), f"cannot be written: {system_words(error)}") from error

    def close(self) -> None:
        """Remove the temporary folder."""
        self._temporary.cleanup()

    def _rewrite(self, name: str, content: Callable[[IO[str]], Iterable[str]]) -> None:
        path = os.path.join(self._temporary.name, name)
        beside = f"{path}.new"
        try:
            with self._opened(name) as before, open(beside, "w", encoding="utf-8", newline="") as f:
                f.writelines(content(before))
        except UnicodeDecodeError as error:
            shown = os.path.join(self._folder, name)
            raise Unwritable(shown, "is not UTF-8; save it as UTF-8") from error
        except OSError as error:
            raise Unwritable(path, f"cannot be written: {system_words(error)}") from error
        if self._is_as_before(name, beside):
            os.unlink(beside)
            return
        os.replace(beside, path)
        self._staged[name] = path

    def _is_as_before(self, name: str, beside: str) -> bool:
        """Return True if a file that is not staged yet would not change."""
        if name in self._staged or name not in self._before:
            return name not in self._before and not os.path.getsize(beside)
        return filecmp.cmp(os.path.join(self._folder, name), beside, shallow=False)

    def _opened(self, name: str) -> IO[str]:
        if name in self._staged:
            return open(self._staged[name], encoding="utf-8", newline="")
        if name not in self._before:
            return open(os.devnull, encoding="utf-8")
        return TextIOWrapper(open_inside(self._folder, name), encoding="utf-8", newline="")


def _edited_lines(file: IO[str], edits: Iterable[Edit]) -> Iterator[str]:
    groups = groupby(edits, key=lambda edit: int(edit.path[0]))
    number, wanted = next(groups, (0, iter(())))
    for place, line in enumerate(file, 1):
        if place != number:
            yield line
            continue
        bare = line.rstrip("\r\n")
        yield edited_line(bare, wanted) + line[len(bare) :]
        number, wanted = next(groups, (0, iter(())))


def _with_lines(file: IO[str], trees: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    last = "\n"
    for line in file:
        yield line
        last = line
    if not last.endswith("\n"):
        yield "\n"
    for tree in trees:
        yield line_json(tree)
