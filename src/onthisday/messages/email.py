"""E-mail: a card by SMTP to one address, which may be that of a list. adapters/smtp/ sends it.

A mail has the card twice, as plain text (email_text.py) and as HTML (email_html.py). email_mime.py
makes the bytes. Who reads the list, the list's host knows: it keeps the subscribers, and puts its
own `List-Id` and `List-Unsubscribe` in the place of ours (RFC 2369, 2919). Ours are for mail that
goes straight to a mailbox: by the first one a reader can sort it, by the second one ask the person
behind `from` for an end. Why no one-click unsubscribing (RFC 8058): this program keeps no readers,
so nobody would be taken off by the click.

`Auto-Submitted: auto-generated` says that a program wrote it (RFC 3834, 5), so that no holiday
notice answers. Exchange wants `X-Auto-Response-Suppress` for that.

The Message-ID is made of the notice's id, so it is the same for each attempt (docs/services.md,
"What a repeat does").
"""

import base64
import json
import re
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote

from onthisday.config import Channel
from onthisday.delivery.promises import Promise
from onthisday.delivery.request_reply import Request
from onthisday.messages.budget_keys import by_host, digest
from onthisday.messages.card import Amount, Card, amount_of
from onthisday.messages.chat_service import ChatService, Form, Rate, Refusal, Use
from onthisday.messages.cutting import at_word
from onthisday.messages.email_addresses import ADDRESS, NAME, SERVER, Mailbox, mailbox_of, server_of
from onthisday.messages.email_html import html_of
from onthisday.messages.email_packing import most_bytes
from onthisday.messages.email_replies import STEP, TAKEN, explain
from onthisday.messages.email_text import flowed, text_of
from onthisday.messages.fitting import card_within
from onthisday.messages.line import Line, Run, address
from onthisday.messages.lines import lines_of, picture_of, title_of
from onthisday.messages.message import Message, address_of, digest_of, token_of
from onthisday.views.message_words import test_subject

MAIL = "MAIL"
"""A request with this method goes to a mail server and not to HTTP."""

SHORT_MOST, FULL_MOST = 36_000, 96_000
"""The most bytes of a mail.

Mailman keeps a mail of more than 40 KB back until a person lets it go, unless its list says
otherwise; the hosts on the way add headers. Gmail shows no more than 102 KB.
"""

_HEADERS = 2_000
"""The most bytes of all headers together."""

SUBJECT = 150
"""The longest subject, in UTF-16 units. A list may put its name before it."""


class _Parts(NamedTuple):
    subject: str
    text: str
    html: str


def render(message: Message, channel: Channel, now: datetime) -> Request:
    """Return the request that tells adapters/smtp/ what to send, and where."""
    sender = mailbox_of(channel.sender or "") or Mailbox("", "")  # a channel that is off has none
    domain = sender.address.rpartition("@")[2].lower()
    parts = _parts(message.anywhere, amount_of(channel))
    payload = {
        "from": {"name": sender.name or _name_of(message), "address": sender.address},
        "to": channel.to,
        "subject": parts.subject,
        "date": now.isoformat(timespec="seconds"),
        "message_id": f"{digest_of(message)}@{domain}",
        "headers": {
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "List-Id": f"<{_label_of(channel)}.{domain}>",
            "List-Unsubscribe": f"<mailto:{quote(sender.address, safe='@')}?subject=unsubscribe>",
        },
        "language": message.label or message.locale.words_tag,
        "text": parts.text,
        "html": parts.html,
    }
    body = json.dumps(payload, ensure_ascii=False).encode()
    return Request(MAIL, address_of(channel), _login(channel), body, channel.private_addresses)


def _name_of(message: Message) -> str:
    return at_word(message.site, NAME) if message.site.strip() else ""


def _label_of(channel: Channel) -> str:
    """Return a name for a channel's mails, in ASCII. Two channels do not share one."""
    name = channel.name.lower()
    label = re.sub("[^a-z0-9]+", "-", name).strip("-")
    return label if label == name else f"{label}-{digest(channel.name)}".strip("-")


