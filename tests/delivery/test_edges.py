"""URLs are looked at when the config is read. What passes there raises nowhere in delivery."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.cli.phrasing import host_of as host_shown
from onthisday.config import Channel
from onthisday.delivery.buckets import host_of
from onthisday.messages.chat_services import SERVICES
from onthisday.messages.message import address_of, secrets_of
from onthisday.schema.channel_rows import read_rows
from onthisday.schema.config_schema import parse_config
from onthisday.schema.web_addresses import parse_web_address
from tests.delivery.channels import KEYS, NOW, message
from tests.delivery.fakes import SITE, instant
from tests.examples import examples

NO_URL = (
    "http://[", "http://]", "https://[]/", "https://[::1", "https://[x]/", "https://a[b]/",
    "https://exa mple/", "http://:99999/", "https://:80/", "http://host:port/", "http://host:-1/",
    "http://host:99999/", "http://host:0/", "https://", "https:///path", "http:////host/",
    "http://@//host/", "http://user@/", "https://?a", "https://#a", "https://.", "https://a..b/",
    "https://.a/", f"https://{'a' * 64}.example/", "https://a\x00b/", "https://a\\b/",
    "https://a%00b/", "https://a,b/", "https://exa\u2100mple/", "https://a\uff03b/", "host/path",
    "//host/", "http:/host", "ftp://host/",
)  # fmt: skip

WITH_URL = [name for name, service in SERVICES.items() if service.address is not None]


@pytest.mark.parametrize("url", NO_URL)
def test_an_address_that_is_none_is_refused_where_it_is_read(url: str) -> None:
    with pytest.raises(ValueError, match="is no web address; write it whole"):
        parse_web_address(url)
    for keys in ({"heartbeat": url}, {"site": {"url": url}}, {"websub": {"hub": url}}):
        config, errors, _ = parse_config(keys, {}, sending=True)
        assert config is None
        assert errors


@pytest.mark.parametrize("kind", WITH_URL)
@pytest.mark.parametrize("url", NO_URL)
def test_a_channels_address_that_is_none_is_a_finding_and_names_the_channel(
    kind: str, url: str
) -> None:
    tree = {"name": "room", "type": kind, **KEYS[kind], "url": url}
    good = {"name": "good", "type": "webhook", "url": "https://receiver.example/"}
    config, errors, _ = parse_config({"channels": [tree, good]}, {}, sending=True)
    assert config is not None
    assert [each.name for each in config.channels] == ["good"]
    assert any("write it whole" in each.message for each in errors)
    row = {key: str(value) for key, value in tree.items()}
    table = read_rows([(2, row), (3, good)], SITE, (), {})
    assert [each.name for each in table.channels] == ["good"]
    assert any("write it whole" in each.message for each in table.problems)


@pytest.mark.parametrize("url", [
    "https://example.org", "http://localhost:8080/x", "https://münchen.example/ü?a=1#b",
    "https://xn--mnchen-3ya.example./", "http://[::1]:80/", "http://127.0.0.1/", "https://भारत.भारत/",
    "https://user:pass@example.org/", "https://under_score.example/", "HTTPS://EXAMPLE.ORG/a(b)",
])  # fmt: skip
def test_an_address_of_the_web_is_taken(url: str) -> None:
    assert parse_web_address(url) == url


PIECES = st.text(max_size=6) | st.sampled_from(
    ("http://", "https://", "json://", "tgram://", "[", "]", "::1", ":", "@", "//", "/", "?", "#",
     "%", "%5B", "\\", " ", "\x00", "\ud800", "example.org", ".", "99999", "\u2100", "&", "=",
     "!", "-1")
)  # fmt: skip
ODD = st.lists(PIECES, max_size=7).map("".join)


def made(kind: str, keys: dict[str, Any]) -> Channel | None:
    tree = {"name": "room", "type": kind, **KEYS[kind], **keys}
    config, _, _ = parse_config({"channels": [tree]}, {}, sending=True)
    return config.channels[0] if config and config.channels else None


@pytest.mark.parametrize("kind", SERVICES)
@examples(300)
@given(data=st.data())
def test_a_channel_that_is_taken_raises_nowhere(kind: str, data: st.DataObject) -> None:
    begin = st.sampled_from(("", "https://", "https://example.org/", "json://"))
    url = st.builds(str.__add__, begin, ODD)
    keys = {"url": url, "token": ODD, "to": ODD, "user": ODD, "secret": st.lists(ODD, max_size=2)}
    names = data.draw(st.sets(st.sampled_from(sorted(keys)), min_size=1))
    to = made(kind, {name: data.draw(keys[name]) for name in sorted(names)})
    if to is None:
        return
    service = SERVICES[kind]
    assert service.bucket_of(to).name is not None
    assert host_of(address_of(to)) is not None
    assert host_shown(to)
    secrets_of(to)
    request = service.render(message(), to, instant(NOW))
    assert request.body
    if service.sign_in:
        assert service.sign_in.ask(to).body
