"""Tags that differ from another by case, hyphen or plural alone: one of them is a slip."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from onthisday.checks.faults import Fault


class Near(NamedTuple):
    """A tag that is nearly another, which more entries have."""

    tag: str
    entries: int
    usual: str
    usual_entries: int


def near_tags(tags: Mapping[str, int]) -> Iterator[Near]:
    """Yield the tags that are nearly one that more entries have; of as many, the later by name."""
    usual: dict[str, str] = {}
    for tag, entries in sorted(tags.items(), key=lambda item: (-item[1], item[0])):
        first = usual.setdefault(_bare(tag), tag)
        if first != tag:
            yield Near(tag, entries, first, tags[first])


def near_tag_fault(entry: str, near: Near) -> Fault:
    """Return what is wrong with a tag, told at an entry that has it."""
    message = (
        f'entry "{entry}" has the tag {near.tag} ({_counted(near.entries)}), nearly '
        f"{near.usual} ({_counted(near.usual_entries)}); use one of them throughout"
    )
    return Fault(("tags",), "near-tag", message)


def _bare(tag: str) -> str:
    """Return a tag without case, hyphens and a plural's s."""
    bare = re.sub(r"[-_.]", "", tag.casefold())
    return bare[:-1] if len(bare) > 3 and bare.endswith("s") and not bare.endswith("ss") else bare


def _counted(entries: int) -> str:
    return f"{entries:,} {'entry' if entries == 1 else 'entries'}"
