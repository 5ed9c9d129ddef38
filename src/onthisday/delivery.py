"""Notices and attempts: what a reply means, when to try again, when to stop.

Pure: the instant and the jitter are arguments. The rules are DESIGN's "Messages"; the times
between tries are those of Standard Webhooks (spec/standard-webhooks.md, "Retry schedule").
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from onthisday.dates.zones import end_of_day, local_day

State = Literal["waiting", "leased", "sending", "sent", "unknown", "failed", "expired"]
STATES = ("waiting", "leased", "sending", "sent", "unknown", "failed", "expired")

Outcome = Literal["sent", "retry", "refused", "gone", "unknown"]
"""``retry``: not taken, may be taken later. ``refused``: never will be. ``gone``: nor will
anything else sent there. ``unknown``: it may have been taken."""

DELAYS = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
)
"""What to wait after each failed try; after the last of them no more are made."""

JITTER = 0.2
"""The largest part by which a delay is lengthened; it is never shortened."""


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


class Request(NamedTuple):
    """An HTTP request, ready to send. ``private_addresses`` allows loopback and private ranges."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    private_addresses: bool = False


class Reply(NamedTuple):
    """What came back: header names in lower case, the body's first bytes."""

    status: int
    headers: dict[str, str]
    body: bytes


class Failure(NamedTuple):
    """No reply. ``sent`` says whether the request may have reached the other side."""

    sent: bool
    detail: str


class Verdict(NamedTuple):
    """What a reply means; ``after`` is how long the other side asks to be left alone: by that
    channel or, where the answer is ``shared``, by all that have its bucket."""

    outcome: Outcome
    detail: str
    status: int | None = None
    after: timedelta | None = None
    shared: bool = False


class Settlement(NamedTuple):
    """What becomes of a notice after a try; ``off`` is why its channel is to be switched off."""

    notice: Notice
    at: datetime
    verdict: Verdict
    state: State
    due: datetime | None
    off: str | None = None


def verdict_of(reply: Reply, now: datetime) -> Verdict:
    """Return what a reply means by HTTP alone (RFC 9110); services refine it."""
    after = retry_after(reply.headers.get("retry-after"), now)
    detail = excerpt(reply.body)
    if 200 <= reply.status < 300:
        return Verdict("sent", detail, reply.status)
    if reply.status == 410:
        return Verdict("gone", detail or "410 Gone", reply.status)
    if reply.status in {400, 413, 422}:
        return Verdict("refused", detail, reply.status)
    if 300 <= reply.status < 400:
        detail = "redirected, and redirects are not followed; put the final address in config"
    return Verdict("retry", detail, reply.status, after)


def verdict_of_failure(failure: Failure) -> Verdict:
    """Return what it means that nothing came back."""
    return Verdict("unknown" if failure.sent else "retry", failure.detail)


def retry_after(value: str | None, now: datetime) -> timedelta | None:
    """Return how long a Retry-After asks to wait, in full: seconds or an HTTP date."""
    if value is None:
        return None
    try:
        return timedelta(seconds=max(0.0, float(value)))
    except (ValueError, OverflowError):
        pass
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError, IndexError):  # it parses what strangers send
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(timedelta(0), until - now)


def settle(
    notice: Notice, verdict: Verdict, now: datetime, jitter: float, *, hold: bool
) -> Settlement:
    """Decide what becomes of a notice after a try.

    ``jitter`` is between 0 and 1. ``hold`` leaves an unknown outcome as it is, for a person.
    """
    if verdict.outcome == "sent":
        return Settlement(notice, now, verdict, "sent", None)
    if verdict.outcome in {"refused", "gone"}:
        off = verdict.detail if verdict.outcome == "gone" else None
        return Settlement(notice, now, verdict, "failed", None, off)
    due = _next_try(notice.tries, verdict.after, now, jitter)
    if verdict.outcome == "unknown":
        return Settlement(notice, now, verdict, "unknown", None if hold else due)
    return Settlement(notice, now, verdict, "waiting" if due else "failed", due)


def _next_try(tries: int, after: timedelta | None, now: datetime, jitter: float) -> datetime | None:
    if tries > len(DELAYS):
        return None
    delay = DELAYS[tries - 1] * (1 + JITTER * jitter)
    try:
        return now + max(delay, after or delay)
    except OverflowError:  # asked to wait until after the year 9999
        return None


_end_of_day = lru_cache(1000)(end_of_day)


def is_late(notice: Notice, now: datetime) -> bool:
    """Say whether the notice's day is over where its channel is: yesterday is not today."""
    return now >= _end_of_day(notice.day, ZoneInfo(notice.zone))


def is_expired(notice: Notice, now: datetime, catch_up_days: int) -> bool:
    """Say whether the notice's day is too long ago to be sent."""
    age = local_day(now, ZoneInfo(notice.zone)) - notice.day
    return age.days > catch_up_days and not notice.replayed


def redacted(reply: Reply, secrets: Iterable[str]) -> Reply:
    """Return a reply without the secrets of its channel: servers quote what they were asked."""
    body = reply.body
    for secret in secrets:
        body = body.replace(secret.encode(), "«secret»".encode())
    return reply._replace(body=body)


def excerpt(body: bytes, most: int = 200) -> str:
    """Return the beginning of a reply as one line of text, with nothing that moves a cursor."""
    text = body[: most * 4].decode("utf-8", "replace")
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if len(text) <= most else text[: most - 1] + "…"
