"""Use case: write the notices that are due into the ledger, and close their days.

The last closed day in the ledger decides which days are due. How often this runs does not matter
(delivery/schedule.py). In each tick, app/sending.py calls this, and then delivering.py to send.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta, timezone
from functools import cache, partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from onthisday.almanac.entry import ALL
from onthisday.almanac.library import Library
from onthisday.config import Channel, Config, Site
from onthisday.dates.zones import instant_of, local_day
from onthisday.delivery.ledger import Ledger
from onthisday.delivery.notice import ChannelState, Notice, Plan
from onthisday.delivery.retries import FURTHEST
from onthisday.delivery.schedule import (
    DaysDue,
    Span,
    days_due,
    first_considered,
    is_ahead,
    span_of,
)
from onthisday.service.sending.completeness import look_for_gone
from onthisday.service.sending.correcting import plan_corrections
from onthisday.service.sending.desk import queue_of
from onthisday.service.sending.faults import ClosedAhead
from onthisday.service.sending.idling import Idle, Seen
from onthisday.service.sending.making import (
    Choice,
    choice_of,
    entries_told,
    next_told,
    notices_of,
)
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
    known = (states[channel.name] for channel in config.channels if channel.name in states)
    zones = {channel.name: ZoneInfo(channel.zone) for channel in config.channels}
    found = [(s.name, s.considered) for s in known if is_ahead(s.considered, now, zones[s.name])]
    return [ClosedAhead(found)] if found else []


def plans_for(
    config: Config,
    states: Mapping[str, ChannelState],
    library: Library,
    now: datetime,
    closings: Mapping[str, frozenset[str]],
) -> tuple[list[Plan], list[Exception]]:
    """Return a plan for each channel that has days to close or to open again; and the errors.

    ``closings`` are those of the ledger (`Ledger.closings`). A channel that waits for an
    environment variable has no plan: its days stay open. If the plan of a channel cannot be made,
    the others are made all the same.
    """
    shared = _Shared(config, library, now, closings)
    plans: list[Plan] = []
    errors: list[Exception] = []
    for channel in config.channels:
        try:
            plan = None if channel.unset else shared.plan(channel, states.get(channel.name))
        except Exception as error:  # noqa: BLE001 - one channel must not stop the others
            errors.append(error)
        else:
            plans += [plan] if plan is not None else []
    return plans, errors


class _Shared:
    """Makes the plans of all channels at one moment.

    What many channels share is worked out once.
    """

    def __init__(
        self,
        config: Config,
        library: Library,
        now: datetime,
        closings: Mapping[str, frozenset[str]],
    ) -> None:
        self._config, self._library, self._now = config, library, now
        self._closings = closings
        self._due = cache(self._days_due)
        self._chosen = cache(self._chosen_of)
        self._first = cache(partial(first_considered, now))
        self._instant = cache(self._instant_of)

    def plan(self, channel: Channel, state: ChannelState | None) -> Plan | None:
        """Return what to record for a channel; None if it has no day to close."""
        seen = state.considered if state else None
        zone = ZoneInfo(channel.zone)
        considered = seen or self._first(zone, channel.starts)
        found = self._due(considered, channel.zone, channel.at)
        if found.considered == seen:
            return self._reopened(channel, state) if state and state.closing else None
        notices = tuple(self._notices(channel, found)) if channel.enabled else ()
        fell = self._fell_without(channel, found, notices)
        return Plan(channel.name, seen, found.considered, notices, fell, queue_of(channel))

    def _fell_without(
        self, channel: Channel, found: DaysDue, notices: tuple[Notice, ...]
    ) -> tuple[str, ...] | None:
        """Return what falls on the days that the last day is about, if it has no notice.

        Otherwise return None. Then the day can open again, if entries appear. It cannot if the
        channel was not enabled, or did not begin yet, or if it is no day of a digest.
        """
        last = found.considered
        span = span_of(last, channel.post, channel.ahead)
        if not channel.enabled or last not in found.days or span is None:
            return None
        has_one = any(notice.day == last for notice in notices)
        return None if has_one else self._falling(last, span)

    def _reopened(self, channel: Channel, state: ChannelState) -> Plan | None:
        """Return a plan that opens today again, if entries have appeared since it was closed.

        An entry that was there before does not count: so the filter and the zone open nothing. Nor
        do ``post`` and ``ahead``, if the day would be about other days than when it was closed.
        """
        today, zone = state.considered, ZoneInfo(channel.zone)
        before = self._closings.get(state.closing or "")
        if before is None or not channel.enabled or local_day(self._now, zone) != today:
            return None
        span = span_of(today, channel.post, channel.ahead)
        if span is None or {each for each in before if _SIGN in each} != {*_mark(today, span)}:
            return None
        if before.issuperset(self._chosen(today, span, (channel.selection, None))):
            return None
        notices = tuple(self._of_day(channel, today))
        return Plan(channel.name, today, today, notices, queue=queue_of(channel))

    def _falling(self, day: date, span: Span) -> tuple[str, ...]:
        """Return what is kept of a day that is closed without a notice: what fell, and the days."""
        return (*_mark(day, span), *self._chosen(day, span, (ALL, None)))

    def _notices(self, channel: Channel, found: DaysDue) -> Iterator[Notice]:
        if found.expired:
            yield from self._expired(channel, found.expired)
        for day in found.days:
            yield from self._of_day(channel, day)

    def _expired(self, channel: Channel, days: tuple[date, ...]) -> Iterator[Notice]:
        """Yield the notices of days that are too long ago to send.

        They are recorded as `expired`, so that people see what was not sent. Days older than
        ``keep_days`` are left out.
        """
        today = local_day(self._now, ZoneInfo(channel.zone))
        oldest = today - timedelta(days=self._config.keep_days)
        late = f"{self._config.catch_up_days} days after its day"
        too_late = f"no `serve` or `tick` ran until more than {late}"
        for day in days:
            if day >= oldest:
                for notice in self._of_day(channel, day):
                    yield notice._replace(state="expired", due=None, reason=too_late)

    def _of_day(self, channel: Channel, day: date) -> Iterator[Notice]:
        """Yield the notices of a day: one for the day; with `post: each`, one for each occasion.

        If nothing happened on the days that it is about, there is no notice.
        """
        span = span_of(day, channel.post, channel.ahead)
        entries = self._chosen(day, span, choice_of(channel)) if span else ()
        due = self._instant(day, channel.at, channel.zone) if entries else None
        yield from notices_of(channel, day, entries, due)

    def _chosen_of(self, day: date, span: Span, choice: Choice) -> tuple[str, ...]:
        library = self._library.published(day)
        return entries_told(library, span, self._config.site.leap_day, choice)

    def _instant_of(self, day: date, at: time, zone: str) -> datetime:
        return instant_of(day, at, ZoneInfo(zone))

    def _days_due(self, considered: date, zone: str, at: time) -> DaysDue:
        catch_up_days = self._config.catch_up_days
        return days_due(considered, self._now, ZoneInfo(zone), at, catch_up_days)


_SIGN = "/"
"""No id of an entry has it."""


def _mark(day: date, span: Span) -> tuple[str, ...]:
    """Return the days that a day of sending is about, as `Plan.fell` has them."""
    return () if span == (day, day) else (f"{span[0]}{_SIGN}{span[1]}",)


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
