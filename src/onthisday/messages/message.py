"""A message before it has a service's form: a day, or one occasion of it, told to a channel."""

import hashlib
import re
from datetime import date, datetime
from typing import Literal, NamedTuple

from onthisday.config import Channel
from onthisday.delivery.request_reply import Request
from onthisday.views.view import DayView, OccasionView
from onthisday.views.words import TEST_NOTE, answer_words, late_note


class Message(NamedTuple):
    """What is said to a channel.

    ``id`` is the notice's, ``tag`` the site's: together they are one in the world. ``day`` is told
    in the channel's zone, and ``timestamp`` is its start, in UTC. ``url`` is the site's page of the
    day. ``late``: the day is over where the channel is. ``test``: a person tries the channel out.
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
        """The day that the message is of."""
        return self.view.day

    @property
    def anywhere(self) -> "Message":
        """The message without what is one channel's: many share it, and it is rendered once."""
        return self._replace(id="", channel="")

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be said before anything else."""
        late = late_note(self.day) if self.late else None
        return tuple(note for note in (TEST_NOTE if self.test else None, late) if note)


def disputes(view: OccasionView) -> tuple[str, ...]:
    """Return each question on which documents differ, with each one's answer, as a text."""
    return tuple(
        f"{account.question} {'; '.join(map(answer_words, account.answers))}."
        for account in view.accounts
    )


def json_post(channel: Channel, url: str, body: bytes) -> Request:
    """Return the request that posts JSON to a channel."""
    headers = (("content-type", "application/json; charset=utf-8"),)
    return Request("POST", url, headers, body, channel.private_addresses)


def address_of(channel: Channel) -> str:
    """Return the URL that a channel's messages go to: a secret."""
    return channel.url.reveal() if channel.url else ""


def server_of(channel: Channel) -> str:
    """Return a channel's server, to put a path after."""
    return address_of(channel).rstrip("/")


def token_of(channel: Channel) -> str:
    """Return a channel's token: a secret."""
    return channel.token.reveal() if channel.token else ""


def digest_of(message: Message) -> str:
    """Return 32 hex digits that are the same at every try, and of no other message anywhere."""
    return hashlib.sha256(f"{message.tag}:{message.id}".encode()).hexdigest()[:32]


def keys_of(request: Request) -> tuple[str, ...]:
    """Return what a request proves itself with: what must not be shown of it."""
    logins = (value for name, value in request.headers if name == "authorization")
    return tuple(filter(None, (login.partition(" ")[2] for login in logins)))


def secrets_of(channel: Channel) -> tuple[str, ...]:
    """Return the texts that must not be shown of a channel: its URL, what is long in it, its keys.

    Longest first, so that replacing them one by one leaves no part of one.
    """
    url = address_of(channel)
    parts = (part for part in re.split(r"[/?&=#@:]", url.partition("://")[2])[1:] if len(part) > 7)
    keys = (secret.reveal() for secret in (*channel.secret, channel.token) if secret)
    return tuple(sorted({text for text in (url, *parts, *keys) if text}, key=len, reverse=True))
