"""The values that the ledger keeps: notices, attempts and channels.

Everything that plans, sends or shows notices uses them. ledger.py says how they are kept.
"""

import hashlib
from datetime import date, datetime
from typing import Literal, NamedTuple

from onthisday.delivery.request_reply import Outcome

State = Literal[
    "waiting", "held", "leased", "sending", "sent", "unknown", "failed", "expired", "retracted"
]  # fmt: skip


STATES = (
    "waiting", "held", "leased", "sending", "sent", "unknown", "failed", "expired", "retracted",
)  # fmt: skip


class NotHeld(LookupError):
    """This process does not hold the notice, so it may not change it.

    Another process holds it now, or it was given back. This happens if a process stood still for so
    long that the others took it for dead.
    """

    def __init__(self, notice_id: str = "") -> None:
        self.notice_id = notice_id
        super().__init__(f"notice {notice_id} is not held here" if notice_id else "not held here")


class Notice(NamedTuple):
    """One message that a channel gets on a day. It has the ids of entries, and no text.

    - ``day``: the day of sending, a date in ``zone``.
    - ``entry``: if the message is about one entry alone, this entry.
    - ``due``: when to try it next; None if it will not be tried any more.
    - ``reason``: tells people why the notice has its state.
    - ``replayed``: a person asked for it (`replay`, `let_go`): it is sent even if its day is long
      ago.
    - ``doubts``: how often nobody knew whether an attempt had arrived.
    - ``first``, ``last``: the days that the message is about, where that is not ``day``: those of a
      digest, or a day ahead. Both are set, or none.
    - ``correction``: if the message puts ``entry`` right, the day of the correction.
    - ``kept``: what keeps a `held` notice back: a `Hold.key`, or BY_HAND.
    - ``named``: what the service calls the messages that it took, so that they can be deleted: one
      name or several, with spaces between them (messages/retracting.py).
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
    doubts: int = 0
    first: date | None = None
    last: date | None = None
    correction: date | None = None
    kept: str | None = None
    named: str | None = None

    @property
    def id(self) -> str:
        """``history-room/2026-02-25``.

        A notice for one entry ends with the entry's id: ``history-room/2026-02-25/secret-speech``.
        That of a correction ends with the day of the correction:
        ``history-room/2026-03-02/secret-speech/correction/2026-03-01``.
        """
        of_day = f"{self.channel}/{self.day.isoformat()}"
        alone = f"{of_day}/{self.entry}" if self.entry else of_day
        return f"{alone}/correction/{self.correction.isoformat()}" if self.correction else alone

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day that the message is about."""
        return self.first or self.day, self.last or self.day

    @property
    def is_digest(self) -> bool:
        """True if the message is about several days."""
        return self.first != self.last


BY_HAND = "by-hand"
"""`Notice.kept` of a notice whose channel has ``release: by-hand``."""


class Hold(NamedTuple):
    """What a person keeps back, until a person releases it. A part that is None matches everything.

    - ``channel``: the name of a channel.
    - ``day``: the day of sending, or the one day that the message is about.
    - ``tag``: of a message, only the entries with this tag are kept back.
    """

    channel: str | None = None
    day: date | None = None
    tag: str | None = None

    @property
    def key(self) -> str:
        """``channel history-room, day 2026-02-25, tag stalin``. No other hold has the same key."""
        day = self.day and self.day.isoformat()
        parts = (("channel", self.channel), ("day", day), ("tag", self.tag))
        return ", ".join(f"{name} {value}" for name, value in parts if value)

    def matches(self, notice: Notice) -> bool:
        """Return True if it keeps a notice back; with a ``tag``, some of its entries."""
        days = {notice.day} if notice.is_digest else {notice.day, *notice.span}
        return self.channel in {None, notice.channel} and (self.day is None or self.day in days)


class Corrected(NamedTuple):
    """A correction (`Entry.corrections`) that was seen.

    - ``on``: the day of the correction.
    - ``before``: channels that were told of the entry before this instant were told what was wrong.
    """

    entry: str
    on: date
    before: datetime


class Attempt(NamedTuple):
    """One attempt to send a notice, and how it ended.

    ``outcome`` is "sending" until it has ended. ``status`` is that of the HTTP reply; None if no
    reply came. What was deleted is an attempt of its own, whose outcome is "deleted".
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
    - ``closing``: if its last day was closed without a notice, the digest of the entries that fell
      on that day then (`digest_of`). Otherwise None.
    """

    name: str
    considered: date
    off_since: datetime | None = None
    off_reason: str | None = None
    closing: str | None = None


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

    A closed day is finished: no new notices are made for it. There is one exception. If a day was
    closed without a notice, and then entries appear on it, it opens again until it ends. Then
    ``considered`` is ``seen``.

    - ``seen``: the last closed day when the plan was made; None for a channel that is new to the
      ledger. If the ledger has another day by now, another process has recorded its own plan.
    - ``considered``: the last day to close. The first is the day after ``seen``.
    - ``fell``: if ``considered`` is closed without a notice, the ids of all entries that fall on
      it, also of those that the channel does not get. Otherwise None. Before them stand the days
      that it is about, such as ``2026-03-02/2026-03-08``, if that is not the day itself.
    - ``queue``: the name of the channel's queue (buckets.py). It is woken, if there are notices.
    """

    channel: str
    seen: date | None
    considered: date
    notices: tuple[Notice, ...]
    fell: tuple[str, ...] | None = None
    queue: str = ""


def digest_of(entries: tuple[str, ...]) -> str:
    """Return a short text that is different for different entries."""
    return hashlib.sha256("\n".join(entries).encode()).hexdigest()[:16]


class Known(NamedTuple):
    """What the last tick knew of the almanac.

    - ``version``: the version of its library (`Library.version`).
    - ``entries``: the ids of its entries. If many were gone, those from before.
    - ``missing_since``: since when many entries are gone; None if they are all there.
    """

    version: str
    entries: frozenset[str]
    missing_since: datetime | None = None


class Wanted(NamedTuple):
    """Which notices to list. A field that is None does not limit the choice.

    - ``since``: this day and later ones.
    - ``below``: the id of a notice. The list goes on after it.
    - ``limit``: how many at most.
    """

    channel: str | None = None
    state: State | None = None
    since: date | None = None
    day: date | None = None
    below: str | None = None
    limit: int | None = None


EVERYTHING = Wanted()
