"""Matrix: a message becomes an event in a room.

The request is `PUT …/send/m.room.message/{txnId}` of the client-server API. The transaction id
(`txnId`) is made from the notice's id, so the server drops a message that is sent again.

Nobody is called: `m.mentions` is empty (spec 1.7). The event is an `m.text`, because
clients do not show an `m.notice` as unread. Limit: 64 KiB for an event, together with all that the
servers add (docs/services.md).

A picture is an event of its own before the text (`m.image`), with a transaction id of its own. Its
words and its credit are its caption (spec 1.10), or its name in programs that know no captions.

Why two events: as the caption of a picture, the whole text would be invisible in Cinny
(cinnyapp/cinny#1646) and in the older apps of Element (element-hq/element-ios#7859). As an `<img>`
in the text, the picture would be invisible in Element X (element-hq/element-x-android#1874). With
two events everybody sees both, and a repeat doubles neither.
"""

import json
import re
from datetime import datetime
from functools import lru_cache
from html import escape
from itertools import groupby
from typing import Any
from urllib.parse import quote

from onthisday.config import Channel
from onthisday.delivery.promises import text_under
from onthisday.delivery.replies import described, gone, seconds, waiting
from onthisday.delivery.reply_words import tree_of, words
from onthisday.delivery.request_reply import Reply, Request, Verdict
from onthisday.locales.locale import Locale
from onthisday.messages.card import Amount, Card, amount_of
from onthisday.messages.chat_service import ChatService, Form, Use, with_plain_token
from onthisday.messages.cutting import at_sentence
from onthisday.messages.fitting import card_within
from onthisday.messages.line import Lines, Run, address, plain, written
from onthisday.messages.lines import lines_of, page_of, plain_of
from onthisday.messages.message import Message, digest_of, json_post, login_of, server_of
from onthisday.messages.retracting import Retraction
from onthisday.messages.seen import of_html
from onthisday.messages.uploading import MOST as PICTURE
from onthisday.messages.uploading import UNNAMED, Picture, Step, Steps, Upload
from onthisday.views.words import picture_words

MOST = 60_000
"""The largest content of an event, in bytes.

The other 5,536 bytes of an event are for what the servers add: hashes, signatures and the ids of
earlier events.
"""

_LOGIN = "the server does not take the token; log in again, and put the new token in the config"
_ACCOUNT = "the server has blocked the account; ask the server's admin"

REASONS = {
    "M_CONSENT_NOT_GIVEN": "the server wants the account to agree to its terms; log in there once",
    "M_FORBIDDEN": "the account may not write in the room; let it join the room and send messages, "
    "or put another room under to in the config",
    "M_GUEST_ACCESS_FORBIDDEN": "guests may not write in the room; use a token of a whole account",
    "M_MISSING_TOKEN": _LOGIN,
    "M_UNAUTHORIZED": _LOGIN,
    "M_UNKNOWN_TOKEN": _LOGIN,
    "M_USER_DEACTIVATED": "the account is closed; put the token of another one in the config",
    "M_USER_LOCKED": _ACCOUNT,
    "M_USER_SUSPENDED": _ACCOUNT,
    "ORG_MATRIX_EXPIRED_ACCOUNT": "the account has expired; renew it at its server",
}
"""Errors that last until a person does something: what they mean, and what to do.

The names are from the Matrix spec, "Standard error response". They switch the channel off.
"""


def render(message: Message, channel: Channel, now: datetime) -> Request:  # noqa: ARG001
    """Return the request that posts a message.

    If the message is sent again, the server drops it.
    """
    body = _payload(message.anywhere, amount_of(channel))
    return _put(channel, digest_of(message), body)


def _put(channel: Channel, transaction: str, body: bytes) -> Request:
    """Return the request that writes an event into the room."""
    return _in_room(channel, f"send/m.room.message/{transaction}", body)


def _in_room(channel: Channel, path: str, body: bytes) -> Request:
    room = quote(channel.to or "", safe="")
    url = f"{server_of(channel)}/_matrix/client/v3/rooms/{room}/{path}"
    request = json_post(channel, url, body)
    return request._replace(method="PUT", headers=(*request.headers, login_of(channel)))


def _delete(channel: Channel, name: str, mark: str) -> Request:
    """Return the request that redacts an event: its content is deleted, and nothing shows it."""
    return _in_room(channel, f"redact/{quote(name, safe='')}/{mark}", b"{}")


def _is_gone(reply: Reply) -> bool:
    return reply.status == 404 and words(tree_of(reply), "errcode") == "M_NOT_FOUND"


