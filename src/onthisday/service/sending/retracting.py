"""Use case: take a message back. The service deletes it if it can; otherwise a person must.

A notice that was never sent is taken back too: then it will not be sent. The order of the steps
matters: first the service deletes, then the ledger records it. If the process dies in between, a
person asks again; the service then says that there is no such message, which counts as deleted.

Called by app/sending.py. messages/retracting.py says how each service deletes.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from onthisday.config import Channel, Config
from onthisday.delivery.ledger import Ledger
from onthisday.delivery.notice import Attempt, Notice
from onthisday.delivery.pauses import names_of
from onthisday.delivery.reply_words import answer_words
from onthisday.delivery.request_reply import Verdict
from onthisday.errors import NotFound, OnThisDayError
from onthisday.messages.chat_service import TWICE
from onthisday.messages.chat_services import SERVICES
from onthisday.messages.message import Message
from onthisday.messages.retracting import is_from, mark_of
from onthisday.service.sending.posting import Posting

How = Literal["deleted", "by-hand", "never-sent", "before"]
"""How a notice was taken back.

- ``deleted``: the service deleted the message, or does not have it any more.
- ``by-hand``: a person says that they deleted it.
- ``never-sent``: it was not sent, and will not be.
- ``before``: it was taken back before; nothing was done now.
"""


class Retracted(NamedTuple):
    """What came of it.

    - ``reason``: tells people why the notice is `retracted`.
    - ``status``: the status of the service's answer.
    - ``note``: what else a person should do.
    """

    notice: Notice
    how: How
    reason: str
    status: int | None = None
    note: str | None = None


class Busy(OnThisDayError):
    """A person cannot change a notice now, because a process is sending it."""

    def __init__(self, notice_id: str) -> None:
        self.notice_id = notice_id
        super().__init__(f"notice {notice_id} is being sent right now; try again in a minute")


class ByHand(OnThisDayError):
    """A message is still there, and only a person can delete it."""

    def __init__(self, notice_id: str, why: str, where: str) -> None:
        self.notice_id, self.why, self.where = notice_id, why, where
        mend = f"delete it {where}, then run `onthisday notices retract {notice_id} --done`"
        super().__init__(f"{notice_id} is not deleted: {why}; {mend}")


class NotDeleted(OnThisDayError):
    """A service did not delete a message now. Nothing has changed."""

    def __init__(self, notice_id: str, why: str) -> None:
        self.notice_id, self.why = notice_id, why
        super().__init__(f"{notice_id} is not deleted: {why}; nothing has changed, so try again")


async def retract(
    ledger: Ledger, posting: Posting, config: Config, notice_id: str, *, done: bool
) -> Retracted:
    """Take a notice back. With ``done``, a person has deleted its message.

    Raise NotFound, Busy, ByHand or NotDeleted. Then the notice is as it was.
    """
    notice = await ledger.notice(notice_id)
    if notice is None:
        raise NotFound("notice", notice_id, mend="`onthisday notices list` names them")
    if notice.state == "retracted":
        return Retracted(notice, "before", notice.reason or "")
    if notice.state in {"leased", "sending"}:
        raise Busy(notice_id)
    latest = _since_deleted(await ledger.attempts(notice_id))
    if not _may_be_out(notice, latest):
        found = Retracted(notice, "never-sent", "taken back before it was sent")
    elif done:
        found = Retracted(notice, "by-hand", "a person deleted it")
    else:
        found = await _deleted(ledger, posting, config, notice)
        found = found._replace(note=found.note or _second(config, notice, latest))
    return await _recorded(ledger, posting, found)


async def _recorded(ledger: Ledger, posting: Posting, found: Retracted) -> Retracted:
    notice, how, reason, status, _ = found
    answer = None if how == "never-sent" else Verdict("deleted", reason, status)
    if not await ledger.retract(notice, reason, posting.stamps.now(), answer):
        raise Busy(notice.id)
    return found


def _since_deleted(attempts: Sequence[Attempt]) -> Sequence[Attempt]:
    """Return the attempts since the message was deleted last. What was sent before is gone."""
    ends = [n for n, each in enumerate(attempts, 1) if each.outcome == "deleted"]
    return attempts[ends[-1] :] if ends else attempts


def _may_be_out(notice: Notice, latest: Sequence[Attempt]) -> bool:
    """Return True if the service has a message of a notice, or may have one."""
    if notice.state in {"sent", "unknown"} or notice.named or notice.doubts:
        return True
    return any(each.outcome in {"sent", "unknown"} for each in latest)


def _second(config: Config, notice: Notice, latest: Sequence[Attempt]) -> str | None:
    """Return words if a message may be there twice, and not each of them has a known name."""
    channel = config.channel(notice.channel)
    taken = sum(each.outcome in {"sent", "unknown"} for each in latest)
    all_named = taken <= len((notice.named or "").split())
    if all_named or channel is None or SERVICES[channel.type].repeat != TWICE:
        return None
    where = SERVICES[channel.type].by_hand
    return f"an earlier attempt may have arrived too; look for a second one, and delete it {where}"


async def _deleted(ledger: Ledger, posting: Posting, config: Config, notice: Notice) -> Retracted:
    """Ask the service to delete each message of a notice."""
    channel = _usable_channel(config, notice)
    service = SERVICES[channel.type]
    if service.retraction is None:
        raise ByHand(notice.id, f"{channel.type} cannot delete messages", service.by_hand)
    if notice.named is None:
        why = "nobody knows whether it arrived" if notice.doubts else "its name is not known"
        raise ByHand(notice.id, f"{why} at the service", service.by_hand)
    kept = notice.named.split()
    if not all(is_from(service.retraction, channel, each) for each in kept):
        why = f"channel {channel.name} led to another place when it was sent"
        raise ByHand(notice.id, why, f"there, {service.by_hand}")
    await _refuse_during_a_pause(ledger, posting, channel, notice)
    for each in kept:
        verdict = await _delete(posting, channel, notice, each)
    stays = service.retraction.stays(channel)
    return Retracted(notice, "deleted", verdict.detail, verdict.status, stays)


def _usable_channel(config: Config, notice: Notice) -> Channel:
    """Return the channel of a notice. Raise ByHand if the service cannot be asked."""
    channel = config.channel(notice.channel)
    if channel is None:
        why = f'channel "{notice.channel}" is not in the config, or is wrong there'
        raise ByHand(notice.id, why, "at the service, or put the channel right and run this again")
    if channel.unset:
        names = ", ".join(channel.unset)
        why = f"the channel's environment variables are not set ({names})"
        raise ByHand(notice.id, why, "at the service, or set them and run this again")
    return channel


async def _refuse_during_a_pause(
    ledger: Ledger, posting: Posting, channel: Channel, notice: Notice
) -> None:
    bucket, now = SERVICES[channel.type].bucket_of(channel), posting.stamps.now()
    names = names_of(channel.name, bucket)
    for pause in await ledger.pauses():
        if pause.whom in names and pause.holds(now):
            until = pause.until.strftime("%Y-%m-%dT%H:%M:%SZ")
            raise NotDeleted(notice.id, f"{pause.reason}, until {until}")


async def _delete(posting: Posting, channel: Channel, notice: Notice, kept: str) -> Verdict:
    """Delete one message. Return what the service answered. Raise ByHand or NotDeleted."""
    service = SERVICES[channel.type]
    assert service.retraction is not None
    name = kept.partition(":")[2]
    request = service.retraction.delete(channel, name, mark_of(notice.id, kept))
    verdict = await posting.delete(channel, request)
    if verdict.outcome == "deleted":
        return verdict
    words = answer_words(verdict.status, verdict.detail)
    if verdict.outcome in {"refused", "gone"}:
        raise ByHand(notice.id, words, service.by_hand)
    raise NotDeleted(notice.id, words)


def anew(message: Message, attempts: Sequence[Attempt]) -> Message:
    """Return a message with another id if it was deleted before, and a person has it sent again.

    Why: with the id of the one that was deleted, a service would drop it as a repeat.
    """
    deleted = sum(each.outcome == "deleted" for each in attempts)
    return message._replace(id=f"{message.id}/anew/{deleted}") if deleted else message
