"""Mastodon: a message becomes a post ("status"). The account's settings say who can see it.

The text is plain, but Mastodon gives a meaning to `@name`, `#tag`, `:emoji:` and web addresses. If
an entry has them, a space that nobody sees (zero width) is put into them. So an entry calls nobody
and makes no link.

`Idempotency-Key` is made from the notice's id. If a message is sent again within an hour, the
server drops it. Limit: 500 characters, where a link counts as 23 (docs/services.md). We count
UTF-16 units: a text has at least as many units as characters.
"""

import json
import re
from datetime import datetime
from functools import lru_cache
from urllib.parse import urlsplit

from onthisday.config import Channel
from onthisday.delivery.promises import text_under
from onthisday.delivery.quotas import Quota, at_moment
from onthisday.delivery.replies import described, gone
from onthisday.delivery.reply_words import tree_of, words
from onthisday.delivery.request_reply import Reply, Request, Verdict
from onthisday.messages.chat_service import ChatService, Use, with_plain_token
from onthisday.messages.cutting import units
from onthisday.messages.message import Message, digest_of, json_post, server_of, token_of
from onthisday.messages.parts import Line, heading, lines_within, plain

MOST, LINK = 500, 23

_APART = str.maketrans({char: f"{char}\N{ZERO WIDTH SPACE}" for char in "@＠#＃:"})

_KNOWN = re.compile(r"([a-z0-9-]+\.)+([a-z]{2}|com|org|net|edu|gov|info|museum)", re.IGNORECASE)
"""Hosts that Mastodon surely takes for hosts.

An address with another host may not count as a link, so we count all its characters.
"""


def render(message: Message, channel: Channel, now: datetime) -> Request:  # noqa: ARG001
    """Return the request that posts a message.

    If the message is sent again, the server drops it.
    """
    language = channel.language.partition("-")[0].lower()
    body = json.dumps({"status": _text(message.anywhere), "language": language}, ensure_ascii=False)
    request = json_post(channel, f"{server_of(channel)}/api/v1/statuses", body.encode())
    login = ("authorization", f"Bearer {token_of(channel)}")
    once = ("idempotency-key", digest_of(message))
    return request._replace(headers=(*request.headers, login, once))


@lru_cache(64)
def _text(message: Message) -> str:
    """Return the text. It is the same for every account, so it is made once."""
    head = (heading(message),)
    lines = head + lines_within(message, lambda lines: _size(head + lines) <= MOST)
    return plain(lines, _APART)


_UNKNOWN = (
    "the instance does not take the token; "
    "make a new one with write:statuses, and put it in the config"
)

REASONS = (
    (
        "scope",
        "the token may not post; make a new one with write:statuses, and put it in the config",
    ),
    ("disabled|suspended|frozen", "the account is closed or blocked; ask the instance's admin"),
    ("confirm", "the account's e-mail address is not confirmed; confirm it at the instance"),
    ("pending", "the account waits for approval; ask the instance's admin"),
)
"""Words of an error with status 401 or 403: what they mean, and what to do."""

_REFUSED = "the account may not post; log in at the instance and see why"


def explain(verdict: Verdict, reply: Reply, now: datetime) -> Verdict:  # noqa: ARG001
    """Say what an error means.

    401 and 403 switch the channel off, if Mastodon itself sent them (and not a proxy).
    """
    tree = tree_of(reply)
    said = words(tree, "error")
    if reply.status not in {401, 403} or "error" not in tree:
        return described(verdict, said)
    otherwise = _UNKNOWN if reply.status == 401 else _REFUSED
    found = (reason for pattern, reason in REASONS if re.search(pattern, said, re.IGNORECASE))
    return gone(verdict, next(found, otherwise), said)


def _size(lines: tuple[Line, ...]) -> int:
    """Return the length of a status as Mastodon counts it, or a higher number."""
    without = sum(units(run.url) - _counted(run.url) for line in lines for run in line if run.url)
    return units(plain(lines, _APART)) - without


def _counted(url: str) -> int:
    host = urlsplit(url).hostname or ""
    return LINK if _KNOWN.fullmatch(host) else max(LINK, units(url))


MASTODON = ChatService(
    name="mastodon",
    render=render,
    promise=text_under("id"),
    explain=explain,
    quota=Quota("x-ratelimit-remaining", "x-ratelimit-reset", at_moment),
    uses=(
        Use("url", "the instance"),
        Use("token", "an access token with `write:statuses`"),
    ),
    also=("language",),
    at_most=f"{MOST} characters, a link as {LINK}",
    repeat="dropped by the server, for an hour",
    accept=with_plain_token,
)
