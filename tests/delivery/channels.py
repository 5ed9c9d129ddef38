"""Messages and channels for the tests of chat services."""

import asyncio
from datetime import UTC, date, datetime
from typing import Any

from onthisday.adapters.http.http_sender import HttpSender
from onthisday.config import Channel
from onthisday.dates.edtf import parse
from onthisday.delivery.request_reply import Verdict
from onthisday.messages.message import Message
from onthisday.messages.uploading import Pictures, no_picture
from onthisday.schema.config_schema import parse_config
from onthisday.service.sending.posting import Posting
from onthisday.service.sending.preparing import prepare, send
from onthisday.views.view import AccountView, AnswerView, DayView, OccasionView, SourceView
from tests.delivery.fakes import SetClock
from tests.delivery.services import ROOM, TOKEN

NOW = "2026-02-25T09:00"

KEYS: dict[str, dict[str, str]] = {
    "slack": {"url": "https://hooks.slack.example/services/s3cret-t0ken"},
    "discord": {"url": "https://discord.example/api/webhooks/1/s3cret-t0ken"},
    "webhook": {"url": "https://receiver.example/s3cret-t0ken"},
    "teams": {"url": "https://hooks.example/1"},
    "mattermost": {"url": "https://chat.example/hooks/abcdefgh"},
    "matrix": {"url": "https://matrix.example", "token": TOKEN, "to": ROOM},
    "telegram": {"url": "https://api.telegram.org", "token": TOKEN, "to": "-100123"},
    "ntfy": {"url": "https://ntfy.example", "to": "history"},
    "mastodon": {"url": "https://social.example", "token": TOKEN},
    "bluesky": {"url": "https://bsky.social", "token": TOKEN, "user": "me.bsky.social"},
    "email": {
        "url": "smtps://mail.example.org/", "user": "history", "token": TOKEN,
        "from": "history@example.org", "to": "list@lists.example.org",
    },
    "apprise": {"url": "json://user:s3cret-t0ken@localhost/path"},
}  # fmt: skip
"""The keys that a channel of each type needs."""


def channel(kind: str, **keys: Any) -> Channel:
    """Return a channel as it is when the config was read."""
    tree = {"name": "room", "type": kind, "private_addresses": True, **KEYS[kind], **keys}
    config, errors, _ = parse_config({"channels": [tree]}, {}, sending=True)
    assert config is not None, errors
    return config.channels[0]


def source(**keys: Any) -> SourceView:
    whole = SourceView(
        "history-today", "Stalin Denounced", None, "History Today", parse("2006-02"),
        "https://example.org/source?a=1&b=2", None, "58", "stated", (),
    )  # fmt: skip
    return whole._replace(**keys)


def occasion(**keys: Any) -> OccasionView:
    answers = (
        AnswerView("1,400", "stated", None, "fakti", "Fakti", None, ()),
        AnswerView("1,500", "rumoured", None, "history-today", "History Today", None, ()),
    )
    whole = OccasionView(
        id="secret-speech", occasion="tag:example.org,2026:secret-speech/2026",
        date=parse("1956-02-25"), as_written=None, observed=None, years=70,
        milestone=True, kind="event", title="Khrushchev denounces Stalin",
        summary="In a closed session he speaks of a cult.", place="Moscow", tags=(),
        tone="solemn", image=None, url="https://example.org/entries/secret-speech/",
        sources=(source(),),
        accounts=(AccountView("How many delegates listened?", answers),),
    )  # fmt: skip
    return whole._replace(**keys)


def message(*occasions: OccasionView, **keys: Any) -> Message:
    whole = Message(
        "room/2026-02-25", "example.org,2026", "onthisday.day", "room",
        DayView(date(2026, 2, 25), "UTC", occasions or (occasion(),), None),
        datetime(2026, 2, 25, tzinfo=UTC), "https://example.org/days/02-25/",
    )  # fmt: skip
    return whole._replace(**keys)


def sent(
    to: Channel, what: Message | None = None, now: str = NOW, pictures: Pictures = no_picture
) -> Verdict:
    """Send a message through the real sender, as a delivery does; return what came of it."""

    async def whole() -> Verdict:
        clock = SetClock(now)
        async with HttpSender() as sender:
            posting = Posting(sender, clock, clock.pace)
            ready = await prepare(posting, to, what or message(), pictures)
            return await send(posting, to, ready)

    return asyncio.run(whole())
