"""Use case: set back channels whose last closed day lies in the future, after a wrong clock.

`channels reset` calls this. What it does to the notices is in delivery/ledger.py, `Ledger.reset`.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from onthisday.config import Channel
from onthisday.dates.zones import local_day
from onthisday.delivery.ledger import Ledger
from onthisday.delivery.schedule import is_ahead


class Reset(NamedTuple):
    """A channel that was set back: its last closed day before and after."""

    channel: str
    before: date
    after: date


async def reset(
    ledger: Ledger, channels: Iterable[Channel], now: datetime, catch_up_days: int
) -> list[Reset]:
    """Set back those of the channels that need it. Return them."""
    states, done = await ledger.channels(), []
    for channel in channels:
        state, zone = states.get(channel.name), ZoneInfo(channel.zone)
        if state is None or not is_ahead(state.considered, now, zone):
            continue
        today = local_day(now, zone)
        oldest = today - timedelta(days=catch_up_days)
        after = await ledger.reset(channel.name, today, oldest, now)
        if after is not None:
            done.append(Reset(channel.name, state.considered, after))
    return done
