"""Use case: find out what a tick would send, for `tick --dry-run`. Nothing is sent or written."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from onthisday.almanac.library import Library
from onthisday.config import Channel, Config
from onthisday.delivery.keeping import kept_of, kept_words
from onthisday.delivery.ledger import Ledger
from onthisday.delivery.notice import Hold, Notice
from onthisday.delivery.retries import is_expired, is_late, sent_on
from onthisday.messages.message import Message
from onthisday.service.sending.completeness import look_for_gone
from onthisday.service.sending.composing import Composer
from onthisday.service.sending.correcting import corrections_to_tell
from onthisday.service.sending.plans import plans_for

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
    notices = (*await ledger.due(now, MOST), *await _new(ledger, config, library, now))
    composer, holds = Composer(config.site, library), await ledger.holds()
    channels = {channel.name: channel for channel in config.channels if channel.enabled}
    known = ((channels.get(notice.channel), notice) for notice in notices)
    found = (
        _rehearsed(composer, channel, notice, holds, now)
        for channel, notice in known
        if channel is not None and not is_expired(notice, now, config.catch_up_days)
    )
    return tuple(filter(None, found))


async def _new(ledger: Ledger, config: Config, library: Library, now: datetime) -> list[Notice]:
    """Return the notices that a tick would make and send, to channels that are not off."""
    states, closings = await ledger.channels(), await ledger.closings()
    if await look_for_gone(ledger, library, now, keep=False) is not None:
        return []
    plans, _ = plans_for(config, states, library, now, closings)
    new = [notice for plan in plans for notice in plan.notices if notice.state == "waiting"]
    async for correction in corrections_to_tell(ledger, config, library, now):
        new += [notice for notice in correction.notices if notice.due and notice.due <= now]
    off = {name for name, state in states.items() if state.off_since is not None}
    return [notice for notice in new if notice.channel not in off]


def _rehearsed(
    composer: Composer, channel: Channel, notice: Notice, holds: Sequence[Hold], now: datetime
) -> Rehearsed | None:
    """Return what would be sent of a notice, or that it would be kept back; None if nothing."""
    kept = kept_of(notice, holds, composer.tags_of, by_hand=channel.release == "by-hand")
    told = tuple(entry for entry in notice.entries if entry not in kept.apart)
    rest = notice._replace(entries=told)
    spoken = composer.in_language(channel.language)
    message = spoken.compose(rest, late=is_late(notice, now), asked=sent_on(notice, now))
    if message is None:
        return None
    return Rehearsed(channel, notice, message, kept_words(kept.by) if kept.by else None)
