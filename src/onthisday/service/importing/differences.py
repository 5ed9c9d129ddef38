"""What is to change in a curator's file, so that an entry says what an imported fact says.

Only the values that differ are replaced, each where it stands. So the curator's comments, order and
style stay. Nothing here does I/O.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from onthisday.almanac.source import Edit
from onthisday.errors import TreePath
from onthisday.schema.written_entry import key_yaml


class Change(NamedTuple):
    """A value that changes: the key of the entry, what it says, and what it said. None: nothing."""

    key: str
    was: Any
    now: Any


def changes(old: Mapping[str, Any], new: Mapping[str, Any], *, whole: bool) -> list[Change]:
    """Return the keys of an entry whose values differ.

    ``whole``: a key that is not in ``new`` is taken out. Otherwise it stays as it is.
    """
    names = dict.fromkeys((*old, *new)) if whole else new
    return [
        Change(name, old.get(name), new.get(name))
        for name in names
        if not _same(old.get(name), new.get(name))
    ]


def edits(
    path: TreePath, old: Mapping[str, Any], new: Mapping[str, Any], *, whole: bool
) -> Iterator[Edit]:
    """Yield the edits that make one mapping say what another one says. ``path``: where it is."""
    kept = [name for name in old if name in new or not whole]
    for name, was, now in changes(old, new, whole=whole):
        if now is None:
            yield Edit((*path, name), "")
        elif was is None and name not in old:
            yield Edit((*path, kept[-1]), key_yaml(name, now), after=True)
        else:
            yield from _changed((*path, name), was, now, whole=whole)


def _changed(path: TreePath, was: Any, now: Any, *, whole: bool) -> Iterator[Edit]:
    """Yield edits of a value. They go into mappings, and into lists that are as long as before."""
    if isinstance(was, Mapping) and isinstance(now, list) and len(now) == 1:
        now = now[0]  # a curator may write one mapping where a list is expected
    elif isinstance(was, list) and isinstance(now, Mapping) and len(was) == 1:
        now = [now]
    if isinstance(was, Mapping) and isinstance(now, Mapping) and was.keys() & now.keys():
        yield from edits(path, was, now, whole=whole)
    elif isinstance(was, list) and isinstance(now, list) and _alike(was, now):
        for index, (one, other) in enumerate(zip(was, now, strict=True)):
            if not _same(one, other):
                yield from _changed((*path, index), one, other, whole=whole)
    else:
        yield Edit(path, key_yaml(str(path[-1]), now))


def _alike(was: list[Any], now: list[Any]) -> bool:
    """Return True if two lists hold as many mappings, of which each has keys in common."""
    return len(was) == len(now) and all(
        isinstance(one, Mapping) and isinstance(other, Mapping) and one.keys() & other.keys()
        for one, other in zip(was, now, strict=True)
    )


def _same(one: Any, other: Any) -> bool:
    """Return True if two values say the same: one may be a list of one, and the other its item."""
    if isinstance(one, list) and len(one) == 1 and not isinstance(other, list):
        return _same(one[0], other)
    if isinstance(other, list) and len(other) == 1 and not isinstance(one, list):
        return _same(one, other[0])
    if isinstance(one, str) and isinstance(other, str):
        return one.strip() == other.strip()
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)
