"""The values that the ledger keeps: notices, attempts and channels.

Everything that plans, sends or shows notices uses them. ledger.py says how they are kept.
"""

from datetime import date, datetime
from typing import Literal, NamedTuple

from onthisday.delivery.request_reply import Outcome

State = Literal["waiting", "leased", "sending", "sent", "unknown", "failed", "expired"]


STATES = ("waiting", "leased", "sending", "sent", "unknown", "failed", "expired")


class Notice(NamedTuple):
    """One message that a channel gets on a day. It has the ids of entries, and no text.

    - ``day``: a date in ``zone``.
    - ``entry``: if the channel gets one message for each entry, the entry of this message.
    - ``due``: when to try it next; None if it will not be tried any more.
    - ``reason``: tells people why the notice has its state.
    - ``replayed``: a person asked for it again. So it is sent even if its day is long ago.
    """

    channel: str
    day: date
    zone: str
    entries: tuple[str, ...]
    entry: str | None = None
    state: State = "waiting"
    due: datetime | None = None
    tries: int = 0
    reason: str | None = None
    replayed: bool = False

    @property
    def id(self) -> str:
        """``history-room/2026-02-25``.

        A notice for one entry ends with the entry's id: ``history-room/2026-02-25/secret-speech``.
        """
        return "/".join(filter(None, (self.channel, self.day.isoformat(), self.entry)))


class Attempt(NamedTuple):
    """One attempt to send a notice, and how it ended.

    ``outcome`` is "sending" until it has ended. ``status`` is that of the HTTP reply; None if no
    reply came.
    """

    number: int
    at: datetime
    outcome: Outcome | Literal["sending"]
    status: int | None
    detail: str


class ChannelState(NamedTuple):
    """What the ledger knows of a channel.

    - ``considered``: the last closed day. Only days after it can still be due.
    - ``off_since``, ``off_reason``: when and why the channel was switched off; None if it is on.
    """

    name: str
    considered: date
    off_since: datetime | None = None
    off_reason: str | None = None


class Totals(NamedTuple):
    """Counts of the whole ledger.

    - ``states``: for each state, how many notices have it. A state that no notice has counts 0.
    - ``due``: when the first notice is (or was) due; None if no notice waits.
    - ``off``: how many channels are switched off.
    """

    states: dict[str, int]
    due: datetime | None
    off: int


class Plan(NamedTuple):
    """What to record for a channel: its new notices, and the days to close.

    A closed day is finished: no new notices are made for it.

    - ``seen``: the last closed day when the plan was made; None for a channel that is new to the
      ledger. If the ledger has another day by now, another process has recorded its own plan.
    - ``considered``: the last day to close. The first is the day after ``seen``.
    """

    channel: str
    seen: date | None
    considered: date
    notices: tuple[Notice, ...]
