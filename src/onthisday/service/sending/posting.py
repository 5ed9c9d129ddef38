"""Post one request to a channel's service: sign in if the service wants it, and read the reply.

Used by delivering.py for notices and alerts, and by app/sending.py for tests of a channel.
"""

from datetime import datetime, timedelta

from onthisday.config import Channel
from onthisday.delivery.redaction import without_secrets
from onthisday.delivery.replies import verdict_of_failure
from onthisday.delivery.request_reply import Clock, Failure, Reply, Request, Sender, Verdict
from onthisday.messages.chat_services import SERVICES
from onthisday.messages.message import keys_of, secrets_of

KEEP = timedelta(hours=1)
"""How long a session is used. Bluesky's are good for two hours, and 300 sign-ins a day are free."""


class Sessions:
    """The sessions of one process, so that many messages of an account need one sign-in.

    They are kept in memory alone, because each is as good as a password.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], tuple[Reply, datetime]] = {}

    def of(self, channel: Channel, now: datetime) -> Reply | None:
        """Return the reply to an earlier sign-in, if its session can still be used."""
        reply, since = self._kept.get(self._key(channel), (None, now))
        return reply if now - since < KEEP else None

    def keep(self, channel: Channel, reply: Reply, now: datetime) -> None:
        """Keep a session."""
        self._kept[self._key(channel)] = (reply, now)

    def drop(self, channel: Channel) -> None:
        """Forget a session that the service no longer takes."""
        self._kept.pop(self._key(channel), None)

    def _key(self, channel: Channel) -> tuple[object, ...]:
        return (channel.type, channel.url, channel.user, channel.token)


async def post(
    sender: Sender,
    channel: Channel,
    request: Request,
    stamps: Clock,
    sessions: Sessions | None = None,
) -> Verdict:
    """Send a channel's request.

    Return what the reply means, without any of the channel's secrets.
    """
    sessions = sessions or Sessions()
    kept = sessions.of(channel, stamps.now()) is not None
    verdict, refused = await _posted(sender, channel, request, stamps, sessions)
    if refused:
        sessions.drop(channel)
    if refused and kept:  # the service ended the session, so it did not take the message
        verdict, _ = await _posted(sender, channel, request, stamps, sessions)
    return verdict


async def _posted(
    sender: Sender, channel: Channel, request: Request, stamps: Clock, sessions: Sessions
) -> tuple[Verdict, bool]:
    """Return what the reply means, and whether it refuses the session."""
    service = SERVICES[channel.type]
    signed = await _signed_in(sender, channel, request, stamps, sessions)
    if isinstance(signed, Verdict):
        return _redacted(signed, channel, request), False
    answer = await sender.send(signed)
    if isinstance(answer, Failure):
        return _redacted(verdict_of_failure(answer), channel, signed), False
    refused = service.sign_in is not None and service.sign_in.refused(answer)
    return _redacted(service.read(answer, stamps.now()), channel, signed), refused


def _redacted(verdict: Verdict, channel: Channel, request: Request) -> Verdict:
    """Return a verdict whose words have no secret of the channel or of the request."""
    secrets = (*secrets_of(channel), *keys_of(request))
    return verdict._replace(detail=without_secrets(verdict.detail, secrets))


async def _signed_in(
    sender: Sender, channel: Channel, request: Request, stamps: Clock, sessions: Sessions
) -> Request | Verdict:
    """Sign in, if the service wants it. Return the request with a session.

    If there is no session, return why. The message was then not sent, so the outcome is never
    unknown.
    """
    sign_in, now = SERVICES[channel.type].sign_in, stamps.now()
    if sign_in is None:
        return request
    answer = sessions.of(channel, now) or await sender.send(sign_in.ask(channel))
    if isinstance(answer, Failure):
        return Verdict("retry", answer.detail)
    signed = sign_in.answered(request, channel, answer, now)
    if isinstance(signed, Request) and sessions.of(channel, now) is None:
        sessions.keep(channel, answer, now)
    return signed