def _login(channel: Channel) -> tuple[tuple[str, str], ...]:
    """Return the login as the server gets it (RFC 4616). It is a secret.

    As a header, it is taken out of what the server says (`keys_of` in message.py).
    """
    if channel.user is None or not token_of(channel):
        return ()
    pair = f"\0{channel.user}\0{token_of(channel)}".encode()
    return (("authorization", f"PLAIN {base64.b64encode(pair).decode()}"),)


@lru_cache(64)
def _parts(message: Message, amount: Amount) -> _Parts:
    """Return the subject and the two texts. They are the same for every address, so made once."""
    most = (FULL_MOST if amount.sources else SHORT_MOST) - _HEADERS
    card = card_within(message, amount, lambda card: _size(_made(card)) <= most)
    return _made(card)


def _made(card: Card) -> _Parts:
    message = card.message
    picture = picture_of(message)
    lines = tuple(_with_address(line, picture and picture.url) for line in lines_of(card, picture))
    end = Line((Run(message.site or message.url, url=address(message.url)),))
    title = title_of(message)
    said = test_subject(message.locale, title) if message.test else title
    subject = at_word(said, SUBJECT)
    below = f"{text_of(lines)}\n\n-- \n{text_of((end,))}\n"
    return _Parts(subject, below, html_of(subject, lines, message.locale.words_tag, picture, end))


def _with_address(line: Line, url: str | None) -> Line:
    """Return the line that tells of the picture with its address; any other line as it is."""
    if line.kind != "picture":
        return line
    return line._replace(runs=tuple(run._replace(url=url) for run in line.runs))


def _size(parts: _Parts) -> int:
    """Return how many bytes the two texts take in a mail at most."""
    return most_bytes(flowed(parts.text)) + most_bytes(parts.html)


def seen(tree: Any) -> str:
    """Return a mail as a person sees it: its head and its plain text."""
    name, sender = tree["from"]["name"], tree["from"]["address"]
    return "\n".join((
        f"From: {name} <{sender}>" if name else f"From: {sender}",
        f"To: {tree['to']}", f"Subject: {tree['subject']}", "", tree["text"].rstrip("\n"),
    ))  # fmt: skip


_WORDS = re.compile("[^\x00-\x1f\x7f\ud800-\udfff]*")


def _accept(channel: Channel) -> Channel | Refusal:
    """Accept a channel, unless its server, its sender or its login cannot be used."""
    if channel.url and server_of(address_of(channel)) is None:
        return Refusal("url", "url has a port or an address that does not exist")
    if channel.sender is not None and mailbox_of(channel.sender) is None:
        words = "from is no address; write history@example.org or Name <history@example.org>"
        return Refusal("from", words)
    for key, value in (("user", channel.user or ""), ("token", token_of(channel))):
        if _WORDS.fullmatch(value) is None:
            return Refusal(key, f"{key} has a line's end or a control character in it")
    if channel.token and not channel.user:
        return Refusal("token", "token is the password of a login; put the login under user")
    if channel.enabled and channel.user and not channel.token:
        return Refusal("user", "user has no password; put it under token")
    return channel


EMAIL = ChatService(
    name="email",
    render=render,
    promise=Promise(
        "250 for the whole mail",
        lambda reply: reply.status == TAKEN and reply.headers.get(STEP) == "message",
        told="",
    ),
    explain=explain,
    seen=seen,
    uses=(
        Use("url", "the mail server: `smtps://…`, or `smtp://…` with STARTTLS"),
        Use("token", "the password of `user`", needed=False),
        Use("to", "one address, such as a list's"),
        Use("user", "the login", needed=False),
        Use("from", "the address that mails come from"),
    ),
    at_most="40 KB; with `length: full` 100 KB",
    repeat="may show twice; same `Message-ID`, by which some hosts drop it",
    address=Form(SERVER, "is no mail server; write it whole: smtps://mail.example.org"),
    destination=Form(ADDRESS, "one address, such as list@lists.example.org"),
    accept=_accept,
    by_hand="in the list's archive, as the list's owner (the readers keep the mail)",
    rates=(Rate(by_host, every=10, burst=5),),
    also=("length", "language"),
)
