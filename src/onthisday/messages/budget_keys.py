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
    """Return the same text for every channel: all that this machine sends is counted together."""
    return ""


def by_host(channel: Channel) -> str:
    """Return the same text for all channels with the same host and port."""
    return host_of(address_of(channel))


def by_hook(channel: Channel) -> str:
    """Return the same text for all channels with the same URL."""
    return digest(address_of(channel))


def by_token(channel: Channel) -> str:
    """Return the same text for all channels with the same token."""
    return digest(token_of(channel))


def by_chat(channel: Channel) -> str:
    """Return the same text for all channels with the same token and the same chat (`to`)."""
    return f"{by_token(channel)} {digest(channel.to or '')}"


def digest(secret: str) -> str:
    """Return 12 hex digits that stand for a secret, so that the secret itself is not shown."""
    return hashlib.sha256(secret.encode()).hexdigest()[:12]
