"""Telegram's bots: `sendMessage` sends a message as a text in Telegram's HTML.

`& < >` are escaped. Telegram makes links of `@name`, `#tag`, `$TAG` and `/command`, and nothing
else stops it than a space that nobody sees (zero width) behind the first sign. The questions on
which sources differ stand in a quotation that opens when it is tapped. A picture is shown above the
text, as the preview of its address: the caption of a photo may have 1,024 units only.

Limits: 4096 UTF-16 units without the markup (docs/services.md), and 32 KiB with it
(tdlib/telegram-bot-api, Client.cpp, "Text is too long").
"""

import json
import re
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from typing import Any
from urllib.parse import quote

from onthisday.config import Channel
from onthisday.delivery.promises import true_under
from onthisday.delivery.reply_words import inner, tree_of, words
from onthisday.delivery.request_reply import Reply, Request
from onthisday.messages.budget_keys import by_chat, by_token
from onthisday.messages.card import SHORT, Amount, Card, amount_of
from onthisday.messages.chat_service import (
    ChatService,
    Form,
    Rate,
    Use,
    with_plain_token,
)
from onthisday.messages.cutting import apart, units
from onthisday.messages.fitting import card_within
from onthisday.messages.line import Lines, Run, written
from onthisday.messages.lines import lines_of, picture_of
from onthisday.messages.message import Message, json_post, server_of, token_of
from onthisday.messages.retracting import Retraction
from onthisday.messages.seen import of_html, picture
from onthisday.messages.telegram_errors import explain

MOST, RAW = 4096, 30_000

_AMOUNT = SHORT._replace(answers=2)

_LIVE = re.compile(r"(?<![^\W_])(?:[@#/](?=\w{0,40}[^\W\d_])|\$(?=[A-Z]))")
"""A sign that makes a link of the word behind it."""

_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
"""The characters that must be escaped. Telegram knows only four named entities, such as `&amp;`.

Why not `html.escape`: it escapes more than is needed.
"""


def render(message: Message, channel: Channel, now: datetime) -> Request:  # noqa: ARG001
    """Return the request that posts a message. Its URL contains the token, so the URL is secret."""
    chat, _, topic = (channel.to or "").partition("/")
    payload = {
        "chat_id": chat,
        "text": _text(message.anywhere, amount_of(channel, _AMOUNT)),
        "parse_mode": "HTML",
        "link_preview_options": _preview(message),
        "disable_notification": channel.silent,
    }
    if topic:
        payload["message_thread_id"] = int(topic)
    return _asking(channel, "sendMessage", payload)


def _asking(channel: Channel, method: str, payload: dict[str, Any]) -> Request:
    url = f"{server_of(channel)}/bot{quote(token_of(channel), safe=':')}/{method}"
    return json_post(channel, url, json.dumps(payload, ensure_ascii=False).encode())


@lru_cache(64)
def _text(message: Message, amount: Amount) -> str:
    """Return the text. It is the same for every chat, so it is made once."""
    return _html(_laid_out(card_within(message, amount, _fits)))


def _preview(message: Message) -> dict[str, Any]:
    """Return which address is shown as a picture above the text: the first picture, or none."""
    found = picture_of(message)
    if found is None:
        return {"is_disabled": True}
    return {"url": found.url, "prefer_large_media": True, "show_above_text": True}


def status(reply: Reply) -> int:
    """Return the status that a reply stands for. Telegram may write an error's status in a 200."""
    tree, code = tree_of(reply), tree_of(reply).get("error_code")
    denied = reply.status < 300 and tree.get("ok") is False
    return code if denied and isinstance(code, int) and 300 <= code < 600 else reply.status


def _laid_out(card: Card) -> Lines:
    return lines_of(card, picture_of(card.message))


def _fits(card: Card) -> bool:
    lines = _laid_out(card)
    shown = written(lines, lambda run: apart(_LIVE, run.text))
    return units(shown) <= MOST and len(_html(lines).encode()) <= RAW


def _html(lines: Lines) -> str:
    """Write lines as HTML. Lines that stand together and tell differences are a quotation."""
    parts = []
    for is_quoted, group in groupby(lines, lambda line: line.kind == "differ"):
        text = written(tuple(group), _write)
        parts.append(f"<blockquote expandable>{text}</blockquote>" if is_quoted else text)
    return "\n".join(parts)


def _write(run: Run) -> str:
    text = apart(_LIVE, run.text).translate(_HTML)
    text = f'<a href="{run.url.translate(_HTML)}">{text}</a>' if run.url else text
    return f"<b>{text}</b>" if run.bold else text


def _named(channel: Channel, reply: Reply) -> str | None:  # noqa: ARG001
    number = inner(tree_of(reply), "result").get("message_id")
    is_number = isinstance(number, int) and 0 < number < 1 << 63
    return str(number) if is_number else None


def _delete(channel: Channel, name: str, mark: str) -> Request:  # noqa: ARG001
    """Return the request that deletes a message. Telegram takes it for 48 hours."""
    chat = (channel.to or "").partition("/")[0]
    return _asking(channel, "deleteMessage", {"chat_id": chat, "message_id": int(name)})


def _place(channel: Channel) -> str:
    """Return the chat and the bot, without the secret of its token."""
    chat, bot = (channel.to or "").partition("/")[0], token_of(channel).partition(":")[0]
    return f"{server_of(channel)} {bot} {chat}"


def _is_gone(reply: Reply) -> bool:
    tree = tree_of(reply)
    said = words(tree, "description").lower()
    return tree.get("ok") is False and "message to delete not found" in said


def seen(tree: Any) -> str:
    """Return a message as a person sees it. The quotation is shown open."""
    above = [] if tree["link_preview_options"].get("is_disabled") else [picture(None)]
    return "\n".join([*above, of_html(tree["text"])])


TELEGRAM = ChatService(
    name="telegram",
    render=render,
    promise=true_under("ok"),
    explain=explain,
    status=status,
    seen=seen,
    uses=(
        Use("token", "the bot's token"),
        Use("to", "the chat's id, in quotes, or `@channel`"),
    ),
    at_most=f"{MOST:,} UTF-16 units",
    server="https://api.telegram.org",
    by_hand="in the chat, as one of its administrators",
    retraction=Retraction(
        named=_named,
        form=re.compile(r"\d{1,19}", re.ASCII),
        place=_place,
        delete=_delete,
        deleted=true_under("ok"),
        is_gone=_is_gone,
    ),
    destination=Form(
        re.compile(r"(-?\d{1,19}|@\w{4,})(/\d{1,9})?", re.ASCII),
        'a chat\'s id, such as "-1001234567890", or @channel; with a topic "-1001234567890/42"',
    ),
    also=("language", "length", "silent"),
    accept=with_plain_token,
    token=Form(re.compile(r"\d+:\S+"), "none of a bot's; BotFather gives one: 123456:ABC…"),
    rates=(Rate(by_chat, every=1), Rate(by_token, every=1 / 30)),
    shared=by_token,
)
