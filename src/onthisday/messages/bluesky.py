"""Bluesky: a message becomes a post.

We sign in with an app password, once for many posts. The account's own password is never used.

The post's key is made from the notice's id. If the message is sent again, the new post has the same
key and overwrites the first one. So nobody sees the message twice. The key is a TID, because
Bluesky does not show posts with another kind of key (bluesky-social/social-app#8654).

bluesky_post.py writes the post. A picture is uploaded before it.
"""

import json
import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from onthisday.config import Channel
from onthisday.dates.zones import instant_of
from onthisday.delivery.promises import object_of, text_under
from onthisday.delivery.quotas import Quota, at_moment
from onthisday.delivery.replies import described, gone
from onthisday.delivery.reply_words import description_in, inner, is_page, tree_of, words
from onthisday.delivery.request_reply import Reply, Request, Verdict
from onthisday.messages.bluesky_post import BYTES, MOST, post_of, seen
from onthisday.messages.card import SHORT, amount_of
from onthisday.messages.chat_service import ChatService, SignIn, Use
from onthisday.messages.message import (
    Message,
    digest_of,
    json_post,
    server_of,
    token_of,
)
from onthisday.messages.retracting import Retraction
from onthisday.messages.uploading import UNNAMED, Picture, Step, Steps, Upload

THUMB = 1_000_000
"""The largest picture of a card, in bytes (the lexicon app.bsky.embed.external)."""

_POST = "app.bsky.feed.post"

_CLOSED = "the account is switched off; log in at Bluesky and switch it on"
_BLOCKED = "Bluesky has blocked the account; log in at Bluesky and see why"
_ABSENT = "the server does not know the account; put the right user and url in the config"
_REFUSED = (
    "the server does not take the handle and the app password; "
    "make a new app password at Bluesky, and put it under token in the config"
)

REASONS = {
    "AccountDeactivated": _CLOSED,
    "AccountNotFound": _ABSENT,
    "AccountSuspended": _BLOCKED,
    "AccountTakedown": _BLOCKED,
    "RepoDeactivated": _CLOSED,
    "RepoNotFound": _ABSENT,
    "RepoSuspended": _BLOCKED,
    "RepoTakendown": _BLOCKED,
}
"""Errors that last until a person does something: what they mean, and what to do."""


def _languages(message: Message) -> list[str]:
    """Return the languages of a post: those of the texts of its entries; else that of its words."""
    found = dict.fromkeys(view.language for view in message.view.occasions if view.language)
    return [*found] or [message.locale.words_tag]


def render(message: Message, channel: Channel, now: datetime) -> Request:
    """Return the request that writes the post. It has no session yet; `signed_in` adds one."""
    due = instant_of(message.day_of_sending, channel.at, ZoneInfo(channel.zone))
    record = {
        "$type": _POST,
        **post_of(message.anywhere, amount_of(channel, _AMOUNT)),
        "langs": _languages(message),
        "createdAt": _created(message, due, now).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
    }
    tree = {
        "repo": _user(channel),
        "collection": _POST,
        "rkey": _key(message, due),
        "record": record,
    }
    body = json.dumps(tree, ensure_ascii=False).encode()
    return json_post(channel, f"{server_of(channel)}/xrpc/com.atproto.repo.putRecord", body)


def sign_in(channel: Channel) -> Request:
    """Return the request that asks for a session. Without a session, Bluesky takes no post."""
    body = json.dumps({"identifier": _user(channel), "password": token_of(channel)}).encode()
    return json_post(channel, f"{server_of(channel)}/xrpc/com.atproto.server.createSession", body)


def signed_in(
    request: Request,
    channel: Channel,  # noqa: ARG001
    reply: Reply,
    now: datetime,
) -> Request | Verdict:
    """Add the session from a reply to the request.

    If the reply gives no session, return what the reply means. A wrong name or password (400 or
    401) switches the channel off.
    """
    session = tree_of(reply).get("accessJwt") if reply.status == 200 else None
    if isinstance(session, str) and _SESSION.fullmatch(session):
        return request._replace(headers=(*request.headers, ("authorization", f"Bearer {session}")))
    if 200 <= reply.status < 300:
        page = f": {description_in(reply)}" if is_page(reply) else ""
        return Verdict("retry", f"but the server gave no session{page}", reply.status)
    verdict = BLUESKY.read(reply, now)
    refused = reply.status in {400, 401} and verdict.outcome != "gone"
    return gone(verdict, _REFUSED, verdict.detail) if refused else verdict


def refused(reply: Reply) -> bool:
    """Return True if a reply says that the session has ended or is none."""
    is_refused = reply.status in {400, 401}
    return is_refused and words(tree_of(reply), "error") in {"ExpiredToken", "InvalidToken"}


