"""Discord's webhooks: a message has some lines of text, and a box ("embed") for each occasion.

`allowed_mentions` says that nobody is called. The text of an entry is escaped, so it makes no
markup, mention or link. The limits are in docs/services.md, in UTF-16 units.
"""

import json
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from onthisday.config import Channel
from onthisday.dates.calendars import MonthDay
from onthisday.delivery.promises import text_under
from onthisday.delivery.quotas import Quota, in_seconds
from onthisday.delivery.request_reply import Request
from onthisday.messages.budget_keys import by_our_address
from onthisday.messages.chat_service import ChatService, Rate, Use
from onthisday.messages.cutting import fitted, joined, units
from onthisday.messages.discord_errors import explain
from onthisday.messages.message import Message, address_of, disputes, json_post
from onthisday.views.view import OccasionView, SourceView
from onthisday.views.words import (
    SOURCES,
    WHERE_THEY_DIFFER,
    all_of,
    more_on,
    since_line,
    source_words,
)

ESCAPES = str.maketrans(
    {char: f"\\{char}" for char in "\\*_~`|[]()<>#-+:"} | {"@": "@\N{ZERO WIDTH SPACE}"}
)
"""A backslash before one of these characters takes away its special meaning.

A backslash does not stop `@everyone`. A space that nobody sees (zero width) behind the `@` stops
it.
"""

_IN_URLS = str.maketrans(
    {"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", " ": "%20", "\\": "%5C", "|": "%7C"}
)

CONTENT, EMBEDS, TITLE, DESCRIPTION, TOTAL = 2000, 10, 256, 4096, 6000


def render(message: Message, channel: Channel, now: datetime) -> Request:  # noqa: ARG001
    """Return the request that posts a message. Discord will answer when the message is posted."""
    return json_post(channel, _waiting(address_of(channel)), _payload(message.anywhere))


@lru_cache(64)
def _payload(message: Message) -> bytes:
    """Return the body. It is the same for every channel, so it is made once."""
    embeds: list[dict[str, Any]] = []
    room = TOTAL
    for view in message.view.occasions[:EMBEDS]:
        embed = _embed(view)
        room -= units(embed["title"]) + units(embed["description"])
        if room < 0:
            break
        embeds.append(embed)
    payload = {
        "content": _content(message, len(message.view.occasions) - len(embeds)),
        "embeds": embeds,
        "allowed_mentions": {"parse": []},
    }
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()


def _waiting(url: str) -> str:
    """Add ``wait=true`` to a URL, so that Discord answers only after the message is posted.

    The URL may have a query already, such as a thread's id.
    """
    parts = urlsplit(url)
    asked = [pair for pair in parts.query.split("&") if pair and not pair.startswith("wait=")]
    return parts._replace(query="&".join([*asked, "wait=true"])).geturl()


def _content(message: Message, more: int) -> str:
    title = f"**{message.title}**"
    if message.text is not None:
        return joined([title, fitted(message.text, 1800, ESCAPES)], "\n", CONTENT)
    words = more_on(more, MonthDay(message.day.month, message.day.day))
    link = _link(words if more else all_of(message.day), f"<{message.url.translate(_IN_URLS)}>")
    return joined([title, *message.notes, link], "\n", CONTENT)


def _embed(view: OccasionView) -> dict[str, Any]:
    embed: dict[str, Any] = {
        "title": fitted(view.title, TITLE, ESCAPES) or "…",
        "description": _description(view),
    }
    if units(view.url) <= 2000:
        embed["url"] = view.url
    if view.image and units(view.image.url) <= 2000:
        embed["image"] = {"url": view.image.url}
    return embed


def _description(view: OccasionView) -> str:
    """Return the text about an occasion, with as many whole lines as fit."""
    lines = [fitted(since_line(view), 400, ESCAPES)]
    if view.summary:
        lines.append(fitted(view.summary, 1500, ESCAPES))
    questions = [f"• {fitted(question, 700, ESCAPES)}" for question in disputes(view)]
    if questions:
        lines.append(f"**{WHERE_THEY_DIFFER}:**")
    sources = joined(map(_source, view.sources), "; ", 1200)
    if sources:
        questions.append(f"**{SOURCES}:** {sources}")
    return joined([*lines, *questions], "\n", DESCRIPTION)


def _source(source: SourceView) -> str:
    words = fitted(source_words(source), 200, ESCAPES)
    return _link(words, source.url.translate(_IN_URLS)) if source.url else words


def _link(label: str, address: str) -> str:
    return f"[{label}]({address})" if units(address) <= 500 else label


DISCORD = ChatService(
    name="discord",
    render=render,
    promise=text_under("id"),
    explain=explain,
    quota=Quota("x-ratelimit-remaining", "x-ratelimit-reset-after", in_seconds),
    uses=(Use("url", "the webhook"),),
    at_most=f"{TOTAL:,} characters",
    rates=(Rate(by_our_address, every=1 / 50),),
    shared=by_our_address,
)
