"""Use case: find out what a tick would send, for `tick --dry-run`. Nothing is sent or written."""

from datetime import datetime
from typing import NamedTuple

from onthisday.almanac.library import Library
from onthisday.config import Channel, Config
from onthisday.delivery.keeping import kept_of, kept_words
from onthisday.delivery.ledger import Ledger
from onthisday.delivery.notice import Notice
from onthisday.delivery.retries import is_expired, is_late, sent_on
from onthisday.messages.message import Message
from onthisday.service.sending.completeness import look_for_gone
from onthisday.service.sending.composing import Composer
from onthisday.service.sending.correcting import corrections_to_tell
from onthisday.service.sending.planning import plans_for

MOST = 1_000_000
"""The most waiting notices that are looked at."""


class Rehearsed(NamedTuple):
    """A message that would be sent, with its channel and its notice.

    ``kept``: why it would be kept back whole; None if it would be sent.
    """

    channel: Channel
    notice: Notice
    message: Message
    kept: str | None = None


async def rehearse(
    ledger: Ledger, config: Config, library: Library, now: datetime
) -> tuple[Rehearsed, ...]:
    """Return what a tick at ``now`` would send: first the notices that wait, then new ones."""
    states = await ledger.channels()
    notices = list(await ledger.due(now, MOST))
    gone = await look_for_gone(ledger, library, now, keep=False)
    plans, _ = plans_for(config, states, library, now, await ledger.closings())
    new = [notice for plan in plans for notice in plan.notices if notice.state == "waiting"]
    async for correction in corrections_to_tell(ledger, config, library, now):
        new += [notice for notice in correction.notices if notice.due and notice.due <= now]
    for notice in new if gone is None else ():
        state = states.get(notice.channel)
        if state is None or state.off_since is None:
            notices.append(notice)
    composer = Composer(config.site, library)
    channels = {channel.name: channel for channel in config.channels if channel.enabled}
    rehearsed, holds = [], await ledger.holds()
    for notice in notices:
        channel = channels.get(notice.channel)
        if channel is None or is_expired(notice, now, config.catch_up_days):
            continue
        kept = kept_of(notice, holds, composer.tags_of, by_hand=channel.release == "by-hand")
        told = tuple(entry for entry in notice.entries if entry not in kept.apart)
        asked = sent_on(notice, now)
        rest = notice._replace(entries=told)
        message = composer.compose(rest, late=is_late(notice, now), asked=asked)
        if message is not None:
            why = kept_words(kept.by) if kept.by else None
            rehearsed.append(Rehearsed(channel, notice, message, why))
    return tuple(rehearsed)
