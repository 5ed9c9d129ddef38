"""Make the request that posts a message: ask the server what it takes, and give it the picture.

Only some services need this; for the others the request is made at once. It comes before the notice
is marked as `sending`. So if the process dies here, no message was posted, and nobody must think
about an unknown outcome.

A picture never keeps a message back. If the service does not get it, whatever the reason, the
message goes without it, at its hour. Why it is not tried again later: readers miss a message that
comes late more than its picture. But if the service asks for a wait, the message waits too: a
service that gets too much would also refuse the message.

Used by attempting.py and app/sending.py.
"""

import asyncio
import logging
from typing import Any, NamedTuple

from onthisday.config import Channel
from onthisday.delivery.reply_words import answer_words
from onthisday.delivery.request_reply import Reply, Request, Verdict
from onthisday.messages.chat_service import ChatService
from onthisday.messages.chat_services import SERVICES
from onthisday.messages.message import Message
from onthisday.messages.retracting import name_for
from onthisday.messages.uploading import (
    Lack,
    Pictures,
    Steps,
    Upload,
    chosen,
    no_picture,
    picture_for_upload,
)
from onthisday.service.log_events import event
from onthisday.service.sending.posting import Answered, Posting

log = logging.getLogger("onthisday")


class Given(NamedTuple):
    """What a service calls a picture that it has been given."""

    name: Any


class Ready(NamedTuple):
    """The request that posts a message.

    - ``message_id``: the id of the message.
    - ``plain``: the request without a picture, if there is one in the other.
    - ``named``: the name of the picture's own message, if it is one (`Upload.apart`).
    """

    message_id: str
    request: Request
    plain: Request | None = None
    named: str | None = None


async def send(posting: Posting, channel: Channel, ready: Ready | Verdict) -> Verdict:
    """Post what `prepare` returned. Return what the reply means; or why there was nothing to post.

    If the service refuses the message, it may be because of the picture. It took nothing, so the
    message is posted without the picture.
    """
    if isinstance(ready, Verdict):
        return ready
    verdict = _with_name(await posting.post(channel, ready.request), ready)
    if verdict.outcome != "refused" or ready.plain is None:
        return verdict
    _log(Lack(f"it was refused with it: {verdict.detail}"), channel, ready.message_id)
    return await posting.post(channel, ready.plain)


def _with_name(verdict: Verdict, ready: Ready) -> Verdict:
    """Return a verdict that also names the picture's own message, so that both can be deleted."""
    if verdict.named is None or ready.named is None:
        return verdict
    return verdict._replace(named=f"{ready.named} {verdict.named}")


async def prepare(
    posting: Posting, channel: Channel, message: Message, pictures: Pictures = no_picture
) -> Ready | Verdict:
    """Return the request that posts a message; or why nothing may be posted now.

    ``pictures``: returns the bytes of a picture in the almanac's folder.
    """
    service = await _as_its_server_has_it(posting, channel)
    if isinstance(service, Verdict):
        return service
    upload, image = service.upload, picture_for_upload(message)
    if upload is None or image is None:
        return Ready(message.id, service.render(message, channel, posting.stamps.now()))
    message = message.with_picture(image)
    given = await _given(posting, channel, message, upload, pictures)
    if isinstance(given, Verdict):
        return given
    _log(given, channel, message.id)
    plain = service.render(message.with_picture(None), channel, posting.stamps.now())
    if isinstance(given, Lack):
        return Ready(message.id, plain)
    request = upload.shown(service.render(message, channel, posting.stamps.now()), given.name)
    named = name_for(service.retraction, channel, given.name) if upload.apart else None
    return Ready(message.id, request, None if request == plain else plain, named)


async def _as_its_server_has_it(posting: Posting, channel: Channel) -> ChatService | Verdict:
    """Return a channel's service with the limits of its server.

    If the server does not tell them, or does not answer, the usual ones count until it is asked
    again.
    """
    service, now = SERVICES[channel.type], posting.stamps.now()
    if service.own_limits is None:
        return service
    known = posting.servers.of(channel, now)
    if known is not None:
        return known
    answered = await posting.ask(channel, service.own_limits.ask(channel))
    verdict = posting.read(channel, answered)
    if _asks_for_a_wait(verdict):
        return verdict
    if isinstance(answered.answer, Reply):
        service = service.own_limits.within(answered.answer)
    posting.servers.keep(channel, service, now)
    return service


async def _given(
    posting: Posting, channel: Channel, message: Message, upload: Upload, pictures: Pictures
) -> Given | Lack | Verdict:
    """Give a service the picture of a message."""
    assert message.image is not None
    picture = await asyncio.to_thread(chosen, upload, message.image, pictures)
    if isinstance(picture, Lack):
        return picture
    return await _carried_out(posting, channel, upload.steps(message, channel, picture))


async def _carried_out(posting: Posting, channel: Channel, steps: Steps) -> Given | Lack | Verdict:
    """Send the requests of an upload. Stop at the first that the service does not take."""
    step = next(steps)
    while True:
        if step.wait:
            await posting.pace.sleep(step.wait)
        answered = await posting.ask(channel, step.request)
        if not isinstance(answered.answer, Reply) or not 200 <= answered.answer.status < 300:
            return _not_taken(posting.read(channel, answered), answered)
        try:
            step = steps.send(answered.answer)
        except StopIteration as end:
            return end.value if isinstance(end.value, Lack) else Given(end.value)


def _not_taken(verdict: Verdict, answered: Answered) -> Lack | Verdict:
    """Say what it means that a request of an upload was not taken."""
    if isinstance(answered.answer, Verdict):  # it gave no session, and no message goes without one
        return verdict
    if _asks_for_a_wait(verdict):
        return verdict._replace(detail=f"it did not take the picture: {verdict.detail}")
    return Lack(answer_words(verdict.status, verdict.detail))


def _asks_for_a_wait(verdict: Verdict) -> bool:
    return verdict.outcome == "throttled" or (
        verdict.outcome == "retry" and verdict.after is not None
    )


def _log(given: Given | Lack, channel: Channel, message_id: str) -> None:
    fields = {"notice": message_id, "channel": channel.name, "service": channel.type}
    if isinstance(given, Lack):
        words = "%s: the message goes without its picture: %s"
        said = event("picture.left_out", **fields, reason=given.reason)
        log.warning(words, message_id, given.reason, extra=said)
    else:
        log.info("%s: its picture is there", message_id, extra=event("picture.given", **fields))
