"""The values that the ledger keeps: notices, attempts and channels. Pure.

ledger.py says how they are kept. Used by everything that plans, sends or shows notices.
"""

from datetime import date, datetime
from typing import Literal, NamedTuple

from onthisday.delivery.request_reply import Outcome

State = Literal["waiting", "leased", "sending", "sent", "unknown", "failed", "expired"]


STATES = ("waiting", "leased", "sending", "sent", "unknown", "failed", "expired")


class Notice(NamedTuple):
    """One message that is due to a channel on a day. It holds ids of entries, and no text.

    If ``entry`` is set, the channel gets one message for each entry, and this is the one for that
    entry. ``day`` is a date in ``zone``. ``due`` is when to try (next); None if it will not be
    tried any more. ``reason`` tells people why it is in its state. ``replayed`` is true if a person
    asked for it again: then it is sent even if its day is long ago.
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
        """``history-room/2026-02-25`` or ``history-room/2026-02-25/secret-speech``."""
        return "/".join(filter(None, (self.channel, self.day.isoformat(), self.entry)))


class Attempt(NamedTuple):
    """One try at sending a notice, and what came of it."""

    number: int
    at: datetime
    outcome: Outcome | Literal["sending"]
    status: int | None
    detail: str


class ChannelState(NamedTuple):
    """What the ledger knows of a channel. ``considered`` is the last day that is closed.

    If the channel is switched off, ``off_since`` and ``off_reason`` say when and why.
    """

    name: str
    considered: date
    off_since: datetime | None = None
    off_reason: str | None = None


class Totals(NamedTuple):
    """Counts of the whole ledger.

    ``states`` has the number of notices for every state, also if it is 0. ``due`` is when the
    first notice is (or was) due; None if none waits. ``off`` is how many channels are switched off.
    """

    states: dict[str, int]
    due: datetime | None
    off: int


class Plan(NamedTuple):
    """What to write for a channel: the new notices, and the days to close.

    The days are those after ``seen`` up to ``considered``. ``seen`` is the last closed day when the
    plan was made; None if the ledger did not know the channel.
    """

    channel: str
    seen: date | None
    considered: date
    notices: tuple[Notice, ...]
