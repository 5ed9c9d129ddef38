"""Find out whether files changed since they were read, mostly without reading them again.

A file's size and times tell it. Only a file that was changed just before it was read is compared by
its content.

Pure: files are looked at by adapters/files/folders.py. Called when the almanac is opened and
compiled (app/, service/reading/).
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

FRESH = 2_000_000_000
"""Nanoseconds: two changes that are this close may leave the same times on the file."""


class Signature(NamedTuple):
    """What the file system says about a file. Times are in nanoseconds since 1970.

    If a file changes, its signature changes. There is one exception: the clock of a file system is
    coarse, so a file that is written twice in a short time may keep its signature. Therefore a file
    that changed within two seconds of being read is compared by its content. (Git calls it "racy";
    Documentation/technical/racy-git.txt.)
    """

    size: int
    mtime: int
    ctime: int
    inode: int

    def is_fresh(self, now: int) -> bool:
        """Return True if the file changed less than two seconds before ``now`` (nanoseconds).

        Then a later change might not change the signature.
        """
        return max(self.mtime, self.ctime) + FRESH >= now


class ReadFile(NamedTuple):
    """A file as it was when it was read. ``sha256`` is there only if the file was fresh."""

    signature: Signature
    sha256: str | None


def changed_files(
    kept: Mapping[str, ReadFile], there: Mapping[str, Signature], digest: Callable[[str], str]
) -> list[str]:
    """Return the names of the files that are new, changed or gone since ``kept`` was written down.

    ``digest`` returns the SHA-256 of a file, by its name. It is called only if the signature alone
    cannot tell.
    """
    changed = [name for name in there if not is_same(kept.get(name), name, there[name], digest)]
    return changed + [name for name in kept if name not in there]


def is_same(
    kept: ReadFile | None, name: str, signature: Signature, digest: Callable[[str], str]
) -> bool:
    """Return True if a file did not change since it was kept."""
    if kept is None or kept.signature != signature:
        return False
    return kept.sha256 is None or kept.sha256 == digest(name)


def settled_files(kept: Mapping[str, ReadFile], now: int) -> dict[str, ReadFile]:
    """Return the files that are no longer fresh, without their SHA-256.

    From now on their signature alone can tell a change.
    """
    return {
        name: ReadFile(file.signature, None)
        for name, file in kept.items()
        if file.sha256 is not None and not file.signature.is_fresh(now)
    }
