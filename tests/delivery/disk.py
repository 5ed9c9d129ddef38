"""A disk in memory: what a program wrote, and what of it survives a power cut.

It is fed with the system calls of a real process, as strace recorded them. What was synced is on
the disk. What was written after that may be there, may be missing, or may be there in part; and so
may the names of files. This is what the systems promise (fsync(2)); they often do better.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

SECTOR = 512
"""Bytes that a disk writes as a whole."""

CALLS = (
    "openat,close,write,pwrite64,lseek,ftruncate,fsync,fdatasync,unlink,unlinkat,link,linkat,"
    "rename,renameat,renameat2"
)


class Call(NamedTuple):
    """A system call that succeeded. ``texts`` are its strings, ``rest`` are its other words."""

    name: str
    texts: tuple[bytes, ...]
    rest: tuple[str, ...]
    result: int


_CALL = re.compile(r"^\d+ +(\w+)\((.*)\) += (\d+)\b")
_BEGUN = re.compile(r"^(\d+) +(.*) <unfinished \.\.\.>$")
_ENDED = re.compile(r"^(\d+) +<\.\.\. \w+ resumed>(.*)$")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


def calls(trace: str) -> Iterator[Call]:
    """Read what ``strace -f -xx`` wrote: the calls in the order in which they ended."""
    begun: dict[str, str] = {}
    for line in trace.splitlines():
        if found := _BEGUN.match(line):
            begun[found[1]] = line.removesuffix(" <unfinished ...>")
            continue
        if found := _ENDED.match(line):
            line = begun.pop(found[1]) + found[2]  # noqa: PLW2901
        if found := _CALL.match(line):
            texts = (bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(found[2]))
            words = (word.strip() for word in _TEXT.sub("", found[2]).split(","))
            yield Call(found[1], tuple(texts), tuple(filter(None, words)), int(found[3]))


class Write(NamedTuple):
    """A write that is not synced. Without ``data``, the file is cut at ``place``."""

    place: int
    data: bytes | None


class File:
    """A file's content on the disk, and the writes that may not be there yet."""

    def __init__(self) -> None:
        self.synced = b""
        self.writes: list[Write] = []

    def sync(self) -> None:
        self.synced, self.writes = self.content(self.writes), []

    def content(self, writes: list[Write]) -> bytes:
        """Return the content if these writes arrive."""
        found = bytearray(self.synced)
        for place, data in writes:
            if data is None:
                found[place:] = bytes(max(0, place - len(found)))
            else:
                found.extend(bytes(max(0, place - len(found))))
                found[place : place + len(data)] = data
        return bytes(found)

    def torn(self, chance: Random) -> bytes:
        """Return the content if some writes arrive, some do not, and some in part."""
        arrived = []
        for place, data in self.writes:
            fate = chance.random()
            if data is None or fate < 0.4:
                arrived.append(Write(place, data))
            elif fate < 0.7:
                cut = chance.randrange(0, len(data) + 1, SECTOR)
                first, last = Write(place, data[:cut]), Write(place + cut, data[cut:])
                arrived.append(chance.choice((first, last)))
        return self.content(arrived)


Names = dict[bytes, File]
"""The files of a folder, by their paths."""


class Disk:
    """The files of one folder. Feed it with the calls in their order."""

    def __init__(self, folder: Path) -> None:
        self._folder = os.fsencode(folder)
        self._open: dict[str, File | None] = {}
        self.names: list[Names] = [{}]
        """The names that were synced, and then those after each change that was not synced."""
        self.version = 0
        """How often something changed."""

    def take(self, call: Call) -> None:
        """Do what a system call did."""
        name, texts, words, result = call
        match name:
            case "openat" if texts[0] == self._folder:
                self._open[str(result)] = None
            case "openat" if self._holds(texts[0]):
                self._open[str(result)] = self._opened(texts[0], create="O_CREAT" in words[1])
            case "close":
                self._open.pop(words[0], None)
            case "unlink" | "unlinkat" if self._holds(texts[0]):
                self._rename(
                    {path: file for path, file in self.names[-1].items() if path != texts[0]}
                )
            case "link" | "linkat" if self._holds(texts[0]):
                self._rename({**self.names[-1], texts[1]: self.names[-1][texts[0]]})
            case "pwrite64" | "ftruncate" | "fsync" | "fdatasync" if words[0] in self._open:
                self._change(self._open[words[0]], call)

    def _holds(self, path: bytes) -> bool:
        return os.path.dirname(path) == self._folder and not path.endswith((b"-shm", b".owner"))

    def _opened(self, path: bytes, *, create: bool) -> File:
        file = self.names[-1].get(path)
        if file is None:
            assert create, path
            file = File()
            self._rename({**self.names[-1], path: file})
        return file

    def _rename(self, names: Names) -> None:
        self.version += 1
        self.names.append(names)

    def _change(self, file: File | None, call: Call) -> None:
        self.version += 1
        if file is None:  # the folder
            self.names = self.names[-1:]
        elif call.name == "pwrite64":
            file.writes.append(Write(int(call.rest[-1]), call.texts[0]))
        elif call.name == "ftruncate":
            file.writes.append(Write(int(call.rest[-1]), None))
        else:
            file.sync()


class Cut(NamedTuple):
    """What is left after a power cut: the content of each file, by its path."""

    files: dict[bytes, bytes]

    def write(self, to: Path) -> None:
        """Write the files into another folder."""
        for path, content in self.files.items():
            (to / os.fsdecode(os.path.basename(path))).write_bytes(content)


def cuts(disk: Disk, chance: Random) -> Iterator[Cut]:
    """Yield what may be left if the power is cut now.

    All that was not synced is lost; nothing is lost; some of it is lost.
    """
    yield Cut({path: file.synced for path, file in disk.names[0].items()})
    if len(disk.names) > 1 or any(file.writes for file in disk.names[-1].values()):
        yield Cut({path: file.content(file.writes) for path, file in disk.names[-1].items()})
        names = chance.choice(disk.names)
        yield Cut({path: file.torn(chance) for path, file in names.items()})
