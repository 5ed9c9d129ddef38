"""Mastodon: a status, with the account's own visibility.

The text is plain, but `@name`, `#tag`, `:emoji:` and addresses in it mean something: an empty space
parts them, so that an entry mentions and links to nobody. `Idempotency-Key` is the notice's: the
server drops a repeat within the hour. Limit: 500 characters, of which an address takes 23
(notes/delivery.md), counted here in UTF-16 units, which are never fewer.
"""

import json
import re
from datetime import datetime
from functools import lru_cache
from urllib.parse import urlsplit

from onthisday.config import Channel
from onthisday.delivery.replies import gone, tree_of, until, verdict_of, waiting, words
from onthisday.delivery.request_reply import Reply, Request, Verdict
from onthisday.messages.chat_service import ChatService, Use, with_plain_token
from onthisday.messages.cutting import units
from onthisday.messages.message import Message, digest_of, json_post, server_of, token_of
from onthisday.messages.parts import Line, heading, lines_within, plain

MOST, LINK = 500, 23

_APART = str.maketrans({char: f"{char}\N{ZERO WIDTH SPACE}" for char in "@＠#＃:"})

_KNOWN = re.compile(r"([a-z0-9-]+\.)+([a-z]{2}|com|org|net|edu|gov|info|museum)", re.IGNORECASE)
"""Hosts that Mastodon surely takes for hosts; an address with another is counted whole."""


def render(message: Message, channel: Channel, now: datetime) -> Request:  # noqa: ARG001
    """Return the request that posts a message, once."""
    language = channel.language.partition("-")[0].lower()
    body = json.dumps({"status": _text(message.anywhere), "language": language}, ensure_ascii=False)
    request = json_post(channel, f"{server_of(channel)}/api/v1/statuses", body.encode())
    login = ("authorization", f"Bearer {token_of(channel)}")
    once = ("idempotency-key", digest_of(message))
    return request._replace(headers=(*request.headers, login, once))


@lru_cache(64)
def _text(message: Message) -> str:
    """Return the text, which is the same for every account."""
    head = (heading(message),)
    lines = head + lines_within(message, lambda lines: _size(head + lines) <= MOST)
    return plain(lines, _APART)


def read(reply: Reply, now: datetime) -> Verdict:
    """Return what a reply means: 401 and 403 are for good, and 429 says until when."""
    verdict = verdict_of(reply, now)
    if verdict.outcome == "sent":
        return verdict._replace(detail="ok")
    tree = tree_of(reply)
    said = words(tree, "error") or verdict.detail
    if reply.status in {401, 403} and "error" in tree:
        return gone(verdict, said)
    verdict = verdict._replace(detail=said)
    if reply.status == 429:
        return waiting(verdict, until(reply.headers.get("x-ratelimit-reset"), now))
    return verdict


def _size(lines: tuple[Line, ...]) -> int:
    """Return a status's length as Mastodon counts it, or more."""
    without = sum(units(run.url) - _counted(run.url) for line in lines for run in line if run.url)
    return units(plain(lines, _APART)) - without


def _counted(url: str) -> int:
    host = urlsplit(url).hostname or ""
    return LINK if _KNOWN.fullmatch(host) else max(LINK, units(url))


MASTODON = ChatService(
    name="mastodon",
    render=render,
    read=read,
    uses=(
        Use("url", "the instance"),
        Use("token", "an access token with `write:statuses`"),
    ),
    also=("language",),
    at_most=f"{MOST} characters, a link as {LINK}",
    repeat="dropped by the server, for an hour",
    accept=with_plain_token,
)
