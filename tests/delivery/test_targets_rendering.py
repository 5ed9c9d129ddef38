"""What messages look like in each service. The whole texts stand here, so that people read them."""

import json
from typing import Any

import pytest

from onthisday.messages.chat_services import SERVICES
from onthisday.messages.message import Message
from tests.delivery.channels import NOW, channel, message, occasion, source
from tests.delivery.fakes import instant

A = "\u200b"


def rendered(kind: str, what: Message | None = None, **keys: Any) -> Any:
    request = SERVICES[kind].render(what or message(), channel(kind, **keys), instant(NOW))
    return json.loads(request.body)


def test_telegram_reads_as_a_telegram_message() -> None:
    assert rendered("telegram")["text"] == (
        "<b>On this day, 25 February</b>\n"
        '<b><a href="https://example.org/entries/secret-speech/">Khrushchev denounces Stalin</a>'
        "</b>\n"
        "70 years ago · 25 February 1956 · Moscow\n"
        "In a closed session he speaks of a cult.\n"
        "Where the sources differ:\n"
        "• How many delegates listened? 1,400 (Fakti); 1,500 (History Today, rumoured).\n"
        'Sources: <a href="https://example.org/source?a=1&amp;b=2">'
        "History Today, Stalin Denounced (February 2006), p. 58</a>\n"
        "\n"
        '<a href="https://example.org/days/02-25/">All of 25 February</a>'
    )


def test_matrix_says_the_same_with_and_without_markup_and_mentions_nobody() -> None:
    content = rendered("matrix")
    assert content["m.mentions"] == {}
    assert content["msgtype"] == "m.text"
    assert content["body"].splitlines()[1] == (
        "Khrushchev denounces Stalin https://example.org/entries/secret-speech/"
    )
    assert content["formatted_body"].startswith(
        "<strong>On this day, 25 February</strong><br/><strong>"
        '<a href="https://example.org/entries/secret-speech/">Khrushchev denounces Stalin</a>'
    )


def test_mattermost_reads_as_markdown() -> None:
    lines = rendered("mattermost")["text"].split("  \n")
    assert lines[0] == "**On this day, 25 February**"
    assert lines[1] == (
        "[**Khrushchev denounces Stalin**](https://example.org/entries/secret-speech/)"
    )
    assert lines[-1] == f"{A}[All of 25 February](https://example.org/days/02-25/)"


def test_a_toot_names_sources_and_that_they_differ() -> None:
    assert rendered("mastodon")["status"].replace(A, "") == (
        "On this day, 25 February\n"
        "Khrushchev denounces Stalin https://example.org/entries/secret-speech/\n"
        "70 years ago · 25 February 1956 · Moscow\n"
        "In a closed session he speaks of a cult.\n"
        "Where the sources differ:\n"
        "• How many delegates listened? 1,400 (Fakti); 1,500 (History Today, rumoured).\n"
        "Sources: History Today, Stalin Denounced (February 2006), p. 58 "
        "https://example.org/source?a=1&b=2\n"
        "\n"
        "All of 25 February https://example.org/days/02-25/"
    )


def test_a_toot_has_the_channels_language_and_no_visibility() -> None:
    tree = rendered("mastodon", language="en-GB")
    assert tree["language"] == "en"
    assert set(tree) == {"status", "language"}


def test_a_bluesky_post_fits_by_saying_less() -> None:
    record = rendered("bluesky")["record"]
    assert record["text"] == (
        "On this day, 25 February\n"
        "Khrushchev denounces Stalin\n"
        "70 years ago · 25 February 1956 · Moscow\n"
        "In a closed session he speaks of a cult.\n"
        "Where the sources differ:\n"
        "• How many delegates listened? 1,400 (Fakti); 1,500…\n"
        "Sources: History Today, Stalin Denounced (February…\n"
        "\n"
        "All of 25 February"
    )
    assert record["langs"] == ["en"]


def test_bluesky_links_are_where_their_words_are_in_bytes() -> None:
    record = rendered("bluesky", message(occasion(title="Жизнь 🎭 и судьба")))["record"]
    text = record["text"].encode()
    links = {
        text[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode(): feature["uri"]
        for facet in record["facets"]
        for feature in facet["features"]
    }
    assert links == {
        "Жизнь 🎭 и судьба": "https://example.org/entries/secret-speech/",
        "All of 25 February": "https://example.org/days/02-25/",
    }


def test_a_bluesky_post_is_of_its_hour_and_a_late_one_of_now() -> None:
    at_hour = rendered("bluesky", at="08:00", zone="Asia/Kolkata")["record"]
    assert at_hour["createdAt"] == "2026-02-25T02:30:00.000Z"
    late = rendered("bluesky", message(late=True), at="08:00")["record"]
    assert late["createdAt"] == "2026-02-25T09:00:00.000Z"


def test_a_bluesky_key_is_the_notices_alone() -> None:
    keys = [
        rendered("bluesky", what)["rkey"]
        for what in (
            message(), message(late=True), message(id="room/2026-02-25/other"),
            message(tag="example.com,2026"),
        )
    ]  # fmt: skip
    assert keys[0] == keys[1]
    assert len(set(keys)) == 3
    assert all(len(key) == 13 for key in keys)


def test_an_ntfy_message_has_its_title_apart_and_opens_the_day() -> None:
    tree = rendered("ntfy")
    assert (tree["title"], tree["topic"]) == ("On this day, 25 February", "history")
    assert tree["click"] == "https://example.org/days/02-25/"
    assert tree["message"].startswith("Khrushchev denounces Stalin https://example.org/entries/")


def test_a_teams_card_is_of_text_runs() -> None:
    (attachment,) = rendered("teams")["attachments"]
    body = attachment["content"]["body"]
    assert body[0]["inlines"][0]["text"] == "On this day, 25 February"
    assert body[1]["inlines"][0] == {
        "type": "TextRun", "text": "Khrushchev denounces Stalin", "weight": "Bolder",
        "selectAction": {
            "type": "Action.OpenUrl", "url": "https://example.org/entries/secret-speech/",
        },
    }  # fmt: skip


@pytest.mark.parametrize("kind", sorted(set(SERVICES) - {"slack", "discord", "webhook"}))
def test_what_is_late_says_so_first_and_what_is_left_out_is_counted(kind: str) -> None:
    many = tuple(occasion(id=f"e{n}", summary="word " * 400) for n in range(200))
    text = json.dumps(rendered(kind, message(*many, late=True)), ensure_ascii=False)
    assert text.replace(A, "").count("Late: this is of 25 February 2026.") >= 1
    assert "more on 25 February" in text
    assert text.index("Late") < text.index("Khrushchev")
    assert "History Today" in text


@pytest.mark.parametrize("kind", sorted(set(SERVICES) - {"slack", "discord", "webhook"}))
def test_an_address_that_is_no_web_address_is_not_linked_to(kind: str) -> None:
    bad = (source(url="javascript:alert(1)"), source(url="https://e.org/" + "x" * 2000))
    text = json.dumps(rendered(kind, message(occasion(sources=bad))))
    assert "javascript" not in text
    assert "xxxx" not in text
