"""Keys that people may write but that do nothing.

There are two kinds. Some keys do nothing yet: they are declared with `Key.unused` (shapes.py). Some
keys of a channel do nothing because its chat service does not use them. `check` tells people, so
that they do not wait for something that does not come.

Called by config_schema.py and channel_rows.py.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from onthisday.errors import TreePath
from onthisday.schema.shapes import Key, Later, Listing, Problem, Record, Shape

NOT_YET = "not-yet"
"""The name of the rule of `check`."""


def unused_keys(shape: Shape, tree: Any, path: TreePath = ()) -> Iterator[Problem]:
    """Yield a problem for each key of a tree that is declared with ``unused``."""
    match shape:
        case Record() if isinstance(tree, dict):
            for name, item in tree.items():
                key = shape.keys.get(name)
                if key is not None and item is not None:
                    yield from _unused((*path, name), key, item)
        case Listing() if isinstance(tree, list):
            for index, item in enumerate(tree):
                yield from unused_keys(shape.of, item, (*path, index))
        case Later() if tree:
            yield from unused_keys(shape.load(), tree, path)


def _unused(path: TreePath, key: Key, item: Any) -> Iterator[Problem]:
    if key.unused:
        yield Problem(path, not_used_yet(str(path[-1]), key), NOT_YET)
    else:
        yield from unused_keys(key.shape, item, path)


def not_used_yet(name: str, key: Key) -> str:
    """Return the message about a key that is set and not used yet."""
    return f"{name} is not used yet: {key.unused}; leave it for a later version, or take it out"


_NOT_FOR_ALL = (
    "user", "token", "to", "from", "secret", "language", "length", "silent", "visibility",
)  # fmt: skip
"""The keys that only some services use."""


def keys_without_use(channel: Any, path: TreePath = ()) -> Iterator[Problem]:
    """Yield a problem for each key that a channel's service does not use.

    ``channel`` is the channel's tree.
    """
    from onthisday.messages.chat_services import SERVICES  # loaded only if there are channels

    service = SERVICES.get(channel.get("type") or "") if isinstance(channel, Mapping) else None
    if service is None:
        return
    for key in _NOT_FOR_ALL:
        if channel.get(key) and key not in service.used_keys:
            words = f"{service.name} does not use {key}; take it out"
            yield Problem((*path, key), words, "unused-key")
    if channel.get("user") and "token" in service.used_keys and not channel.get("token"):
        words = "user is not used without its token; add the token, or take the user out"
        yield Problem((*path, "user"), words, "unused-key")
