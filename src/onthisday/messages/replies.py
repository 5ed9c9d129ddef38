"""What services put into their replies, read without trusting it: JSON, instants, waiting times."""

import json
import math
from datetime import UTC, datetime, timedelta
from typing import Any

from onthisday.delivery import Reply, Verdict, excerpt

Json = dict[str, Any]


def tree_of(reply: Reply) -> Json:
    """Return a reply's JSON object, or an empty one where it is none."""
    try:
        tree = json.loads(reply.body)
    except (ValueError, RecursionError):
        return {}
    return tree if isinstance(tree, dict) else {}


def inner(tree: Json, key: str) -> Json:
    """Return the object under a key, or an empty one where there is none."""
    value = tree.get(key)
    return value if isinstance(value, dict) else {}


def words(tree: Json, key: str) -> str:
    """Return the text under a key as one short line; empty where there is none."""
    value = tree.get(key)
    return excerpt(value.encode("utf-8", "replace")) if isinstance(value, str) else ""


def seconds(value: Any) -> timedelta | None:
    """Return a number of seconds as a time to wait; None where it is no such number."""
    try:
        number = float(value)
        return timedelta(seconds=max(0.0, number)) if math.isfinite(number) else None
    except (ValueError, TypeError, OverflowError):
        return None


def until(value: str | None, now: datetime) -> timedelta | None:
    """Return how long it is until an instant, given in epoch seconds or as ISO 8601."""
    if value is None:
        return None
    try:
        number = seconds(value)
        instant = datetime.fromisoformat(value) if number is None else _EPOCH + number
    except (ValueError, OverflowError):
        return None
    instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return max(timedelta(0), instant - now)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def waiting(verdict: Verdict, asked: timedelta | None) -> Verdict:
    """Return a verdict that waits for as long as was asked in any way."""
    longest = max((after for after in (asked, verdict.after) if after is not None), default=None)
    return verdict._replace(after=longest)


def gone(verdict: Verdict, detail: str) -> Verdict:
    """Return a verdict that stops the channel, and says why."""
    return verdict._replace(outcome="gone", detail=detail, after=None)
