"""`ChatService`: all that the program knows about one chat service.

Each service has a module here, which ends with its `ChatService`. chat_services.py lists them all.
schema/ needs them to read a channel from the config. service/sending/ needs them to send. A test
compares them with the table in docs/channels.md. CONTRIBUTING.md says how to add a service.

Why one value for each service, and not one table for each topic (servers, limits, keys): to add a
service, people would have to find every table, and nobody would notice a forgotten line.
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from onthisday.config import Channel
from onthisday.delivery.buckets import Bucket, Budget
from onthisday.delivery.promises import Promise, by_promise
from onthisday.delivery.quotas import Quota
from onthisday.delivery.replies import verdict_of, waiting
from onthisday.delivery.request_reply import Reply, Request, Verdict
from onthisday.messages.budget_keys import Sharing, by_host
from onthisday.messages.message import Message, token_of
from onthisday.messages.retracting import Retraction
from onthisday.messages.uploading import Upload


class Use(NamedTuple):
    """A config key that channels of a service have, such as `token`.

    - ``words``: what the key holds for this service, in Markdown.
    - ``needed``: a channel must have the key.
    """

    key: str
    words: str
    needed: bool = True


class Form(NamedTuple):
    """What the value of a config key must look like. ``pattern`` must match the whole value.

    ``words`` are for the error message.
    """

    pattern: re.Pattern[str]
    words: str


WEB = Form(
    re.compile("https?://.*", re.IGNORECASE | re.DOTALL),
    "is no web address; write it whole: https://…",
)


class Refusal(NamedTuple):
    """Says that a channel cannot be used, because of one config key. ``words`` say why.

    ``words`` show no secret.
    """

    key: str
    words: str


class Rate(NamedTuple):
    """A service's speed limit: one message in ``every`` seconds.

    - ``of``: returns a text for a channel. Channels with the same text share the limit.
    - ``burst``: how many messages may go at once after a pause.
    """

    of: Sharing
    every: float
    burst: int = 1


class SignIn(NamedTuple):
    """How to get a session, for a service that takes no message without one.

    - ``ask``: returns the request for a session.
    - ``refused``: returns True if a reply to a message says that the session is no longer good.
    - ``answered``: takes the reply to that request. If the reply gives a session, it returns the
      message's request with the session added. Otherwise it returns what the reply means.
    """

    ask: Callable[[Channel], Request]
    answered: Callable[[Request, Channel, Reply, datetime], Request | Verdict]
    refused: Callable[[Reply], bool]


class OwnLimits(NamedTuple):
    """How to ask a server for its limits, for a service whose servers have limits of their own.

    - ``ask``: returns the request for them.
    - ``within``: returns the service with the limits that a reply names. What the reply does not
      say stays as the service has it.
    """

    ask: Callable[[Channel], Request]
    within: Callable[[Reply], "ChatService"]


def by_http(verdict: Verdict, reply: Reply, now: datetime) -> Verdict:  # noqa: ARG001
    """Leave a verdict as the rules of HTTP give it. For services that say no more."""
    return verdict


def status_alone(reply: Reply) -> int:
    """Return a reply's status. For services that write no other status into the body."""
    return reply.status


def as_it_is(channel: Channel) -> Channel:
    """Accept every channel, unchanged.

    For services that have no other rules for their config keys.
    """
    return channel


def with_plain_token(channel: Channel) -> Channel | Refusal:
    """Accept a channel, unless its token cannot be written into a header or a URL."""
    if re.fullmatch("[!-~]*", token_of(channel)):
        return channel
    words = "token has a space, a line's end or a special letter in it; copy the token alone"
    return Refusal("token", words)


TWICE = "may show twice"
"""What a repeat does, if the service cannot know that it is one."""


DELETED = "the message is deleted"
GONE = "there is no such message; it is gone already"
"""What people are told of a reply to a deletion."""


