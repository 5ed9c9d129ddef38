"""Whether files changed since they were read, by what the file system says of them."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

FRESH = 2_000_000_000
"""Nanoseconds within which a change may hide behind the same signature."""


class Signature(NamedTuple):
    """What the file system says of a file; times in nanoseconds since 1970.

    It tells a change, except where a file was written again within the resolution of its clock:
    what changed within two seconds of being read is compared by content (Git calls such a file
    "racy"; Documentation/technical/racy-git.txt).
    """

    size: int
    mtime: int
    ctime: int
    inode: int

    def is_fresh(self, now: int) -> bool:
        """Say whether it changed so shortly before ``now`` that a later change might not show."""
        return max(self.mtime, self.ctime) + FRESH >= now


class ReadFile(NamedTuple):
    """What was read of a file: its signature then, and its SHA-256 where it was fresh."""

    signature: Signature
    sha256: str | None


def changed_files(
    kept: Mapping[str, ReadFile], there: Mapping[str, Signature], digest: Callable[[str], str]
) -> list[str]:
    """Return the files that are new, changed or gone since ``kept`` was noted.

    ``digest`` gives a file's SHA-256 by its name, and is asked only where that must decide.
    """
    changed = [name for name in there if not is_same(kept.get(name), name, there[name], digest)]
    return changed + [name for name in kept if name not in there]


def is_same(
    kept: ReadFile | None, name: str, signature: Signature, digest: Callable[[str], str]
) -> bool:
    """Say whether a file is what was kept of it."""
    if kept is None or kept.signature != signature:
        return False
    return kept.sha256 is None or kept.sha256 == digest(name)


def settled_files(kept: Mapping[str, ReadFile], now: int) -> dict[str, ReadFile]:
    """Return the files whose digest is needed no more: from now on their signature suffices."""
    return {
        name: ReadFile(file.signature, None)
        for name, file in kept.items()
        if file.sha256 is not None and not file.signature.is_fresh(now)
    }
