"""Say which channels share a speed limit. A service may count messages by host, token or chat.

Each function here returns a text for a channel. Channels with the same text share the limit. The
text shows no secret. Each service chooses its functions (`ChatService.rates` and `shared`).
"""

import hashlib
from collections.abc import Callable

from onthisday.config import Channel
from onthisday.delivery.buckets import host_of
from onthisday.messages.message import address_of, token_of

Sharing = Callable[[Channel], str]


def by_our_address(_: Channel) -> str:
    """All channels share a limit, because the service counts what this machine sends.

    Return the same text for all of them.
    """
    return ""


def by_host(channel: Channel) -> str:
    """Channels with the same host and port share a limit. Return the same text for them."""
    return host_of(address_of(channel))


def by_hook(channel: Channel) -> str:
    """Channels with the same URL share a limit. Return the same text for them."""
    return digest(address_of(channel))


def by_token(channel: Channel) -> str:
    """Channels with the same token share a limit. Return the same text for them."""
    return digest(token_of(channel))


def by_chat(channel: Channel) -> str:
    """Channels with the same token and chat share a limit. Return the same text for them.

    The chat is `to`, without the topic that may stand behind a slash.
    """
    chat = (channel.to or "").partition("/")[0]
    return f"{by_token(channel)} {digest(chat)}"


def digest(secret: str) -> str:
    """Return 12 hex digits that stand for a secret, so that the secret itself is not shown."""
    return hashlib.sha256(secret.encode()).hexdigest()[:12]
