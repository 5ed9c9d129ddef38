"""A post is labelled with the language of the texts of its entries, and never with another one."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from onthisday.delivery.notice import Notice
from onthisday.messages.chat_services import SERVICES
from onthisday.messages.message import Message
from onthisday.service.sending.composing import Composer
from tests.core.almanacs import entry, opened
from tests.delivery.channels import channel
from tests.delivery.fakes import instant

DAY = date(2026, 2, 25)
ITALIAN = {"it": {"title": "Un titolo"}}


def message(folder: Path, language: str, **languages: dict[str, Any]) -> Message:
    """Return the message of a day in a language. The entries have these translations."""
    trees = [entry(name, "1956-02-25", languages=each) for name, each in languages.items()]
    almanac = opened(folder, *trees)
    composer = Composer(almanac.site, almanac.library, language=language)
    found = composer.compose(Notice("room", DAY, "UTC", tuple(languages)))
    assert found is not None
    return found


def labels(kind: str, told: Message, language: str) -> Any:
    request = SERVICES[kind].render(
        told, channel(kind, language=language), instant("2026-02-25T09:00")
    )
    tree = json.loads(request.body)
    return tree.get("language") if kind == "mastodon" else tree["record"]["langs"]


@pytest.mark.parametrize(
    ("translations", "mastodon", "bluesky"),
    [
        ({"a": ITALIAN}, "it", ["it"]),
        ({"a": {}}, "en", ["en"]),
        ({"a": ITALIAN, "b": {}}, None, ["it", "en"]),
    ],
)
def test_a_post_has_the_language_of_its_entries(
    tmp_path: Path, translations: dict[str, Any], mastodon: str | None, bluesky: list[str]
) -> None:
    told = message(tmp_path, "it", **translations)
    assert labels("mastodon", told, "it") == mastodon
    assert labels("bluesky", told, "it") == bluesky


def test_a_message_has_the_words_of_its_channel_and_the_texts_that_are_there(
    tmp_path: Path,
) -> None:
    told = message(tmp_path, "de", a=ITALIAN)
    seen = (
        SERVICES["slack"].render(told, channel("slack"), instant("2026-02-25T09:00")).body.decode()
    )
    assert "Heute vor 70 Jahren" in seen
    assert "What a tells" in seen
