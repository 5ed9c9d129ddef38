"""Short texts that several commands print: the host of a channel, and points in time.

A channel's URL is never printed, because it may hold a secret.
"""

from datetime import datetime
from urllib.parse import urlsplit

from onthisday.config import Channel


def host_of(channel: Channel) -> str:
    """Return the host of a channel's URL, such as ``hooks.slack.com``."""
    return (channel.url and urlsplit(channel.url.reveal()).hostname) or "no address"


def minute(instant: datetime | None) -> str | None:
    """Return a point in time to the minute, as ``2026-02-25T09:00Z``. None stays None."""
    return instant.strftime("%Y-%m-%dT%H:%MZ") if instant else None


def second(instant: datetime | None) -> str | None:
    """Return a point in time to the second, as ``2026-02-25T09:00:00Z``. None stays None."""
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ") if instant else None
