"""What a reply means, and how to read what services put into theirs without trusting it."""

import json
import math
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

from onthisday.delivery.request_reply import Failure, Reply, Verdict


def verdict_of(reply: Reply, now: datetime) -> Verdict:
    """Return what a reply means by HTTP alone (RFC 9110); services refine it."""
    after = retry_after(reply.headers.get("retry-after"), now)
    if 200 <= reply.status < 300:
        return Verdict("sent", excerpt(reply.body), reply.status)
    detail = description_in(reply)
    if reply.status == 410:
        return Verdict("gone", detail or "410 Gone", reply.status)
    if reply.status in {400, 413, 422}:
        return Verdict("refused", detail, reply.status)
    if 300 <= reply.status < 400:
        detail = "redirected, and redirects are not followed; put the final address in config"
    return Verdict("retry", detail, reply.status, after)


def verdict_of_failure(failure: Failure) -> Verdict:
    """Return what it means that nothing came back."""
    return Verdict("unknown" if failure.sent else "retry", failure.detail)


def retry_after(value: str | None, now: datetime) -> timedelta | None:
    """Return how long a Retry-After asks to wait, in full: seconds or an HTTP date."""
    if value is None:
        return None
    try:
        return timedelta(seconds=max(0.0, float(value)))
    except (ValueError, OverflowError):
        pass
    from email.utils import parsedate_to_datetime  # with sockets: none are for who reads a config

    try:
        until = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError, IndexError):  # it parses what strangers send
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(timedelta(0), until - now)


def redacted(reply: Reply, secrets: Iterable[str]) -> Reply:
    """Return a reply without the secrets of its channel: servers quote what they were asked."""
    body = reply.body
    for secret in secrets:
        body = body.replace(secret.encode(), "«secret»".encode())
    return reply._replace(body=body)


def excerpt(body: bytes, most: int = 200) -> str:
    """Return the beginning of a reply as one line of text, with nothing that moves a cursor."""
    text = body[: most * 4].decode("utf-8", "replace")
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if len(text) <= most else text[: most - 1] + "…"


def answer_words(status: int | None, detail: str) -> str:
    """Return what came back as people read it: ``the service answered 404 Not Found: no such``."""
    if status is None:
        return detail or "no answer"
    phrase = _PHRASES.get(status, "")
    repeated = detail in {"", phrase, str(status), f"{status} {phrase}"}
    more = "" if repeated else f": {detail}"
    meaning = f"; {_MEANINGS[status]}" if status in _MEANINGS else ""
    return f"the service answered {status} {phrase}".rstrip() + more + meaning


_PHRASES = {status.value: status.phrase for status in HTTPStatus}

_MEANINGS = {
    401: "it does not accept the token or the login",
    403: "the account may not post there",
    404: "it knows no such address or token",
    410: "the address is gone for good",
}
"""What a status means to whoever keeps the config."""


def description_in(reply: Reply) -> str:
    """Return how a service describes its error: of JSON its words and code, of a web page its
    title, else the beginning of the text."""
    tree = tree_of(reply)
    trees = (tree, inner(tree, "error"))
    said = next((text for each in trees for key in _DESCRIBING if (text := words(each, key))), "")
    if said:
        code = tree.get("code")
        return f"{said} ({code})" if isinstance(code, int) else said
    page = re.match(rb"\s*<(?:.{0,4000}?<title[^>]{0,100}>(.{0,400}?)</title>)?", reply.body, _ANY)
    return excerpt(reply.body) if page is None else f"a web page, {excerpt(page[1] or b'untitled')}"


_ANY = re.DOTALL | re.IGNORECASE

_DESCRIBING = ("description", "error_description", "message", "detail", "error", "title")
"""Under which keys services describe an error, the more telling first."""


JsonObject = dict[str, Any]


def tree_of(reply: Reply) -> JsonObject:
    """Return a reply's JSON object, or an empty one where it is none."""
    try:
        tree = json.loads(reply.body)
    except (ValueError, RecursionError):
        return {}
    return tree if isinstance(tree, dict) else {}


def inner(tree: JsonObject, key: str) -> JsonObject:
    """Return the object under a key, or an empty one where there is none."""
    value = tree.get(key)
    return value if isinstance(value, dict) else {}


def words(tree: JsonObject, key: str) -> str:
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
