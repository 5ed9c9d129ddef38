"""The log of `serve` and `tick`, on stderr: text before a person, JSON for programs.

One event a line. Instants are ISO 8601 in UTC. Not used by what only prints: logging costs `today`
time. Called by serve.py and tick.py.

Why no library for it: two formatters of a dozen lines do not change, and need no keeping up.
"""

import argparse
import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from onthisday.errors import OnThisDayError
from onthisday.service.log_events import event

FORMS = ("text", "json")

log = logging.getLogger("onthisday")


def add_option(parser: argparse.ArgumentParser) -> None:
    """Add `--log`."""
    parser.add_argument(
        "--log", type=_form, default=os.environ.get("ONTHISDAY_LOG"), metavar="text|json",
        help="how the log on stderr is written; default: ONTHISDAY_LOG, else text on a terminal "
        "and JSON elsewhere",
    )  # fmt: skip


@contextmanager
def logging_to_stderr(form: str | None) -> Iterator[None]:
    """Write the log while a command runs, with the traceback of an error that nobody expected."""
    chosen = form or ("text" if sys.stderr.isatty() else "json")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLine() if chosen == "json" else TextLine())
    logging.basicConfig(handlers=[handler], level=logging.INFO)
    for chatty in ("apprise", "apscheduler", "httpx", "uvicorn"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    try:
        yield
    except OnThisDayError:
        raise
    except Exception:
        log.exception("unexpected", extra=event("unexpected"))
        raise


class TextLine(logging.Formatter):
    """``2026-02-25T09:00:00.123Z INFO room/2026-02-25: slack sent 200 in 0.120 s: ok``."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802, ARG002
        """Return the record's instant."""
        return instant(record)


class JsonLine(logging.Formatter):
    """A record as one line of JSON: ``at``, ``level``, ``event``, ``message``, the event's own
    fields and, where there is one, the ``traceback``."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; what no JSON has is told as text."""
        tree = {
            "at": instant(record),
            "level": record.levelname.lower(),
            "event": getattr(record, "event", record.name),
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            tree["traceback"] = self.formatException(record.exc_info)
        return json.dumps(tree, ensure_ascii=False, default=str)


def instant(record: logging.LogRecord) -> str:
    """Return when a record was made, as ``2026-02-25T09:00:00.123Z``."""
    made = datetime.fromtimestamp(record.created, UTC)
    return f"{made:%Y-%m-%dT%H:%M:%S}.{made.microsecond // 1000:03}Z"


def _form(text: str) -> str:
    if text not in FORMS:
        raise argparse.ArgumentTypeError(f'"{text}" is no form of the log; write text or json')
    return text
