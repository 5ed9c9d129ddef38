"""Notices, their attempts and their channels, as the ledger keeps them."""

from datetime import date, datetime
from typing import Literal, NamedTuple

from onthisday.delivery.request_reply import Outcome

State = Literal["waiting", "leased", "sending", "sent", "unknown", "failed", "expired"]


STATES = ("waiting", "leased", "sending", "sent", "unknown", "failed", "expired")


class Notice(NamedTuple):
    """What is due to a channel on a day: one message with ``entries``, or, where ``entry`` is
    set, one of several. ``day`` is local to ``zone``. ``due`` is when to try (next): None where
    nothing more is to be done. ``reason`` is why it is in its state, for people. ``replayed``:
    a person asked for it again, so that it is sent however old it is."""

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
    """What the ledger knows of a channel: ``considered`` is the last day that is closed."""

    name: str
    considered: date
    off_since: datetime | None = None
    off_reason: str | None = None


class Totals(NamedTuple):
    """How the ledger stands: notices by state, all states named; when the notice that is due first
    is or was due, None where none waits; how many channels are switched off."""

    states: dict[str, int]
    due: datetime | None
    off: int


class Plan(NamedTuple):
    """Notices to insert for a channel, and the days to close: from ``seen`` to ``considered``.

    ``seen`` is None where the channel was not known before.
    """

    channel: str
    seen: date | None
    considered: date
    notices: tuple[Notice, ...]
