"""`${NAME}` in a config, filled in from an environment that is given.

Only what sends needs a channel's variables: elsewhere a missing one is a warning and its channel
is off.
"""

import re
from collections.abc import Mapping
from typing import Any

from onthisday.errors import TreePath
from onthisday.schema.shapes import Problem

_PLACEHOLDER = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


def filled_in(tree: Any, environ: Mapping[str, str], path: TreePath, missing: list[Problem]) -> Any:
    """Return a tree with its variables filled in; append what is not set to ``missing``."""
    if isinstance(tree, dict):
        return {key: filled_in(item, environ, (*path, key), missing) for key, item in tree.items()}
    if isinstance(tree, list):
        return [filled_in(item, environ, (*path, i), missing) for i, item in enumerate(tree)]
    if not isinstance(tree, str) or "${" not in tree:
        return tree
    unset = [name for name in _PLACEHOLDER.findall(tree) if not environ.get(name)]
    missing.extend(
        Problem(path, f"the environment variable {name} is not set", "variable") for name in unset
    )
    return _PLACEHOLDER.sub(lambda match: environ.get(match[1], ""), tree)


def can_do_without(path: TreePath) -> bool:
    """Say whether readers need not know: it is a channel's key, or the heartbeat."""
    match path:
        case ("heartbeat", *_) | ("channels", int(), str(), *_):
            return True
    return False


def switch_off(filled: Any, path: TreePath) -> None:
    """Take out what an unset variable stands for, and the channel it belongs to out of use."""
    if path[0] == "heartbeat":
        filled["heartbeat"] = None
        return
    channel = filled["channels"][path[1]]
    channel[path[2]] = None
    channel["enabled"] = False
