"""The signed webhook: JSON that is signed by the rules of Standard Webhooks.

The occasions look as in `today --format json` (docs/reference.md, "JSON"). If a message is sent
again, the body has the same bytes, except for ``late``. The body has at most 20 KB. If there are
too many occasions, the last ones are left out, and ``more`` says how many. The first one is always
there: if it alone is too long, its texts are shortened (shortening.py).
"""

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache, partial
from typing import Any

from onthisday.almanac.entry import Correction
from onthisday.config import Channel
from onthisday.delivery.promises import ANY_SUCCESS
from onthisday.delivery.request_reply import Request
from onthisday.messages.chat_service import ChatService, Refusal, Use
from onthisday.messages.message import Message, address_of, digest_of, json_post
from onthisday.messages.shortening import corrections_within, shortened
from onthisday.messages.signing import key_of, signature
from onthisday.views.as_json import tree_of
from onthisday.views.view import OccasionView

MOST = 20_000
"""The largest body, in bytes (Standard Webhooks: "under 20kb")."""

_COUNT = 6
"""Bytes that are kept free for the digits of ``more``."""


def render(message: Message, channel: Channel, now: datetime) -> Request:
    """Return the request. If the channel has a secret, the request is signed.

    The timestamp of the request is ``now``.
    """
    body = _body(message)
    identity = _identity(message)
    timestamp = int(now.timestamp())
    headers = [("webhook-id", identity), ("webhook-timestamp", str(timestamp))]
    if channel.secret:
        keys = (key_of(secret.reveal()) for secret in channel.secret)
        signatures = (signature(key, identity, timestamp, body) for key in keys)
        headers.append(("webhook-signature", " ".join(signatures)))
    request = json_post(channel, address_of(channel), body)
    return request._replace(headers=(*request.headers, *headers))


def _identity(message: Message) -> str:
    """Return the id of a message, so that a receiver can drop a message that it has already.

    Another site never has the same id. The id has no full stop, because in the text that is signed,
    full stops separate the id from the rest.
    """
    return f"msg_{digest_of(message)}"


def _body(message: Message) -> bytes:
    """Return the body. The channel's name is put between two parts that all channels share."""
    channel = _json(message.channel)
    start, rest = _shared(message.anywhere, MOST - len(channel))
    return b"".join((start, channel, rest))


@lru_cache(64)
def _shared(message: Message, room: int) -> tuple[bytes, bytes]:
    """Return the parts of the body before and after the channel's name.

    All channels share these parts, so they are made once. Together they have at most ``room``
    bytes.
    """
    parts = [_json(tree_of(view)) for view in message.view.occasions]
    days = max(1, len(message.days))
    room -= _COUNT * (days + 1) + len(_json(_tree(message, [0] * days)))
    if parts and len(parts[0]) >= room:
        fits = partial(_fits, room=room)
        parts[0] = _json(tree_of(shortened(message.view.occasions[0], fits)))
    sizes = [day.size for day in message.days] or [len(parts)]
    shown = _shown([len(part) + 1 for part in parts], sizes, room)
    whole = _json(_tree(message, [size - some for size, some in zip(sizes, shown, strict=True)]))
    start, name, rest = _filled(whole, parts, sizes, shown).partition(_NAME)
    return start + name[:-2], rest


def _shown(lengths: Sequence[int], sizes: Sequence[int], room: int) -> list[int]:
    """Return how many occasions of each day there is room for.

    The days take turns, so that each has its first before one has its second.
    """
    firsts = [sum(sizes[:day]) for day in range(len(sizes))]
    shown = [0] * len(sizes)
    turns = ((nth, day) for nth in range(max(sizes, default=0)) for day in range(len(sizes)))
    for nth, day in turns:
        if nth < sizes[day]:
            room -= lengths[firsts[day] + nth]
            if room < 0:
                break
            shown[day] += 1
    return shown


def _filled(
    whole: bytes, parts: Sequence[bytes], sizes: Sequence[int], shown: Sequence[int]
) -> bytes:
    """Put the occasions in their places: a digest has a place for each day."""
    filled, at = [], 0
    for before, size, some in zip(whole.split(_NONE), sizes, shown, strict=False):
        filled += [before, b'"occasions":[', b",".join(parts[at : at + some]), b"]"]
        at += size
    return b"".join((*filled, whole.rpartition(_NONE)[2]))


_NAME, _NONE = b'"channel":""', b'"occasions":[]'
"""The places in the JSON where the channel's name and the occasions are put in.

An entry's text cannot look like them, because its quotes are escaped.
"""


def _fits(view: OccasionView, room: int) -> bool:
    return len(_json(tree_of(view))) < room


def _tree(message: Message, more: Sequence[int]) -> dict[str, Any]:
    """Return the body as dicts and lists, without the channel's name and the occasions.

    ``more``: how many occasions are left out of each day.
    """
    data: dict[str, Any] = {
        "channel": "",
        "day": message.day.isoformat(),
        "zone": message.view.zone,
        "late": message.late,
        **(_days(message, more) if message.last else {"occasions": []}),
        "more": sum(more),
        "url": message.url,
    }
    if message.corrections:
        short = corrections_within(message.corrections, _is_half)
        data["corrections"] = tree_of(short)
    if message.sent_on is not None:
        data["sent_on"] = message.sent_on.isoformat()
    if message.text is not None:
        data["text"] = message.text
    if message.test:
        data["test"] = True
    return {
        "type": message.kind,
        "timestamp": message.timestamp.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "data": data,
    }


def _is_half(corrections: tuple[Correction, ...]) -> bool:
    return len(_json(tree_of(corrections))) <= MOST // 2


def _days(message: Message, more: Sequence[int]) -> dict[str, Any]:
    zone = message.view.zone
    days = zip(message.days, more, strict=True)
    return {
        "days": [
            {"day": day.isoformat(), "zone": zone, "occasions": [], "more": left, "next": None}
            for (day, _, _), left in days
        ]
    }


def _json(tree: Any) -> bytes:
    text = json.dumps(tree, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")


def _accept(channel: Channel) -> Channel | Refusal:
    """Accept a channel, unless one of its secrets cannot be used to sign."""
    for secret in channel.secret:
        try:
            key_of(secret.reveal())
        except ValueError as error:
            return Refusal("secret", f"the webhook's secret cannot be used: {error}")
    return channel


def seen(tree: Any) -> str:
    """Return the body itself: a program reads it."""
    return json.dumps(tree, ensure_ascii=False, indent=2)


WEBHOOK = ChatService(
    name="webhook",
    render=render,
    promise=ANY_SUCCESS,
    seen=seen,
    by_hand="at the receiver",
    uses=(Use("url", "the receiver"),),
    also=("language", "secret"),
    at_most=f"{MOST // 1000} KB",
    repeat="same `webhook-id`; `secret` signs it",
    accept=_accept,
)
