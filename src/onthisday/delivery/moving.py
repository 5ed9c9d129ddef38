"""What a ledger has in it, as records that another ledger can take: to move from store to store.

A ledger gives its records in the order of RECORDS, and takes them in this order. So the kinds of
stores need to know nothing of each other. app/moving.py moves them. No input or output here.
"""

from datetime import datetime
from typing import NamedTuple

from onthisday.delivery.alerts import Told
from onthisday.delivery.notice import Attempt, ChannelState, Corrected, Hold, Known, Notice
from onthisday.delivery.pauses import Pause
from onthisday.delivery.retries import DELAYS, ENDED, REPEATS


class ChannelRecord(NamedTuple):
    """What a ledger knows of a channel, and when it saw the channel first."""

    state: ChannelState
    first_seen: datetime


class ClosingRecord(NamedTuple):
    """The entries that fell on a day when it was closed without a notice, and their digest."""

    digest: str
    entries: tuple[str, ...]


class ToldRecord(NamedTuple):
    """What is known of a condition (alerts.py), and its key."""

    key: str
    told: Told


class HoldRecord(NamedTuple):
    """What a person keeps back, and since when."""

    hold: Hold
    since: datetime


class NoticeRecord(NamedTuple):
    """A notice with its attempts, the oldest first.

    ``hold``: if nobody knows whether it arrived, it is not tried again until a person asks for it.
    """

    notice: Notice
    hold: bool
    attempts: tuple[Attempt, ...]


Record = (
    ChannelRecord
    | ClosingRecord
    | Pause
    | HoldRecord
    | Corrected
    | ToldRecord
    | Known
    | NoticeRecord
)

RECORDS = (
    ChannelRecord, ClosingRecord, Pause, HoldRecord, Corrected, ToldRecord, Known, NoticeRecord,
)  # fmt: skip


def freed(record: NoticeRecord, now: datetime) -> NoticeRecord:
    """Return a notice that no process holds any more: so it is kept in another store.

    What becomes of it is what `Ledger.lease` says of a process that died.
    """
    notice, hold, attempts = record
    if notice.state == "leased":
        return record._replace(
            notice=notice._replace(state="unknown" if notice.doubts else "waiting")
        )
    if notice.state != "sending":
        return record
    ends = hold or notice.tries > len(DELAYS) or notice.doubts >= REPEATS
    unknown = notice._replace(
        state="unknown", due=None if ends else now, reason=ENDED, doubts=notice.doubts + 1
    )
    return NoticeRecord(unknown, hold, tuple(map(_ended, attempts)))


def _ended(attempt: Attempt) -> Attempt:
    if attempt.outcome != "sending":
        return attempt
    return attempt._replace(outcome="unknown", detail=ENDED)
