"""Give a line of the log a name and fields, for programs that read the log.

    log.info("…", extra=event("attempt", notice=…))

cli/logs.py writes the line, as text or as JSON. Called wherever something is logged. A field never
has a URL or a secret. deploy/README.md lists the events.
"""

from typing import Any


def event(name: str, **fields: Any) -> dict[str, Any]:
    """Return the ``extra`` of a log record: the event's name and its fields.

    A name is words with dots between them: first the thing, then what happened (`channel.off`).
    """
    return {"event": name, "fields": fields}
