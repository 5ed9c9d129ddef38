"""Use case: write the notices that put right what channels were told.

A correction is told once to each channel that was told of its entry before the correction was
seen. Called by planning.py in each tick that looks at the channels.

Why by the time at which a tick first saw it, and not by its day: a message that was sent before had
the wrong text, and one that is sent later has the right one, whatever day the curator writes.
"""

from collections.abc import AsyncIterator, Iterator
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from onthisday.almanac.library import Library
from onthisday.config import Config
from onthisday.dates.zones import instant_of, local_day
from onthisday.delivery.ledger import Ledger
from onthisday.delivery.notice import Corrected, Notice


class ToTell(NamedTuple):
    """A correction that is new to the ledger, and the notices that tell it."""

    seen: Corrected
    notices: tuple[Notice, ...]


async def plan_corrections(ledger: Ledger, config: Config, library: Library, now: datetime) -> int:
    """Record the notices of corrections that are new to the ledger. Return how many notices."""
    found = corrections_to_tell(ledger, config, library, now)
    return sum([await ledger.correct([each.seen], each.notices) async for each in found])


async def corrections_to_tell(
    ledger: Ledger, config: Config, library: Library, now: datetime
) -> AsyncIterator[ToTell]:
    """Yield the corrections that are new to the ledger. Nothing is recorded.

    A correction that is dated to a later day is not seen yet.
    """
    today = local_day(now, ZoneInfo(config.site.zone))
    begun = [(entry, on) for entry, on in library.correction_days() if on <= today]
    known = {(each.entry, each.on) for each in await ledger.corrected()} if begun else set()
    for entry, on in begun:
        if (entry, on) not in known:
            seen = Corrected(entry, on, now)
            told = await ledger.told(entry, now)
            yield ToTell(seen, tuple(_notices(config, told, seen)))


def _notices(config: Config, told: frozenset[str], seen: Corrected) -> Iterator[Notice]:
    """Yield the notices of a correction, for the channels that were told.

    A channel that waits for an environment variable has one too, and so has one whose config is
    wrong: the notice waits, as the channel's days do, until that is put right. Of a wrong one the
    zone and the hour are not known, so the notice has the site's zone, and is due now.
    """
    now = seen.before
    for channel in config.channels:
        if (channel.enabled or channel.unset) and channel.name in told:
            zone = ZoneInfo(channel.zone)
            day = local_day(now, zone)
            due = max(now, instant_of(day, channel.at, zone))  # now, if its hour is over
            yield _notice(channel.name, day, channel.zone, due, seen)
    right, site = {channel.name for channel in config.channels}, config.site
    for name in sorted(told.intersection(each.name for each in config.faulty) - right):
        yield _notice(name, local_day(now, ZoneInfo(site.zone)), site.zone, now, seen)


def _notice(channel: str, day: date, zone: str, due: datetime, seen: Corrected) -> Notice:
    entry = seen.entry
    return Notice(channel, day, zone, (entry,), entry, due=due, correction=seen.on)