class ChatService(NamedTuple):
    """A chat service.

    What it does:

    - ``name``: the ``type`` of its channels in the config.
    - ``render``: returns the request that posts a message to a channel. It never raises. The
      request keeps every limit of the service, whatever an entry says.
    - ``promise``: what a reply has if the service took the message. Only then is it sent.
    - ``explain``: takes the verdict that HTTP's rules and the promise give to a reply. Returns it
      with what the service itself says about the error. It is not asked about a message that was
      sent.
    - ``seen``: returns a message as a person sees it, from the JSON of the request's body.
    - ``quota``: where a reply says that the next message would be one too many.
    - ``status``: returns the status that a reply stands for, if the body may name another one.
    - ``sign_in``: how to get a session, if the service wants one.
    - ``own_limits``: how to ask a server for its limits, if it has its own.
    - ``upload``: how to give a picture to the service, if it takes no address of one.
    - ``retraction``: how to delete a message, if the service can.

    What people are told:

    - ``uses``: the config keys that are special to its channels.
    - ``also``: the keys that every channel may have, but that only this and some other services
      use.
    - ``at_most``: how much fits into one message.
    - ``repeat``: what happens if a message is sent twice. (If nobody knows whether a message
      arrived, it is sent again.)
    - ``by_hand``: where, and as whom, a person deletes a message.

    What a channel must be:

    - ``server``: the URL for a channel that gives no URL.
    - ``address``, ``destination``: what the values of ``url`` and ``to`` must look like.
    - ``token``: what a token looks like. Another one is only told by `check`, because a service may
      change its tokens.
    - ``accept``: returns the channel as the program keeps it, or refuses it. The values of a
      channel that is not enabled may be None.

    How fast we may send:

    - ``rates``: the speed limits. The narrowest is first, such as that of a chat before that of a
      bot. Why: a message that must wait for its chat must not be counted for the bot yet.
    - ``shared``: says which channels share a bucket (a queue, buckets.py). If this is None, the
      channels of one host share a bucket.
    - ``host``: says which channels fail together if one does not answer.
    """

    name: str
    render: Callable[[Message, Channel, datetime], Request]
    promise: Promise
    seen: Callable[[Any], str]
    uses: tuple[Use, ...]
    at_most: str
    explain: Callable[[Verdict, Reply, datetime], Verdict] = by_http
    quota: Quota | None = None
    status: Callable[[Reply], int] = status_alone
    repeat: str = TWICE
    by_hand: str = "at the service"
    server: str | None = None
    address: Form | None = WEB
    destination: Form | None = None
    token: Form | None = None
    accept: Callable[[Channel], Channel | Refusal] = as_it_is
    rates: tuple[Rate, ...] = ()
    shared: Sharing | None = None
    host: Sharing = by_host
    sign_in: SignIn | None = None
    own_limits: OwnLimits | None = None
    upload: Upload | None = None
    retraction: Retraction | None = None
    also: tuple[str, ...] = ()

    @property
    def needs(self) -> tuple[str, ...]:
        """The config keys that a channel must have."""
        return tuple(use.key for use in self.uses if use.needed)

    @property
    def used_keys(self) -> frozenset[str]:
        """The config keys that have an effect for this service."""
        return frozenset((*self.also, *(use.key for use in self.uses)))

    def read(self, reply: Reply, now: datetime) -> Verdict:
        """Return what a reply means, whatever the reply holds. Never raises.

        The verdict of a message that was sent may ask for a pause too.
        """
        reply = reply._replace(status=self.status(reply))
        verdict = by_promise(self.promise, verdict_of(reply, now), reply)
        if verdict.outcome != "sent":
            verdict = self.explain(verdict, reply, now)
        pause = self.quota.pause(reply, now) if self.quota else None
        return verdict if verdict.outcome == "gone" else waiting(verdict, pause)

    def read_deletion(self, reply: Reply, now: datetime) -> Verdict:
        """Return what a reply to a deletion means. The outcome is `deleted` if the message is gone.

        Never raises. The service must be one that can delete.
        """
        assert self.retraction is not None
        reply = reply._replace(status=self.status(reply))
        if self.retraction.is_gone(reply):
            return Verdict("deleted", GONE, reply.status)
        verdict = self._replace(promise=self.retraction.deleted, quota=None).read(reply, now)
        if verdict.outcome != "sent":
            return verdict
        return verdict._replace(outcome="deleted", detail=DELETED)

    def bucket_of(self, channel: Channel) -> Bucket:
        """Return the bucket (the queue) of a channel, with the limits on how fast we may send."""
        host = self.host(channel)
        name = f"{self.name} {self.shared(channel)}".rstrip() if self.shared else host
        return Bucket(name, host, tuple(self._budget(rate, channel) for rate in self.rates))

    def _budget(self, rate: Rate, channel: Channel) -> Budget:
        return Budget(f"{self.name} {rate.of(channel)}".rstrip(), rate.every, rate.burst)
