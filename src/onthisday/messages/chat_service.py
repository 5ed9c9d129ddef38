"""`ChatService`: all that the program knows about a chat service, in one value.

Each module here with a service's name ends with its `ChatService`, and chat_services.py lists them.
schema/ reads the keys of a channel by it. service/sending/ makes, paces and reads messages by it. A
test compares it with the table in docs/channels.md. CONTRIBUTING.md says how to add a service.

Why one value, and not tables by topic (all servers, all limits, all keys): to add a service, people
would have to find each table, and nobody would notice a forgotten line.
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from onthisday.config import Channel
from onthisday.delivery.buckets import Bucket, Budget
from onthisday.delivery.request_reply import Reply, Request, Verdict
from onthisday.messages.budget_keys import Sharing, by_host
from onthisday.messages.message import Message, token_of


class Use(NamedTuple):
    """A key of a channel that a service uses.

    ``words`` say in Markdown what the key holds for this service. ``needed``: a channel must have
    it.
    """

    key: str
    words: str
    needed: bool = True


class Form(NamedTuple):
    """What the whole value of a key must look like. ``words`` tell a person what is wrong."""

    pattern: re.Pattern[str]
    words: str


WEB = Form(
    re.compile("https?://.*", re.IGNORECASE | re.DOTALL),
    "is no web address; write it whole: https://…",
)


class Refusal(NamedTuple):
    """A key of a channel that cannot be used. ``words`` say why, and show no secret."""

    key: str
    words: str


class Rate(NamedTuple):
    """A service's limit: one message in ``every`` seconds. After a pause, ``burst`` may go at once.

    All channels for which ``of`` returns the same key share it.
    """

    of: Sharing
    every: float
    burst: int = 1


class SignIn(NamedTuple):
    """How to sign in to a service that takes no message without a session.

    ``ask`` returns the request for a session. ``answered`` takes the reply to it, and returns the
    message's request with the session in it. If the reply gives no session, it returns what that
    means.
    """

    ask: Callable[[Channel], Request]
    answered: Callable[[Request, Channel, Reply, datetime], Request | Verdict]


def as_it_is(channel: Channel) -> Channel:
    """Accept a channel as it is. This is for services with no other rules for their keys."""
    return channel


def with_plain_token(channel: Channel) -> Channel | Refusal:
    """Return the channel; refuse a token that cannot be written into a header or an address."""
    if re.fullmatch("[!-~]*", token_of(channel)):
        return channel
    words = "token has a space, a line's end or a special letter in it; copy the token alone"
    return Refusal("token", words)


class ChatService(NamedTuple):
    """A chat service.

    What it does. ``name`` is the ``type`` of its channels. ``render`` returns the request that
    posts a message to a channel at an instant. It never raises, and its request keeps every limit
    of the service, whatever an entry says. ``read`` returns what a reply means, whatever the reply
    holds.

    What people are told. ``uses`` are the keys that its channels have. ``also`` are keys that any
    channel may have, that only some services use, and that this service uses. ``at_most`` says how
    much fits into a message. ``repeat`` says what happens if a message is sent again after an
    unknown outcome.

    What a channel must be. ``server`` is the URL of a channel that names none. ``address`` and
    ``destination`` say what ``url`` and ``to`` must look like. ``accept`` returns the channel as
    the program keeps it, or refuses it. If a channel is off, its keys may be None.

    How fast. ``rates`` are the service's limits, the narrowest first, such as that of a chat before
    that of a bot. Why in this order: a message that still waits for its chat must not use up a
    place of its bot. ``shared`` says which channels go into one bucket, if that is more than those
    of one host. ``host`` says which channels fail together if one does not answer.

    ``sign_in`` says how to get a session, if the service wants one.
    """

    name: str
    render: Callable[[Message, Channel, datetime], Request]
    read: Callable[[Reply, datetime], Verdict]
    uses: tuple[Use, ...]
    at_most: str
    repeat: str = "may show twice"
    server: str | None = None
    address: Form | None = WEB
    destination: Form | None = None
    accept: Callable[[Channel], Channel | Refusal] = as_it_is
    rates: tuple[Rate, ...] = ()
    shared: Sharing | None = None
    host: Sharing = by_host
    sign_in: SignIn | None = None
    also: tuple[str, ...] = ()

    @property
    def needs(self) -> tuple[str, ...]:
        """The keys that a channel must have."""
        return tuple(use.key for use in self.uses if use.needed)

    @property
    def used_keys(self) -> frozenset[str]:
        """The keys of a channel that have an effect for this service."""
        return frozenset((*self.also, *(use.key for use in self.uses)))

    def bucket_of(self, channel: Channel) -> Bucket:
        """Return the bucket of a channel, with the budgets that limit its messages."""
        host = self.host(channel)
        name = f"{self.name} {self.shared(channel)}".rstrip() if self.shared else host
        return Bucket(name, host, tuple(self._budget(rate, channel) for rate in self.rates))

    def _budget(self, rate: Rate, channel: Channel) -> Budget:
        return Budget(f"{self.name} {rate.of(channel)}".rstrip(), rate.every, rate.burst)
