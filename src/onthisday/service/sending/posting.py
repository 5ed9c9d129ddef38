"""Post one request to a channel's service: sign in if the service wants it, and read the reply.

Used by attempting.py for notices and alerts, by retracting.py to delete a message, and by
app/sending.py for tests of a channel. preparing.py makes the request of a message.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from onthisday.config import Channel
from onthisday.delivery.redaction import without_secrets
from onthisday.delivery.replies import verdict_of_failure
from onthisday.delivery.request_reply import Clock, Failure, Reply, Request, Sender, Verdict
from onthisday.messages.chat_service import ChatService
from onthisday.messages.chat_services import SERVICES
from onthisday.messages.message import keys_of, secrets_of
from onthisday.messages.retracting import name_for
from onthisday.service.sending.kept import Kept
from onthisday.service.sending.pace import REAL_PACE, Pace


class Answered(NamedTuple):
    """What came of a request.

    - ``answer``: the reply, or why there is none. A verdict says that the service gave no session,
      so nothing was sent.
    - ``signed``: the request as it was sent, with the session.
    """

    answer: Reply | Failure | Verdict
    signed: Request


Read = Callable[[Reply, datetime], Verdict]
"""Says what a reply means."""


class Posting:
    """Posts for one process, and remembers what the services told it.

    - ``stamps``: the real clock.
    - ``servers``: each service as a server of its own has it (`ChatService.own_limits`).
    """

    def __init__(self, sender: Sender, stamps: Clock, pace: Pace = REAL_PACE) -> None:
        self._sender, self.stamps, self.pace = sender, stamps, pace
        self._sessions = Kept[Reply]()
        self.servers = Kept[ChatService]()

    async def post(self, channel: Channel, request: Request) -> Verdict:
        """Send a message's request.

        Return what the reply means, without any of the channel's secrets.
        """
        return self.read(channel, await self.ask(channel, request))

    def read(self, channel: Channel, answered: Answered) -> Verdict:
        """Return what came of a request, without any of the channel's secrets."""
        verdict = self._told(channel, answered, SERVICES[channel.type].read)
        if verdict.outcome == "sent" and isinstance(answered.answer, Reply):
            return verdict._replace(named=_name_in(channel, answered.answer))
        return verdict

    async def delete(self, channel: Channel, request: Request) -> Verdict:
        """Send a request that deletes a message (`Retraction.delete`).

        Return what the reply means, without any of the channel's secrets.
        """
        answered = await self.ask(channel, request)
        return self._told(channel, answered, SERVICES[channel.type].read_deletion)

    def _told(self, channel: Channel, answered: Answered, read: Read) -> Verdict:
        answer, signed = answered
        if isinstance(answer, Failure):
            answer = verdict_of_failure(answer)
        elif isinstance(answer, Reply):
            answer = read(answer, self.stamps.now())
        secrets = (*secrets_of(channel), *keys_of(signed))
        return answer._replace(detail=without_secrets(answer.detail, secrets))

    async def ask(self, channel: Channel, request: Request) -> Answered:
        """Send a request with a session, if the service wants one.

        If the service ended the session, so that it did not take the request, send it again with a
        new one.
        """
        kept = self._sessions.of(channel, self.stamps.now()) is not None
        answered = await self._sent(channel, request)
        if not _is_refused(channel, answered.answer):
            return answered
        self._sessions.drop(channel)
        return await self._sent(channel, request) if kept else answered

    async def _sent(self, channel: Channel, request: Request) -> Answered:
        signed = await self._signed_in(channel, request)
        if isinstance(signed, Verdict):
            return Answered(signed, request)
        return Answered(await self._sender.send(signed), signed)

    async def _signed_in(self, channel: Channel, request: Request) -> Request | Verdict:
        """Sign in, if the service wants it. Return the request with a session.

        If there is no session, return why. The message was then not sent, so the outcome is never
        unknown.
        """
        sign_in, now = SERVICES[channel.type].sign_in, self.stamps.now()
        if sign_in is None:
            return request
        answer = self._sessions.of(channel, now) or await self._sender.send(sign_in.ask(channel))
        if isinstance(answer, Failure):
            return Verdict("retry", answer.detail)
        signed = sign_in.answered(request, channel, answer, now)
        if isinstance(signed, Request) and self._sessions.of(channel, now) is None:
            self._sessions.keep(channel, answer, now)
        return signed


def _name_in(channel: Channel, reply: Reply) -> str | None:
    """Return what a service calls the message that it took, if it can delete messages."""
    retraction = SERVICES[channel.type].retraction
    return retraction and name_for(retraction, channel, retraction.named(channel, reply))


def _is_refused(channel: Channel, answer: Reply | Failure | Verdict) -> bool:
    """Return True if a reply refuses the session."""
    sign_in = SERVICES[channel.type].sign_in
    return sign_in is not None and isinstance(answer, Reply) and sign_in.refused(answer)
