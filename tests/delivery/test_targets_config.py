"""What the config demands of a channel of each type; and that no message shows a secret."""

from typing import Any

import pytest

from onthisday.config import Secret
from onthisday.messages.chat_services import SERVICES
from onthisday.schema.config_schema import parse_config
from tests.delivery.channels import KEYS, channel


def problems(tree: dict[str, Any], *, sending: bool = True) -> str:
    config = {"channels": [{"name": "my room", **tree}]}
    _, errors, warnings = parse_config(config, {}, sending=sending)
    return "\n".join(problem.message for problem in (*errors, *warnings))


NEEDED = [(name, key) for name, service in SERVICES.items() for key in service.needs]


@pytest.mark.parametrize(("kind", "key"), NEEDED)
def test_what_a_type_needs_and_has_not_is_named_with_its_mend(kind: str, key: str) -> None:
    tree = {name: value for name, value in KEYS[kind].items() if name != key}
    said = problems({"type": kind, **tree})
    assert f"has no {key}, which {kind} needs" in said
    assert f"add {key}: ${{{kind.upper()}_{key.upper()}}}" in said
    assert "t0ken" not in said


@pytest.mark.parametrize(("kind", "server"), [
    (name, service.server) for name, service in SERVICES.items() if service.server
])  # fmt: skip
def test_a_service_that_is_in_one_place_needs_no_url(kind: str, server: str) -> None:
    assert channel(kind, url=None).url == Secret(server)


@pytest.mark.parametrize(
    ("kind", "keys", "said"),
    [
        ("matrix", {"to": "#room:example.org"}, "a room's id, such as !abc:example.org"),
        ("telegram", {"to": "my group"}, "a chat's id"),
        ("telegram", {"to": -100123}, "in quotes"),
        ("ntfy", {"to": "my topic"}, "a topic: letters"),
        ("ntfy", {"url": "https://ntfy.example/topic"}, "put the topic under to"),
        ("mastodon", {"url": "mailto://user:t0ken@example.org"}, "is no web address"),
        ("slack", {"url": "slack://a/t0ken"}, "is no web address"),
        ("mastodon", {"token": "s3cret t0ken"}, "token has a space"),
        ("telegram", {"token": "s3cret\nt0ken"}, "token has a space"),
        ("ntfy", {"token": "s3cret t0ken"}, "token has a space"),
        ("webhook", {"secret": "whsec_t0ken!"}, "secret cannot be used"),
        ("apprise", {"url": "no url t0ken"}, "is no web address"),
    ],
)
def test_what_does_not_suit_is_told_without_a_secret(
    kind: str, keys: dict[str, Any], said: str
) -> None:
    told = problems({"type": kind, **KEYS.get(kind, {}), **keys})
    assert said in told
    assert "t0ken" not in told


def test_all_that_does_not_suit_is_told_beside_every_other_mistake() -> None:
    told = problems({"type": "matrix", "to": "#room:a.org", "zone": "Mars/Base", "rooom": "x"})
    for said in ("a room's id", "has no token", "has no url", "is no time zone", "unknown key"):
        assert said in told


def test_the_password_of_an_ntfy_user_may_be_any_text() -> None:
    assert channel("ntfy", user="me", token="correct horse").token == Secret("correct horse")


def test_a_channel_that_is_off_needs_nothing() -> None:
    for kind in SERVICES:
        assert problems({"type": kind, "enabled": False}) == ""


def test_an_unset_variable_switches_a_channel_off_and_is_the_one_thing_said() -> None:
    tree = {"type": "telegram", "token": "${TOKEN}", "to": "-1"}
    said = "the environment variable TOKEN is not set; set it, or take ${TOKEN} out"
    assert problems(tree) == said
    assert problems(tree, sending=False) == said


@pytest.mark.parametrize("url", ["syslog://", "dbus://", "tgram://123456:token/chat"])
def test_whatever_apprise_takes_for_an_address_is_taken(url: str) -> None:
    assert channel("apprise", url=url).token == Secret(url)


def test_an_apprise_address_is_shown_as_its_scheme() -> None:
    room = channel("apprise", url="tgram://123456:s3cret-t0ken/chat")
    assert room.url == Secret("apprise://tgram/")
    assert room.token == Secret("tgram://123456:s3cret-t0ken/chat")
    assert "t0ken" not in repr(room)
