"""Say what a service's reply means, and read its content without trusting it.

A reply may hold anything: no JSON, numbers of any size, secrets, control characters. Nothing here
raises because of it. Pure. Used by the modules of messages/, and by service/sending/delivering.py.
"""

import json
import math
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

from onthisday.delivery.request_reply import Failure, Reply, Verdict


def verdict_of(reply: Reply, now: datetime) -> Verdict:
    """Return what a reply means by the rules of HTTP (RFC 9110). Each service may change this."""
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
    """Return what it means that no reply came: unknown if the request may have arrived."""
    return Verdict("unknown" if failure.sent else "retry", failure.detail)


def retry_after(value: str | None, now: datetime) -> timedelta | None:
    """Return how long a Retry-After asks to wait; None if it is missing or cannot be read.

    It is a number of seconds or an HTTP date. The wait is not shortened.
    """
    if value is None:
        return None
    try:
        return timedelta(seconds=max(0.0, float(value)))
    except (ValueError, OverflowError):
        pass
    # imported here, because it loads the module for sockets, and reading a config needs none
    from email.utils import parsedate_to_datetime

    try:
        until = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError, IndexError):  # a stranger may send anything
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(timedelta(0), until - now)


def redacted(reply: Reply, secrets: Iterable[str]) -> Reply:
    """Return a reply with its secrets replaced. A server may repeat them from the request."""
    body = reply.body
    for secret in secrets:
        body = body.replace(secret.encode(), "«secret»".encode())
    return reply._replace(body=body)


def excerpt(body: bytes, most: int = 200) -> str:
    """Return the beginning of a reply as one line of at most ``most`` characters.

    Control characters are left out, so that it does no harm in a terminal.
    """
    text = body[: most * 4].decode("utf-8", "replace")
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if len(text) <= most else text[: most - 1] + "…"


def answer_words(status: int | None, detail: str) -> str:
    """Return a reply in words for people, such as ``the service answered 404 Not Found: no such``.

    ``status`` is None if no reply came.
    """
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
"""What a status means for the person who keeps the config."""


def description_in(reply: Reply) -> str:
    """Return how a service describes its error.

    From JSON it takes the words and the code, from a web page the title, and from any other text
    the beginning.
    """
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
"""The keys under which services describe an error. Those that say more stand first."""


JsonObject = dict[str, Any]


def tree_of(reply: Reply) -> JsonObject:
    """Return the JSON object of a reply; an empty one if the reply has none."""
    try:
        tree = json.loads(reply.body)
    except (ValueError, RecursionError):
        return {}
    return tree if isinstance(tree, dict) else {}


def inner(tree: JsonObject, key: str) -> JsonObject:
    """Return the object under a key; an empty one if there is none."""
    value = tree.get(key)
    return value if isinstance(value, dict) else {}


def words(tree: JsonObject, key: str) -> str:
    """Return the text under a key as one short line; an empty text if there is none."""
    value = tree.get(key)
    return excerpt(value.encode("utf-8", "replace")) if isinstance(value, str) else ""


def seconds(value: Any) -> timedelta | None:
    """Return a number of seconds as a time to wait; None if it is no number, or has no end."""
    try:
        number = float(value)
        return timedelta(seconds=max(0.0, number)) if math.isfinite(number) else None
    except (ValueError, TypeError, OverflowError):
        return None


def until(value: str | None, now: datetime) -> timedelta | None:
    """Return how long it is until an instant; None if the instant cannot be read.

    It is given as seconds since 1970 or as ISO 8601.
    """
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
    """Return a verdict whose wait is the longer one: its own, or the one in ``asked``."""
    longest = max((after for after in (asked, verdict.after) if after is not None), default=None)
    return verdict._replace(after=longest)


def gone(verdict: Verdict, detail: str) -> Verdict:
    """Return a verdict that switches the channel off. ``detail`` says why."""
    return verdict._replace(outcome="gone", detail=detail, after=None)
