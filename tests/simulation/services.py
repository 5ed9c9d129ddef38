"""The services as they really answer: a promise, a refusal, a farewell, a "too many requests".

Nothing of messages/ is used here, so this finds the mistakes made there. The sources are
docs/services.md and the documentation of each service.
"""

import json
import re
from typing import Any, NamedTuple

from onthisday.delivery.request_reply import Reply, Request

_PLACE = re.compile(rb"place(\d{3})")
_CHAT = re.compile(rb'"chat_id": ?"-1000(\d{3})"')


def place_of(request: Request) -> int:
    """Return the number of the receiver that a request is for."""
    texts = (request.url.encode(), *(value.encode() for _, value in request.headers), request.body)
    found = next(filter(None, map(_PLACE.search, texts)), None) or _CHAT.search(request.body)
    assert found is not None, request
    return int(found[1])


def asks_for_session(request: Request) -> bool:
    """Return True if a request is Bluesky's sign-in."""
    return request.url.endswith("createSession")


def asks_for_limits(request: Request) -> bool:
    """Return True if a request asks Mastodon for its limits."""
    return request.url.endswith("/api/v2/instance")


LIMITS = Reply(200, {}, b'{"configuration": {"statuses": {"max_characters": 500}}}')

SESSION = Reply(200, {}, b'{"accessJwt": "eyJ.session", "refreshJwt": "eyJ.r", "did": "did:x"}')


def _json(status: int, tree: Any, **headers: str) -> Reply:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, names, json.dumps(tree).encode())


REFUSALS = {
    "slack": Reply(400, {}, b"invalid_payload"),
    "discord": _json(400, {"message": "Invalid Form Body", "code": 50035}),
    "teams": _json(413, {"error": {"code": "RequestEntityTooLarge", "message": "too large"}}),
    "mattermost": _json(
        400, {"id": "web.incoming_webhook.text.length.app_error", "message": "too long"}
    ),
    "matrix": _json(413, {"errcode": "M_TOO_LARGE", "error": "event too large"}),
    "telegram": _json(400, {"ok": False, "description": "Bad Request: can't parse entities"}),
    "ntfy": _json(400, {"code": 40001, "http": 400, "error": "invalid request"}),
    "mastodon": _json(422, {"error": "Validation failed: Text character limit of 500 exceeded"}),
    "bluesky": _json(400, {"error": "InvalidRequest", "message": "Record/text is too long"}),
    "webhook": Reply(400, {}, b"no"),
}
"""Answers that mean: this message will never be taken."""

FAREWELLS = {
    "slack": Reply(404, {}, b"no_service"),
    "discord": _json(404, {"message": "Unknown Webhook", "code": 10015}),
    "teams": _json(404, {"error": {"code": "WorkflowNotFound", "message": "not found"}}),
    "mattermost": _json(
        400, {"id": "web.incoming_webhook.invalid.app_error", "message": "Invalid webhook"}
    ),
    "matrix": _json(403, {"errcode": "M_FORBIDDEN", "error": "User not in room"}),
    "telegram": _json(403, {"ok": False, "description": "Forbidden: bot was kicked"}),
    "ntfy": _json(403, {"code": 40301, "http": 403, "error": "forbidden"}),
    "mastodon": _json(401, {"error": "The access token is invalid"}),
    "bluesky": _json(400, {"error": "AccountTakedown", "message": "Account has been taken down"}),
    "webhook": Reply(410, {}, b""),
}
"""Answers that mean: no message will ever be taken here."""

LIES = (
    Reply(200, {"content-type": "text/html"}, b"<html><title>Log in to the WiFi</title></html>"),
    Reply(200, {}, b"{}"),
    Reply(200, {}, b""),
    Reply(200, {}, b'{"errcode": {}, "ok": "yes", "id": {}, "uri": [], "error": 1e999}'),
    Reply(200, {}, b"[[[[]]]]"),
)
"""Answers with status 200 that no service of ours gives. They come from somebody in between."""

BELIEVED = frozenset({"webhook", "teams", "apprise"})
"""Services whose every 2xx means: taken. A lie cannot be told from the truth there."""

RUBBISH = (
    b"",
    b"<html>502</html>",
    b'{"errcode": {}, "error": [], "description": {}, "parameters": 7, "message": null}',
    b'{"retry_after": "soon", "code": 1e400, "error": {"code": [], "message": {}}}',
    b"[" * 2000,
    "\u202e\ufeff".encode() * 300,
    b"\xff\xfe\x00\x00",
    b"9" * 5000,
)
"""Bodies of errors that nobody promised."""


SAYS_WHEN = frozenset({"mastodon", "bluesky"})
"""Services that say when a wait ends. The others say how long it is."""


class Wait(NamedTuple):
    """A "too many requests". ``seconds`` is what it asks for; None if nobody can know."""

    reply: Reply
    seconds: float | None


def too_many(service: str, seconds: float, now: float) -> Wait:
    """Return a 429 that asks to wait, as a service says it. ``now`` is in seconds since 1970."""
    trees: dict[str, tuple[Any, dict[str, str]]] = {
        "discord": ({"message": "rate limited", "retry_after": seconds, "global": False}, {}),
        "telegram": ({"ok": False, "parameters": {"retry_after": seconds}}, {}),
        "matrix": ({"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": seconds * 1000}, {}),
        "mastodon": ({"error": "Too many"}, {"x-ratelimit-reset": str(now + seconds)}),
        "bluesky": ({"error": "RateLimitExceeded"}, {"ratelimit-reset": str(now + seconds)}),
    }
    tree, headers = trees.get(service, ({"error": "slow down"}, {"retry-after": str(seconds)}))
    return Wait(
        _json(429, tree, **{key.replace("-", "_"): headers[key] for key in headers}), seconds
    )


ODD_WAITS: tuple[tuple[str, float | None], ...] = (
    ("0", 0),
    ("31536000", 31536000.0),
    ("Fri, 31 Dec 9999 23:59:59 GMT", 1e11),
    ("Sun, 06 Nov 1994 08:49:37 GMT", 0),
    ("soon", None),
    ("-5", 0),
    ("1e999", None),
    ("nan", None),
    ("", None),
)
"""Values of Retry-After that exist, and the seconds that they ask for."""
