"""The folder that a site is written to, and the list of what was written there.

See service/building.py, `Output`. Not here: writing the files (site_writer.py). Used by
app/publishing.py.
"""

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from onthisday.adapters.file_system import runs, sync_all
from onthisday.adapters.files.names import leads_out, likeness
from onthisday.adapters.files.site_writer import (
    PACKED,
    STAGING,
    digest_of,
    has_copy,
    signature_of,
    staged_name,
)
from onthisday.adapters.files.writing import write_if_changed
from onthisday.errors import Unwritable
from onthisday.site.built import Written

MANIFEST = ".onthisday"
"""The file that lists what a build wrote. So the next build can remove what is no longer needed.

A build lists its files before it writes them, so that the next one knows them if it is killed. Each
line has the digest, the signature and the name of a file.
"""

_FIRST_LINE = "files of onthisday, version 2"

_UNKNOWN = "-"
"""The digest and the signature of a file that is listed, and may not be written yet."""

_LONG_AGO = 3600
"""Seconds. A file in STAGING that was written so long ago belongs to no build any more."""


class OutputFolder:
    """Implements `Output` on a folder. If the folder is missing, it is made."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._now: dict[str, Written] = {}

    @cached_property
    def _staged(self) -> str:
        return os.path.join(self._folder, STAGING, staged_name())

    @cached_property
    def _before(self) -> dict[str, Written]:
        """What the manifest lists at the beginning, by name."""
        return {each.name: each for each in self._listed()}

    def untouched(self, manifest: str | None) -> int | None:
        """Return how many pages the folder has, if all its files are as the last build left them.

        Otherwise return None. ``manifest``: a digest of the list that this build left (`manifest`).
        Only the list is read for this.
        """
        pages, said = 0, self._said()
        if digest_of(said) != manifest:
            return None
        try:
            # no values are made of the lines, because they may be very many
            for line in said.decode().split("\n")[1:]:
                _, signature, name = line.split(" ", 2)
                if signature_of(f"{self._folder}/{name}") != signature:
                    return None
                pages += not name.endswith(PACKED)
        except (OSError, ValueError):  # the second: damaged, or no file can have such a name
            return None
        return pages or None

    def manifest(self) -> str:
        """Return a digest of the list of files as it is now.

        Another build, of another config or day, leaves another list.
        """
        return digest_of(self._said())

    def begin(self, names: Iterable[str]) -> None:
        self._clean()
        new = {
            name: Written(name, _UNKNOWN, _UNKNOWN) for name in names if name not in self._before
        }
        if new:
            self._list({**self._before, **new})

    def _clean(self) -> None:
        """Remove what processes that are gone left half written."""
        for each in _files_in(Path(self._staged).parent):
            if _is_left_behind(each, staged_name()):
                each.unlink(missing_ok=True)

    def keep(self, name: str, digest: str) -> bool:
        copy = self._before.get(f"{name}{PACKED}")
        found = [self._same(each) for each in (self._before.get(name), copy) if each]
        kept = [each for each in found if each]
        if not kept or len(kept) < len(found) or kept[0].digest != digest:
            return False
        if copy is None and has_copy(name) and os.path.exists(f"{self._folder}/{name}{PACKED}"):
            return False  # a build that was killed left a copy of other bytes
        self.note(kept)
        return True

    def _same(self, before: Written) -> Written | None:
        """Return a file as it is now, if it has the bytes that it had. Otherwise return None.

        If only its signature is another, such as that of a copied file, it is read.
        """
        path = f"{self._folder}/{before.name}"
        try:
            signature = signature_of(path)
            if signature == before.signature:
                return before
            with open(path, "rb") as file:
                is_same = digest_of(file.read()) == before.digest
        except OSError:
            return None
        return before._replace(signature=signature) if is_same else None

    def note(self, written: Iterable[Written]) -> None:
        self._now.update((each.name, each) for each in written)

    def finish(self, *, changed: bool) -> int:
        alike = self._alike()
        gone = {each.name for each in self._listed()} - self._now.keys()
        safe = [name for name in gone if not leads_out(name)]
        stale = {name for name in safe if self._remove(name, alike)}
        for name in safe:  # a build that was killed may have written only this
            self._remove(f"{name}{PACKED}", alike)
        if self._list(self._now) or changed:
            sync_all()
        self._clean()  # a process of this build may have been killed
        with suppress(OSError):  # another build may be writing there
            os.rmdir(os.path.dirname(self._staged))
        return sum(not name.endswith(PACKED) for name in stale)

    def _alike(self) -> dict[str, str]:
        """Return the name of each file of this build, by its likeness.

        Raise Unwritable if two of them are the same file on this disk. For some disks, `A` and `a`
        are the same.
        """
        alike: dict[str, str] = {}
        for name in self._now:
            other = alike.setdefault(likeness(name), name)
            if other != name and self._are_one(name, other):
                why = f"is the same file as {other} on this disk; "
                mend = "give one of the two another id or tag"
                raise Unwritable(f"{self._folder}/{name}", why + mend)
        return alike

    def _are_one(self, name: str, other: str) -> bool:
        paths = f"{self._folder}/{name}", f"{self._folder}/{other}"
        return all(map(os.path.exists, paths)) and os.path.samefile(*paths)

    def _remove(self, name: str, alike: dict[str, str]) -> bool:
        """Remove a file, and folders that are empty then. Return False if it is not there.

        It is also not there if it is a file of this build under another name.
        """
        path, other = Path(self._folder, name), alike.get(likeness(name))
        if not path.is_file() or (other and self._are_one(name, other)):
            return False
        path.unlink(missing_ok=True)
        folder = path.parent
        while folder != Path(self._folder) and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent
        return True

    def _listed(self) -> Iterator[Written]:
        """Yield what the manifest lists."""
        for line in _lines(self._said()):
            digest, signature, name = line.split(" ", 2)
            yield Written(name, digest, signature)

    def _said(self) -> bytes:
        """Return the bytes of the manifest; none if there is no manifest."""
        try:
            return Path(self._folder, MANIFEST).read_bytes()
        except (FileNotFoundError, NotADirectoryError):  # who writes tells the second
            return b""

    def _list(self, files: dict[str, Written]) -> bool:
        """Write the manifest. Return True if it has changed."""
        listed = (f"{digest} {sign} {name}" for name, digest, sign in sorted(files.values()))
        content = "\n".join((_FIRST_LINE, *listed)).encode()
        return write_if_changed(Path(self._folder, MANIFEST), content, 0, Path(self._staged))


def _lines(said: bytes) -> list[str]:
    """Return the lines of a manifest, without those that are damaged.

    The file of a lost line is found when its page is made again.
    """
    first, *lines = said.decode("utf-8", "replace").split("\n")
    if first == _FIRST_LINE:
        return [line for line in lines if line.count(" ") > 1]
    # an older program listed names alone
    return [f"{_UNKNOWN} {_UNKNOWN} {name}" for name in (first, *lines) if name]


def _files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _is_left_behind(file: Path, ours: str) -> bool:
    """Return True if a file of STAGING belongs to no build that runs. ``ours``: our file's name."""
    host, _, process = file.name.rpartition(".")
    is_of_this_host = process.isdecimal() and host == ours.rpartition(".")[0]
    if file.name == ours or (is_of_this_host and not runs(int(process))):
        return True
    try:
        # Not mtime: a file gets that of its page before it is moved.
        return file.stat().st_ctime < time.time() - _LONG_AGO
    except FileNotFoundError:
        return False
