"""A refusal that lasts switches the channel off, in words that say what to do. Quotas are read."""

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest

from onthisday.delivery.reply_words import answer_words
from onthisday.delivery.request_reply import Reply, Request, Verdict
from onthisday.messages import (
    bluesky,
    discord_errors,
    mastodon,
    matrix,
    mattermost,
    ntfy,
    slack_errors,
    teams,
    telegram_errors,
)
from onthisday.messages.chat_services import SERVICES
from tests.delivery.channels import NOW, channel, message
from tests.delivery.fakes import TAKEN, instant


def read(kind: str, status: int, body: Any, **headers: str) -> Verdict:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return SERVICES[kind].read(Reply(status, named, raw), instant(NOW))


def telegram(status: int, description: str) -> Verdict:
    tree = {"ok": False, "error_code": status, "description": description}
    return read("telegram", status, tree)


@pytest.mark.parametrize(("status", "description", "what"), [
    (400, "Bad Request: TOPIC_CLOSED", "the topic is closed; open it again"),
    (400, "Bad Request: TOPIC_DELETED", "the topic was deleted"),
    (400, "Bad Request: message thread not found", "the topic was deleted"),
    (400, "Bad Request: chat not found", "add the bot to the chat"),
    (400, "Bad Request: not enough rights to send text messages to the chat", "let it send"),
    (400, "Bad Request: have no rights to send a message", "let it send"),
    (400, "Bad Request: need administrator rights in the channel chat", "make it one"),
    (400, "Bad Request: CHAT_WRITE_FORBIDDEN", "let it send"),
    (400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN", "let it send"),
    (400, "Bad Request: CHAT_ADMIN_REQUIRED", "make it one"),
    (403, "Forbidden: bot was blocked by the user", "unblock"),
    (403, "Forbidden: bot was kicked from the supergroup chat", "removed from the chat; add it"),
    (403, "Forbidden: bot is not a member of the channel chat", "is not in the chat; add it"),
    (403, "Forbidden: user is deactivated", "not there any more"),
    (403, "Forbidden: the group chat was deleted", "not there any more"),
    (403, "Forbidden: bot can't initiate conversation with a user", "may not write first"),
    (403, "Forbidden: something new", "may not write in the chat"),
    (401, "Unauthorized", "does not know the bot's token"),
    (404, "Not Found", "does not know the bot's token"),
])  # fmt: skip
def test_a_refusal_of_telegram_that_lasts_switches_off(
    status: int, description: str, what: str
) -> None:
    verdict = telegram(status, description)
    assert verdict.outcome == "gone"
    assert what in verdict.detail
    assert verdict.detail.endswith(f"({description})")


@pytest.mark.parametrize("description", [
    "Bad Request: message is too long", "Bad Request: can't parse entities: unclosed tag",
    "Bad Request: message text is empty", "Bad Request: something new",
])  # fmt: skip
def test_a_refusal_of_one_message_refuses_this_message(description: str) -> None:
    assert telegram(400, description)[:2] == ("refused", description)


@pytest.mark.parametrize("kind_of", ["text", "json"])
@pytest.mark.parametrize("name", slack_errors.REASONS)
def test_a_refusal_of_slack_that_lasts_switches_off(name: str, kind_of: str) -> None:
    body = name.encode() if kind_of == "text" else {"ok": False, "error": name}
    for status in (200, 400, 403, 404, 410):
        verdict = read("slack", status, body)
        assert verdict.outcome == "gone"
        assert verdict.detail == f"{slack_errors.REASONS[name]} ({name})"


@pytest.mark.parametrize("name", ["invalid_payload", "invalid_blocks", "no_text", "msg_too_long"])
def test_slack_refuses_one_message(name: str) -> None:
    assert read("slack", 400, name.encode())[:2] == ("refused", name)


@pytest.mark.parametrize("code", discord_errors.REASONS)
def test_a_code_of_discord_that_lasts_switches_off(code: int) -> None:
    for status in (400, 403, 404):
        verdict = read("discord", status, {"code": code, "message": "Said so"})
        assert verdict.outcome == "gone"
        assert verdict.detail == f"{discord_errors.REASONS[code]} (Said so ({code}))"


def test_a_forum_and_an_archived_thread_of_discord_are_told_with_what_to_do() -> None:
    assert "?thread_id=" in read("discord", 400, {"code": 220001}).detail
    assert "open it again in Discord" in read("discord", 400, {"code": 50083}).detail
    assert read("discord", 400, {"code": 50035, "message": "Invalid Form Body"})[:2] == (
        "refused",
        "Invalid Form Body (50035)",
    )


def _error(code: str, message: str = "said so") -> dict[str, Any]:
    return {"error": {"code": code, "message": message}}


LASTING = [
    *(("teams", 400, _error(code)) for code in teams.REASONS),
    *(("mattermost", 400, {"id": name, "message": "x"}) for name in mattermost.REASONS),
    *(("matrix", 403, {"errcode": name, "error": "x"}) for name in matrix.REASONS),
    *(("ntfy", 400, {"code": code, "error": "x"}) for code in ntfy.REASONS),
    ("ntfy", 403, {"code": 1, "error": "x"}),
    ("mastodon", 401, {"error": "The access token was revoked"}),
    ("mastodon", 403, {"error": "This action is outside the authorized scopes"}),
    ("mastodon", 403, {"error": "Your login is currently disabled"}),
    ("mastodon", 403, {"error": "x"}),
    ("mastodon", 403, {"error": []}),
    *(("bluesky", 400, {"error": name, "message": "x"}) for name in bluesky.REASONS),
    ("webhook", 410, b""),
]


@pytest.mark.parametrize(("kind", "status", "body"), LASTING)
def test_a_refusal_that_lasts_switches_off_and_is_told_in_words(
    kind: str, status: int, body: Any
) -> None:
    verdict = read(kind, status, body)
    assert (verdict.outcome, verdict.after) == ("gone", None)
    told = answer_words(verdict.status, verdict.detail)
    assert "{" not in told
    assert "; " in told


def test_a_sign_in_that_is_refused_says_what_to_do() -> None:
    service, to = SERVICES["bluesky"], channel("bluesky")
    assert service.sign_in
    body = b'{"error": "AuthenticationRequired", "message": "Invalid identifier or password"}'
    request = service.render(message(), to, instant(NOW))
    answered = service.sign_in.answered(request, to, Reply(401, {}, body), instant(NOW))
    assert not isinstance(answered, Request)
    assert answered.outcome == "gone"
    assert "make a new app password" in answered.detail


def every_reason() -> Iterable[str]:
    for module in (slack_errors, discord_errors, teams, mattermost, matrix, ntfy, bluesky):
        yield from module.REASONS.values()
    for pairs in (telegram_errors.REASONS, mastodon.REASONS):
        yield from (reason for _, reason in pairs)


def test_each_reason_says_what_is_wrong_and_then_what_to_do() -> None:
    for reason in every_reason():
        what, _, mend = reason.partition("; ")
        assert what, reason
        assert mend, reason


MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(("kind", "left", "reset", "after"), [
    ("discord", "x-ratelimit-remaining", ("x-ratelimit-reset-after", "60.0"), MINUTE),
    ("mastodon", "x-ratelimit-remaining", ("x-ratelimit-reset", "2026-02-25T09:01:00Z"), MINUTE),
    ("bluesky", "ratelimit-remaining", ("ratelimit-reset", "1772010060"), MINUTE),
])  # fmt: skip
def test_a_reply_that_says_that_no_more_are_taken_asks_for_a_pause(
    kind: str, left: str, reset: tuple[str, str], after: timedelta
) -> None:
    service, taken = SERVICES[kind], TAKEN[kind]

    def outcome(reply: Reply, remaining: str) -> tuple[str, timedelta | None, bool]:
        verdict = service.read(reply._replace(headers={left: remaining, reset[0]: reset[1]}),
                               instant(NOW))  # fmt: skip
        return verdict.outcome, verdict.after, verdict.shared

    assert outcome(taken, "0") == ("sent", after, False)
    assert outcome(taken, "1") == outcome(taken, "x") == outcome(taken, "") == ("sent", None, False)
    assert outcome(Reply(422, {}, b""), "0") == ("refused", after, False)
    assert outcome(Reply(200, {}, b""), "0") == ("unknown", after, False)
    assert outcome(Reply(410, {}, b""), "0") == ("gone", None, False)
    assert service.read(taken._replace(headers={left: "0"}), instant(NOW)).after is None
    assert service.read(taken._replace(headers={left: "0", reset[0]: "soon"}), instant(NOW)) == (
        service.read(taken, instant(NOW))
    )


@pytest.mark.parametrize(("tree", "headers", "shared"), [
    ({"retry_after": 1, "global": True}, {}, True),
    ({"retry_after": 1, "global": False}, {"x-ratelimit-scope": "global"}, True),
    ({"retry_after": 1, "global": False}, {"x-ratelimit-global": "true"}, True),
    ({"retry_after": 1, "global": False}, {"x-ratelimit-scope": "shared"}, False),
    ({"retry_after": 1, "global": False}, {"x-ratelimit-scope": "user"}, False),
])  # fmt: skip
def test_a_429_of_discord_is_for_all_webhooks_only_if_it_says_so(
    tree: object, headers: dict[str, str], *, shared: bool
) -> None:
    reply = Reply(429, headers, json.dumps(tree).encode())
    verdict = SERVICES["discord"].read(reply, instant(NOW))
    assert (verdict.after, verdict.shared) == (timedelta(seconds=1), shared)
