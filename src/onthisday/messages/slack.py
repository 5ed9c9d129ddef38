"""Slack's incoming webhooks: a message is a list of blocks (Block Kit).

A short text goes with the blocks, for notifications.

The text of an entry is in plain text objects, or it is the label of a link. There Slack does not
read `*` or `_` as markup. `& < >` are escaped everywhere, so an entry makes no `<!channel>` and no
link (Slack, "Formatting text for app surfaces").

The limits are in docs/services.md. The JSON of a message has a limit too, because Slack refuses
JSON of about 13,000 characters (slackapi/bolt-js#2509).
"""

import json
from datetime import datetime
from functools import lru_cache
from typing import Any

from onthisday.config import Channel
from onthisday.dates.calendars import MonthDay
from onthisday.delivery.promises import body_of
from onthisday.delivery.request_reply import Request
from onthisday.messages.budget_keys import by_hook
from onthisday.messages.chat_service import ChatService, Rate, Use
from onthisday.messages.cutting import fitted, joined, units
from onthisday.messages.message import Message, address_of, disputes, json_post
from onthisday.messages.slack_errors import explain
from onthisday.views.view import OccasionView, SourceView
from onthisday.views.words import (
    SOURCES,
    WHERE_THEY_DIFFER,
    all_of,
    more_on,
    since_line,
    source_words,
)

Block = dict[str, Any]

ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})

_IN_URLS = str.maketrans(
    {"&": "&amp;", "<": "%3C", ">": "%3E", "|": "%7C", " ": "%20", '"': "%22", "`": "%60"}
)

BLOCKS, TOTAL, SECTION, HEADER = 50, 13_000, 3000, 150

_RESERVED = 1200
"""The part of TOTAL that is kept free for the link to the day and for the short text."""


def render(message: Message, channel: Channel, now: datetime) -> Request:  # noqa: ARG001
    """Return the request that posts a message."""
    return json_post(channel, address_of(channel), _payload(message.anywhere))


@lru_cache(64)
def _payload(message: Message) -> bytes:
    """Return the body. It is the same for every channel, so it is made once."""
    if message.text is not None:
        words = _plain(fitted(message.text, SECTION, ESCAPES))
        return _posted(message, [_header(message.title), {"type": "section", "text": words}])
    blocks = [_header(message.title), *map(_note, message.notes)]
    room = TOTAL - _RESERVED - _size(blocks)
    shown = 0
    for view in message.view.occasions:
        more = _occasion(view)
        room -= _size(more)
        if len(blocks) + len(more) >= BLOCKS or room < 0:
            break
        blocks += more
        shown += 1
    blocks.append(_footer(message, len(message.view.occasions) - shown))
    return _posted(message, blocks)


def _posted(message: Message, blocks: list[Block]) -> bytes:
    payload = {
        "text": _fallback(message),
        "blocks": blocks,
        "unfurl_links": False,
        "unfurl_media": False,
    }
    return _json(payload).encode()


def _json(tree: Any) -> str:
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":"))


def _size(tree: Any) -> int:
    return units(_json(tree))


def _fallback(message: Message) -> str:
    titles = message.text or "; ".join(view.title for view in message.view.occasions)
    return fitted(f"{message.title}: {titles}", 300, ESCAPES)


def _header(text: str) -> Block:
    return {"type": "header", "text": _plain(fitted(text, HEADER, ESCAPES))}


def _note(text: str) -> Block:
    return {"type": "context", "elements": [_plain(fitted(text, 300, ESCAPES))]}


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}


def _markup(text: str) -> Block:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _occasion(view: OccasionView) -> list[Block]:
    """Return the blocks of an occasion: its title, its text and its sources."""
    title = _markup(f"*{_link(view.url, fitted(view.title, 500, ESCAPES))}*")
    blocks: list[Block] = [
        {"type": "section", "text": title},
        {"type": "section", "text": _plain(_body(view))},
    ]
    if view.sources:
        blocks.append({"type": "context", "elements": _sources(view.sources)})
    return blocks


def _body(view: OccasionView) -> str:
    parts = [fitted(since_line(view), 400, ESCAPES)]
    if view.summary:
        parts.append(fitted(view.summary, 1400, ESCAPES))
    questions = [f"• {fitted(question, 600, ESCAPES)}" for question in disputes(view)]
    if questions:
        parts.append(f"{WHERE_THEY_DIFFER}:")
    return joined([*parts, *questions], "\n", SECTION)


def _sources(sources: tuple[SourceView, ...]) -> list[Block]:
    """Return the first six sources as the elements of one block, and "…" if there are more.

    With the heading these are eight elements at most. A block of Slack may have ten.
    """
    elements = [_plain(f"{SOURCES}:"), *map(_source, sources[:6])]
    return [*elements, _plain("…")] if len(sources) > 6 else elements


def _source(source: SourceView) -> Block:
    words = fitted(source_words(source), 150, ESCAPES)
    return _markup(_link(source.url, words)) if source.url else _plain(words)


def _footer(message: Message, more: int) -> Block:
    day = MonthDay(message.day.month, message.day.day)
    words = more_on(more, day) if more else all_of(message.day)
    return {"type": "context", "elements": [_markup(_link(message.url, words))]}


def _link(url: str, label: str) -> str:
    """Return a link. If the URL is too long for a block, return only the label."""
    address = url.translate(_IN_URLS)
    return f"<{address}|{label}>" if units(address) <= 300 else label


SLACK = ChatService(
    name="slack",
    render=render,
    promise=body_of(b"ok"),
    explain=explain,
    uses=(Use("url", "the incoming webhook"),),
    at_most=f"{TOTAL:,} characters",
    rates=(Rate(by_hook, every=1),),
)
