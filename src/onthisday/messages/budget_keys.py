"""What a service counts messages by: its rate is for all channels that have the same key.

A function here gives a channel's key, as a text without a secret. Each service's declaration names
the functions by which it counts, and by which its channels are drained together.
"""

import hashlib
from collections.abc import Callable

from onthisday.config import Channel
from onthisday.delivery.buckets import host_of
from onthisday.messages.message import address_of, token_of

Sharing = Callable[[Channel], str]


def by_our_address(_: Channel) -> str:
    """Return the same text for every channel: the service counts what this machine sends."""
    return ""


def by_host(channel: Channel) -> str:
    """Return a channel's host with its port: what answers together, or not."""
    return host_of(address_of(channel))


def by_hook(channel: Channel) -> str:
    """Return what is the same for channels with one URL."""
    return digest(address_of(channel))


def by_token(channel: Channel) -> str:
    """Return what is the same for channels with one token."""
    return digest(token_of(channel))


def by_chat(channel: Channel) -> str:
    """Return what is the same for channels with one token and one place to send to."""
    return f"{by_token(channel)} {digest(channel.to or '')}"


def digest(secret: str) -> str:
    """Return 12 hex digits that stand for a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()[:12]
