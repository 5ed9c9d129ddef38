"""What the log says besides its words: an event's name and fields, for programs that read it.

Pure, and no logging: ``log.info("…", extra=event("attempt", notice=…))`` is written as text or as
JSON by cli/logs.py. Called where something is logged. A field never holds a URL or a secret.
"""

from typing import Any


def event(name: str, **fields: Any) -> dict[str, Any]:
    """Return a record's ``extra``. Names are words joined by dots, from the thing to what came."""
    return {"event": name, "fields": fields}
