"""Keys of a channel that do nothing, because its chat service does not use them.

`check` tells people, so that they do not wait for something that does not come.

Called by config_schema.py and channel_rows.py.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from onthisday.errors import TreePath
from onthisday.schema.shapes import Problem

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