_SESSION = re.compile("[!-~]+")
"""A session that a header can have."""


def explain(verdict: Verdict, reply: Reply, now: datetime) -> Verdict:  # noqa: ARG001
    """Say what an error means. Bluesky names each error."""
    tree = tree_of(reply)
    name = words(tree, "error")
    said = ": ".join(filter(None, (name, words(tree, "message"))))
    verdict = described(verdict, said)
    if name in REASONS:
        return gone(verdict, REASONS[name], said)
    if name == "ExpiredToken":  # its status is 400, but a new session will work
        return verdict._replace(outcome="retry")
    return verdict


def _user(channel: Channel) -> str:
    return (channel.user or "").removeprefix("@")


def _created(message: Message, due: datetime, now: datetime) -> datetime:
    """Return the time that readers see on the post. Readers see posts in the order of these times.

    Mostly it is the channel's hour, so that a message that is sent again has the same time. A late
    message, a test, a correction and a message before the channel's hour have ``now``.
    """
    at_once = message.late or message.test or message.corrections or now < due
    return now.astimezone(UTC) if at_once else due


def _key(message: Message, due: datetime) -> str:
    """Return the post's key in the form TID (atproto.com/specs/tid).

    A notice always has the same key. A TID has 53 bits for a time in microseconds, and 10 bits
    more. Here the time is in the minute after the channel's hour. A digest of the notice chooses
    the microsecond in that minute, and gives the other 10 bits.
    """
    digest = int(digest_of(message), 16)
    microseconds = int(due.timestamp()) * 1_000_000 + (digest >> 10) % 60_000_000
    number = (microseconds & (1 << 53) - 1) << 10 | digest & 1023
    return "".join(_SORTED[number >> shift & 31] for shift in range(60, -1, -5))


_SORTED = "234567abcdefghijklmnopqrstuvwxyz"


_AMOUNT = SHORT._replace(sentences=0)


def upload(message: Message, channel: Channel, picture: Picture) -> Steps:  # noqa: ARG001
    """Yield the request that uploads a picture. Return the blob: what the server calls it.

    If no post shows the blob, the server deletes it after some time.
    """
    url = f"{server_of(channel)}/xrpc/com.atproto.repo.uploadBlob"
    headers = (("content-type", picture.media_type),)
    reply = yield Step(Request("POST", url, headers, picture.content, channel.private_addresses))
    blob = inner(tree_of(reply), "blob")
    return blob if inner(blob, "ref") and blob.get("$type") == "blob" else UNNAMED


def _shown(request: Request, blob: dict[str, Any]) -> Request:
    """Return a post with a picture on its card."""
    tree = json.loads(request.body)
    embed = tree["record"].get("embed")
    if embed is None:  # the address is too long for a card
        return request
    embed["external"]["thumb"] = blob
    return request._replace(body=json.dumps(tree, ensure_ascii=False).encode())


_NAME = re.compile(
    r"at://(did:[a-z]+:[A-Za-z0-9._:%-]{1,200})/app\.bsky\.feed\.post/([A-Za-z0-9._~:-]{1,64})"
)
"""The address of a post: its account, and its key."""


def _delete(channel: Channel, name: str, mark: str) -> Request:  # noqa: ARG001
    """Return the request that deletes a post. The server also takes it if there is no such post."""
    found = _NAME.fullmatch(name)
    repo, key = found.groups() if found else ("", "")
    body = json.dumps({"repo": repo, "collection": _POST, "rkey": key}).encode()
    return json_post(channel, f"{server_of(channel)}/xrpc/com.atproto.repo.deleteRecord", body)


BLUESKY = ChatService(
    name="bluesky",
    render=render,
    promise=text_under("uri"),
    explain=explain,
    quota=Quota("ratelimit-remaining", "ratelimit-reset", at_moment),
    seen=seen,
    uses=(
        Use("token", "an app password"),
        Use("user", "the handle"),
    ),
    also=("language", "length"),
    at_most=f"{MOST} graphemes, {BYTES:,} bytes",
    repeat="overwrites the first",
    server="https://bsky.social",
    sign_in=SignIn(sign_in, signed_in, refused),
    by_hand="at Bluesky, logged in as the account",
    retraction=Retraction(
        named=lambda _, reply: tree_of(reply).get("uri"),
        form=_NAME,
        place=lambda _: "",  # the name has the account in it, and the server looks at it
        delete=_delete,
        deleted=object_of("ok"),
        is_gone=lambda _: False,
    ),
    upload=Upload(THUMB, "on the card", upload, _shown),
)
