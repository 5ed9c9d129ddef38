"""Short texts that several commands print: the host of a channel, and times.

A channel's URL is never printed, because it may hold a secret.
"""

from datetime import datetime
from urllib.parse import urlsplit

from onthisday.config import Channel


def host_of(channel: Channel) -> str:
    """Return the host of a channel's URL. The rest of the URL is a secret."""
    return (channel.url and urlsplit(channel.url.reveal()).hostname) or "no host"


def minute(instant: datetime | None) -> str | None:
    """Return ``2026-02-25T09:00Z``, or None."""
    return instant.strftime("%Y-%m-%dT%H:%MZ") if instant else None


def second(instant: datetime | None) -> str | None:
    """Return ``2026-02-25T09:00:00Z``, or None."""
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ") if instant else None
