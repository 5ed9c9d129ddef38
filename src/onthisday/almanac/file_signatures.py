"""Find out whether files changed since they were read, mostly without reading them again.

The program compares the size and the times of each file. If a file was changed just before it was
read, the times are not sure enough, so the program compares its content.

`young_for` says how long to wait for a file that may be half written.

No I/O here: adapters/files/folders.py reads the sizes and times. Called when the almanac is opened
and compiled (app/, service/reading/).
"""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

FRESH = 2_000_000_000
"""In nanoseconds. After two changes within this time, the file may show the same times."""


class Signature(NamedTuple):
    """What the file system says about a file. Times are in nanoseconds since 1970.

    If a file changes, its signature changes. There is one exception. The clock of a file system is
    not exact, so a file that is written twice in a short time may keep its signature. So if a file
    was read less than two seconds after a change, its content is compared. (Git calls such a file
    "racy"; Documentation/technical/racy-git.txt.)
    """

    size: int
    mtime: int
    ctime: int
    inode: int

    def is_fresh(self, now: int) -> bool:
        """Return True if the file changed less than two seconds before ``now`` (nanoseconds).

        The signature of a fresh file is not enough: the next change may leave it the same.
        """
        return max(self.mtime, self.ctime) + FRESH >= now


def young_for(changed: Iterable[int], now: int) -> float:
    """Return for how many seconds more a file is young: changed less than FRESH ago.

    ``changed`` are the times of the files' last changes, in nanoseconds since 1970. A time in the
    future says nothing: a clock was wrong. Return 0 if no file is young.
    """
    ages = (now - at for at in changed)
    return max((FRESH - age for age in ages if 0 <= age < FRESH), default=0) / 1e9


def moved(before: int, newest: int, now: int) -> int:
    """Return when a content changed that has just changed, in nanoseconds since 1970.

    That is the time of its newest file, but never a time to come. It is always a later second than
    the content before it had (``before``; 0 if there was none). Why: a reader who has that content
    asks what changed after this second, and a file that is removed or is put back has an old time.
    """
    after = before // _SECOND * _SECOND + _SECOND if before else 0
    return max(min(newest, now), after)


_SECOND = 1_000_000_000


class ReadFile(NamedTuple):
    """A file as it was when it was read.

    ``sha256``: the digest of the content, if the file was fresh (`Signature.is_fresh`).
    """

    signature: Signature
    sha256: str | None


def changed_files(
    kept: Mapping[str, ReadFile], there: Mapping[str, Signature], digest: Callable[[str], str]
) -> list[str]:
    """Return the names of the files that are new, changed or gone.

    - ``kept``: the files as they were when they were read.
    - ``there``: the files that are in the folder now.
    - ``digest``: returns the SHA-256 of a file. Called only if the signature is not enough.
    """
    changed = [name for name in there if not is_same(kept.get(name), name, there[name], digest)]
    return changed + [name for name in kept if name not in there]


def is_same(
    kept: ReadFile | None, name: str, signature: Signature, digest: Callable[[str], str]
) -> bool:
    """Return True if a file did not change since it was read.

    ``kept``: the file when it was read, or None if it was never read.
    """
    if kept is None or kept.signature != signature:
        return False
    return kept.sha256 is None or kept.sha256 == digest(name)


def settled_files(kept: Mapping[str, ReadFile], now: int) -> dict[str, ReadFile]:
    """Return the files that were changed just before they were read, but not just now.

    Such a file was "fresh" (`Signature.is_fresh`): a second change might not show in its time and
    size, which are its signature. So its SHA-256 was kept too. Now the signature is enough, and the
    files are returned without their SHA-256.
    """
    return {
        name: ReadFile(file.signature, None)
        for name, file in kept.items()
        if file.sha256 is not None and not file.signature.is_fresh(now)
    }
