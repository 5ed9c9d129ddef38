"""Find secrets that stand in the config itself, and not in environment variables.

Whoever may read the file may then post in somebody's name. Used by app/config_file.py.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from onthisday.errors import TreePath


def literal_secrets(tree: Any) -> Iterator[TreePath]:
    """Yield the path of each secret that a config's tree holds in plain words.

    The address of a hook is a secret too: who knows it can post there. That of a server is none.
    That of a proxy is one if a login stands in it.
    """
    proxy = tree.get("proxy") if isinstance(tree, Mapping) else None
    if _is_literal(proxy) and "@" in str(proxy):
        yield ("proxy",)
    channels = tree.get("channels") if isinstance(tree, Mapping) else None
    for index, channel in enumerate(channels if isinstance(channels, list) else ()):
        if isinstance(channel, Mapping):
            yield from (("channels", index, key) for key in _secret_keys(channel))


def _secret_keys(channel: Mapping[str, Any]) -> Iterator[str]:
    from onthisday.messages.chat_services import SERVICES  # loaded only if there are channels

    service = SERVICES.get(str(channel.get("type")))
    is_hook = service is not None and "token" not in service.used_keys
    for key in ("url", "token", "secret"):
        if (key != "url" or is_hook) and _is_literal(channel.get(key)):
            yield key


def _is_literal(value: Any) -> bool:
    texts = value if isinstance(value, list) else [value]
    return any(isinstance(text, str) and text and "${" not in text for text in texts)
