"""ntfy: a push message to a topic. It is sent as JSON to the server's root.

Why JSON, and not ntfy's headers: a header can have only ASCII letters. The text is plain, and ntfy
has no mentions. The title says since when and what. A tap opens the entry, or the day if there are
several. A picture is attached by its address; the text says what it shows, and whose it is.

`sequence_id` is made from the notice's id, so a message that is sent again replaces the first one
(ntfy 2.16; an older server shows both). Limits in bytes (docs/services.md): message 4096 (a longer
one becomes an attachment), title 1 KB, tags 512.
"""

import base64
import json
import re
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from onthisday.config import Channel
from onthisday.delivery.promises import Promise, text_under
from onthisday.delivery.replies import described, gone
from onthisday.delivery.reply_words import tree_of, words
from onthisday.delivery.request_reply import Reply, Request, Verdict
from onthisday.messages.budget_keys import by_host
from onthisday.messages.card import SHORT, Amount, Card, amount_of
from onthisday.messages.chat_service import ChatService, Form, Rate, Refusal, Use, with_plain_token
from onthisday.messages.cutting import fitted
from onthisday.messages.fitting import card_within
from onthisday.messages.line import plain
from onthisday.messages.lines import below_title, page_of, picture_of, shown_by, title_of
from onthisday.messages.message import (
    Message,
    address_of,
    digest_of,
    json_post,
    server_of,
    token_of,
)
from onthisday.messages.retracting import Retraction
from onthisday.messages.seen import picture

MOST, TITLE = 4096, 200
"""The longest text, in bytes; the longest title, in UTF-16 units (ntfy takes 1 KB)."""

_AMOUNT = SHORT._replace(sentences=1, units=300)

_QUIET = 2
"""The priority with which a phone makes no sound and does not vibrate."""

_TAGS = ["date"]
"""ntfy shows this tag before the title, as a small picture of a calendar."""


def render(message: Message, channel: Channel, now: datetime) -> Request:  # noqa: ARG001
    """Return the request that posts a message.

    If the message is sent again, it replaces the first one.
    """
    text, page = _text(message.anywhere, amount_of(channel, _AMOUNT))
    payload: dict[str, Any] = {
        "topic": channel.to,
        "title": fitted(title_of(message), TITLE),
        "message": text,
        "tags": _TAGS,
        "click": page,
        "sequence_id": digest_of(message),
    }
    shown = picture_of(message)
    if shown:
        payload["attach"] = shown.url
    if channel.silent:
        payload["priority"] = _QUIET
    body = json.dumps(payload, ensure_ascii=False).encode()
    request = json_post(channel, f"{server_of(channel)}/", body)
    return request._replace(headers=(*request.headers, *_login(channel)))


@lru_cache(64)
def _text(message: Message, amount: Amount) -> tuple[str, str]:
    """Return the text, and the address that a tap opens.

    They are the same for every topic, so they are made once.
    """
    card = card_within(message, amount, lambda card: len(_below(card).encode()) <= MOST)
    return _below(card), page_of(card)


def _below(card: Card) -> str:
    return plain((*below_title(card), *shown_by(card.message.locale, picture_of(card.message))))


def _login(channel: Channel) -> tuple[tuple[str, str], ...]:
    """Return the header that logs in, with a user's password or with an access token.

    A channel without a token has none.
    """
    token = token_of(channel)
    if not token:
        return ()
    if channel.user is None:
        return (("authorization", f"Bearer {token}"),)
    pair = base64.b64encode(f"{channel.user}:{token}".encode()).decode()
    return (("authorization", f"Basic {pair}"),)


def explain(verdict: Verdict, reply: Reply, now: datetime) -> Verdict:  # noqa: ARG001
    """Say what an error means.

    If we send too much, ntfy refuses and does not say how long to wait. It allows one more message
    every 5 seconds, and we always wait at least that long (delivery/retries.py).
    """
    tree = tree_of(reply)
    said, code = words(tree, "error"), tree.get("code")
    reason = REASONS.get(code) if isinstance(code, int) else None
    if reason is None and "code" in tree:
        reason = {401: _LOGIN, 403: _RIGHTS}.get(reply.status)
    return gone(verdict, reason, said) if reason else described(verdict, said)


_LOGIN = "the server does not take the login; put the right user and token in the config"
_RIGHTS = (
    "the login may not write to this topic; let it in the server's access list, "
    "or put another topic under to in the config"
)

REASONS = {
    40009: "the server does not take this topic's name; put another topic under to in the config",
    40010: "the server does not allow this topic's name; put another topic under to in the config",
    40101: _LOGIN,
    40301: _RIGHTS,
}
"""Errors that last until a person does something: what they mean, and what to do."""


def _accept(channel: Channel) -> Channel | Refusal:
    """Accept a channel, unless its URL contains a topic, or no header can have its token."""
    if channel.url and urlsplit(address_of(channel)).path not in {"", "/"}:
        return Refusal("url", "url names more than ntfy's server; put the topic under to")
    return channel if channel.user else with_plain_token(channel)


def _delete(channel: Channel, name: str, mark: str) -> Request:  # noqa: ARG001
    """Return the request that lets phones and browsers delete a message (ntfy 2.16)."""
    url = f"{server_of(channel)}/{channel.to}/{name}"
    return Request("DELETE", url, _login(channel), b"", channel.private_addresses)


def _is_deleted(reply: Reply) -> bool:
    return words(tree_of(reply), "event") == "message_delete"


def seen(tree: Any) -> str:
    """Return a message as a person sees it."""
    below = [picture(None)] if "attach" in tree else []
    return "\n".join([tree["title"], tree["message"], *below])


NTFY = ChatService(
    name="ntfy",
    render=render,
    promise=text_under("id"),
    explain=explain,
    seen=seen,
    uses=(
        Use("url", "the server, such as `https://ntfy.sh`"),
        Use("token", "an access token, or the password of `user`", needed=False),
        Use("to", "the topic"),
        Use("user", "whose password `token` is", needed=False),
    ),
    at_most=f"{MOST:,} bytes",
    repeat="replaces the first (ntfy 2.16 or later)",
    destination=Form(
        re.compile("[-_A-Za-z0-9]{1,64}"), "a topic: letters, digits, - and _, at most 64"
    ),
    accept=_accept,
    by_hand="on each phone",
    retraction=Retraction(
        named=lambda _, reply: tree_of(reply).get("sequence_id"),
        form=re.compile("[-_A-Za-z0-9]{1,64}"),
        place=lambda channel: f"{server_of(channel)} {channel.to}",
        delete=_delete,
        deleted=Promise("JSON with event: message_delete", _is_deleted),
        is_gone=lambda _: False,
    ),
    also=("language", "length", "silent"),
    rates=(Rate(by_host, every=5, burst=60),),
)
