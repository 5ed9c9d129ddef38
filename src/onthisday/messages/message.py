"""`Message`: what a channel is told, before it is written for one chat service.

A message is about a day, or about one occasion of the day; service/sending/composing.py makes it.
An alert says what is wrong; service/sending/alerting.py makes it. The other modules here write it.
Small functions that all services need are here too.
"""

import hashlib
import re
from datetime import date, datetime
from typing import Literal, NamedTuple

from onthisday.almanac.entry import Correction
from onthisday.config import Channel
from onthisday.delivery.request_reply import Request
from onthisday.locales.locale import Locale, locale_of
from onthisday.views.message_words import When
from onthisday.views.view import DayView, ImageView

Kind = Literal[
    "onthisday.day", "onthisday.occasion", "onthisday.digest", "onthisday.correction",
    "onthisday.alert",
]  # fmt: skip
"""What a message is, as a webhook calls it."""


class DigestDay(NamedTuple):
    """A day of a digest. ``size``: how many occasions it has. ``url``: its page on the site."""

    day: date
    size: int
    url: str


class Message(NamedTuple):
    """What a channel is told.

    - ``id``, ``tag``: the notice's id and the site's tag. No other message has the same id and tag.
    - ``view``: the day that it is about, with its occasions. Of a digest: the first day, with the
      occasions of all days.
    - ``timestamp``: when the day of sending begins in the channel's zone, given in UTC.
    - ``url``: the page of the day on the site.
    - ``late``: the day of sending is already over in the channel's zone.
    - ``test``: a person is trying out the channel.
    - ``site``: the site's title.
    - ``text``: what is wrong, if the message is an alert. An alert has no occasions.
    - ``sent_on``: the day of sending, if the message comes days ahead.
    - ``days``: of a digest, those of its days that have occasions.
    - ``last``: the last day of a digest.
    - ``corrections``: what is put right in the one entry that the message is about.
    - ``language``: what it is written in, as BCP 47.
    """

    id: str
    tag: str
    kind: Kind
    channel: str
    view: DayView
    timestamp: datetime
    url: str
    late: bool = False
    test: bool = False
    text: str | None = None
    sent_on: date | None = None
    days: tuple[DigestDay, ...] = ()
    last: date | None = None
    corrections: tuple[Correction, ...] = ()
    site: str = ""
    language: str = "en"

    @property
    def day(self) -> date:
        """The day that the message is about, in the channel's zone; of a digest the first."""
        return self.view.day

    @property
    def day_of_sending(self) -> date:
        """The day on which the message is due."""
        return self.sent_on or self.day

    @property
    def locale(self) -> Locale:
        """The words of the message's language."""
        return locale_of(self.language)

    @property
    def label(self) -> str | None:
        """The language that a post may be labelled with: that of all texts of its entries.

        None if they differ, or if nobody knows it. A message without entries is in its own.
        """
        found = {view.language for view in self.view.occasions} or {self.locale.words_tag}
        return found.pop() if len(found) == 1 else None

    @property
    def when(self) -> When:
        """How the message may speak of its day."""
        ahead = (self.day - self.day_of_sending).days
        return "named" if self.late or ahead > 1 else ("today", "tomorrow")[ahead]

    @property
    def anywhere(self) -> "Message":
        """The message without its id and its channel.

        Channels with the same filter then have equal messages, so the text is made only once for
        all.
        """
        return self._replace(id="", channel="")

    @property
    def image(self) -> ImageView | None:
        """The picture that the message shows: that of its first entry that has one."""
        return next((view.image for view in self.view.occasions if view.image), None)

    def with_picture(self, image: ImageView | None) -> "Message":
        """Return the message with this picture of its own alone; with None, without any."""
        views = self.view.occasions
        kept = (view if view.image is image else view._replace(image=None) for view in views)
        return self._replace(view=self.view._replace(occasions=tuple(kept)))


def json_post(channel: Channel, url: str, body: bytes) -> Request:
    """Return the request that posts JSON to a channel."""
    headers = (("content-type", "application/json; charset=utf-8"),)
    return Request("POST", url, headers, body, channel.private_addresses)


def address_of(channel: Channel) -> str:
    """Return the URL that a channel's messages go to. It is a secret."""
    return channel.url.reveal() if channel.url else ""


def server_of(channel: Channel) -> str:
    """Return the URL of a channel's server.

    It has no slash at its end, so that a path can follow.
    """
    return address_of(channel).rstrip("/")


def token_of(channel: Channel) -> str:
    """Return a channel's token. It is a secret."""
    return channel.token.reveal() if channel.token else ""


def login_of(channel: Channel) -> tuple[str, str]:
    """Return the header that logs in with a channel's token. It is a secret."""
    return ("authorization", f"Bearer {token_of(channel)}")


def digest_of(message: Message) -> str:
    """Return 32 hex digits that stand for a message. By them, a service sees that it is sent again.

    They are the same for each attempt. No other message anywhere has the same digits.
    """
    return hashlib.sha256(f"{message.tag}:{message.id}".encode()).hexdigest()[:32]


def keys_of(request: Request) -> tuple[str, ...]:
    """Return the secrets in a request's headers, so that they can be taken out of a reply.

    They are a token, a session or a password.
    """
    logins = (value for name, value in request.headers if name == "authorization")
    return tuple(filter(None, (login.partition(" ")[2] for login in logins)))


def secrets_of(channel: Channel) -> tuple[str, ...]:
    """Return the secrets of a channel, so that they can be taken out of a reply.

    They are its URL, the long parts of the URL, its token, and the values of ``secret``. The
    longest comes first. Why: a short secret may be a part of a longer one. If the short one was
    replaced first, the rest of the longer one would stay.
    """
    url = address_of(channel)
    parts = (part for part in re.split(r"[/?&=#@:]", url.partition("://")[2])[1:] if len(part) > 7)
    keys = (secret.reveal() for secret in (*channel.secret, channel.token) if secret)
    return tuple(sorted({text for text in (url, *parts, *keys) if text}, key=len, reverse=True))
