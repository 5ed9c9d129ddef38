"""`${NAME}` in a config and in the channels' CSV, filled in from an environment that is given.

Only what sends needs a channel's variables: elsewhere a missing one is a warning and its channel
is off, and knows why.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from onthisday.errors import TreePath
from onthisday.schema.shapes import Problem

_PLACEHOLDER = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")

_SAID_ANYWAY = frozenset({"name", "type"})
"""The keys of a channel that are told also of one that is off."""


class Unset(NamedTuple):
    """A variable that is not set, and the place that names it."""

    path: TreePath
    name: str

    @property
    def problem(self) -> Problem:
        """What to say of it."""
        return Problem(self.path, f"the environment variable {self.name} is not set", "variable")


def filled_in(tree: Any, environ: Mapping[str, str], path: TreePath, missing: list[Unset]) -> Any:
    """Return a tree with its variables filled in; append what is not set to ``missing``."""
    if isinstance(tree, dict):
        return {key: filled_in(item, environ, (*path, key), missing) for key, item in tree.items()}
    if isinstance(tree, list):
        return [filled_in(item, environ, (*path, i), missing) for i, item in enumerate(tree)]
    if not isinstance(tree, str) or "${" not in tree:
        return tree
    missing.extend(
        Unset(path, name) for name in _PLACEHOLDER.findall(tree) if not environ.get(name)
    )
    return _PLACEHOLDER.sub(lambda match: environ.get(match[1], ""), tree)


def can_do_without(path: TreePath) -> bool:
    """Say whether readers need not know: it is a channel's key, or the heartbeat."""
    match path:
        case ("heartbeat", *_):
            return True
        case ("channels", int(), *key):
            return is_optional(tuple(key))
    return False


def is_optional(path: TreePath) -> bool:
    """Say whether a channel that is off can be told without the key at a path in it."""
    return bool(path) and isinstance(path[0], str) and path[0] not in _SAID_ANYWAY


def switch_off(filled: Any, path: TreePath) -> None:
    """Take out what an unset variable stands for, and the channel it belongs to out of use."""
    if path[0] == "heartbeat":
        filled["heartbeat"] = None
    else:
        switch_channel_off(filled["channels"][path[1]], path[2:])


def switch_channel_off(channel: Any, path: TreePath) -> None:
    """Take the key at a path out of a channel, and the channel out of use."""
    channel[path[0]] = None
    channel["enabled"] = False


def is_off(channel: Any) -> bool:
    """Say whether a channel, as it is written, is not sent to: then it needs no variable."""
    return channel.get("enabled") is False


def waited_for(channel: Any, missing: Iterable[Unset]) -> tuple[str, ...]:
    """Return the variables for which alone a channel, as it is written, is off."""
    return () if is_off(channel) else tuple(dict.fromkeys(unset.name for unset in missing))
