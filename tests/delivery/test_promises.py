"""A message counts as sent only if the reply has what the service's documentation promises."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.delivery.promises import (
    ANY_SUCCESS,
    Promise,
    body_of,
    status_of,
    text_under,
    true_under,
)
from onthisday.delivery.reply_words import answer_words
from onthisday.delivery.request_reply import Reply, Request, Verdict
from onthisday.messages.chat_service import ChatService
from onthisday.messages.chat_services import SERVICES
from tests.delivery.channels import NOW, channel, message
from tests.delivery.fakes import TAKEN, instant
from tests.examples import examples

EVERY = pytest.mark.parametrize("service", SERVICES.values(), ids=list(SERVICES))

PROMISING = [each for each in SERVICES.values() if each.promise is not ANY_SUCCESS]
EACH_PROMISING = pytest.mark.parametrize("service", PROMISING, ids=[p.name for p in PROMISING])

LOGIN = (
    b"<!DOCTYPE html><html><head><title>Welcome to our Wi-Fi</title></head><body>"
    b'<form action="/login">{"ok": true, "id": "1"} ok</form></body></html>'
)

KEYS = ("ok", "id", "event_id", "uri", "result")


def under_each_key(value: object) -> bytes:
    return json.dumps(dict.fromkeys(KEYS, value)).encode()


NO_PROMISE = {
    "nothing": b"", "a space": b" ", "a login page": LOGIN, "a page": b"<html>", "{}": b"{}",
    "[]": b"[]", "null": b"null", "true": b"true", "a text": b'"ok"', "a list": b'[{"ok": true}]',
    "a huge number": b"9" * 5000, "an endless number": b"1e999", "half": b'{"ok": true, "id": "1',
    "other words": b"okay", "two words": b"ok ok", "Ok": b"Ok", "no UTF-8": b"\xff\xfe\xfd",
    "deep": b"[" * 20_000, "an object": under_each_key({}), "lists": under_each_key(["x"]),
    "nulls": under_each_key(None), "false": under_each_key(False), "blank": under_each_key(" "),
    "empty": under_each_key(""), "zero": under_each_key(0), "one": under_each_key(1),
    "big": b'{"ok": 1, "id": %s, "event_id": 2, "uri": 3}' % (b"9" * 4000),
    "an error": b'{"ok": false, "error": "x"}', "inside": b'{"data": {"ok": true, "id": "1"}}',
}  # fmt: skip
"""Bodies that promise nothing, whatever the service is."""


@EVERY
def test_what_each_service_answers_when_it_took_a_message_is_sent(service: ChatService) -> None:
    verdict = service.read(TAKEN[service.name], instant(NOW))
    assert verdict.outcome == "sent"
    assert "{" not in verdict.detail


def test_only_a_webhook_and_apprise_promise_no_more_than_a_status() -> None:
    assert set(SERVICES) - {each.name for each in PROMISING} == {"webhook", "apprise"}


@EACH_PROMISING
@pytest.mark.parametrize("body", NO_PROMISE.values(), ids=list(NO_PROMISE))
def test_a_200_without_what_is_promised_is_unknown(service: ChatService, body: bytes) -> None:
    for headers in ({}, {"content-type": "application/json"}):
        verdict = service.read(Reply(200, headers, body), instant(NOW))
        assert verdict.outcome == "unknown"
        assert verdict.detail.startswith("but not with what it promises (")
        assert "{" not in verdict.detail
        assert len(verdict.detail) < 400


@EACH_PROMISING
def test_a_login_page_is_no_promise_whatever_its_status(service: ChatService) -> None:
    for status in (200, 201, 202, 203, 204, 206, 299):
        assert service.read(Reply(status, {}, LOGIN), instant(NOW)).outcome == "unknown"


def test_a_reply_without_its_promise_is_told_in_words() -> None:
    def told(kind: str, body: bytes) -> str:
        verdict = SERVICES[kind].read(Reply(200, {}, body), instant(NOW))
        return answer_words(verdict.status, verdict.detail)

    assert told("telegram", LOGIN) == (
        "the service answered 200 OK, but not with what it promises (JSON with ok: true): "
        "a web page, Welcome to our Wi-Fi"
    )
    assert told("matrix", b"") == (
        "the service answered 200 OK, but not with what it promises (JSON with event_id): "
        "the reply is empty"
    )
    assert told("teams", b"1").endswith("(202 Accepted): 1")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
)


@EACH_PROMISING
@examples(150)
@given(tree=JSON, status=st.sampled_from((200, 201, 203, 204)))
def test_no_other_json_is_taken_for_a_promise(
    service: ChatService, tree: object, status: int
) -> None:
    if isinstance(tree, dict):
        tree = {key: value for key, value in tree.items() if key not in KEYS}
    reply = Reply(status, {}, json.dumps(tree).encode())
    assert service.read(reply, instant(NOW)).outcome != "sent"


@pytest.mark.parametrize(
    ("made", "of", "words", "kept", "broken"),
    [
        (text_under, ("id",), "JSON with id", {"id": "1"}, ({"id": " "}, {"id": 1}, {"XX": "1"})),
        (true_under, ("ok",), "JSON with ok: true", {"ok": True}, ({"ok": False}, {"ok": 1}, {})),
        (status_of, (202, "taken"), "202 Accepted", {"id": 1}, ({"error": "x"},)),
    ],
)
def test_a_promise_is_kept_by_what_it_names_alone(
    made: Callable[..., Promise],
    of: tuple[object, ...],
    words: str,
    kept: object,
    broken: tuple[object, ...],
) -> None:
    promise = made(*of)
    assert promise.words == words
    assert promise.kept(Reply(202, {}, json.dumps(kept).encode())) is True
    assert not any(promise.kept(Reply(202, {}, json.dumps(tree).encode())) for tree in broken)


def test_a_promised_status_is_that_status_and_no_page() -> None:
    promise = status_of(202, "taken")
    assert promise.told == "taken"
    assert promise.kept(Reply(202, {}, b""))
    assert not promise.kept(Reply(200, {}, b""))
    assert not promise.kept(Reply(202, {}, LOGIN))


def test_a_promised_text_is_the_whole_body_but_for_spaces() -> None:
    promise = body_of(b"ok")
    assert promise.words == "the text ok"
    assert promise.kept(Reply(200, {}, b" ok\n")) is True
    assert promise.kept(Reply(200, {}, b"ok ok")) is False


@pytest.mark.parametrize(
    ("tree", "outcome", "status"),
    [
        ({"ok": False, "error_code": 403, "description": "Forbidden: x"}, "gone", 403),
        ({"ok": False, "error_code": 401, "description": "Unauthorized"}, "gone", 401),
        ({"ok": False, "error_code": 400, "description": "message is too long"}, "refused", 400),
        ({"ok": False, "error_code": 500, "description": "Internal"}, "retry", 500),
        ({"ok": False}, "unknown", 200),
        ({"ok": False, "error_code": 200}, "unknown", 200),
        ({"ok": False, "error_code": True}, "unknown", 200),
        ({"ok": False, "error_code": "403"}, "unknown", 200),
        ({"ok": False, "error_code": 10**30}, "unknown", 200),
        ({"ok": True, "error_code": 403}, "sent", 200),
    ],
)
def test_telegrams_200_that_denies_means_what_its_error_code_says(
    tree: object, outcome: str, status: int
) -> None:
    verdict = SERVICES["telegram"].read(Reply(200, {}, json.dumps(tree).encode()), instant(NOW))
    assert (verdict.outcome, verdict.status) == (outcome, status)


def test_telegrams_200_that_asks_to_wait_is_read_like_a_429() -> None:
    tree = {"ok": False, "error_code": 429, "parameters": {"retry_after": 9}}
    body = json.dumps(tree).encode()
    telegram = SERVICES["telegram"]
    assert telegram.read(Reply(200, {}, body), instant(NOW)) == telegram.read(
        Reply(429, {}, body), instant(NOW)
    )


@pytest.mark.parametrize("session", ["", " ", "a b", "a\r\nb", "é", 1, None, {}, [], True])
def test_a_sign_in_gives_a_session_only_as_a_text_that_a_header_can_have(session: object) -> None:
    answered = _signed_in(json.dumps({"accessJwt": session}).encode())
    assert isinstance(answered, Verdict)
    assert (answered.outcome, answered.detail) == ("retry", "but the server gave no session")


def test_a_login_page_gives_no_session() -> None:
    answered = _signed_in(LOGIN)
    assert isinstance(answered, Verdict)
    assert answered.outcome == "retry"
    assert answered.detail.endswith("no session: a web page, Welcome to our Wi-Fi")


def _signed_in(body: bytes) -> Request | Verdict:
    bluesky, to = SERVICES["bluesky"], channel("bluesky")
    request = bluesky.render(message(), to, instant(NOW))
    assert bluesky.sign_in
    return bluesky.sign_in.answered(request, to, Reply(200, {}, body), instant(NOW))
