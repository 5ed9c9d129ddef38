"""Mattermost's incoming webhooks: a message is one text in Markdown.

The text of an entry is escaped, so it makes no markup. A space that nobody sees (zero width) is put
into words like `@all` and `:smile:`, so that they call nobody and make no emoji. Limit: 16,383
characters (docs/services.md). We count UTF-16 units: a text has at least as many units as
characters.
"""

import json
from datetime import datetime
from functools import lru_cache

from onthisday.config import Channel
from onthisday.delivery.promises import body_of
from onthisday.delivery.replies import described, gone
from onthisday.delivery.reply_words import tree_of, words
from onthisday.delivery.request_reply import Reply, Request, Verdict
from onthisday.messages.chat_service import ChatService, Use
from onthisday.messages.cutting import units
from onthisday.messages.message import Message, address_of, json_post
from onthisday.messages.parts import Line, Run, heading, lines_within

_APART = "\N{ZERO WIDTH SPACE}"

ESCAPES = str.maketrans(
    {char: f"\\{char}" for char in "\\*_`|[]()<>+-!$&"}
    | {char: f"{char}{_APART}" for char in "@:~#"}
)
"""A backslash before a character of the first group takes away its special meaning.

A backslash does not stop mentions, emoji, `~channels` and `#tags`. A space that nobody sees, put
behind `@`, `:`, `~` or `#`, stops them.
"""

MOST = 16_383

_GONE = frozenset(
    f"web.incoming_webhook.{what}.app_error"
    for what in ("invalid", "channel", "channel_locked", "permissions", "user")
)
"""Mattermost's errors if the webhook or its channel is not there, or may not be used."""


def render(message: Message, channel: Channel, now: datetime) -> Request:  # noqa: ARG001
    """Return the request that posts a message."""
    return json_post(channel, address_of(channel), _payload(message.anywhere))


@lru_cache(64)
def _payload(message: Message) -> bytes:
    """Return the body. It is the same for every channel, so it is made once."""
    head = (heading(message),)
    lines = lines_within(message, lambda lines: units(_text(head + lines)) <= MOST)
    return json.dumps({"text": _text(head + lines)}, ensure_ascii=False).encode()


def explain(verdict: Verdict, reply: Reply, now: datetime) -> Verdict:  # noqa: ARG001
    """Say what an error means. Mattermost gives each error a name, whatever the status is."""
    tree = tree_of(reply)
    said = words(tree, "message")
    if words(tree, "id") in _GONE:
        return gone(verdict, said or verdict.detail)
    return described(verdict, said)


def _text(lines: tuple[Line, ...]) -> str:
    """Return lines as Markdown. Two spaces before a line break tell Markdown to keep the break."""
    return "  \n".join(_start(line) + "".join(map(_write, line)) for line in lines)


def _start(line: Line) -> str:
    """Return a space that nobody sees (zero width), to put before a line.

    Then an entry that begins with `1.` or `===` makes no list and no heading. A bold line gets no
    space: `**` after this space would not make bold (CommonMark, "left-flanking").
    """
    return _APART if line and not line[0].bold else ""


def _write(run: Run) -> str:
    text = run.text.translate(ESCAPES)
    text = f"**{text}**" if run.bold else text
    return f"[{text}]({run.url})" if run.url else text


MATTERMOST = ChatService(
    name="mattermost",
    render=render,
    promise=body_of(b"ok"),
    explain=explain,
    uses=(Use("url", "the incoming webhook"),),
    at_most=f"{MOST:,} characters",
)
