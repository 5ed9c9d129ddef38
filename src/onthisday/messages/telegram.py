"""Telegram's bots: `sendMessage` sends a message as a text in Telegram's HTML.

`& < >` are escaped. A space that nobody sees (zero width) is put behind each `@`, so that a name
after the `@` calls nobody. Limits: 4096 UTF-16 units without the markup (docs/services.md), and 32
KiB with it (tdlib/telegram-bot-api, Client.cpp, "Text is too long").
"""

import json
import re
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote

from onthisday.config import Channel
from onthisday.delivery.promises import true_under
from onthisday.delivery.reply_words import tree_of
from onthisday.delivery.request_reply import Reply, Request
from onthisday.messages.budget_keys import by_chat, by_token
from onthisday.messages.chat_service import ChatService, Form, Rate, Use, with_plain_token
from onthisday.messages.cutting import units
from onthisday.messages.message import Message, json_post, server_of, token_of
from onthisday.messages.parts import Line, Run, heading, lines_within, written
from onthisday.messages.telegram_errors import explain

MOST, RAW = 4096, 30_000

_APART = str.maketrans({"@": "@\N{ZERO WIDTH SPACE}"})

_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
"""The characters that must be escaped. Telegram knows only four named entities, such as `&amp;`.

Why not `html.escape`: it escapes more than is needed.
"""


def render(message: Message, channel: Channel, now: datetime) -> Request:  # noqa: ARG001
    """Return the request that posts a message. Its URL contains the token, so the URL is secret."""
    payload = {
        "chat_id": channel.to,
        "text": _text(message.anywhere),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    url = f"{server_of(channel)}/bot{quote(token_of(channel), safe=':')}/sendMessage"
    return json_post(channel, url, json.dumps(payload, ensure_ascii=False).encode())


@lru_cache(64)
def _text(message: Message) -> str:
    """Return the text. It is the same for every chat, so it is made once."""
    head = (heading(message),)
    lines = lines_within(message, lambda lines: _fits(head + lines))
    return written(head + lines, _write)


def status(reply: Reply) -> int:
    """Return the status that a reply stands for. Telegram may write an error's status in a 200."""
    tree, code = tree_of(reply), tree_of(reply).get("error_code")
    denied = reply.status < 300 and tree.get("ok") is False
    return code if denied and isinstance(code, int) and 300 <= code < 600 else reply.status


def _fits(lines: tuple[Line, ...]) -> bool:
    shown = written(lines, lambda run: run.text.translate(_APART))
    return units(shown) <= MOST and len(written(lines, _write).encode()) <= RAW


def _write(run: Run) -> str:
    text = run.text.translate(_APART).translate(_HTML)
    text = f'<a href="{run.url.translate(_HTML)}">{text}</a>' if run.url else text
    return f"<b>{text}</b>" if run.bold else text


TELEGRAM = ChatService(
    name="telegram",
    render=render,
    promise=true_under("ok"),
    explain=explain,
    status=status,
    uses=(
        Use("token", "the bot's token"),
        Use("to", "the chat's id, in quotes, or `@channel`"),
    ),
    at_most=f"{MOST:,} UTF-16 units",
    server="https://api.telegram.org",
    destination=Form(
        re.compile(r"-?\d{1,19}|@\w{4,}", re.ASCII),
        'a chat\'s id, such as "-1001234567890", or @channel',
    ),
    accept=with_plain_token,
    rates=(Rate(by_chat, every=1), Rate(by_token, every=1 / 30)),
    shared=by_token,
)
