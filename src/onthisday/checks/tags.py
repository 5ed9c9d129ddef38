"""Find pairs of tags that mean the same and are written in two ways, such as `War` and `wars`.

The tags of a pair differ only by large letters, the signs ``-``, ``_``, ``.``, or a plural s.

Called by service/checking/report.py.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from onthisday.checks.faults import Fault
from onthisday.views.words import counted


class Near(NamedTuple):
    """A tag that is most likely a mistake: another tag is nearly the same, and is used more.

    - ``entries``: how many entries have ``tag``.
    - ``usual``: the other tag.
    - ``usual_entries``: how many entries have the other tag.
    """

    tag: str
    entries: int
    usual: str
    usual_entries: int


def near_tags(tags: Mapping[str, int]) -> Iterator[Near]:
    """Yield each tag that is nearly the same as a tag that more entries have.

    ``tags``: the number of entries, by tag. If two tags have the same number, yield the tag that
    comes later in the alphabet.
    """
    usual: dict[str, str] = {}
    for tag, entries in sorted(tags.items(), key=lambda item: (-item[1], item[0])):
        first = usual.setdefault(bare_tag(tag), tag)
        if first != tag:
            yield Near(tag, entries, first, tags[first])


def near_tag_fault(entry: str, near: Near) -> Fault:
    """Return the fault of a tag that differs from a more usual tag by case, hyphen or plural only.

    ``entry`` is the id of an entry that has the tag.
    """
    message = (
        f'entry "{entry}" has the tag {near.tag} ({_entries(near.entries)}), which is nearly '
        f"{near.usual} ({_entries(near.usual_entries)}); write {near.usual}, or use one of them "
        "everywhere"
    )
    return Fault(("tags",), "near-tag", message)


def bare_tag(tag: str) -> str:
    """Return a tag in small letters, without hyphens, ``_``, ``.`` and a plural s."""
    bare = re.sub(r"[-_.]", "", tag.casefold())
    return bare[:-1] if len(bare) > 3 and bare.endswith("s") and not bare.endswith("ss") else bare


def _entries(count: int) -> str:
    return counted(count, "entry", "entries")
