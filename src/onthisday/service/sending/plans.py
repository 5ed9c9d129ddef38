"""Make the plans of all channels at one moment: the notices that are due, and the days to close.

Pure, but for what it asks the library. delivery/schedule.py says which days are due, making.py
which notices a day gets. planning.py records the plans, and rehearsing.py shows them.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from onthisday.almanac.entry import ALL
from onthisday.almanac.library import Library
from onthisday.config import Channel, Config, Post
from onthisday.dates.zones import instant_of, local_day
from onthisday.delivery.notice import ChannelState, Notice, Plan
from onthisday.delivery.schedule import DaysDue, Span, days_due, first_considered, span_of
from onthisday.service.sending.desk import queue_of
from onthisday.service.sending.making import Choice, choice_of, entries_told, notices_of


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


class _Alike(NamedTuple):
    """All that the plan of a channel depends on, but for its name and its queue."""

    considered: date | None
    closing: str | None
    starts: str
    zone: str
    at: time
    post: Post
    ahead: int
    choice: Choice
    enabled: bool


def _alike(channel: Channel, state: ChannelState | None) -> _Alike:
    considered, closing = (state.considered, state.closing) if state else (None, None)
    return _Alike(
        considered,
        closing,
        channel.starts,
        channel.zone,
        channel.at,
        channel.post,
        channel.ahead,
        choice_of(channel),
        channel.enabled,
    )


def _as_for(channel: Channel, plan: Plan) -> Plan:
    """Return the plan of a channel that is like the plan of another one."""
    notices = tuple([Notice._make((channel.name, *notice[1:])) for notice in plan.notices])
    queue = queue_of(channel) if notices else ""
    return Plan(channel.name, plan.seen, plan.considered, notices, plan.fell, queue)


class _Shared:
    """Makes the plans of all channels at one moment.

    What many channels share is worked out once, and the plan of channels that are alike is made
    once: with 100,000 channels there are often not a hundred that differ.
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
        self._made: dict[_Alike, Plan | None] = {}
        self._due = cache(self._days_due)
        self._chosen = cache(self._chosen_of)
        self._first = cache(partial(first_considered, now))
        self._instant = cache(self._instant_of)

    def plan(self, channel: Channel, state: ChannelState | None) -> Plan | None:
        """Return what to record for a channel; None if it has no day to close."""
        alike = _alike(channel, state)
        if alike not in self._made:
            self._made[alike] = self._plan(channel, state)
        made = self._made[alike]
        return made and _as_for(channel, made)

    def _plan(self, channel: Channel, state: ChannelState | None) -> Plan | None:
        seen = state.considered if state else None
        zone = ZoneInfo(channel.zone)
        considered = seen or self._first(zone, channel.starts)
        found = self._due(considered, channel.zone, channel.at)
        if found.considered == seen:
            return self._reopened(channel, state) if state and state.closing else None
        notices = tuple(self._notices(channel, found)) if channel.enabled else ()
        fell = self._fell_without(channel, found, notices)
        return Plan(channel.name, seen, found.considered, notices, fell)

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
        return Plan(channel.name, today, today, notices)

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