def upload(message: Message, channel: Channel, picture: Picture) -> Steps:
    """Yield the requests that upload a picture and write it into the room.

    Return what the server calls the picture's event.
    """
    name = quote(picture.name, safe="")
    url = f"{server_of(channel)}/_matrix/media/v3/upload?filename={name}"
    headers = (("content-type", picture.media_type), login_of(channel))
    reply = yield Step(Request("POST", url, headers, picture.content, channel.private_addresses))
    address = tree_of(reply).get("content_uri")
    if not isinstance(address, str) or not address.startswith("mxc://"):
        return UNNAMED
    reply = yield Step(
        _put(channel, f"{digest_of(message)}-picture", _image(message.locale, picture, address))
    )
    return tree_of(reply).get("event_id")


def _image(locale: Locale, picture: Picture, address: str) -> bytes:
    width, height = picture.size
    info = {"mimetype": picture.media_type, "size": len(picture.content), "w": width, "h": height}
    content = {
        "msgtype": "m.image",
        "body": at_sentence(picture_words(locale, picture.image), WORDS),
        "filename": picture.name,
        "url": address,
        "info": {key: value for key, value in info.items() if value},
        "m.mentions": {},
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


WORDS = 1000
"""How long the caption of a picture may be, in UTF-16 units."""


def _shown(request: Request, event: Any) -> Request:  # noqa: ARG001
    """Return the text's request as it is: the picture has an event of its own."""
    return request


@lru_cache(64)
def _payload(message: Message, amount: Amount) -> bytes:
    """Return the body. It is the same for every room, so it is made once."""
    return _content(card_within(message, amount, lambda card: len(_content(card)) <= MOST))


def explain(verdict: Verdict, reply: Reply, now: datetime) -> Verdict:  # noqa: ARG001
    """Say what an error means. Matrix gives each error a code.

    With status 429, Matrix says how many milliseconds to wait.
    """
    tree = tree_of(reply)
    said = ": ".join(filter(None, (words(tree, "errcode"), words(tree, "error"))))
    reason = REASONS.get(words(tree, "errcode"))
    if reason:
        return gone(verdict, reason, said)
    verdict = described(verdict, said)
    if reply.status == 429:
        asked = seconds(tree.get("retry_after_ms"))
        return waiting(verdict, asked and asked / 1000)
    return verdict


def _content(card: Card) -> bytes:
    lines, end = lines_of(card), None if card.message.text else address(page_of(card))
    content: dict[str, Any] = {
        "msgtype": "m.text",
        "body": "\n".join(filter(None, (plain(plain_of(card)), end))),
        "format": "org.matrix.custom.html",
        "formatted_body": _html(lines),
        "m.mentions": {},
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _html(lines: Lines) -> str:
    """Write lines as HTML. The questions on which sources differ stand in a quotation."""
    parts = []
    for is_quoted, group in groupby(lines, lambda line: line.kind == "differ"):
        text = written(tuple(group), _write, "<br/>")
        parts.append(f"<blockquote>{text}</blockquote>" if is_quoted else text)
    return (
        "<br/>".join(parts)
        .replace("<br/><blockquote>", "<blockquote>")
        .replace("</blockquote><br/>", "</blockquote>")
    )


def _write(run: Run) -> str:
    """Return words of one style (a run) as HTML."""
    text = escape(run.text)
    text = f'<a href="{escape(run.url)}">{text}</a>' if run.url else text
    return f"<strong>{text}</strong>" if run.bold else text


def seen(tree: Any) -> str:
    """Return a message as a person sees it."""
    return of_html(tree["formatted_body"])


MATRIX = ChatService(
    name="matrix",
    render=render,
    promise=text_under("event_id"),
    explain=explain,
    seen=seen,
    uses=(
        Use("url", "the homeserver"),
        Use("token", "an access token"),
        Use("to", "the room's id, `!…`"),
    ),
    at_most="64 KiB",
    repeat="dropped by the server",
    destination=Form(
        re.compile(r"![^\s/?#]+", re.ASCII),
        "a room's id, such as !abc:example.org; an alias has another one",
    ),
    accept=with_plain_token,
    also=("language", "length"),
    upload=Upload(PICTURE, "above the text", upload, _shown, apart=True),
    by_hand="in the room, as the account or as a moderator",
    retraction=Retraction(
        named=lambda _, reply: tree_of(reply).get("event_id"),
        form=re.compile(r"\$[!-~]{1,254}"),
        place=lambda channel: f"{server_of(channel)} {channel.to}",
        delete=_delete,
        deleted=text_under("event_id"),
        is_gone=_is_gone,
    ),
)
