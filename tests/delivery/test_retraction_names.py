"""What a service calls a message: a server may answer anything, and only a name is kept."""

from typing import Any

import pytest
from hypothesis import given

from onthisday.delivery.request_reply import Reply
from onthisday.messages.chat_service import ChatService
from onthisday.messages.chat_services import SERVICES
from onthisday.messages.retracting import name_for
from tests.delivery.channels import channel
from tests.delivery.fakes import instant
from tests.delivery.retracting import EACH
from tests.delivery.test_services import REPLIES

TOKEN_LIKE = "s3cret-t0ken-long"


def test_a_message_in_a_thread_of_discord_is_deleted_there() -> None:
    retraction = SERVICES["discord"].retraction
    assert retraction
    hook = "https://discord.example/api/webhooks/1/s3cret-t0ken"
    urls = {
        f"{hook}/?wait=false&thread_id=42": f"{hook}/messages/7?thread_id=42",
        f"{hook}?wait=true": f"{hook}/messages/7",
    }
    for url, wanted in urls.items():
        request = retraction.delete(channel("discord", url=url), "7", "")
        assert (request.method, request.url) == ("DELETE", wanted)
    with_thread, without = (channel("discord", url=url) for url in urls)
    assert name_for(retraction, with_thread, "7") != name_for(retraction, without, "7")


HOSTILE: list[Any] = [
    "x" * 10_000, "", " ", "a b", "1\n2", "../../1", "1?x=1", "1/2", "\u0661", "\x1b[31m", None,
    True, 1, 1.5, [], {}, "\ud800", "+1", "1" * 400, "https://evil.example/",
]  # fmt: skip


@EACH
@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_name_that_is_none_is_not_kept(kind: str, name: Any) -> None:
    assert name_for(SERVICES[kind].retraction, channel(kind), name) is None


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("mastodon", TOKEN_LIKE),
        ("matrix", f"${TOKEN_LIKE}"),
        ("bluesky", f"at://did:plc:me/app.bsky.feed.post/{TOKEN_LIKE}"),
        ("ntfy", TOKEN_LIKE),
    ],
)
def test_a_name_that_holds_a_secret_is_not_kept(kind: str, name: str) -> None:
    assert name_for(SERVICES[kind].retraction, channel(kind, token="another"), name)
    assert name_for(SERVICES[kind].retraction, channel(kind, token=TOKEN_LIKE), name) is None


@EACH
@given(reply=REPLIES)
def test_any_reply_gives_a_name_or_none_and_any_deletion_is_read(kind: str, reply: Reply) -> None:
    service: ChatService = SERVICES[kind]
    assert service.retraction is not None
    to = channel(kind)
    found = name_for(service.retraction, to, service.retraction.named(to, reply))
    assert found is None or (len(found) < 400 and found.isascii() and " " not in found)
    verdict = service.read_deletion(reply, instant("2026-02-25T09:00"))
    assert verdict.status == reply.status
    assert verdict.outcome != "sent"
    if reply.status >= 500:
        assert verdict.outcome != "deleted"
