"""What a chat service declares of itself: everything that the program knows of it.

Each module here that is named for a service ends with its one `ChatService`, and chat_services.py
lists them. schema/ reads a channel by it. service/sending/ renders, paces and sends by it. Its row
in the table of docs/channels.md is made of it. CONTRIBUTING.md says how to add a service.

Why one value, and not tables by topic (all servers, all limits, all needs): a service that is
added or changed would be looked for in each of them, and one that is forgotten would not be missed.
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
    """A key of a channel that a service uses: what it holds there, in Markdown; whether a channel
    must have it."""

    key: str
    words: str
    needed: bool = True


class Form(NamedTuple):
    """How a key's value looks, the whole of it; ``words`` say it to a person."""

    pattern: re.Pattern[str]
    words: str


WEB = Form(
    re.compile("https?://.*", re.IGNORECASE | re.DOTALL),
    "is no web address; write it whole: https://…",
)


class Refusal(NamedTuple):
    """Why a channel's key cannot be used. ``words`` show no secret."""

    key: str
    words: str


class Rate(NamedTuple):
    """One message every so many seconds and, after a rest, ``burst`` of them at once, to all
    channels for which ``of`` gives the same text."""

    of: Sharing
    every: float
    burst: int = 1


class SignIn(NamedTuple):
    """How a service gives a session, without which it takes no message.

    ``ask`` gives the request for one. ``answered`` gives the message's request with the session
    that a reply to ``ask`` gives, or what it means that it gives none.
    """

    ask: Callable[[Channel], Request]
    answered: Callable[[Request, Channel, Reply, datetime], Request | Verdict]


def as_it_is(channel: Channel) -> Channel:
    """Return a channel: there is nothing more to look at in its keys."""
    return channel


def with_plain_token(channel: Channel) -> Channel | Refusal:
    """Refuse a token that cannot stand in a header or an address as it is."""
    if re.fullmatch("[!-~]*", token_of(channel)):
        return channel
    words = "token has a space, a line's end or a special letter in it; copy the token alone"
    return Refusal("token", words)


class ChatService(NamedTuple):
    """A chat service.

    ``name`` is a channel's ``type``. ``render`` gives the Request that posts a Message to a
    channel, at an instant: it raises nothing, and what it makes is within every limit of the
    service, whatever an entry says. ``read`` gives the Verdict on a Reply, whatever that holds.

    To people: ``uses`` are the keys of its channels, ``also`` those of any channel that only some
    services use: it does. ``at_most`` is how much a message holds, and
    ``repeat`` what becomes of a message that is sent again after an unknown outcome.

    Of a channel: ``server`` is its url where it names none. ``address`` and ``destination`` are how
    its ``url`` and its ``to`` look. ``accept`` gives the channel as it is kept, or refuses it; the
    keys of a channel that is off may be None.

    Of pace: ``rates`` are the service's limits, the narrowest first: who waits for a chat must not
    hold a place among those of its token. ``shared`` says which channels are drained together,
    where they are more than those of a host. ``host`` is what answers together, or not.

    ``sign_in`` is how it gives a session, if it wants one.
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
        """The keys that a channel may have and that do something."""
        return frozenset((*self.also, *(use.key for use in self.uses)))

    def bucket_of(self, channel: Channel) -> Bucket:
        """Return the bucket that a channel is in, with the budgets that its messages take from."""
        host = self.host(channel)
        name = f"{self.name} {self.shared(channel)}".rstrip() if self.shared else host
        return Bucket(name, host, tuple(self._budget(rate, channel) for rate in self.rates))

    def _budget(self, rate: Rate, channel: Channel) -> Budget:
        return Budget(f"{self.name} {rate.of(channel)}".rstrip(), rate.every, rate.burst)
