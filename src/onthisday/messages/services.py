"""Messages, one module a chat service: ``render(message, channel, now)`` and ``read(reply, now)``.

``render`` gives the Request for a Message; it raises nothing, and what it makes is within every
limit of its service, whatever an entry says. ``read`` gives the Verdict on a Reply. Both are pure:
the service/ use cases call them through TARGETS, by the channel's type. A service that wants a
session first is in SIGN_INS too.
"""

from datetime import datetime
from typing import Protocol

from onthisday.config import Channel
from onthisday.delivery.exchange import Reply, Request, Verdict
from onthisday.messages import (
    apprise,
    bluesky,
    discord,
    mastodon,
    matrix,
    mattermost,
    ntfy,
    slack,
    teams,
    telegram,
    webhook,
)
from onthisday.messages.message import Message


class Target(Protocol):
    """A chat service."""

    def render(self, message: Message, channel: Channel, now: datetime) -> Request:
        """Return the request that posts a message to a channel."""

    def read(self, reply: Reply, now: datetime) -> Verdict:
        """Return what a reply means."""


class SignIn(Protocol):
    """A service that asks for a session before anything is posted."""

    def sign_in(self, channel: Channel) -> Request:
        """Return the request for a session."""

    def signed_in(
        self, request: Request, channel: Channel, reply: Reply, now: datetime
    ) -> Request | Verdict:
        """Return a request with the session that a reply gives, or why there is none."""


TARGETS: dict[str, Target] = {
    "slack": slack,
    "discord": discord,
    "teams": teams,
    "mattermost": mattermost,
    "matrix": matrix,
    "telegram": telegram,
    "ntfy": ntfy,
    "mastodon": mastodon,
    "bluesky": bluesky,
    "webhook": webhook,
    "apprise": apprise,
}
"""The services by a channel's ``type``."""

SIGN_INS: dict[str, SignIn] = {"bluesky": bluesky}
"""Those of them that want a session."""
