"""Discord's webhooks: a message has a line of text, and a box ("embed") below it.

`allowed_mentions` says that nobody is called. The text of an entry is escaped, so it makes no
markup, mention or link. With `to: forum`, each message begins a thread of a forum, because a
webhook of a forum takes no other messages. The limits are in docs/services.md, in UTF-16 units.
"""

import json
import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from onthisday.config import Channel
from onthisday.delivery.promises import status_of, text_under
from onthisday.delivery.quotas import Quota, in_seconds
from onthisday.delivery.reply_words import tree_of
from onthisday.delivery.request_reply import Reply, Request
from onthisday.messages.budget_keys import by_our_address
from onthisday.messages.card import Amount, Card, amount_of
from onthisday.messages.chat_service import ChatService, Form, Rate, Use
from onthisday.messages.cutting import fitted, units
from onthisday.messages.discord_errors import explain
from onthisday.messages.fitting import card_within
from onthisday.messages.line import Line, Run, written
from onthisday.messages.lines import lines_of, picture_of, title_of
from onthisday.messages.message import Message, address_of, json_post
from onthisday.messages.retracting import Retraction
from onthisday.messages.seen import boxed, of_markdown, picture

ESCAPES = str.maketrans({char: f"\\{char}" for char in "\\*_~`|[]()<>#-+:"})
"""A backslash before one of these characters takes away its special meaning."""

CONTENT, TITLE, DESCRIPTION, TOTAL = 2000, 256, 4096, 6000

_SILENT = 1 << 12
"""The flag SUPPRESS_NOTIFICATIONS: the message makes no sound."""


def render(message: Message, channel: Channel, now: datetime) -> Request:  # noqa: ARG001
    """Return the request that posts a message. Discord will answer when the message is posted."""
    body = _payload(
        message.anywhere, amount_of(channel), silent=channel.silent, forum=channel.to == "forum"
    )
    return json_post(channel, _waiting(address_of(channel)), body)


@lru_cache(64)
def _payload(message: Message, amount: Amount, *, silent: bool, forum: bool) -> bytes:
    """Return the body. It is the same for every channel, so it is made once."""
    tree = _tree(card_within(message, amount, _fits))
    if silent:
        tree["flags"] = _SILENT
    if forum:
        tree["thread_name"] = fitted(title_of(message), 100)
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode()


def _fits(card: Card) -> bool:
    tree = _tree(card)
    title, below = (units(_embed_of(tree).get(key, "")) for key in ("title", "description"))
    is_small = title <= TITLE and below <= DESCRIPTION and title + below <= TOTAL
    return is_small and units(tree["content"]) <= CONTENT


def _embed_of(tree: dict[str, Any]) -> dict[str, Any]:
    return tree["embeds"][0] if tree["embeds"] else {}


def _tree(card: Card) -> dict[str, Any]:
    """Return the body: why today is the text, the rest is an embed."""
    picture = picture_of(card.message)
    lines = lines_of(card, picture)
    above = {"note", "head"} if card.alert is None else {"head", "text"}
    embed = _embed([line for line in lines if line.kind not in above], has_title=bool(card.only))
    if picture:
        embed["image"] = {"url": picture.url}
    return {
        "content": _written([line for line in lines if line.kind in above]),
        "embeds": [embed] if embed else [],
        "allowed_mentions": {"parse": []},
    }


def _embed(lines: list[Line], *, has_title: bool) -> dict[str, Any]:
    """Return the box. The title of a message about one entry is the title of the box."""
    embed: dict[str, Any] = {}
    if has_title:
        (title,) = (line.runs[0] for line in lines if line.kind == "title")
        lines = [line for line in lines if line.kind != "title"]
        embed["title"] = title.text.translate(ESCAPES)
        if title.url:
            embed["url"] = title.url
    return embed | ({"description": _written(lines)} if lines else {})


def _written(lines: Sequence[Line]) -> str:
    return written(tuple(lines), _write)


def _write(run: Run) -> str:
    text = run.text.translate(ESCAPES)
    text = f"**{text}**" if run.bold else text
    return f"[{text}]({run.url})" if run.url else text


def _waiting(url: str) -> str:
    """Add ``wait=true`` to a URL, so that Discord answers only after the message is posted.

    The URL may have a query already, such as a thread's id.
    """
    parts = urlsplit(url)
    asked = [pair for pair in parts.query.split("&") if pair and not pair.startswith("wait=")]
    return parts._replace(query="&".join([*asked, "wait=true"])).geturl()


def _delete(channel: Channel, name: str, mark: str) -> Request:  # noqa: ARG001
    """Return the request that deletes a message. It names the thread, if the message is in one.

    In a forum, the thread has the id of its first message.
    """
    parts = urlsplit(address_of(channel))
    thread = name if channel.to == "forum" else _thread_of(channel)
    url = parts._replace(
        path=f"{parts.path.rstrip('/')}/messages/{name}",
        query=f"thread_id={quote(thread)}" if thread else "",
    ).geturl()
    return Request("DELETE", url, (), b"", channel.private_addresses)


def _thread_of(channel: Channel) -> str:
    return parse_qs(urlsplit(address_of(channel)).query).get("thread_id", [""])[0]


def _place(channel: Channel) -> str:
    """Return the webhook without its token, and the thread."""
    parts = urlsplit(address_of(channel))
    webhook = parts.path.rstrip("/").rpartition("/")[0]
    return f"{parts.netloc}{webhook} {_thread_of(channel)}"


def _is_gone(reply: Reply) -> bool:
    """Return True if a reply says that there is no such message, or not even its thread."""
    return reply.status == 404 and tree_of(reply).get("code") in {10003, 10008}


def _stays(channel: Channel) -> str | None:
    if channel.to != "forum":
        return None
    return "its thread stays in the forum, with the title; delete the thread in Discord"


def seen(tree: Any) -> str:
    """Return a message as a person sees it: the text, and the box below it."""
    embed = _embed_of(tree)
    parts = [of_markdown(embed[key]) for key in ("title", "description") if key in embed]
    parts += [picture(None)] if "image" in embed else []
    return "\n".join(filter(None, (of_markdown(tree["content"]), boxed("\n".join(parts)))))


DISCORD = ChatService(
    name="discord",
    render=render,
    promise=text_under("id"),
    explain=explain,
    quota=Quota("x-ratelimit-remaining", "x-ratelimit-reset-after", in_seconds),
    seen=seen,
    uses=(
        Use("url", "the webhook"),
        Use("to", "`forum`, if the webhook is of a forum", needed=False),
    ),
    destination=Form(re.compile("forum"), '"forum", or nothing: the webhook names the room'),
    also=("language", "length", "silent"),
    at_most=f"{TOTAL:,} characters",
    by_hand="in Discord, as somebody who may manage messages",
    retraction=Retraction(
        named=lambda _, reply: tree_of(reply).get("id"),
        form=re.compile(r"\d{1,20}", re.ASCII),
        place=_place,
        delete=_delete,
        deleted=status_of(204, "ok"),
        is_gone=_is_gone,
        stays=_stays,
    ),
    rates=(Rate(by_our_address, every=1 / 50),),
    shared=by_our_address,
)
