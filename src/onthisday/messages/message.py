"""A message before it gets the form of a chat service; and what all services need to write it.

A message tells a channel about a day, or about one occasion of it. Made by
service/sending/composing.py. Used by the modules here.
"""

import hashlib
import re
from datetime import date, datetime
from typing import Literal, NamedTuple

from onthisday.config import Channel
from onthisday.delivery.request_reply import Request
from onthisday.views.view import DayView, OccasionView
from onthisday.views.words import TEST_NOTE, answer_words, late_note


class Message(NamedTuple):
    """What is told to a channel.

    ``id`` is the notice's id, ``tag`` the site's tag; no other message anywhere has the same two.
    ``timestamp`` is the start of the day in the channel's zone, given in UTC. ``url`` is the page
    of the day on the site. ``late``: the day is over in the channel's zone. ``test``: a person
    tries the channel out.
    """

    id: str
    tag: str
    kind: Literal["onthisday.day", "onthisday.occasion"]
    channel: str
    view: DayView
    timestamp: datetime
    url: str
    late: bool = False
    test: bool = False

    @property
    def day(self) -> date:
        """The day that the message is about, a date in the channel's zone."""
        return self.view.day

    @property
    def anywhere(self) -> "Message":
        """The message without its id and its channel.

        Channels with the same filter then have equal messages, so the text is made only once.
        """
        return self._replace(id="", channel="")

    @property
    def notes(self) -> tuple[str, ...]:
        """The lines that must stand before everything else: that it is a test, that it is late."""
        late = late_note(self.day) if self.late else None
        return tuple(note for note in (TEST_NOTE if self.test else None, late) if note)


def disputes(view: OccasionView) -> tuple[str, ...]:
    """Return a text for each question on which documents differ, with the answer of each."""
    return tuple(
        f"{account.question} {'; '.join(map(answer_words, account.answers))}."
        for account in view.accounts
    )


def json_post(channel: Channel, url: str, body: bytes) -> Request:
    """Return the request that posts JSON to a channel."""
    headers = (("content-type", "application/json; charset=utf-8"),)
    return Request("POST", url, headers, body, channel.private_addresses)


def address_of(channel: Channel) -> str:
    """Return the URL that a channel's messages go to. It is a secret."""
    return channel.url.reveal() if channel.url else ""


def server_of(channel: Channel) -> str:
    """Return the URL of a channel's server, without a slash at its end. A path is added to it."""
    return address_of(channel).rstrip("/")


def token_of(channel: Channel) -> str:
    """Return a channel's token. It is a secret."""
    return channel.token.reveal() if channel.token else ""


def digest_of(message: Message) -> str:
    """Return 32 hex digits for a message. They are the same for each try, and no other message
    anywhere has them."""
    return hashlib.sha256(f"{message.tag}:{message.id}".encode()).hexdigest()[:32]


def keys_of(request: Request) -> tuple[str, ...]:
    """Return the secrets in a request's headers: its token, session or password."""
    logins = (value for name, value in request.headers if name == "authorization")
    return tuple(filter(None, (login.partition(" ")[2] for login in logins)))


def secrets_of(channel: Channel) -> tuple[str, ...]:
    """Return the secrets of a channel: its URL, the long parts of the URL, its token and secrets.

    The longest comes first. So if they are replaced one after another, no part of one is left.
    """
    url = address_of(channel)
    parts = (part for part in re.split(r"[/?&=#@:]", url.partition("://")[2])[1:] if len(part) > 7)
    keys = (secret.reveal() for secret in (*channel.secret, channel.token) if secret)
    return tuple(sorted({text for text in (url, *parts, *keys) if text}, key=len, reverse=True))
