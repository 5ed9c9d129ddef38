"""Mastodon: a message becomes a post ("status"), with the entry's tags as hashtags.

The text is plain, but Mastodon gives a meaning to `@name`, `#tag`, `:emoji:` and web addresses. If
an entry has them, a space that nobody sees (zero width) is put behind the sign that makes them. So
an entry calls nobody and makes no link.

`Idempotency-Key` is made from the notice's id. If a message is sent again within an hour, the
server drops it. Limit: 500 characters, where a link counts as 23 (docs/services.md), or what the
server itself tells (mastodon_limits.py). We count UTF-16 units: a text has at least as many units
as characters.

A picture is uploaded before the post, with its words (mastodon_pictures.py). So the text says only
whose the picture is.
"""

import json
import re
from datetime import datetime
from functools import lru_cache, partial
from typing import Any
from urllib.parse import urlsplit

from onthisday.config import Channel
from onthisday.delivery.promises import object_of, text_under
from onthisday.delivery.quotas import Quota, at_moment
from onthisday.delivery.replies import described, gone
from onthisday.delivery.reply_words import tree_of, words
from onthisday.delivery.request_reply import Reply, Request, Verdict
from onthisday.messages.card import Amount, Card, amount_of
from onthisday.messages.chat_service import ChatService, OwnLimits, Use, with_plain_token
from onthisday.messages.cutting import apart, units
from onthisday.messages.fitting import card_within
from onthisday.messages.hashtags import hashtags_of
from onthisday.messages.line import address, written
from onthisday.messages.lines import credit_of, page_of, plain_of
from onthisday.messages.mastodon_limits import USUAL, Limits, limits_in
from onthisday.messages.mastodon_pictures import shown, upload
from onthisday.messages.message import Message, digest_of, json_post, login_of, server_of
from onthisday.messages.retracting import Retraction
from onthisday.messages.seen import bare
from onthisday.messages.uploading import Upload

_LIVE = re.compile(
    r"[@＠#＃](?=\w{0,40}[^\W\d_])|(?<![\w:]):(?=\w{2,40}:)|(?<=[a-z]):(?=[a-z/])|(?<=\bwww)\.",
    re.IGNORECASE,
)
"""Signs that make a mention, a hashtag, an emoji or a link of the word behind them."""

_KNOWN = re.compile(r"([a-z0-9-]+\.)+([a-z]{2}|com|org|net|edu|gov|info|museum)", re.IGNORECASE)
"""Hosts that Mastodon surely takes for hosts.

An address with another host may not count as a link, so we count all its characters.
"""


def render(
    message: Message,
    channel: Channel,
    now: datetime,  # noqa: ARG001
    limits: Limits = USUAL,
) -> Request:
    """Return the request that posts a message.

    If the message is sent again, the server drops it.
    """
    tree = {
        "status": _text(message.anywhere, amount_of(channel), limits),
    }
    if message.label:
        tree["language"] = message.label
    if channel.visibility:
        tree["visibility"] = channel.visibility
    body = json.dumps(tree, ensure_ascii=False)
    request = json_post(channel, f"{server_of(channel)}/api/v1/statuses", body.encode())
    once = ("idempotency-key", digest_of(message))
    return request._replace(headers=(*request.headers, login_of(channel), once))


@lru_cache(64)
def _text(message: Message, amount: Amount, limits: Limits) -> str:
    """Return the text. It is the same for every account, so it is made once.

    Hashtags stand in it, unless a sentence fits only without them.
    """
    tags = hashtags_of(message) if message.text is None else ()
    tagged, bare = (_card(message, amount, limits, each) for each in (tags, ()))
    shown = tagged if _sentences(tagged) >= min(1, _sentences(bare)) else bare
    return _written(shown, tags if shown is tagged else ())


def _card(message: Message, amount: Amount, limits: Limits, tags: tuple[str, ...]) -> Card:
    def fits(card: Card) -> bool:
        return _size(card, limits, tags) <= limits.characters

    return card_within(message, amount, fits)


def _sentences(card: Card) -> int:
    return sum(len(item.sentences) for item in card.items)


def _written(card: Card, tags: tuple[str, ...]) -> str:
    """Return the text of a status: lines, whose the picture is, where to read on, hashtags."""
    end = None if card.message.text is not None else address(page_of(card))
    lines = (*plain_of(card), *credit_of(card.message))
    text = written(lines, lambda run: apart(_LIVE, run.text))
    return "\n".join(filter(None, (text, end, " ".join(f"#{tag}" for tag in tags))))


def _ask(channel: Channel) -> Request:
    """Return the request for the server's limits. It needs no login."""
    return Request(
        "GET", f"{server_of(channel)}/api/v2/instance", (), b"", channel.private_addresses
    )


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


def _size(card: Card, limits: Limits, tags: tuple[str, ...]) -> int:
    """Return the length of a status as Mastodon counts it, or a higher number."""
    url = address(page_of(card)) if card.message.text is None else None
    return units(_written(card, tags)) - (units(url) - _counted(url, limits.link) if url else 0)


def _counted(url: str, link: int) -> int:
    host = urlsplit(url).hostname or ""
    return link if _KNOWN.fullmatch(host) else max(link, units(url))


def _delete(channel: Channel, name: str, mark: str) -> Request:  # noqa: ARG001
    """Return the request that deletes a status. The instance tells other instances."""
    url = f"{server_of(channel)}/api/v1/statuses/{name}"
    return Request("DELETE", url, (login_of(channel),), b"", channel.private_addresses)


def _is_gone(reply: Reply) -> bool:
    return reply.status == 404 and words(tree_of(reply), "error") != ""


def seen(tree: Any) -> str:
    """Return a message as a person sees it."""
    return bare(tree["status"])


def within(limits: Limits) -> ChatService:
    """Return the service as a server with these limits has it."""
    own = Upload(limits.picture, "below the text", partial(upload, limits=limits), shown)
    return MASTODON._replace(render=partial(render, limits=limits), upload=own)


MASTODON = ChatService(
    name="mastodon",
    render=render,
    promise=text_under("id"),
    explain=explain,
    quota=Quota("x-ratelimit-remaining", "x-ratelimit-reset", at_moment),
    seen=seen,
    uses=(
        Use("url", "the instance"),
        Use("token", "an access token with `write:statuses`; for pictures also `write:media`"),
    ),
    also=("language", "length", "visibility"),
    at_most=f"{USUAL.characters} characters, a link as {USUAL.link}; or what the instance says",
    repeat="dropped by the server, for an hour",
    accept=with_plain_token,
    by_hand="at the instance, logged in as the account",
    retraction=Retraction(
        named=lambda _, reply: tree_of(reply).get("id"),
        form=re.compile("[0-9A-Za-z_-]{1,64}"),
        place=server_of,
        delete=_delete,
        deleted=object_of("ok"),
        is_gone=_is_gone,
    ),
    own_limits=OwnLimits(_ask, lambda reply: within(limits_in(reply))),
    upload=Upload(USUAL.picture, "below the text", partial(upload, limits=USUAL), shown),
)
