"""A service with channels, and its log. For tests of what an operator sees."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.delivery.almanacs import entry_tree, write_almanac, write_channels

SECRET = "T0psecret-path"


def write_service(folder: Path, url: str, *names: str, **keys: Any) -> Path:
    """Write an almanac with an entry on each of the days around now, and channels that are due."""
    now = datetime.now(UTC)
    days = [now + timedelta(days=ahead) for ahead in (-1, 0, 1)]
    entries = [entry_tree(f"e{day:%m-%d}", f"1956-{day:%m-%d}") for day in days]
    write_almanac(folder, *entries)
    channels = [
        {"name": name, "type": "webhook", "url": f"{url}{SECRET}/{name}", "at": "00:00",
         "private_addresses": True, **keys}
        for name in names
    ]  # fmt: skip
    return Path(write_channels(folder, *channels))


def lines(log: str) -> list[dict[str, Any]]:
    """Return the events of a log in JSON. A line that is no JSON makes the test fail."""
    return [json.loads(line) for line in log.splitlines()]


def only(found: list[dict[str, Any]], is_it: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Return the one event for which ``is_it`` is true. There must be exactly one."""
    (event,) = filter(is_it, found)
    return event
