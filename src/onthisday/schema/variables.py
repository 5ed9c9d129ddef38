"""Fill in ``${NAME}`` in config.yaml and in the CSV file of channels.

The values come from environment variables, which the caller gives. Only a command that sends
messages needs the variables of a channel. For other commands a missing variable is a warning: the
channel is switched off, and it remembers which variable is missing.

Called by config_schema.py and channel_rows.py.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from onthisday.config import UNKNOWN_PROXY, UNKNOWN_STORE
from onthisday.errors import TreePath
from onthisday.schema.shapes import Problem

_PLACEHOLDER = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")

_SAID_ANYWAY = frozenset({"name", "type"})
"""The keys that even a channel that is off needs."""


class Unset(NamedTuple):
    """An environment variable that is not set. ``path`` is the place that uses it."""

    path: TreePath
    name: str

    @property
    def problem(self) -> Problem:
        """The variable as a problem of the config."""
        mend = f"set it, or take ${{{self.name}}} out"
        words = f"the environment variable {self.name} is not set; {mend}"
        return Problem(self.path, words, "variable")


def filled_in(tree: Any, environ: Mapping[str, str], path: TreePath, missing: list[Unset]) -> Any:
    """Return a tree with all ``${NAME}`` replaced by their values.

    A variable that is not set, or empty, becomes an empty text and is added to ``missing``.
    """
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


def can_do_without(path: TreePath, *, sending: bool) -> bool:
    """Return True if the config can be used without the value at this path.

    It can for the heartbeat, and for each key of a channel except name and type. A command that
    sends (``sending``) needs the ledger, and the proxy: without it, messages would go out directly.
    """
    match path:
        case ("heartbeat", *_):
            return True
        case ("proxy" | "store", *_):
            return not sending
        case ("channels", int(), *key):
            return is_optional(tuple(key))
    return False


def is_optional(path: TreePath) -> bool:
    """Return True if a channel that is off does not need the key at this path of the channel."""
    return bool(path) and isinstance(path[0], str) and path[0] not in _SAID_ANYWAY


def switch_off(filled: Any, path: TreePath) -> None:
    """Remove the value at a path of the config. If it is a channel's, switch the channel off.

    Without the value of the proxy, nothing goes out. Without that of the store, no ledger opens.
    """
    if path[0] == "heartbeat":
        filled["heartbeat"] = None
    elif path[0] == "proxy":
        filled["proxy"] = UNKNOWN_PROXY
    elif path[0] == "store":
        filled["store"] = UNKNOWN_STORE
    else:
        switch_channel_off(filled["channels"][path[1]], path[2:])


def switch_channel_off(channel: Any, path: TreePath) -> None:
    """Remove the value at a path of a channel, and switch the channel off."""
    channel[path[0]] = None
    channel["enabled"] = False


def is_off(channel: Any) -> bool:
    """Return True if people switched a channel off. Then it needs no variables."""
    return channel.get("enabled") is False


def waited_for(channel: Any, missing: Iterable[Unset]) -> tuple[str, ...]:
    """Return the names of the missing variables that switch a channel off.

    If people switched the channel off themselves, there are no such names.
    """
    return () if is_off(channel) else tuple(dict.fromkeys(unset.name for unset in missing))
