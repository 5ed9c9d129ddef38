"""What is wrong with the days of the channels, or with the almanac, although a tick goes on.

planning.py finds these faults. After the tick, they are told to the operator (app/).
"""

from collections.abc import Sequence
from datetime import date, timedelta

from onthisday.errors import OnThisDayError
from onthisday.views.words import counted

WAIT = timedelta(minutes=15)
"""How long no day is closed after many entries have gone. Then they count as deleted."""


class ClosedAhead(OnThisDayError):
    """Channels have closed days that are still to come. So nothing is due until then.

    A clock that was once ahead does this. ``channels``: the name and the last closed day of each.
    """

    def __init__(self, channels: Sequence[tuple[str, date]]) -> None:
        self.channels = tuple(channels)
        name, day = self.channels[0]
        others = len(self.channels) - 1
        more = f" and {counted(others, 'other channel')}" if others else ""
        which = "--all" if others else name
        super().__init__(
            f'channel "{name}"{more}: all days up to {day} are closed, and they are still to come; '
            "the clock was ahead once, and nothing is sent until then; look at the clock, then run "
            f"`onthisday channels reset {which}`"
        )


class ManyGone(OnThisDayError):
    """Many entries are gone from the almanac since the last tick: ``gone`` of ``before``."""

    def __init__(self, gone: int, before: int) -> None:
        self.gone, self.before = gone, before
        minutes = int(WAIT.total_seconds() // 60)
        super().__init__(
            f"the almanac: {gone:,} of {before:,} entries are gone since the last tick; no day is "
            f"closed for {minutes} minutes; put their files back, or wait if you deleted them"
        )
