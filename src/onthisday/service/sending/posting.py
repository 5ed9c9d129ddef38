"""Post one request to a channel's service: sign in if the service wants it, and read the reply.

Used by delivering.py for notices and alerts, and by app/sending.py for tests of a channel.
"""

from onthisday.config import Channel
from onthisday.delivery.redaction import without_secrets
from onthisday.delivery.replies import verdict_of_failure
from onthisday.delivery.request_reply import Clock, Failure, Reply, Request, Sender, Verdict
from onthisday.messages.chat_services import SERVICES
from onthisday.messages.message import keys_of, secrets_of


async def post(sender: Sender, channel: Channel, request: Request, stamps: Clock) -> Verdict:
    """Send a channel's request.

    Return what the reply means, without any of the channel's secrets.
    """
    signed = await _signed_in(sender, channel, request, stamps)
    if isinstance(signed, Verdict):
        return _redacted(signed, channel, request)
    answer: Reply | Failure = await sender.send(signed)
    if isinstance(answer, Failure):
        verdict = verdict_of_failure(answer)
    else:
        verdict = SERVICES[channel.type].read(answer, stamps.now())
    return _redacted(verdict, channel, signed)


def _redacted(verdict: Verdict, channel: Channel, request: Request) -> Verdict:
    """Return a verdict whose words have no secret of the channel or of the request."""
    secrets = (*secrets_of(channel), *keys_of(request))
    return verdict._replace(detail=without_secrets(verdict.detail, secrets))


async def _signed_in(
    sender: Sender, channel: Channel, request: Request, stamps: Clock
) -> Request | Verdict:
    """Sign in, if the service wants it. Return the request with a session.

    If there is no session, return why. The message was then not sent, so the outcome is never
    unknown.
    """
    sign_in = SERVICES[channel.type].sign_in
    if sign_in is None:
        return request
    answer = await sender.send(sign_in.ask(channel))
    if isinstance(answer, Failure):
        return Verdict("retry", answer.detail)
    return sign_in.answered(request, channel, answer, stamps.now())
