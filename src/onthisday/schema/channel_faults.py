"""Which channels of a config or a CSV file are wrong, so that the others go on without them.

Used by config_schema.py and channel_rows.py.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from onthisday.characters import spaced
from onthisday.config import FaultyChannel
from onthisday.errors import TreePath
from onthisday.schema.shapes import Problem

NAMELESS = "(no name)"
"""How a channel without a name is called."""


def index_of(path: TreePath) -> int | None:
    """Return which channel of config.yaml a path is in, from 0; None if it is in none."""
    match path:
        case ("channels", int(index), *_):
            return index
    return None


def without_channels(tree: Any, indexes: Collection[int]) -> Any:
    """Return a config's tree without some of its channels."""
    kept = [each for index, each in enumerate(tree["channels"]) if index not in indexes]
    return {**tree, "channels": kept}


def repeated_names(channels: Iterable[tuple[int, str]]) -> list[tuple[int, Problem]]:
    """Return a problem for each name that an earlier channel has, with the channel's place.

    The earlier channel goes on. Each channel is given by its place and its name.
    """
    seen: set[str] = set()
    found = []
    for place, name in channels:
        if name in seen:
            words = "the name is there twice; give one of the channels another name"
            found.append((place, Problem(("name",), words, "duplicate")))
        seen.add(name)
    return found


def faulty_channels(
    problems: Iterable[tuple[int, Problem]], trees: Mapping[int, Any]
) -> tuple[FaultyChannel, ...]:
    """Return the channels that have a problem, each with all its problems in words.

    Each problem and each tree is of the channel at a place.
    """
    told: dict[int, list[str]] = {}
    for place, problem in problems:
        told.setdefault(place, []).append(problem.message)
    return tuple(
        FaultyChannel(_name(trees[place]), "; ".join(words)) for place, words in told.items()
    )


def _name(tree: Any) -> str:
    """Return a channel's name as people wrote it, in one short line.

    A text with a slash is no name. It may be a secret address in the wrong column.
    """
    name = tree.get("name") if isinstance(tree, Mapping) else None
    text = name.strip() if isinstance(name, str) and "/" not in name else ""
    return spaced(text)[:100] or NAMELESS
