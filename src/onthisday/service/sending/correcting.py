"""Use case: write the notices that put right what channels were told.

A correction is told once to each channel that was told of its entry before the correction was
seen. Called by planning.py in each tick that looks at the channels.

Why by the time at which a tick first saw it, and not by its day: a message that was sent before had
the wrong text, and one that is sent later has the right one, whatever day the curator writes.
"""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from onthisday.almanac.library import Library
from onthisday.config import Channel, Config
from onthisday.dates.zones import instant_of, local_day
from onthisday.delivery.ledger import Ledger
from onthisday.delivery.notice import Corrected, Notice


async def plan_corrections(ledger: Ledger, config: Config, library: Library, now: datetime) -> int:
    """Record the notices of corrections that are new to the ledger. Return how many notices.

    A correction that is dated to a later day is not seen yet.
    """
    today = local_day(now, ZoneInfo(config.site.zone))
    entries = library.corrected()
    known = {(each.entry, each.on) for each in await ledger.corrected()} if entries else set()
    new = 0
    for entry in entries:
        for on in sorted({each.on for each in entry.corrections if each.on <= today}):
            if (entry.id, on) not in known:
                new += await _plan(ledger, config, Corrected(entry.id, on, now))
    return new


async def _plan(ledger: Ledger, config: Config, seen: Corrected) -> int:
    told = await ledger.told(seen.entry, seen.before)
    channels = (each for each in config.channels if each.enabled and each.name in told)
    return await ledger.correct([seen], [*_notices(channels, seen)])


def _notices(channels: Iterator[Channel], seen: Corrected) -> Iterator[Notice]:
    for channel in channels:
        day, due = _when(channel, seen.before)
        yield Notice(
            channel.name, day, channel.zone, (seen.entry,), seen.entry, due=due, correction=seen.on
        )


def _when(channel: Channel, now: datetime) -> tuple[date, datetime]:
    """Return the day of sending and when it is due: at the channel's hour, or now if it is over."""
    zone = ZoneInfo(channel.zone)
    day = local_day(now, zone)
    return day, max(now, instant_of(day, channel.at, zone))
