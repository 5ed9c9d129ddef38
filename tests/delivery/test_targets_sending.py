"""Each service over a real connection: what it takes, what it refuses, what its answers mean."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from onthisday.config import Channel
from onthisday.delivery.request_reply import Outcome, Verdict
from tests.delivery.channels import channel, message, occasion, sent
from tests.delivery.servers import SERVERS, TRIED_ELSEWHERE
from tests.delivery.services import (
    TOKEN,
    Bluesky,
    Matrix,
    Service,
    bluesky_error,
    json_answer,
    matrix_error,
    mattermost_error,
    serving,
    telegram_error,
)
from tests.delivery.sink import Answer, Received

PATHS = {"mattermost": "hooks/abcdefgh", "teams": "workflows/abcdefgh?sig=abcdefgh-0"}

Answering = Callable[[Received], Answer | None]


def there(kind: str, service: Service, **keys: Any) -> Channel:
    """Return a channel that sends to a server on loopback."""
    return channel(kind, **{"url": service.url + PATHS.get(kind, ""), **keys})


def verdict_from(kind: str, answering: Answering, **keys: Any) -> Verdict:
    """Send a message to a service that gives this answer; return the verdict."""
    with serving(answering) as service:
        return sent(there(kind, service, **keys))


def always(answer: Answer) -> Answering:
    return lambda _: answer


TRIED = [name for name in SERVERS if name not in TRIED_ELSEWHERE]


@pytest.mark.parametrize("kind", TRIED)
def test_a_message_is_taken(kind: str) -> None:
    assert verdict_from(kind, SERVERS[kind]()).outcome == "sent"


@pytest.mark.parametrize(
    ("kind", "kept"),
    [("matrix", "events"), ("ntfy", "shown"), ("mastodon", "statuses"), ("bluesky", "records")],
)
def test_a_repeat_makes_no_second_message_and_another_notice_does(kind: str, kept: str) -> None:
    state = SERVERS[kind]()
    with serving(state) as service:
        to = there(kind, service)
        assert sent(to).outcome == sent(to, now="2026-02-25T09:05").outcome == "sent"
        assert sent(to, message(late=True), now="2026-02-26T09:05").outcome == "sent"
        assert len(getattr(state, kept)) == 1
        sent(to, message(id="room/2026-02-25/other"))
        assert len(getattr(state, kept)) == 2


@pytest.mark.parametrize("kind", TRIED)
def test_a_reply_that_quotes_a_secret_is_told_without_it(kind: str) -> None:
    def quoting(received: Received) -> Answer:
        login = received.headers.get("authorization", "")
        tree = dict.fromkeys(("error", "message", "description"), f"{login} {received.path}")
        return json_answer({**tree, "ok": False}, 500)

    login = {} if kind in {"teams", "mattermost"} else {"token": TOKEN}
    verdict = verdict_from(kind, quoting, **login)
    assert (verdict.outcome, verdict.status) == ("retry", 500)
    assert not re.search("t0ken|abcdefgh", repr(verdict))


def test_neither_a_session_nor_a_password_in_a_header_is_told() -> None:
    def quoting(received: Received) -> Answer:
        if received.path.endswith("createSession"):
            return json_answer({"accessJwt": "s3ss10n-jwt"})
        return json_answer({"error": received.headers["authorization"]}, 500)

    for kind, keys in (("bluesky", {}), ("ntfy", {"user": "me", "token": TOKEN})):
        assert verdict_from(kind, quoting, **keys).detail.endswith("«secret»")


@pytest.mark.parametrize("kind", TRIED)
def test_a_server_that_is_down_or_in_front_of_nothing_is_asked_again(kind: str) -> None:
    for status, body in (
        (502, b"<html>Bad gateway"),
        (503, b""),
        (404, b"<html>nginx"),
        (500, b"["),
    ):
        answer = Answer(status, (), body)
        verdict = verdict_from(kind, always(answer))
        assert (verdict.outcome, verdict.status) == ("retry", status)


@pytest.mark.parametrize("kind", TRIED)
def test_what_is_asked_in_a_retry_after_is_kept_in_full(kind: str) -> None:
    verdict = verdict_from(kind, lambda _: Answer(429, (("Retry-After", "86461"),), b""))
    assert (verdict.outcome, verdict.after) == ("throttled", timedelta(seconds=86461))


@pytest.mark.parametrize("kind", [kind for kind in TRIED if kind != "bluesky"])
def test_a_connection_that_ends_without_an_answer_is_unknown(kind: str) -> None:
    assert verdict_from(kind, lambda _: None).outcome == "unknown"


def test_a_sign_in_that_ends_without_an_answer_is_no_unknown_outcome() -> None:
    assert verdict_from("bluesky", lambda _: None).outcome == "retry"


def posting(answer: Answer) -> Answering:
    """Return a Bluesky server that gives a session, and gives this answer to a post."""

    def answering(received: Received) -> Answer:
        signing_in = received.path.endswith("createSession")
        return json_answer({"accessJwt": "jwt"}) if signing_in else answer

    return answering


def workflow(code: str, state: str) -> Answer:
    message = f"Could not execute workflow 'x' trigger 'manual' with state '{state}'"
    return json_answer({"error": {"code": code, "message": message}}, 400)


HOUR = timedelta(hours=1)

REPLIES: list[tuple[str, Answer, Outcome, str, timedelta | None]] = [
    ("teams", workflow("WorkflowTriggerIsNotEnabled", "Deleted"), "gone", "Deleted", None),
    ("teams", workflow("WorkflowTriggerIsNotEnabled", "Suspended"), "retry", "turn it on", None),
    ("teams", workflow("WorkflowNotFound", ""), "gone", "WorkflowNotFound", None),
    ("teams", workflow("TriggerInputSchemaMismatch", ""), "refused", "Mismatch", None),
    ("teams", Answer(410, (), b""), "gone", "410 Gone", None),
    ("mattermost", mattermost_error("invalid", "Invalid webhook", 400), "gone", "Invalid", None),
    ("mattermost", mattermost_error("channel", "No channel", 404), "gone", "No channel", None),
    ("mattermost", mattermost_error("disabled", "Disabled", 501), "gone", "switch them on", None),
    ("mattermost", mattermost_error("text", "No text", 400), "refused", "No text", None),
    ("matrix", matrix_error(403, "M_FORBIDDEN", "not in room"), "gone", "not in room", None),
    ("matrix", matrix_error(401, "M_UNKNOWN_TOKEN", "x"), "gone", "M_UNKNOWN_TOKEN", None),
    ("matrix", matrix_error(413, "M_TOO_LARGE", "x"), "refused", "M_TOO_LARGE", None),
    ("matrix", matrix_error(404, "M_UNRECOGNIZED", "x"), "retry", "M_UNRECOGNIZED", None),
    ("matrix", matrix_error(429, "M_LIMIT_EXCEEDED", "x", retry_after_ms=3600000), "throttled",
     "M_LIMIT_EXCEEDED", HOUR),
    ("telegram", telegram_error(429, "Too Many Requests", retry_after=3600), "throttled",
     "Too Many", HOUR),
    ("telegram", telegram_error(403, "Forbidden: bot was kicked"), "gone", "kicked", None),
    ("telegram", telegram_error(401, "Unauthorized"), "gone", "Unauthorized", None),
    ("telegram", telegram_error(404, "Not Found"), "gone", "Not Found", None),
    ("telegram", telegram_error(400, "Bad Request: chat not found"), "gone", "chat", None),
    ("telegram", telegram_error(400, "Bad Request: message is too long"), "refused", "long", None),
    ("telegram", telegram_error(400, "Bad Request: group chat was upgraded to a supergroup chat",
     migrate_to_chat_id=-100999), "retry", 'put to: "-100999" in config', None),
    ("ntfy", json_answer({"code": 42901, "http": 429, "error": "limit reached"}, 429), "throttled",
     "limit reached", None),
    ("ntfy", json_answer({"code": 40101, "http": 401, "error": "unauthorized"}, 401), "gone",
     "unauthorized", None),
    ("ntfy", json_answer({"code": 40301, "http": 403, "error": "forbidden"}, 403), "gone",
     "forbidden", None),
    ("ntfy", json_answer({"code": 41301, "error": "too large"}, 413), "refused", "large", None),
    ("mastodon", json_answer({"error": "The access token was revoked"}, 401), "gone", "revoked",
     None),
    ("mastodon", json_answer({"error": "This action is outside the scopes"}, 403), "gone", "scopes",
     None),
    ("mastodon", json_answer({"error": "Validation failed"}, 422), "refused", "Validation", None),
    ("mastodon", json_answer({"error": "Too many"}, 429,
     X_RateLimit_Reset="2026-02-25T10:00:00.000000Z"), "throttled", "Too many", HOUR),
    ("mastodon", json_answer({"error": "Throttled"}, 429, X_RateLimit_Reset="soon"), "throttled",
     "Throttled", None),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "answer", "outcome", "detail", "after"), REPLIES)
def test_a_reply_means(
    kind: str, answer: Answer, outcome: str, detail: str, after: timedelta | None
) -> None:
    verdict = verdict_from(kind, lambda _: answer)
    assert (verdict.outcome, verdict.after) == (outcome, after)
    assert detail in verdict.detail


@pytest.mark.parametrize(("kind", "key"), [("matrix", "errcode"), ("mattermost", "id")])
def test_an_error_whose_name_is_no_text_is_an_error_without_a_name(kind: str, key: str) -> None:
    for strange in ("[]", "{}", "1"):
        body = f'{{"{key}": {strange}}}'.encode()
        assert verdict_from(kind, always(Answer(400, (), body))).outcome == "refused"


NINE = 1772010000
"""The instant 2026-02-25T09:00Z, in seconds since 1970."""


@pytest.mark.parametrize(("answer", "outcome", "after"), [
    (bluesky_error(400, "InvalidRequest", "bad record"), "refused", None),
    (bluesky_error(400, "ExpiredToken", "Token has expired"), "retry", None),
    (bluesky_error(401, "AuthMissing", "x"), "retry", None),
    (bluesky_error(400, "RepoDeactivated", "x"), "gone", None),
    (json_answer({"error": "RateLimitExceeded"}, 429, ratelimit_reset=str(NINE + 3600)),
     "throttled", HOUR),
])  # fmt: skip
def test_a_reply_to_a_post_means(answer: Answer, outcome: str, after: timedelta | None) -> None:
    verdict = verdict_from("bluesky", posting(answer))
    assert (verdict.outcome, verdict.after) == (outcome, after)


@pytest.mark.parametrize(("answer", "outcome", "detail"), [
    (bluesky_error(401, "AuthenticationRequired", "Invalid password"), "gone", "Invalid password"),
    (bluesky_error(401, "AuthFactorTokenRequired", "A code was sent"), "gone", "AuthFactor"),
    (bluesky_error(401, "AccountTakedown", "x"), "gone", "AccountTakedown"),
    (json_answer({"no": "session"}), "retry", "the server gave no session"),
    (json_answer({"accessJwt": "a\r\nb"}), "retry", "the server gave no session"),
])  # fmt: skip
def test_a_reply_to_a_sign_in_means(answer: Answer, outcome: str, detail: str) -> None:
    verdict = verdict_from("bluesky", lambda _: answer)
    assert verdict.outcome == outcome
    assert detail in verdict.detail


def test_matrix_is_put_and_names_room_and_transaction() -> None:
    state = Matrix()
    with serving(state) as service:
        assert sent(there("matrix", service, url=service.url.rstrip("/"))).outcome == "sent"
        assert service.method == "PUT"
    (transaction,) = state.events
    assert len(transaction) == 32


@pytest.mark.parametrize(("keys", "login"), [
    ({}, None),
    ({"token": "tk_abcdef"}, "Bearer tk_abcdef"),
    ({"user": "Zoë", "token": "p:ü:s"}, "Basic Wm/DqzpwOsO8OnM="),
])  # fmt: skip
def test_ntfy_takes_a_token_or_a_user_with_a_password(
    keys: dict[str, str], login: str | None
) -> None:
    seen: list[str | None] = []

    def answering(received: Received) -> Answer:
        seen.append(received.headers.get("authorization"))
        return json_answer({"id": "x"})

    assert verdict_from("ntfy", answering, **keys).outcome == "sent"
    assert seen == [login]


def test_an_at_before_a_bluesky_handle_is_taken_off() -> None:
    assert verdict_from("bluesky", Bluesky(), user="@me.bsky.social").outcome == "sent"


def test_a_wrong_login_is_told_by_each_service() -> None:
    for kind in ("matrix", "telegram", "mastodon", "bluesky"):
        verdict = verdict_from(kind, SERVERS[kind](), token="wr0ng:t0ken")
        assert verdict.outcome == "gone", kind
        assert "wr0ng" not in verdict.detail


def test_a_day_of_many_long_entries_is_taken_by_every_service() -> None:
    day = message(*(occasion(id=f"e{n}", summary="@all <b> 🎭 " * 300) for n in range(60)))
    for kind in TRIED:
        with serving(SERVERS[kind]()) as running:
            assert sent(there(kind, running), day).outcome == "sent", kind
