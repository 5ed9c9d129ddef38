"""What several commands print in the same way: a channel's host, points in time, JSON.

A channel's URL is never printed, because it may hold a secret.
"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
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


def print_json(tree: Any, default: Callable[[Any], Any] | None = None) -> None:
    """Print a tree as JSON. ``default`` makes a text of a value that JSON does not know."""
    print(json.dumps(tree, ensure_ascii=False, indent=2, default=default))
