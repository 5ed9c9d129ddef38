"""The log of `serve` and `tick` on stderr: text for a person, JSON for programs.

Each line is one event. Times are ISO 8601 in UTC. Called by serve.py and tick.py. The other
commands do not log, because loading the module `logging` would slow `today` down.

Why no library for JSON logs: these two classes are short, and will hardly change.
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
    """Add the option `--log`."""
    parser.add_argument(
        "--log", type=_form, default=os.environ.get("ONTHISDAY_LOG"), metavar="text|json",
        help="how the log on stderr is written; default: ONTHISDAY_LOG, else text on a terminal "
        "and JSON elsewhere",
    )  # fmt: skip


@contextmanager
def logging_to_stderr(form: str | None) -> Iterator[None]:
    """Write the log to stderr while a command runs.

    If an unexpected error ends the command, the log also has the error and its traceback.
    """
    chosen = form or ("text" if sys.stderr.isatty() else "json")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLine() if chosen == "json" else TextLine())
    logging.basicConfig(handlers=[handler], level=logging.INFO)
    for chatty in ("apprise", "apscheduler", "httpx"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    # uvicorn warns of each broken request, so a stranger could fill the disk
    logging.getLogger("uvicorn").setLevel(logging.ERROR)
    try:
        yield
    except OnThisDayError:
        raise
    except Exception:
        log.exception("unexpected", extra=event("unexpected"))
        raise


class TextLine(logging.Formatter):
    """Makes one line for a person from each event, such as:

    ``2026-02-25T09:00:00.123Z INFO room/2026-02-25: slack sent 200 in 0.120 s: ok``.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802, ARG002
        """Return the time of the record, for the beginning of the line."""
        return instant(record)


class JsonLine(logging.Formatter):
    """Makes one line of JSON from each event, for programs.

    The line has the keys ``at``, ``level``, ``event`` and ``message``, and the keys of this kind of
    event. If there was an unexpected error, it also has ``traceback``.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line. A value that JSON cannot hold is written as text."""
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
    """Return the time of a log record, as ``2026-02-25T09:00:00.123Z``."""
    made = datetime.fromtimestamp(record.created, UTC)
    return f"{made:%Y-%m-%dT%H:%M:%S}.{made.microsecond // 1000:03}Z"


def _form(text: str) -> str:
    if text not in FORMS:
        raise argparse.ArgumentTypeError(f'"{text}" is no form of the log; write text or json')
    return text
