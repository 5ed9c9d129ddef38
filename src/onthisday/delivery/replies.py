"""Say what a service's reply means, and read its content without trusting it.

A reply may hold anything: text that is not JSON, numbers of any size, secrets, control characters.
Whatever it holds, nothing here raises. No input or output here. Used by the modules of messages/,
and by service/sending/delivering.py.
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
    """Return what a reply means by the rules of HTTP (RFC 9110).

    The service's module may then change this verdict.
    """
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
    """Return the verdict if no reply came.

    If the request may have arrived, the outcome is unknown. Otherwise the message is tried again.
    """
    return Verdict("unknown" if failure.sent else "retry", failure.detail)


def retry_after(value: str | None, now: datetime) -> timedelta | None:
    """Return how long a Retry-After header asks to wait. ``value`` is the header's value.

    The value is a number of seconds or an HTTP date. If it is missing or cannot be read, return
    None. A long wait is not made shorter.
    """
    if value is None:
        return None
    try:
        return timedelta(seconds=max(0.0, float(value)))
    except (ValueError, OverflowError):
        pass
    # imported here, because it loads the module for sockets, which reading a config does not need
    from email.utils import parsedate_to_datetime

    try:
        until = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError, IndexError):  # the server may send anything
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(timedelta(0), until - now)


def redacted(reply: Reply, secrets: Iterable[str]) -> Reply:
    """Return a reply with its secrets replaced, because a server may send secrets back to us."""
    body = reply.body
    for secret in secrets:
        body = body.replace(secret.encode(), "«secret»".encode())
    return reply._replace(body=body)


def excerpt(body: bytes, most: int = 200) -> str:
    """Return the beginning of a reply as one line of at most ``most`` characters.

    Control characters are left out, so that the line does no harm in a terminal.
    """
    text = body[: most * 4].decode("utf-8", "replace")
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if len(text) <= most else text[: most - 1] + "…"


def answer_words(status: int | None, detail: str) -> str:
    """Tell people about a reply, such as ``the service answered 404 Not Found: no such``.

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
"""What a status means for the person who writes the config."""


def description_in(reply: Reply) -> str:
    """Return how a service describes its error, in its own words.

    From JSON: the words and the code. From a web page: the title. From any other text: the
    beginning.
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
"""The JSON keys under which services describe an error.

The first key that is there is used, so the keys that mostly say more come first.
"""


JsonObject = dict[str, Any]


def tree_of(reply: Reply) -> JsonObject:
    """Return the JSON object of a reply as a dict; an empty dict if the reply is not an object."""
    try:
        tree = json.loads(reply.body)
    except (ValueError, RecursionError):
        return {}
    return tree if isinstance(tree, dict) else {}


def inner(tree: JsonObject, key: str) -> JsonObject:
    """Return the object under a key; an empty dict if there is none."""
    value = tree.get(key)
    return value if isinstance(value, dict) else {}


def words(tree: JsonObject, key: str) -> str:
    """Return the text under a key as one short line; "" if there is none."""
    value = tree.get(key)
    return excerpt(value.encode("utf-8", "replace")) if isinstance(value, str) else ""


def seconds(value: Any) -> timedelta | None:
    """Return a number of seconds as a time to wait.

    Return None if it is not a number, or infinite.
    """
    try:
        number = float(value)
        return timedelta(seconds=max(0.0, number)) if math.isfinite(number) else None
    except (ValueError, TypeError, OverflowError):
        return None


def until(value: str | None, now: datetime) -> timedelta | None:
    """Return how long it is until the moment in ``value``; None if it cannot be read.

    ``value`` is in seconds since 1970, or in ISO 8601.
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
    """Return the verdict with the longer of two waits: its own wait, or ``asked``."""
    longest = max((after for after in (asked, verdict.after) if after is not None), default=None)
    return verdict._replace(after=longest)


def gone(verdict: Verdict, detail: str) -> Verdict:
    """Return a verdict that switches the channel off. ``detail`` says why."""
    return verdict._replace(outcome="gone", detail=detail, after=None)
