"""One correction, followed to its readers: in Slack, on Mastodon, in a webhook and in the feed."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import feedparser
import pytest

from tests.delivery.almanacs import entry_tree, run, write_almanac, write_channels
from tests.delivery.hooks import Slack, Webhook
from tests.delivery.services import TOKEN, Mastodon, Service, serving

pytestmark = pytest.mark.program

WRONG = entry_tree("speech", title="A speech", summary="1,600 people heard it.")
RIGHT = WRONG | {
    "summary": "1,430 people heard it.",
    "corrections": [
        {"on": "2026-03-02", "was": "1,600 people", "now": "1,430 people", "why": "a slip"}
    ],
}
DAY, LATER = "2026-02-25T09:00Z", "2026-03-02T12:00Z"


@pytest.fixture
def told(tmp_path: Path) -> Iterator[dict[str, Service]]:
    """Services that were told of an entry with a mistake, which is then corrected."""
    with ExitStack() as stack:
        answers: dict[str, Any] = {"slack": Slack(), "mastodon": Mastodon(), "webhook": Webhook()}
        services = {kind: stack.enter_context(serving(how)) for kind, how in answers.items()}
        channels = [
            {"name": kind, "type": kind, "url": service.url, "private_addresses": True}
            | ({"token": TOKEN} if kind == "mastodon" else {})
            for kind, service in services.items()
        ]
        write_almanac(tmp_path, WRONG)
        write_channels(tmp_path, *channels)
        tick(tmp_path, DAY)
        feed(tmp_path, "before", DAY)
        write_almanac(tmp_path, RIGHT)
        tick(tmp_path, LATER)
        tick(tmp_path, LATER)
        feed(tmp_path, "after", LATER)
        yield services


def tick(folder: Path, now: str) -> None:
    done = run(folder, "tick", "--now", now)
    assert done.returncode == 0, done.stderr


def feed(folder: Path, name: str, now: str) -> None:
    done = run(folder, "build", name, "--now", now)
    assert done.returncode == 0, done.stderr


def posts(service: Service) -> list[dict[str, Any]]:
    return [json.loads(each.body) for each in service.received if each.body]


def test_slack_shows_what_was_said_and_what_is_said_now(told: dict[str, Service]) -> None:
    first, second = posts(told["slack"])
    assert "1,600 people heard it." in json.dumps(first)
    assert second["text"] == "Correction: A speech"
    shown = json.dumps(second["blocks"])
    for words in ("It said: 1,600 people", "It says now: 1,430 people", "Why: a slip"):
        assert words in shown
    assert "https://example.org/entries/speech/#2026" in shown


def test_mastodon_gets_a_second_status(told: dict[str, Service]) -> None:
    first, second = (post["status"] for post in posts(told["mastodon"]))
    assert "1,600 people heard it." in first
    assert second.splitlines()[:5] == [
        "Correction",
        "A speech",
        "It said: 1,600 people",
        "It says now: 1,430 people",
        "Why: a slip",
    ]


def test_a_webhook_gets_the_correction_with_the_corrected_occasion(
    told: dict[str, Service],
) -> None:
    first, second = posts(told["webhook"])
    assert (first["type"], second["type"]) == ("onthisday.day", "onthisday.correction")
    assert second["data"]["corrections"] == RIGHT["corrections"]
    (occasion,) = second["data"]["occasions"]
    assert occasion["occasion"] == first["data"]["occasions"][0]["occasion"]
    assert occasion["summary"] == "1,430 people heard it."
    ids = {each.headers["webhook-id"] for each in told["webhook"].received}
    assert len(ids) == 2


@pytest.mark.usefixtures("told")
def test_the_item_of_the_feed_is_the_same_updated_and_says_it(tmp_path: Path) -> None:
    def item(name: str) -> Any:
        found = feedparser.parse((tmp_path / name / "feed.atom").read_bytes())
        assert not found.bozo
        return next(each for each in found.entries if "speech" in each.id)

    before, after = item("before"), item("after")
    assert (before.id, before.link, before.published) == (after.id, after.link, after.published)
    assert before.updated.startswith("2026-02-25")
    assert after.updated.startswith("2026-03-02")
    assert "1,600 people" in before.content[0].value
    said = after.content[0].value
    assert "1,430 people heard it." in said
    assert "1,600 people" in said
    assert "a slip" in said
