"""Use case: write the notices that are due into the ledger, and close their days.

The last closed day in the ledger decides which days are due. How often this runs does not matter
(delivery/schedule.py). plans.py makes the plans. In each tick, app/sending.py calls this, and then
delivering.py to send.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from onthisday.almanac.library import Library
from onthisday.config import Channel, Config, Site
from onthisday.dates.zones import instant_of
from onthisday.delivery.ledger import Ledger
from onthisday.delivery.notice import ChannelState
from onthisday.delivery.retries import FURTHEST
from onthisday.delivery.schedule import first_considered, is_ahead
from onthisday.service.sending.completeness import look_for_gone
from onthisday.service.sending.correcting import plan_corrections
from onthisday.service.sending.faults import ClosedAhead
from onthisday.service.sending.idling import Idle, Seen
from onthisday.service.sending.making import next_told
from onthisday.service.sending.plans import plans_for
from onthisday.views.view import NextView

_LAST_ON_EARTH = timezone(timedelta(hours=-12))
"""The zone where each day ends last.

If a day is too long ago there, it is too long ago in every zone.
"""


AT_ONCE = 10_000
"""For so many channels, plans are made and recorded at once."""


class Planned(NamedTuple):
    """What came of planning.

    - ``new``: how many notices are new.
    - ``faults``: what is wrong. What could be done is done all the same.
    - ``complete``: False if many entries are gone from the almanac.
    """

    new: int
    faults: tuple[Exception, ...] = ()
    complete: bool = True


async def plan_and_record(
    ledger: Ledger,
    config: Config,
    library: Library,
    now: datetime,
    real: datetime | None = None,
    idle: Idle | None = None,
) -> Planned:
    """Record the notices that are due.

    Also close notices whose day is too long ago, and make those due that a wrong clock lets wait
    for too long. If there are new notices, delete old attempts.

    - ``real``: the time of the real clock, if ``now`` is another time.
    - ``idle``: what this process remembers. If nothing can be due, no channel is looked at.
    """
    states, latest = await ledger.channels(), max(now, real or now)
    seen = Seen(config, states, library.version, now, latest)
    await ledger.hasten(latest + FURTHEST, now)
    is_idle = idle is not None and idle.is_idle(seen)
    planned = Planned(0) if is_idle else await _planned(ledger, library, seen, idle)
    oldest = now.astimezone(_LAST_ON_EARTH).date() - timedelta(days=config.catch_up_days)
    await ledger.expire(oldest)
    return planned


async def _planned(ledger: Ledger, library: Library, seen: Seen, idle: Idle | None) -> Planned:
    """Look at all channels, and record the notices that are due."""
    config, states, now = seen.config, seen.states, seen.now
    faults: list[Exception] = closed_ahead(config, states, seen.latest)
    compared = idle.compared if idle is not None else None
    gone = await look_for_gone(ledger, library, now, compared) if _is_sent_to(config) else None
    recorded = _Recorded()
    if gone is None:
        recorded = await _record(ledger, library, seen)
        corrections = await plan_corrections(ledger, config, library, now)
        recorded = recorded._replace(new=recorded.new + corrections)
    else:
        faults.append(gone)
    faults += recorded.errors
    if recorded.new:
        await ledger.prune(now - timedelta(days=config.keep_days))
    if idle is not None and not recorded.plans and not faults:
        idle.note(seen, next_hours(config, states))
    return Planned(recorded.new, tuple(faults), complete=gone is None)


class _Recorded(NamedTuple):
    """How many notices are new, how many plans were made for them, and what is wrong."""

    new: int = 0
    plans: int = 0
    errors: tuple[Exception, ...] = ()


async def _record(ledger: Ledger, library: Library, seen: Seen) -> _Recorded:
    """Plan AT_ONCE channels, and record their plans; then the next ones.

    Why not all at once: with a million channels, their plans would take much memory, and the first
    message would wait for minutes for the last plan.
    """
    config, states, now = seen.config, seen.states, seen.now
    closings, done = await ledger.closings(), _Recorded()
    for first in range(0, len(config.channels), AT_ONCE):
        part = config._replace(channels=config.channels[first : first + AT_ONCE])
        plans, errors = plans_for(part, states, library, now, closings)
        new = await ledger.open_days(plans, now) if plans else 0
        done = _Recorded(done.new + new, done.plans + len(plans), (*done.errors, *errors))
    return done


def next_hours(config: Config, states: Mapping[str, ChannelState]) -> Iterator[datetime]:
    """Yield when each channel is due next: at its hour on the day after the last closed one."""
    known = (channel for channel in config.channels if channel.name in states)
    for closed, at, zone in {(states[each.name].considered, each.at, each.zone) for each in known}:
        yield instant_of(closed + timedelta(days=1), at, ZoneInfo(zone))


def _is_sent_to(config: Config) -> bool:
    return any(channel.enabled for channel in config.channels)


def closed_ahead(
    config: Config, states: Mapping[str, ChannelState], now: datetime
) -> list[Exception]:
    """Return the fault that channels have closed days further ahead than tomorrow, if they have."""
    ahead = cache(lambda day, zone: is_ahead(day, now, ZoneInfo(zone)))
    known = ((states[each.name], each.zone) for each in config.channels if each.name in states)
    found = [
        (state.name, state.considered) for state, zone in known if ahead(state.considered, zone)
    ]
    return [ClosedAhead(found)] if found else []


def next_message(
    channel: Channel, state: ChannelState | None, site: Site, library: Library, now: datetime
) -> tuple[datetime, NextView] | None:
    """Return when a channel's next message is due, and its first occasion; None if none comes."""
    zone = ZoneInfo(channel.zone)
    closed = state.considered if state else first_considered(now, zone, channel.starts)
    found = next_told(library, closed, site.leap_day, channel)
    if found is None:
        return None
    day, occasion = found
    view = NextView(occasion.entry.id, occasion.day, occasion.entry.title)
    return instant_of(day, channel.at, zone), view
