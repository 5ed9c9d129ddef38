"""How the commands name what they print: a channel by its host, never its URL; instants."""

from datetime import datetime
from urllib.parse import urlsplit

from onthisday.config import Channel


def host_of(channel: Channel) -> str:
    """Return the host that a channel's messages go to; all the rest of its URL is a secret."""
    return (channel.url and urlsplit(channel.url.reveal()).hostname) or "no host"


def minute(instant: datetime | None) -> str | None:
    """``2026-02-25T09:00Z``."""
    return instant.strftime("%Y-%m-%dT%H:%MZ") if instant else None


def second(instant: datetime | None) -> str | None:
    """``2026-02-25T09:00:00Z``."""
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ") if instant else None
