"""What an alert looks like in each service. Whatever it says, each service takes it."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from onthisday.messages.chat_services import SERVICES
from onthisday.messages.message import Message
from tests.delivery.channels import NOW, channel, message
from tests.delivery.fakes import instant
from tests.delivery.mail_servers import Email
from tests.delivery.services import (
    Bluesky,
    Mastodon,
    Matrix,
    Mattermost,
    Ntfy,
    Teams,
    Telegram,
    html,
)
from tests.delivery.sink import Answer, Received
from tests.delivery.test_targets_limits import NASTY, taken

TEXT = (
    'Channel "room" is switched off: the service answered 404 Not Found. '
    "Put it right, then run `onthisday channels test room`."
)
HOSTILE = ["".join(NASTY), *(f"{piece} " * (2000 // len(piece)) for piece in NASTY)]


def alert(text: str = TEXT) -> Message:
    whole = message(id="alert/1", kind="onthisday.alert", text=text[:2000])
    return whole._replace(view=whole.view._replace(occasions=()))


def rendered(kind: str, text: str = TEXT) -> Any:
    request = SERVICES[kind].render(alert(text), channel(kind), instant(NOW))
    return json.loads(request.body)


def plain(tree: Any) -> str:
    """Return all texts of a tree, without escapes and what nobody sees."""
    if isinstance(tree, str):
        return re.sub(r"\u200b|\\", "", tree) + "\n"
    inner = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return "".join(map(plain, inner))


@pytest.mark.parametrize("kind", SERVICES)
def test_each_service_says_that_something_is_wrong_and_what(kind: str) -> None:
    tree = rendered(kind)
    tree.pop("headers", None)  # those of a mail, which have addresses in angle brackets
    said = html(plain(tree)).text
    assert TEXT in said
    if kind != "webhook":
        assert "On this day: something is wrong" in said
    assert "All of 25 February" not in said


def test_a_webhook_has_the_text_beside_the_usual_keys() -> None:
    assert rendered("webhook") == {
        "type": "onthisday.alert",
        "timestamp": "2026-02-25T00:00:00Z",
        "data": {
            "channel": "room", "day": "2026-02-25", "zone": "UTC", "late": False,
            "occasions": [], "more": 0, "url": "https://example.org/days/02-25/", "text": TEXT,
        },
    }  # fmt: skip


TAKERS: dict[str, Callable[[], Callable[[Received], Answer | None]]] = {
    "telegram": Telegram, "matrix": Matrix, "mattermost": Mattermost, "mastodon": Mastodon,
    "bluesky": Bluesky, "ntfy": Ntfy, "teams": Teams, "email": Email,
}  # fmt: skip


@pytest.mark.parametrize("kind", TAKERS)
def test_each_service_takes_any_text(kind: str) -> None:
    for text in HOSTILE:
        body = taken(kind, TAKERS[kind](), alert(text))
        if kind == "telegram":
            assert not re.search(r"(?<!\w)@[^\W\d_]", json.loads(body)["text"])


@pytest.mark.parametrize("text", HOSTILE)
def test_slack_and_discord_stay_within_their_limits(text: str) -> None:
    _, section = rendered("slack", text)["blocks"]
    assert len(section["text"]["text"]) <= 3000
    assert section["text"]["type"] == "plain_text"
    assert "<!" not in section["text"]["text"]
    payload = rendered("discord", text)
    assert len(payload["content"].encode("utf-16-le", "surrogatepass")) // 2 <= 2000
    assert payload["allowed_mentions"] == {"parse": []}
