"""More test servers of chat services: those with webhooks, and Apprise. See services.py."""

import json
import re
from typing import Any
from urllib.parse import SplitResult, urlsplit

from tests.delivery.services import json_answer
from tests.delivery.sink import Answer, Received


class Slack:
    """Slack's incoming webhook."""

    def __call__(self, received: Received) -> Answer:
        text = received.body.decode()
        blocks = json.loads(text)["blocks"]
        if len(text.encode("utf-16-le")) // 2 > 13_000 or not 1 <= len(blocks) <= 50:
            return Answer(400, (), b"invalid_blocks")
        if any(not 1 <= len(each) <= 3000 for each in _texts(blocks)):
            return Answer(400, (), b"invalid_blocks")
        return Answer()


def _texts(tree: Any) -> list[str]:
    """Return the texts of all text objects in Slack's blocks."""
    if isinstance(tree, dict):
        own = [tree["text"]] if tree.get("type") in {"plain_text", "mrkdwn"} else []
        return own + [text for value in tree.values() for text in _texts(value)]
    return [text for item in tree for text in _texts(item)] if isinstance(tree, list) else []


class Discord:
    """Discord's webhook. It answers when the message is posted (`?wait=true`).

    In a forum (a message has a `thread_name`), a message is found by its thread alone.
    """

    def __init__(self) -> None:
        self.shown: dict[str, Any] = {}
        self.posted = 0

    def __call__(self, received: Received) -> Answer:
        if received.method == "DELETE":
            return self._deleted(urlsplit(received.path))
        tree = json.loads(received.body)
        assert received.path.endswith("wait=true")
        assert tree["allowed_mentions"] == {"parse": []}
        shown = [
            (embed.get("title", "…"), embed.get("description", "…")) for embed in tree["embeds"]
        ]
        sizes = [(_units(title), _units(text)) for title, text in shown]
        good = 1 <= _units(tree["content"]) <= 2000 and len(sizes) <= 10
        good = good and all(1 <= title <= 256 and 1 <= text <= 4096 for title, text in sizes)
        if not good or sum(map(sum, sizes)) > 6000:
            return json_answer({"code": 50035, "message": "Invalid Form Body"}, 400)
        self.posted += 1
        self.shown[str(self.posted)] = tree
        return json_answer({"id": str(self.posted)})

    def _deleted(self, parts: SplitResult) -> Answer:
        number = parts.path.rpartition("/messages/")[2]
        in_thread = "thread_name" in self.shown.get(number, {})
        if number not in self.shown or in_thread != (parts.query == f"thread_id={number}"):
            return json_answer({"code": 10008, "message": "Unknown Message"}, 404)
        del self.shown[number]
        return Answer(204, (), b"")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


class Webhook:
    """A receiver of the webhook. It checks the id's form, and that the body is JSON under 20 KB."""

    def __call__(self, received: Received) -> Answer:
        assert re.fullmatch("msg_[0-9a-f]{32}", received.headers["webhook-id"])
        json.loads(received.body)
        return Answer(204 if len(received.body) < 20_000 else 413, (), b"")


class Apprise:
    """The library Apprise, as if it were a server."""

    def __call__(self, received: Received) -> Answer:
        tree = json.loads(received.body)
        return Answer(200 if tree["title"] and 1 <= _units(tree["body"]) <= 2000 else 400)
