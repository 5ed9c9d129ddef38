"""Addresses that cannot be of a channel's service are told, with what to do."""

import pytest

from onthisday.checks.channels import odd_token, pictures_elsewhere
from onthisday.messages.known_addresses import why_not
from onthisday.schema.config_schema import parse_config
from tests.delivery.channels import channel
from tests.delivery.fakes import entry

RIGHT = [
    ("slack", "https://hooks.slack.com/services/T0/B0/x"),
    ("slack", "https://hooks.slack-gov.com/services/T0/B0/x"),
    ("discord", "https://discord.com/api/webhooks/1/x"),
    ("discord", "https://ptb.discord.com/api/v10/webhooks/1/x"),
    ("discord", "https://discordapp.com/api/webhooks/1/x?thread_id=5"),
    ("teams", "https://prod-01.westeurope.logic.azure.com:443/workflows/x/triggers/manual"),
    ("teams", "https://default1.0.environment.api.powerplatform.com:443/powerautomate/x"),
    ("mattermost", "https://chat.example.org/team/hooks/abc"),
    ("matrix", "https://matrix.org"),
    ("mastodon", "https://mastodon.social/"),
    ("telegram", "https://api.telegram.org"),
    ("bluesky", "https://bsky.social"),
    ("bluesky", "https://pds.example.org"),
    ("ntfy", "https://ntfy.sh"),
    ("webhook", "https://hooks.slack.com/services/T0/B0/x"),
    ("slack", "https://proxy.example.org/to/slack"),
]

WRONG = [
    ("discord", "https://hooks.slack.com/services/T0/B0/x", "is a webhook of Slack; write type"),
    ("slack", "https://Discord.com/api/webhooks/1/x", "is a webhook of Discord; write type"),
    ("mattermost", "https://hooks.slack.com/services/T0/B0/x", "is a webhook of Slack"),
    ("slack", "https://discord.com/channels/1/2", "Discord's address in a browser"),
    ("discord", "https://discord.com/channels/1/2", "Integrations, Webhooks"),
    ("slack", "https://app.slack.com/client/T0/C0", "Slack's address in a browser"),
    ("slack", "https://acme.slack.com/archives/C0", "Slack's address in a browser"),
    ("teams", "https://acme.webhook.office.com/webhookb2/x", "an old connector of Teams"),
    ("teams", "https://outlook.office.com/webhook/x", "an old connector of Teams"),
    ("teams", "https://teams.microsoft.com/l/channel/x", "Teams' address in a browser"),
    ("slack", "https://prod-01.westeurope.logic.azure.com:443/workflows/x", "is a flow of Teams"),
    ("telegram", "https://t.me/history", "leave url out"),
    ("matrix", "https://matrix.to/#/#history:example.org", "put the homeserver under url"),
    ("matrix", "https://app.element.io/#/room/!x:example.org", "put the homeserver under url"),
    ("bluesky", "https://bsky.app/profile/me.bsky.social", "put the handle under user"),
    ("mastodon", "https://bsky.social/", "is Bluesky's; write type: bluesky"),
    ("mastodon", "https://mastodon.social/@history", "write the instance's address alone"),
    (
        "mattermost",
        "https://chat.example.org/team/channels/history",
        "Mattermost's address in a browser",
    ),
]


@pytest.mark.parametrize(("service", "url"), RIGHT)
def test_an_address_that_may_be_right_is_left_alone(service: str, url: str) -> None:
    assert why_not(service, url) is None


@pytest.mark.parametrize(("service", "url", "words"), WRONG)
def test_an_address_that_cannot_be_right_is_told(service: str, url: str, words: str) -> None:
    said = why_not(service, url)
    assert said is not None
    assert words in said


def faults(**keys: str) -> str:
    _, errors, _ = parse_config({"channels": [{"name": "room", **keys}]}, {}, sending=False)
    return " ".join(error.message for error in errors)


def test_a_channel_with_such_an_address_is_an_error_that_shows_no_secret() -> None:
    said = faults(type="discord", url="https://hooks.slack.com/services/T0/B0/s3cret-t0ken")
    assert "url is a webhook of Slack; write type: slack, or put discord's address here" in said
    assert "s3cret" not in said


def test_a_token_that_is_no_bots_is_told_without_showing_it() -> None:
    said = odd_token(channel("telegram", token="s3cret-t0ken"))
    assert said == "its token is none of a bot's; BotFather gives one: 123456:ABC…"
    assert odd_token(channel("telegram")) is None
    assert odd_token(channel("matrix", token="anything")) is None


def test_pictures_of_other_sites_are_told_where_a_channel_cannot_show_them() -> None:
    url = {"url": "https://other.example/mill.png", "license": "CC0"}
    elsewhere, own = entry("a", image=url), entry("b", image={"file": "b.png", "license": "CC0"})
    quiet = [entry("c", image=url | {"places": ["site"]}), entry("d"), own]
    both = [channel("mastodon"), channel("matrix"), channel("slack")]
    assert pictures_elsewhere(both, [elsewhere, *quiet]) == (
        "1 entry has a picture of another site, which mastodon and matrix cannot show; "
        "keep it beside the almanac"
    )
    assert (pictures_elsewhere(both, [elsewhere] * 2) or "").startswith("2 entries have a picture")
    assert pictures_elsewhere(both, quiet) is None
    assert pictures_elsewhere([channel("slack")], [elsewhere]) is None
