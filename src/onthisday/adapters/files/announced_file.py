"""Keep what a hub was told, in a file of the cache: implements `Memory` of service/announcing.py.

If the file is missing, damaged or of another version, nothing was told: then the hub is told once
more, which does no harm. Opened by app/workspace.py.
"""

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from onthisday.adapters.files.writing import write_atomically
from onthisday.delivery.announced import Announced, Wait


class AnnouncedFile:
    """The file. ``paths``: the places for it. It is in the first one that can be written."""

    def __init__(self, *paths: str) -> None:
        self._paths = tuple(map(Path, paths))

    def recall(self) -> Announced | None:
        """Return what was kept last; None if there is nothing that can be read."""
        try:
            newest = max(filter(Path.exists, self._paths), key=lambda path: path.stat().st_mtime)
            return _announced(json.loads(newest.read_bytes()))
        except (OSError, ValueError, TypeError, AttributeError):
            return None

    def remember(self, announced: Announced) -> None:
        """Keep it. If no file can be written, it is forgotten when the process ends."""
        waits = {whom: (each.tries, each.until.isoformat(), each.reason)
                 for whom, each in announced.waits.items()}  # fmt: skip
        tree = announced._asdict() | {"waits": waits}
        for path in self._paths:
            with suppress(OSError):
                write_atomically(path, json.dumps(tree, indent=0).encode())
                return


def _announced(tree: Any) -> Announced:
    """Return what a tree says. Raise ValueError, TypeError or AttributeError if it says nothing."""
    hub, told, waits = (tree.get(name) for name in Announced._fields)
    return Announced(
        str(hub),
        {str(address): str(said) for address, said in told.items()},
        {whom: _wait(*each) for whom, each in waits.items()},
    )


def _wait(tries: Any, until: Any, reason: Any) -> Wait:
    instant = datetime.fromisoformat(until)
    if instant.tzinfo is None:
        raise ValueError("no zone")
    return Wait(int(tries), instant, str(reason))
