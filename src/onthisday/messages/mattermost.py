"""Mattermost's incoming webhooks: a message is one text in Markdown.

The text of an entry is escaped, so it makes no markup. A space that nobody sees (zero width) is put
into words like `@all` and `:smile:`, so that they call nobody and make no emoji. Limit: 16,383
characters (docs/services.md). We count UTF-16 units: a text has at least as many units as
characters.
"""

import json
import re
from datetime import datetime
from functools import lru_cache
from typing import Any

from onthisday.config import Channel
from onthisday.delivery.promises import body_of
from onthisday.delivery.replies import described, gone
from onthisday.delivery.reply_words import tree_of, words
from onthisday.delivery.request_reply import Reply, Request, Verdict
from onthisday.messages.card import Amount, Card, amount_of
from onthisday.messages.chat_service import ChatService, Use
from onthisday.messages.cutting import apart, units
from onthisday.messages.fitting import card_within
from onthisday.messages.line import Run
from onthisday.messages.lines import lines_of, picture_of
from onthisday.messages.message import Message, address_of, json_post
from onthisday.messages.seen import of_markdown, picture

_APART = "\N{ZERO WIDTH SPACE}"

ESCAPES = str.maketrans({char: f"\\{char}" for char in "\\*_`|[]()<>+-!$&"})
"""A backslash before a character takes away its special meaning."""

_LIVE = re.compile(
    r"~|[@#](?=\w{0,40}[^\W\d_])|:(?=[\w+-]{1,40}:|[a-z]|//)|(?<=\bwww)\.", re.IGNORECASE
)
"""Signs that make a mention, a channel, a tag, an emoji or a link of the word behind them.

A backslash does not stop those. A space that nobody sees, put behind the sign, stops them.
"""

MOST = 16_383

_NEW = "make a new incoming webhook in Mattermost, and put its URL in the config"
_RIGHTS = f"the webhook may not post in its channel; ask an admin of Mattermost, or {_NEW}"

_HOOK = "web.incoming_webhook"

REASONS = {
    f"{_HOOK}.invalid.app_error": f"Mattermost does not know the webhook; {_NEW}",
    f"{_HOOK}.channel.app_error": f"the webhook's channel is not there any more; {_NEW}",
    f"{_HOOK}.channel_locked.app_error": _RIGHTS,
    f"{_HOOK}.permissions.app_error": _RIGHTS,
    f"{_HOOK}.user.app_error": f"the person who made the webhook is not there any more; {_NEW}",
    f"{_HOOK}.disabled.app_error": "incoming webhooks are switched off on this server; "
    "ask an admin of Mattermost to switch them on",
    "api.context.permissions.app_error": _RIGHTS,
    "api.post.create_post.can_not_post_to_deleted.error": "the channel is archived; unarchive it "
    "in Mattermost, or make a new incoming webhook for another channel",
    "api.post.create_post.town_square_read_only": "only admins may post in this channel; make a "
    "new incoming webhook for another channel",
}
"""Errors that last until a person does something: what they mean, and what to do."""


def render(message: Message, channel: Channel, now: datetime) -> Request:  # noqa: ARG001
    """Return the request that posts a message."""
    return json_post(channel, address_of(channel), _payload(message.anywhere, amount_of(channel)))


@lru_cache(64)
def _payload(message: Message, amount: Amount) -> bytes:
    """Return the body. It is the same for every channel, so it is made once."""
    card = card_within(message, amount, lambda card: units(_text(card)) <= MOST)
    payload: dict[str, Any] = {"text": _text(card)}
    shown = picture_of(message)
    if shown:
        payload["attachments"] = [{"fallback": "", "image_url": shown.url}]
    return json.dumps(payload, ensure_ascii=False).encode()


def explain(verdict: Verdict, reply: Reply, now: datetime) -> Verdict:  # noqa: ARG001
    """Say what an error means. Mattermost gives each error a name, whatever the status is."""
    tree = tree_of(reply)
    said = words(tree, "message")
    reason = REASONS.get(words(tree, "id"))
    if reason:
        return gone(verdict, reason, said)
    return described(verdict, said)


def _text(card: Card) -> str:
    """Return a card as Markdown. Two spaces before a line break tell Markdown to keep the break."""
    lines = lines_of(card, picture_of(card.message))
    return "  \n".join(_BEGINNING.sub(_harmless, "".join(map(_write, line.runs))) for line in lines)


_BEGINNING = re.compile(r"(?P<number>\A\d{1,9})\.|\A=+\Z|\A#{1,6}(?!\S)")
"""How a line begins a list (`1.`), or makes a heading: `===` of the line above, `# ` of itself."""


def _harmless(found: re.Match[str]) -> str:
    """Return the beginning of a line so that it makes no list and no heading.

    A backslash stops the list. Not every reader of Markdown knows a backslash before `=`. So before
    a heading it is a space that nobody sees (zero width).
    """
    number = found["number"]
    return f"{number}\\." if number else f"{_APART}{found[0]}"


def _write(run: Run) -> str:
    text = apart(_LIVE, run.text).translate(ESCAPES)
    text = f"**{text}**" if run.bold else text
    return f"[{text}]({run.url})" if run.url else text


def seen(tree: Any) -> str:
    """Return a message as a person sees it."""
    pictures = [picture(None) for _ in tree.get("attachments", ())]
    return "\n".join([of_markdown(tree["text"]), *pictures])


MATTERMOST = ChatService(
    name="mattermost",
    render=render,
    promise=body_of(b"ok"),
    explain=explain,
    seen=seen,
    by_hand="in Mattermost, as an admin of the team",
    uses=(Use("url", "the incoming webhook"),),
    at_most=f"{MOST:,} characters",
    also=("language", "length"),
)
